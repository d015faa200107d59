# SPDX-License-Identifier: LGPL-2.1-or-later
"""After a timeout the helper does not wait again for an absent address, for a minute or until it is
assigned."""

import signal
import time

import pytest

from lab import helper

ONE = "2001:db8::1"
TWO = "2001:db8::2"

# Seconds: longer than any test.
FOR_EVER = 1000

# Microseconds for which a record is valid.
VALID = 60_000_000


def waits(result):
    return "Waiting" in result.stderr


def time_out(net, *patterns):
    result = net.dadwait("--timeout=100ms", *patterns)
    assert waits(result)


def now():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


def records(net):
    """The files in /run/dadwait: for each name the target, if it is a link."""
    found = net.run("find", "/run/dadwait", "-mindepth", "1", "-printf", "%f\\t%l\\n", check=False)
    return dict(line.split("\t") for line in found.stdout.splitlines())


def write_record(net, target, name="*"):
    """Replace the records that match a pattern."""
    script = 'cd /run/dadwait; for name in $1; do ln -sfn -- "$0" "$name"; done'
    net.run("sh", "-c", script, target, name)


def test_not_waited_for_again(net):
    time_out(net, ONE)
    result = net.dadwait("--timeout=100ms", ONE)
    assert result.returncode == 0
    assert not waits(result)
    reason = "not assigned, and not waited for again: it timed out less than a minute ago"
    assert f"{ONE}: {reason}\n" in result.stderr
    assert net.dadwait("--strict", "--timeout=100ms", ONE).returncode == 255


def test_no_interface_is_absent_as_well(net):
    time_out(net, "fe80::1%none0")
    assert not waits(net.dadwait("--timeout=100ms", "fe80::1%none0"))


def test_other_patterns_are_not_meant(net):
    time_out(net, ONE)
    assert waits(net.dadwait("--timeout=100ms", TWO))
    assert waits(net.dadwait("--timeout=100ms", f"{ONE}%eth0"))


