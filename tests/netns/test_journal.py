# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a real journal receives, and what `journalctl -x` says about it."""

import os
import pty
import re

import pytest

from lab import HANG, SOURCE, build, helper
from lab.journal import Journal
from lab.netns import read_terminal

ONE = "2001:db8::1"
TWO = "2001:db8::2"


@pytest.fixture
def journal(net, tmp_path):
    journal = Journal(net, tmp_path)
    yield journal
    journal.close()


# The parent is process 1 of a PID namespace, as it is systemd in a unit.
UNIT = ["unshare", "--pid", "--fork", "sh", "-c", '"$0" "$@"; exit $?']


def test_a_wait_is_two_structured_entries(net, journal):
    net.hold_dad()
    net.add(ONE)
    process = net.start(*UNIT, helper(), ONE)
    net.until(journal.entries, "it waits")
    net.end_dad()
    _, stderr = process.communicate(timeout=HANG)
    assert stderr == "", "with a journal, standard error of a unit is for terminals"
    begin, end = journal.entries()
    for entry in begin, end:
        assert entry["DADWAIT_ADDRESS"] == ONE
        assert entry["DADWAIT_INTERFACE"] == "eth0"
        assert entry["PRIORITY"] == "6"
    assert begin["MESSAGE"] == f"Waiting up to 30s for {ONE} (tentative)"
    assert begin["DADWAIT_STATE"] == "tentative"
    assert re.fullmatch(rf"Ready after \d+\.\d{{3}}s: {ONE}", end["MESSAGE"])
    assert end["DADWAIT_STATE"] == "ready"
    assert 0 < int(begin["DADWAIT_ELAPSED_USEC"]) < int(end["DADWAIT_ELAPSED_USEC"]) < 30_000_000
    assert begin["MESSAGE_ID"] != end["MESSAGE_ID"]


def test_a_wait_for_ipv4(net, journal):
    running = net.waiting("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.2%none0")
    net.ip("address add 192.0.2.1/24 dev eth0")
    net.ip("link set eth0 name none0 up")
    net.ip("address add 192.0.2.2/24 dev none0")
    running.finish()
    begin, end = journal.entries()
    assert begin["DADWAIT_ADDRESS"] == ["192.0.2.1", "192.0.2.2%none0"]
    assert begin["DADWAIT_STATE"] == ["absent", "no-interface"]
    assert begin["DADWAIT_INTERFACE"] == "none0"
    assert end["DADWAIT_STATE"] == "ready"
    assert end["DADWAIT_INTERFACE"] == "none0"


def test_nothing_to_wait_for_is_no_entry(net, journal):
    net.add(ONE, "nodad")
    net.run(helper(), ONE, "any%lo", "::1")
    assert journal.entries() == []


def test_each_address_of_a_wait_is_a_field(net, journal):
    net.run(helper(), "--timeout=100ms", ONE, TWO)
    entry = journal.entries()[-1]
    assert entry["DADWAIT_ADDRESS"] == [ONE, TWO]


def test_by_hand_it_writes_to_both(net, journal):
    result = net.run(helper(), "--timeout=100ms", ONE)
    assert [f"dadwait: {entry['MESSAGE']}" for entry in journal.entries()] == result.stderr.splitlines()


def test_verbose_writes_to_both(net, journal):
    result = net.run(*UNIT, helper(), "--verbose", "--timeout=100ms", ONE)
    assert [f"dadwait: {entry['MESSAGE']}" for entry in journal.entries()] == result.stderr.splitlines()


def test_a_terminal_gets_the_messages_too(net, journal):
    primary, secondary = pty.openpty()
    net.run(helper(), "--timeout=100ms", ONE, capture_output=False, stderr=secondary)
    os.close(secondary)
    logged = [f"dadwait: {entry['MESSAGE']}" for entry in journal.entries()]
    assert logged == read_terminal(primary).splitlines()


def test_the_interface_has_the_name_that_others_take(net, journal):
    """ip(8) accepts no index, and alternative names have no sysctls."""
    index = net.ip("-o link show eth0").stdout.split(":")[0]
    net.ip("link property add dev eth0 altname uplink")
    net.sysctl("conf/eth0/disable_ipv6", 1)
    for name in index, "uplink":
        net.run(helper(), "--timeout=100ms", f"{ONE}%{name}")
        for entry in journal.entries():
            assert entry["DADWAIT_INTERFACE"] == "eth0"
        reason = f"{ONE}%{name}: not assigned; IPv6 is disabled on it (sysctl disable_ipv6)"
        assert reason in [entry["MESSAGE"] for entry in journal.entries()]


