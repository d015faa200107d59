# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kinds of addresses, and sysctls that change which addresses bind() accepts."""

import re
import signal
import sys

import pytest
from lab import SOURCE

ADVERTISE = SOURCE / "tests/lab/programs/advertise_prefix.py"

ONE = "2001:db8::1"
TWO = "2001:db8::2"

# Seconds: longer than any test.
FOR_EVER = 1000


def assert_ready_at_once(net, address):
    run = net.start_helper(address, "--strict", "--timeout=0", address).finish()
    assert (run.status, run.binds) == (0, 1)


def test_nodad(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE, "nodad")
    assert_ready_at_once(net, ONE)


def test_optimistic(net):
    net.sysctl("conf/eth0/optimistic_dad", 1)
    net.dad_takes(FOR_EVER)
    net.add(ONE, "optimistic")
    assert "optimistic" in net.flags(ONE)
    assert_ready_at_once(net, ONE)
    assert net.dadwait("--strict", "--timeout=0", f"{ONE}%eth0").returncode == 0
    assert net.dadwait("--strict", "--timeout=0", "2001:db8::/64").returncode == 0


def test_optimistic_dad_is_not_for_static_addresses(net):
    """What README.md says of this cure: the sysctls alone change nothing for `ip address add`, and so for
    ifupdown."""
    net.sysctl("conf/all/optimistic_dad", 1)
    net.sysctl("conf/all/use_optimistic", 1)
    net.sysctl("conf/eth0/optimistic_dad", 1)
    net.sysctl("conf/eth0/use_optimistic", 1)
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    assert "tentative" in net.flags(ONE) and "optimistic" not in net.flags(ONE)
    assert net.dadwait("--strict", "--timeout=0", ONE).returncode != 0


def test_optimistic_dad_is_for_autoconfigured_addresses(net):
    """Those that the kernel makes from the prefix of a router."""
    net.sysctl("conf/eth0/accept_ra", 2)
    net.sysctl("conf/eth0/optimistic_dad", 1)
    net.sysctl("conf/eth0/use_optimistic", 1)
    net.neighbour.until(lambda: "tentative" not in net.neighbour.ip("-6 address show eth0").stdout,
                        "the router has an address")
    net.dad_takes(FOR_EVER)
    net.neighbour.run(sys.executable, ADVERTISE, "eth0", "2001:db8:5::")

    def addresses():
        return re.findall(r"inet6 (2001:db8:5:\S*)/64", net.ip("-6 address show eth0").stdout)

    net.until(addresses, "an autoconfigured address")
    (address,) = addresses()
    assert "optimistic" in net.flags(address)
    assert_ready_at_once(net, address)


def test_optimistic_comes_late(net):
    net.sysctl("conf/eth0/optimistic_dad", 1)
    net.sysctl("conf/eth0/use_optimistic", 1)
    net.dad_takes(FOR_EVER)
    running = net.waiting(ONE, "--strict", ONE)
    net.add(ONE, "optimistic")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert run.was_woken


def test_optimistic_comes_without_an_event(net):
    """Without use_optimistic the kernel announces the address only when DAD has ended. The helper asks
    once more at the timeout, and finds it."""
    net.sysctl("conf/eth0/optimistic_dad", 1)
    net.dad_takes(FOR_EVER)
    running = net.stopped_in_its_wait("--strict", "--timeout=300ms", ONE)
    net.add(ONE, "optimistic")
    running.resume()
    assert running.end() == 0
    assert_ready_at_once(net, ONE)


