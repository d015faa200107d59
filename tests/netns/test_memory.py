# SPDX-License-Identifier: LGPL-2.1-or-later
"""An absent address that has timed out is not waited for again until it has been assigned."""

import signal

import pytest

from lab import helper

ONE = "2001:db8::1"
TWO = "2001:db8::2"

# Seconds: longer than any test.
FOR_EVER = 1000


def waits(result):
    return "Waiting" in result.stderr


def wait_in_vain(net, *patterns):
    result = net.dadwait("--timeout=100ms", *patterns)
    assert waits(result)


def test_not_waited_for_again(net):
    wait_in_vain(net, ONE)
    result = net.dadwait("--timeout=100ms", ONE)
    assert result.returncode == 0
    assert not waits(result)
    assert f"{ONE}: not assigned, and not waited for again" in result.stderr
    assert net.dadwait("--strict", "--timeout=100ms", ONE).returncode == 255


def test_no_interface_is_absent_as_well(net):
    wait_in_vain(net, "fe80::1%none0")
    assert not waits(net.dadwait("--timeout=100ms", "fe80::1%none0"))


def test_other_patterns_are_not_meant(net):
    wait_in_vain(net, ONE)
    assert waits(net.dadwait("--timeout=100ms", TWO))
    assert waits(net.dadwait("--timeout=100ms", f"{ONE}%eth0"))


def test_forgotten_when_seen_assigned(net):
    wait_in_vain(net, ONE)
    net.add(ONE, "nodad")
    assert net.dadwait("--strict", ONE).returncode == 0
    net.remove(ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_forgotten_when_seen_tentative(net):
    wait_in_vain(net, ONE)
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))
    net.remove(ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_waited_for_when_it_comes_while_another_is_waited_for(net):
    wait_in_vain(net, ONE)
    net.run("sh", "-c", "echo 1h >$(echo /run/dadwait/*)")  # as if it had been for that long
    net.dad_takes(1)
    running = net.waiting(ONE, "--timeout=20s", "--strict", TWO, ONE)
    assert ONE not in running.told
    net.add(ONE)
    net.add(TWO, "nodad")
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)


def test_a_longer_timeout_waits(net):
    """A unit with a short timeout does not take the wait away from one with a long one."""
    wait_in_vain(net, ONE)
    assert waits(net.dadwait("--timeout=200ms", ONE))
    assert not waits(net.dadwait("--timeout=200ms", ONE))
    assert not waits(net.dadwait("--timeout=100ms", ONE))


def test_a_shorter_wait_for_another_changes_nothing(net):
    """For ONE it is remembered how long it was waited for, and not how long another since."""
    assert waits(net.dadwait("--timeout=200ms", ONE))
    assert waits(net.dadwait("--timeout=100ms", ONE, TWO))
    assert not waits(net.dadwait("--timeout=200ms", ONE))


def test_tentative_and_no_carrier_are_waited_for_again(net):
    net.boot_without_carrier()
    net.add(ONE)
    wait_in_vain(net, ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_mere_look_is_not_a_wait(net):
    assert not waits(net.dadwait("--timeout=0", ONE))
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_wait_cut_short_is_not_remembered(net):
    running = net.waiting(ONE, "--timeout=20s", ONE)
    running.signal(signal.SIGTERM)
    running.finish()
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_a_wait_cut_short_forgets_nothing(net):
    wait_in_vain(net, ONE)
    running = net.waiting(ONE, "--timeout=20s", ONE)
    running.signal(signal.SIGTERM)
    running.finish()
    assert not waits(net.dadwait("--timeout=100ms", ONE))


def test_another_namespace_has_other_addresses(net):
    wait_in_vain(net, ONE)
    result = net.run(
        *["nsenter", f"--net=/proc/{net.neighbour.holder.pid}/ns/net"],
        *[helper(), "--verbose", "--timeout=100ms", ONE],
    )
    assert waits(result)


def test_without_write_access_it_waits(net):
    wait_in_vain(net, ONE)
    net.run("mount", "-o", "remount,ro", "/run")
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_nobody_has_no_memory(net):
    wait_in_vain(net, ONE)
    result = net.run(
        *["setpriv", "--bounding-set=-all", "--inh-caps=-all"],
        *["--reuid=65534", "--regid=65534", "--clear-groups"],
        *[helper(), "--verbose", "--timeout=100ms", ONE],
        check=False,
    )
    if "Permission denied" in result.stderr and "setpriv" in result.stderr:
        pytest.skip("the build directory is not open to nobody")
    assert waits(result)


@pytest.mark.parametrize("content", ["", "nonsense", "-1", "99999999999999999999999999999999"])
def test_a_file_that_makes_no_sense(net, content):
    """Never an error; it is waited for once more."""
    wait_in_vain(net, ONE)
    net.run("sh", "-c", f"printf %s '{content}' >$(echo /run/dadwait/*)")
    result = net.dadwait("--timeout=100ms", ONE)
    assert (result.returncode, waits(result)) == (0, True)
    assert not waits(net.dadwait("--timeout=100ms", ONE))


def test_a_directory_that_is_none(net):
    net.run("ln", "-s", "/etc", "/run/dadwait")
    wait_in_vain(net, ONE)
    assert waits(net.dadwait("--timeout=100ms", ONE))


def test_five_starts_in_ten_seconds(net):
    """With Restart=on-failure the unit reaches its start limit, since only the first start waits."""
    race = net.race(ONE, "--timeout=2s", ONE).finish()
    for _ in range(4):
        again = net.race(ONE, "--timeout=2s", ONE).finish()
        assert again.status == 0
    assert again.exit - race.start < 10_000_000


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_kept_for_nobody_else(net, umask):
    shell = ["sh", "-c", f"umask {umask:04o}; exec \"$@\"", "sh"]
    for expected in (True, False):
        result = net.run(*shell, helper(), "--verbose", "--timeout=100ms", ONE)
        assert waits(result) == expected
    modes = net.run("find", "/run/dadwait", "-printf", "%y %m\n").stdout.splitlines()
    assert modes == [f"d {0o700 & ~umask:o}", f"f {0o600 & ~umask:o}"]