def test_forgotten_when_seen_assigned(net):
    time_out(net, ONE)
    net.add(ONE, "nodad")
    assert net.dadwait("--strict", ONE).returncode == 0
    net.remove(ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_forgotten_when_seen_tentative(net):
    time_out(net, ONE)
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))
    net.remove(ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_waited_for_when_it_comes_while_another_is_waited_for(net):
    time_out(net, ONE)
    write_record(net, f"{now() + VALID // 2} 3600000000")  # as if the helper had waited that long
    net.dad_takes(1)
    running = net.waiting(ONE, "--timeout=50min", "--strict", TWO, ONE)
    assert ONE not in running.log
    net.add(ONE)
    net.add(TWO, "nodad")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_a_longer_timeout_waits(net):
    """The timeout of a unit with a short one does not end the wait of a unit with a long one."""
    time_out(net, ONE)
    assert waits(net.dadwait("--timeout=200ms", ONE))
    assert not waits(net.dadwait("--timeout=200ms", ONE))
    assert not waits(net.dadwait("--timeout=100ms", ONE))


def test_a_shorter_wait_for_another_changes_nothing(net):
    """The record of ONE has the time of its own wait, not that of another address."""
    assert waits(net.dadwait("--timeout=200ms", ONE))
    assert waits(net.dadwait("--timeout=100ms", ONE, TWO))
    assert not waits(net.dadwait("--timeout=200ms", ONE))


def test_tentative_and_no_carrier_are_waited_for_again(net):
    net.boot_without_carrier()
    net.add(ONE)
    time_out(net, ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_mere_look_is_not_a_wait(net):
    assert not waits(net.dadwait("--timeout=0", ONE))
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_wait_cut_short_is_not_recorded(net):
    running = net.waiting(ONE, "--timeout=50min", ONE)
    running.signal(signal.SIGTERM)
    running.finish()
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_wait_cut_short_forgets_nothing(net):
    time_out(net, ONE)
    running = net.waiting(ONE, "--timeout=50min", ONE)
    running.signal(signal.SIGTERM)
    running.finish()
    assert not waits(net.dadwait("--timeout=100ms", ONE))


def test_another_namespace_has_other_addresses(net):
    time_out(net, ONE)
    result = net.run(
        *["nsenter", f"--net=/proc/{net.neighbour.holder.pid}/ns/net"],
        *[helper(), "--verbose", "--timeout=100ms", ONE],
    )
    assert waits(result)


def test_without_write_access_it_waits(net):
    time_out(net, ONE)
    net.run("mount", "-o", "remount,ro", "/run")
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_nobody_has_no_record(net):
    """Neither root's nor one of its own."""
    time_out(net, ONE)
    before = records(net)
    for _ in range(2):
        result = net.run(
            *["setpriv", "--bounding-set=-all", "--inh-caps=-all"],
            *["--reuid=65534", "--regid=65534", "--clear-groups"],
            *[helper(), "--verbose", "--timeout=100ms", ONE, TWO],
        )
        assert result.stderr.count(f"{ONE}: not assigned\n") == 1
        assert waits(result)
    assert records(net) == before


HOSTILE = [
    *["nonsense", "-1", "0", "1", "1 1", "9" * 32, "9" * 4000, "../../etc/passwd", "/"],
    *["{0} ", "{0}  1000000", " {0} 1000000", "{0} 1000000 ", "+{0} 1000000", "{0} +1000000"],
    *["0{0} 1000000", "{0}\n1000000", "{0} 1000000x", "{0} -1", "{0} 99999999999999999999999"],
]


@pytest.mark.parametrize("target", HOSTILE)
def test_a_record_that_makes_no_sense(net, target):
    """That is never an error; the helper waits once more."""
    time_out(net, ONE)
    write_record(net, target.format(now() + VALID // 2))
    result = net.dadwait("--timeout=100ms", ONE)
    assert (result.returncode, waits(result)) == (0, True)
    assert not waits(net.dadwait("--timeout=100ms", ONE))


@pytest.mark.parametrize(
    "make", ['echo "$1 1000000" >"$0"', 'mkfifo "$0"', 'mkdir "$0"', 'mknod "$0" c 1 5']
)
def test_a_record_that_is_none(net, make):
    time_out(net, ONE)
    [name] = records(net)
    script = f'cd /run/dadwait; rm "$0"; {make}'
    net.run("sh", "-c", script, name, now() + VALID // 2)
    result = net.dadwait("--timeout=100ms", ONE)
    assert (result.returncode, waits(result)) == (0, True)


@pytest.mark.parametrize("owner, mode", [("nobody", "700"), ("root", "770"), ("root", "707")])
def test_a_directory_that_others_can_write_to(net, owner, mode):
    """Records in such a directory may be forged: the helper neither reads nor writes them."""
    time_out(net, ONE)
    before = records(net)
    net.run("chown", owner, "/run/dadwait")
    net.run("chmod", mode, "/run/dadwait")
    assert waits(net.dadwait("--timeout=100ms", ONE, TWO))
    assert records(net) == before


def test_a_record_holds_for_a_minute(net):
    earliest = now() + VALID
    time_out(net, ONE)
    [(name, target)] = records(net).items()
    expiry, waited = map(int, target.split())
    assert name.startswith(f"{ONE}@")
    assert earliest < expiry < now() + VALID
    assert waited == 100_000


@pytest.mark.parametrize("left", [-1, -FOR_EVER * 1_000_000, VALID + 1_000_000])
def test_waited_for_when_the_record_has_expired(net, left):
    """The same if it expires later than a new record would: then it is not of this boot."""
    time_out(net, ONE)
    write_record(net, f"{now() + left} 100000")
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_skipped_wait_does_not_prolong_it(net):
    time_out(net, ONE)
    before = records(net)
    assert not waits(net.dadwait("--timeout=100ms", ONE))
    assert records(net) == before


def test_waited_for_after_it_came_and_went(net):
    """No run reads them. A time namespace makes the minute pass at once."""
    time_out(net, ONE)
    for _ in range(2):
        net.add(ONE, "nodad")
        net.remove(ONE)
    later = ["unshare", "--time", "--fork", "--boottime"]
    for seconds, expected in (30, False), (61, True):
        command = [*later, seconds, helper(), "--verbose", "--timeout=100ms", ONE]
        assert waits(net.run(*command)) == expected


def test_expired_records_are_removed(net):
    """No matter which unit made them: each start in a network namespace of its own makes new records."""
    time_out(net, ONE)
    for number in range(100):
        write_record(net, f"{now() - 1} 30000000", f"{TWO}@{number}")
    write_record(net, f"{now() + VALID // 2} 30000000", "2001:db8::3@7")
    net.dadwait("--timeout=100ms", ONE)
    assert {name.split("@")[0] for name in records(net)} == {ONE, "2001:db8::3"}


@pytest.mark.parametrize("expired", [False, True])
def test_the_directory_goes_with_the_last_record(net, expired):
    """The same if all is ready, so that the first stage alone would be enough."""
    time_out(net, ONE)
    if expired:
        write_record(net, f"{now() - 1} 100000")
    net.add(ONE, "nodad")
    result = net.run(helper(), "::1" if expired else ONE)
    assert (result.stdout, result.stderr) == ("", "")
    net.run("test", "!", "-e", "/run/dadwait")


def test_a_directory_that_is_none(net):
    net.run("ln", "-s", "/etc", "/run/dadwait")
    time_out(net, ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_only_the_first_of_five_starts_waits(net):
    """So a unit with Restart=on-failure reaches its start limit of five starts in 10 s."""
    first, *others = [net.start_helper(ONE, "--timeout=2s", ONE).finish() for _ in range(5)]
    assert "Waiting up to 2s" in first.stderr
    for again in others:
        assert again.status == 0 and "Waiting" not in again.stderr


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_kept_for_nobody_else(net, umask):
    shell = ["sh", "-c", f"umask {umask:04o}; exec \"$@\"", "sh"]
    for expected in (True, False):
        result = net.run(*shell, helper(), "--verbose", "--timeout=100ms", ONE)
        assert waits(result) == expected
    modes = net.run("find", "/run/dadwait", "-printf", "%y %m\n").stdout.splitlines()
    assert modes == [f"d {0o700 & ~umask:o}", "l 777"]