def test_deprecated(net):
    net.add(ONE, "preferred_lft", "0")
    running = net.start_helper(ONE, "--strict", ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert "deprecated" in net.flags(ONE)


def test_temporary(net):
    net.sysctl("conf/eth0/use_tempaddr", 2)
    net.hold_dad()
    net.add(ONE, "mngtmpaddr", "valid_lft", "3600", "preferred_lft", "1800")

    def temporary():
        lines = net.ip("-6 -o address show temporary").stdout.splitlines()
        return [line.split()[3].split("/")[0] for line in lines]

    net.until(temporary, "a temporary address")
    address = temporary()[0]
    assert "tentative" in net.flags(address)
    running = net.waiting(address, "--strict", address)
    net.end_dad()
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_anycast_only(net):
    """A router has the subnet-router anycast address 2001:db8:: (RFC 4291, section 2.6.1), which
    bind() does not accept."""
    net.sysctl("conf/all/forwarding", 1)
    net.add(ONE, "nodad")
    anycast = "20010db8000000000000000000000000"
    net.until(lambda: anycast in net.run("cat", "/proc/net/anycast6").stdout, "the kernel has joined")
    run = net.start_helper("2001:db8::", "--strict", "--timeout=300ms", "2001:db8::").finish()
    assert (run.status, run.binds) == (255, 0)


def test_point_to_point(net):
    """With a peer, the kernel calls the peer's address IFA_ADDRESS and ours IFA_LOCAL."""
    net.hold_dad()
    net.ip(f"-6 address add {ONE} peer {TWO} dev eth0")
    running = net.waiting(ONE, "--strict", ONE)
    net.end_dad()
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert net.dadwait("--strict", "--timeout=0", TWO).returncode == 255


def test_dad_transmits_0(net):
    net.sysctl("conf/eth0/dad_transmits", 0)
    net.add(ONE)
    run = net.start_helper(ONE, "--strict", "--timeout=infinity", ONE).finish()
    assert (run.status, run.binds) == (0, 1)


def until_past_dad(net, address):
    """Without DAD, too, an address is tentative for a moment: the kernel clears that in a work queue
    (addrconf_dad_work())."""
    net.until(lambda: net.flags(address) and "tentative" not in net.flags(address), address)


def test_accept_dad_0(net):
    net.sysctl("conf/all/accept_dad", 0)
    net.sysctl("conf/eth0/accept_dad", 0)
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    until_past_dad(net, ONE)
    assert_ready_at_once(net, ONE)


def test_accept_dad_0_without_carrier(net):
    """As the catalog advises."""
    net.sysctl("conf/all/accept_dad", 0)
    net.sysctl("conf/eth0/accept_dad", 0)
    net.boot_without_carrier()
    net.add(ONE)
    until_past_dad(net, ONE)
    assert_ready_at_once(net, ONE)


def test_ipv6_disabled_on_the_interface(net):
    net.sysctl("conf/eth0/disable_ipv6", 1)
    result = net.dadwait("--strict", "--timeout=100ms", f"{ONE}%eth0")
    assert result.returncode == 255
    assert "IPv6 is disabled on it" in result.stderr
    running = net.waiting(ONE, "--strict", ONE)
    net.sysctl("conf/eth0/disable_ipv6", 0)
    net.add(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_ipv6_is_disabled_meanwhile(net):
    """The kernel removes the addresses."""
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.sysctl("conf/eth0/disable_ipv6", 1)
    run = running.give_up()
    assert run.status == 255
    assert f"{ONE}: not assigned" in run.stderr


def test_ipv6_disabled_on_all_interfaces(net):
    net.sysctl("conf/all/disable_ipv6", 1)
    result = net.dadwait("--strict", "--timeout=100ms", ONE)
    assert result.returncode == 255
    assert "IPv6 is disabled (sysctl net.ipv6.conf.all.disable_ipv6)" in result.stderr
    result = net.dadwait("--timeout=100ms", "fe80::1%none0")
    assert "there is no such interface\n" in result.stderr, "that comes first"
    assert net.dadwait("--strict", "--timeout=0", "any").returncode == 0


def test_nonlocal_bind(net):
    net.sysctl("ip_nonlocal_bind", 1)
    assert_ready_at_once(net, ONE)
    assert_ready_at_once(net, "fe80::1%eth0")
    assert net.dadwait("--strict", "--timeout=0", f"{ONE}%eth0").returncode == 0
    net.dad_takes(FOR_EVER)
    net.add(TWO)
    assert net.dadwait("--strict", "--timeout=0", "any").returncode == 0


@pytest.mark.parametrize("address", ["fe80::1", ONE])
def test_nonlocal_bind_needs_the_interface(net, address):
    net.sysctl("ip_nonlocal_bind", 1)
    running = net.waiting(f"{address}%late0", "--strict", f"{address}%late0")
    net.add_link("late0")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_nonlocal_bind_is_switched_on_meanwhile(net):
    """The kernel sends no event about the sysctl. The helper reads it at the next event about a link or an address."""
    running = net.waiting(ONE, "--strict", ONE)
    net.sysctl("ip_nonlocal_bind", 1)
    net.ip("link set eth0 alias changed")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_nonlocal_bind_is_switched_on_and_nothing_else_happens(net):
    """The helper reads it once more at the timeout."""
    running = net.stopped_in_its_wait("--strict", "--timeout=300ms", ONE)
    net.sysctl("ip_nonlocal_bind", 1)
    running.resume()
    assert running.end() == 0
    assert_ready_at_once(net, ONE)


def test_nonlocal_bind_is_switched_on_before_dad_fails(net):
    """bind() accepts the duplicate. The helper finds both at once, and logs nothing about it."""
    net.duplicate(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    running.signal(signal.SIGSTOP)
    net.sysctl("ip_nonlocal_bind", 1)
    net.add(ONE)
    net.until_flag(ONE, "dadfailed")
    running.resume()
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert "duplicate" not in run.stderr


def test_nonlocal_bind_is_switched_off_meanwhile(net):
    net.sysctl("ip_nonlocal_bind", 1)
    running = net.waiting("fe80::1%late0", "--strict", "fe80::1%late0")
    net.sysctl("ip_nonlocal_bind", 0)
    net.add_link("late0")
    run = running.give_up()
    assert (run.status, run.binds) == (255, 0)


def test_vrf(net):
    if net.ip("link add red type vrf table 10", check=False).returncode != 0:
        pytest.skip("this kernel has no VRFs")
    net.ip("link set red up")
    net.ip("link set eth0 master red")
    net.add(ONE, "nodad")
    run = net.start_helper(ONE, "--strict", "--timeout=100ms", ONE).finish()
    assert (run.status, run.binds) == (255, 0)
    assert "assigned in a VRF" in run.stderr
    net.add("fe80::1", "nodad")
    assert_ready_at_once(net, "fe80::1%eth0")
