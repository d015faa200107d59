# SPDX-License-Identifier: LGPL-2.1-or-later
"""The states in which an address is not ready, and how the wait ends in each."""

import re

from lab import helper

# Seconds: longer than any test.
FOR_EVER = 1000

ONE = "2001:db8::1"
TWO = "2001:db8::2"


def test_timeout_of_an_absent_address(net):
    run = net.start_helper(ONE, "--timeout=300ms", ONE).finish()
    assert run.status == 0, "the service has to start"
    assert not run.binds
    assert "2001:db8::1: not assigned" in run.stderr
    assert 0.3 <= float(re.search(r"Not ready after (\d+\.\d{3})s", run.stderr)[1]) <= run.seconds


def test_without_a_journal_it_logs_to_standard_error(net):
    assert "Not ready after" in net.run(helper(), "--timeout=100ms", ONE).stderr


def test_verbose_shows_what_was_ready(net):
    net.add(ONE, "nodad")
    assert net.run(helper(), ONE).stderr == ""
    stderr = net.dadwait(ONE).stderr
    assert re.fullmatch(rf"dadwait: Ready after \d+\.\d{{3}}s: {ONE}\n", stderr)


def test_timeout_with_strict(net):
    run = net.start_helper(ONE, "--timeout=100ms", "--strict", ONE).finish()
    assert run.status == 255


def test_timeout_of_a_tentative_address(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    run = net.start_helper(ONE, "--timeout=300ms", "--strict", ONE).finish()
    assert run.status == 255
    assert not run.binds
    assert "2001:db8::1 on eth0: duplicate address detection has not ended" in run.stderr


def test_timeout_zero_only_looks(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    run = net.start_helper(ONE, "--timeout=0", "--strict", ONE).finish()
    assert run.status == 255
    assert "Waiting" not in run.stderr
    net.add(TWO, "nodad")
    assert net.start_helper(TWO, "--timeout=0", "--strict", TWO).finish().status == 0


def test_duplicate_is_not_waited_for(net):
    net.duplicate(ONE)
    net.add(ONE)
    run = net.start_helper(ONE, "--strict", "--timeout=infinity", ONE).finish()
    assert run.status == 255
    assert "2001:db8::1 on eth0: duplicate address" in run.stderr
    assert "dadfailed" in net.flags(ONE)


def test_duplicate_is_reported_at_once_and_the_others_are_waited_for(net):
    net.duplicate(ONE)
    running = net.waiting(TWO, "--strict", ONE, TWO)
    net.add(ONE)
    assert "2001:db8::1 on eth0: duplicate address" in running.line()
    net.add(TWO)
    run = running.finish()
    assert run.status == 255
    assert run.binds
    assert run.stderr.count("another host has it") == 1, "reported once"


def test_prefix_passes_over_a_duplicate(net):
    net.duplicate(ONE)
    net.add(ONE)
    net.until_flag(ONE, "dadfailed")
    assert net.dadwait("--strict", "--timeout=0", "2001:db8::/64").returncode == 0


def test_prefix_passes_over_a_link_without_carrier(net):
    net.boot_without_carrier()
    net.add(ONE)
    assert net.dadwait("--strict", "--timeout=0", "2001:db8::/64").returncode == 0


def test_prefix_passes_over_a_dormant_link(net):
    """IFF_RUNNING is clear in this state as well (802.1X), and the kernel does not begin DAD."""
    net.ip("link set eth0 down")
    net.ip("link set eth0 mode dormant")
    net.ip("link set eth0 up")
    net.until(lambda: " state DORMANT " in net.ip("link show eth0").stdout, "dormant")
    net.add(ONE)
    assert net.dadwait("--strict", "--timeout=0", "2001:db8::/64").returncode == 0
    running = net.waiting(ONE, "--strict", ONE)
    assert f"{ONE} (no-carrier)" in running.log
    net.ip("link set eth0 mode default state up")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_exact_address_without_carrier_is_waited_for(net):
    net.boot_without_carrier()
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    assert "2001:db8::1 (no-carrier)" in running.log
    net.carrier(True)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_exact_address_on_a_link_that_lost_its_carrier(net):
    """The kernel runs DAD without a carrier here, and bind() succeeds when it has ended."""
    net.carrier(False)
    net.hold_dad()
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.end_dad()
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_no_carrier_is_the_reason_given(net):
    net.boot_without_carrier()
    net.add(ONE)
    result = net.dadwait("--strict", "--timeout=100ms", ONE)
    assert result.returncode == 255
    assert "2001:db8::1 on eth0: no carrier" in result.stderr


def test_missing_interface_is_the_reason_given(net):
    result = net.dadwait("--strict", "--timeout=100ms", "fe80::1%none0")
    assert result.returncode == 255
    assert "fe80::1%none0: there is no such interface" in result.stderr


def test_each_address_that_is_not_ready_is_named(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    result = net.dadwait("--timeout=100ms", ONE, TWO, "fe80::1%none0", "::1")
    assert result.returncode == 0
    for name in [ONE, TWO, "fe80::1%none0"]:
        assert sum(line.startswith(f"dadwait: {name}") for line in result.stderr.splitlines()) == 1
    assert "::1:" not in result.stderr.replace(ONE, "").replace("fe80::1", "")