@pytest.mark.parametrize("option", ["--verbose", "--strict"])
def test_the_journal_is_not_told_twice(net, journal, option):
    """Standard error is connected to the journal, as in a unit, and $JOURNAL_STREAM says so."""
    command = 'JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) exec "$0" "$@"'
    net.run(
        *["systemd-cat", "--identifier=dadwait", "sh", "-c", command],
        *[helper(), option, "--timeout=100ms", ONE],
        check=False,
    )
    assert {entry["_TRANSPORT"] for entry in journal.entries()} == {"journal"}


def test_verbose_writes_to_standard_error_that_leads_elsewhere(net, journal):
    """$JOURNAL_STREAM is inherited by a process whose output was redirected (systemd.exec(5))."""
    command = [*UNIT, "env", "JOURNAL_STREAM=1:1", helper(), "--verbose", "--timeout=100ms", ONE]
    assert "Not ready after" in net.run(*command).stderr


def test_a_duplicate_is_a_warning(net, journal):
    net.duplicate(ONE)
    net.add(ONE)
    net.run(helper(), ONE)
    failed = [entry for entry in journal.entries() if entry["DADWAIT_STATE"] == "dadfailed"][0]
    assert failed["PRIORITY"] == "4"
    reason = "duplicate address, another host has it; not waiting for it"
    assert failed["MESSAGE"] == f"{ONE} on eth0: {reason}"


def provoke_duplicate(net):
    net.duplicate(ONE)
    net.add(ONE)
    return net.run(helper(), ONE)


def provoke_absent(net):
    return net.run(helper(), "--timeout=100ms", ONE)


def provoke_absent_ipv4(net):
    return net.run(helper(), "--timeout=100ms", "192.0.2.1")


def provoke_already_timed_out(net):
    net.run(helper(), "--timeout=100ms", ONE)
    return net.run(helper(), "--timeout=100ms", ONE)


def provoke_no_carrier(net):
    net.boot_without_carrier()
    net.add(ONE)
    return net.run(helper(), "--timeout=100ms", ONE)


def provoke_tentative(net):
    net.dad_takes(1000)
    net.add(ONE)
    return net.run(helper(), "--timeout=100ms", ONE)


def provoke_cannot_watch(net):
    return net.run(build() / "tests" / "deny-socket", "netlink", helper(), ONE)


@pytest.mark.parametrize(
    "provoke, subject, advice",
    [
        (provoke_duplicate, f"The IPv6 address {ONE} is in use by another host", "journalctl -k -g"),
        (provoke_absent, f"The address {ONE} is not assigned", "ip_nonlocal_bind=1"),
        (provoke_absent_ipv4, "The address 192.0.2.1 is not assigned", "RFC 5227"),
        (provoke_already_timed_out, f"The address {ONE} is still not assigned", "/run/dadwait"),
        (provoke_no_carrier, f"The IPv6 address {ONE} waits for a carrier", "ip link show eth0"),
        (provoke_tentative, f"The IPv6 address {ONE} is still tentative", "neigh.eth0"),
        (provoke_cannot_watch, "The addresses of this machine cannot be watched", "AF_NETLINK"),
    ],
)
def test_catalog_says_what_to_do(net, journal, provoke, subject, advice):
    assert provoke(net).returncode == 0
    text = journal.explained()
    assert f"Subject: {subject}\n" in text
    assert advice in text
    for entry in journal.entries():
        assert f"░░     {entry['MESSAGE']}\n" in text, "every entry has a text, which quotes it"
    assert "@DADWAIT" not in text


def test_catalog_and_source_name_the_same_messages():
    source = (SOURCE / "common/message-id.h").read_text()
    catalog = (SOURCE / "units/dadwait.catalog").read_text()
    in_source = re.findall(r'"([0-9a-f]{32})"', source)
    assert sorted(in_source) == sorted(re.findall(r"^-- ([0-9a-f]{32})$", catalog, re.M))
    assert len(set(in_source)) == len(in_source)
