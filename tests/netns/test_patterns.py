# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each kind of pattern in dadwait(8), with addresses for which the kernel runs DAD."""

import pytest

# Seconds: longer than any test.
FOR_EVER = 1000

ONE = "2001:db8::1"
TWO = "2001:db8::2"


def assert_in_time(run):
    """The helper waited until bind() succeeded, no longer, and bind() succeeds right after exit 0."""
    assert run.status == 0
    assert run.binds
    assert 0 < run.bound <= run.exit
    assert run.was_woken


def test_exact_address(net):
    net.hold_dad()
    net.add(ONE)
    running = net.waiting(ONE, "--strict", "--timeout=30s", ONE)
    net.end_dad()
    run = running.finish()
    assert_in_time(run)
    assert "Waiting up to 30s for 2001:db8::1 (tentative)" in run.stderr
    assert "Ready after" in run.stderr


def test_exact_address_that_is_ready(net):
    net.add(ONE)
    net.until(lambda: "tentative" not in net.flags(ONE), "DAD")
    run = net.start_helper(ONE, "--strict", ONE).finish()
    assert_in_time(run)
    assert "Waiting" not in run.stderr


def test_exact_address_that_comes_late(net):
    running = net.waiting(ONE, "--strict", ONE)
    net.add(ONE)
    assert_in_time(running.finish())


def test_several_addresses_wait_for_the_last(net):
    net.add_link("eth1")
    net.dad_takes(0.5, name="eth1")
    running = net.waiting(TWO, "--strict", ONE, TWO)
    net.add(ONE)
    net.add(TWO, name="eth1")
    run = running.finish()
    assert_in_time(run)
    assert net.dadwait("--strict", "--timeout=0", ONE).returncode == 0


def test_scope(net):
    net.hold_dad()
    net.add("fe80::1")
    running = net.waiting("fe80::1%eth0", "--strict", "fe80::1%eth0")
    net.end_dad()
    assert_in_time(running.finish())


def test_scope_of_an_interface_yet_to_come(net):
    running = net.waiting("fe80::1%late0", "--strict", "fe80::1%late0")
    net.add_link("late0")
    net.add("fe80::1", name="late0")
    assert_in_time(running.finish())


def test_scope_by_index(net):
    index = net.ip("-o link show eth0").stdout.split(":")[0]
    net.hold_dad()
    net.add("fe80::1")
    running = net.waiting("fe80::1%eth0", "--strict", f"fe80::1%{index}")
    net.end_dad()
    assert_in_time(running.finish())


def test_scope_by_alternative_name(net):
    net.ip("link property add dev eth0 altname uplink")
    net.hold_dad()
    net.add("fe80::1")
    running = net.waiting("fe80::1%eth0", "--strict", "fe80::1%uplink")
    net.end_dad()
    assert_in_time(running.finish())


def test_scope_beside_a_long_alternative_name(net):
    """The name is longer than any pattern accepts (ALTIFNAMSIZ is 128), so it is ignored."""
    net.ip(f"link property add dev eth0 altname {'x' * 127}")
    net.hold_dad()
    net.add("fe80::1")
    running = net.waiting("fe80::1%eth0", "--strict", "fe80::1%eth0")
    net.end_dad()
    assert_in_time(running.finish())


@pytest.mark.parametrize("address", ["fe80::1", ONE])
def test_scope_counts_that_interface_only(net, address):
    net.add_link("eth1")
    net.add(address, "nodad")
    result = net.dadwait("--strict", "--timeout=100ms", f"{address}%eth1")
    assert result.returncode == 255
    assert f"{address}%eth1: not assigned" in result.stderr
    assert net.dadwait("--strict", "--timeout=100ms", f"{address}%eth0").returncode == 0


@pytest.mark.parametrize(
    "pattern",
    [
        *["2001:db8::/64", "2001:db8::/64%eth0", "2001:db8::1/128", "any", "any%eth0"],
        # Masks that end within a word, before a bit that is set and one that is not, for
        # network/filter.c.
        *["2000::/15", "2001:d00::/24", "2001:db8::/33", "2001:db8::/65", "2001:db8::/127"],
    ],
)
def test_prefix_waits_for_what_undergoes_dad(net, pattern):
    net.hold_dad()
    net.add(ONE)
    running = net.waiting(ONE, "--strict", pattern)
    net.end_dad()
    assert_in_time(running.finish())


@pytest.mark.parametrize(
    "pattern", ["2001:db8:1::/64", "2001:db8::/64%lo", "2001:db8::2/128", "any%lo", "any%none0"]
)
def test_prefix_that_matches_nothing_undergoing_dad_is_ready(net, pattern):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    result = net.dadwait("--strict", pattern)
    assert result.returncode == 0
    assert "Waiting" not in result.stderr


def test_prefix_is_a_snapshot_that_follows_what_it_sees(net):
    """The helper waits for an address that appears while it waits for another."""
    net.hold_dad()
    net.add(ONE)
    running = net.waiting(TWO, "--strict", "2001:db8::/64")
    net.add(TWO)
    net.end_dad()
    assert_in_time(running.finish())


@pytest.mark.parametrize("pattern", ["::1", "::", "ff02::1", "::ffff:127.0.0.1", "127.0.0.1"])
def test_no_waiting_needed(net, pattern):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    result = net.dadwait("--strict", "--timeout=0", pattern)
    assert result.returncode == 0


def test_silent_where_there_was_nothing_to_wait_for(net):
    from lab import helper

    net.add(ONE, "nodad")
    result = net.run(helper(), ONE, "::1", "2001:db8::/64")
    assert (result.stdout, result.stderr) == ("", "")
