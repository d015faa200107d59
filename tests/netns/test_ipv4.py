# SPDX-License-Identifier: LGPL-2.1-or-later
"""IPv4 addresses: absent until they are assigned, and then ready at once. The kernel is the judge:
time-bind binds the IPv4-mapped address, for which the kernel looks up the IPv4 address."""

import re

import pytest

from lab import build, helper, plan, second_stage

ONE = "192.0.2.1"
TWO = "192.0.2.2"
IPV6 = "2001:db8::1"

# Seconds: longer than any test.
FOR_EVER = 1000

# linux/rtnetlink.h: groups are a bit mask in /proc/net/netlink.
RTMGRP_LINK = 0x1
RTMGRP_IPV4_IFADDR = 0x10
RTMGRP_IPV6_IFADDR = 0x100


def mapped(address):
    return f"::ffff:{address}"


def waiting(net, bind, *arguments):
    return net.waiting(mapped(bind), "--strict", *arguments)


def add(net, address, *options, length=24, name="eth0"):
    net.ip(f"address add {address}/{length} dev {name} {' '.join(options)}")


def remove(net, address, length=24, name="eth0"):
    net.ip(f"address del {address}/{length} dev {name}")


def ipv4_sysctl(net, name, value):
    net.sysctl(f"../ipv4/{name}", value)


def is_ready(net, *patterns):
    return net.dadwait("--timeout=0", "--strict", *patterns).returncode == 0


def ends_ready(running):
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    return run


@pytest.mark.parametrize("pattern", [ONE, mapped(ONE), f"{ONE}%eth0"])
def test_it_ends_when_the_address_is_assigned(net, pattern):
    running = waiting(net, ONE, pattern)
    assert f"{pattern.removeprefix('::ffff:')} (absent)" in running.log
    add(net, ONE)
    run = ends_ready(running)
    assert run.was_woken
    assert "Ready after" in run.stderr


def test_what_is_assigned_is_ready_for_the_first_stage(net):
    add(net, ONE)
    trace = net.strace("socket,bind", helper(), ONE, "any-ipv4", "192.0.2.0/24", "127.0.0.1").stderr
    assert re.findall(r"socket\((\w+)", trace) == ["AF_INET"]
    assert "AF_NETLINK" not in trace


@pytest.mark.parametrize("pattern", ["0.0.0.0", "127.0.0.1", "127.1.2.3", "255.255.255.255",
                                     "224.0.0.1", "239.1.2.3%eth0", "::ffff:127.0.0.1",
                                     "any-ipv4", "any-ipv4%none0", "198.51.100.0/24"])
def test_what_needs_no_waiting(net, pattern):
    assert is_ready(net, pattern)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "255.255.255.255", "224.0.0.1"])
def test_the_kernel_binds_what_needs_no_waiting(net, address):
    run = net.start_helper(mapped(address), "--timeout=0", "--strict", address).finish()
    assert (run.status, run.binds) == (0, 1)


def test_timeout(net):
    result = net.dadwait("--timeout=100ms", "--strict", ONE)
    assert result.returncode == 255
    assert f"Waiting up to 100ms for {ONE} (absent)" in result.stderr
    assert f"dadwait: {ONE}: not assigned\n" in result.stderr
    assert float(re.search(r"Not ready after (\d+\.\d{3})s", result.stderr)[1]) >= 0.1


def test_the_switch_of_ipv6_is_no_reason(net):
    net.sysctl("conf/all/disable_ipv6", 1)
    assert "disable_ipv6" in net.dadwait("--timeout=0", IPV6).stderr
    assert "disable_ipv6" not in net.dadwait("--timeout=0", ONE).stderr


def test_timed_out_is_not_waited_for_again(net):
    assert "Waiting" in net.dadwait("--timeout=100ms", ONE).stderr
    found = net.run("ls", "/run/dadwait").stdout
    assert re.fullmatch(rf"{re.escape(ONE)}@\d+\n", found)
    again = net.dadwait("--timeout=100ms", mapped(ONE))
    assert "Waiting" not in again.stderr
    assert f"{ONE}: not assigned, and not waited for again" in again.stderr
    add(net, ONE)
    assert net.dadwait("--timeout=100ms", ONE).returncode == 0
    remove(net, ONE)
    assert "Waiting" in net.dadwait("--timeout=100ms", ONE).stderr


@pytest.mark.parametrize("first", ["ipv4", "ipv6"])
def test_one_wait_for_both_families(net, first):
    net.dad_takes(0.5)
    running = net.waiting(IPV6 if first == "ipv4" else mapped(ONE), "--strict", ONE, IPV6)
    assert f"{ONE} (absent), {IPV6} (absent)" in running.log
    if first == "ipv4":
        add(net, ONE)
        net.until_events_are_read()
        assert running.process.poll() is None
        net.add(IPV6)
    else:
        net.add(IPV6, "nodad")
        net.until_events_are_read()
        assert running.process.poll() is None
        add(net, ONE)
    run = ends_ready(running)
    assert run.stderr.count("Waiting") == 1
    assert f": {ONE}, {IPV6}" in run.stderr


@pytest.mark.parametrize("patterns, groups", [
    ([IPV6], RTMGRP_IPV6_IFADDR),
    ([IPV6, "any-ipv4", "192.0.2.0/24"], RTMGRP_IPV6_IFADDR),
    ([ONE], RTMGRP_IPV4_IFADDR),
    ([IPV6, ONE], RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_IFADDR),
])
def test_only_what_matters_is_watched(net, patterns, groups):
    waiting(net, ONE, *patterns)
    (watcher,) = net.watchers()
    assert int(watcher[3], 16) == RTMGRP_LINK | groups


def test_nothing_of_ipv4_unless_it_is_waited_for(net):
    trace = net.strace("all", second_stage(), "--timeout=100ms", IPV6, "any", "any-ipv4").stderr
    assert "AF_INET6" in trace
    assert not re.search(r"AF_INET\b", trace)
    assert "/net/ipv4/" not in trace


def test_nothing_of_ipv6_unless_it_is_waited_for(net):
    trace = net.strace("all", second_stage(), "--timeout=100ms", ONE, "any-ipv4").stderr
    assert "ifa_family=AF_INET," in trace
    assert "AF_INET6" not in trace.replace("ifi_family=AF_INET6", "")
    assert "/net/ipv6/" not in trace


def sleeps(pid):
    """How often a process has gone to sleep."""
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read(), re.M)[1])


def churn(number):
    """A batch for ip(8) that adds so many other addresses and removes them."""
    lines = [f"address %s 198.51.{i // 250}.{i % 250 + 1}/32 dev eth0" for i in range(number)]
    return "\n".join([line % "add" for line in lines] + [line % "del" for line in lines]) + "\n"


@pytest.mark.parametrize("patterns", [[ONE], [ONE, IPV6], [f"{ONE}%eth0", "2001:db8::/64"],
                                      [ONE, "any-ipv4"]])
def test_events_about_other_addresses_do_not_wake(net, patterns):
    running = waiting(net, ONE, *patterns)
    before = sleeps(running.pid)
    net.run("ip", "-batch", "-", input=churn(500))
    if "2001:db8::/64" not in patterns:
        net.run("ip", "-batch", "-", input=net.churn(500))
    assert sleeps(running.pid) - before < 20, "it may have been about to sleep"
    if IPV6 in patterns:
        net.add(IPV6, "nodad")
    add(net, ONE)
    ends_ready(running)


def test_an_interface(net):
    net.add_link("eth1")
    add(net, ONE, name="eth1")
    running = waiting(net, ONE, f"{ONE}%eth0")
    assert f"{ONE}%eth0 (absent)" in running.log
    remove(net, ONE, name="eth1")
    add(net, ONE)
    run = running.finish()
    assert run.status == 0


def test_an_interface_that_does_not_exist_yet(net):
    running = waiting(net, ONE, f"{ONE}%eth1")
    assert f"{ONE}%eth1 (no-interface)" in running.log
    net.add_link("eth1")
    add(net, ONE, name="eth1")
    ends_ready(running)


def test_removed_and_assigned_again(net):
    """What is ready may cease to be, while another address is waited for."""
    add(net, ONE)
    running = waiting(net, TWO, ONE, TWO)
    remove(net, ONE)
    net.until_events_are_read()
    add(net, TWO)
    net.until_events_are_read()
    assert running.process.poll() is None
    add(net, ONE)
    assert running.finish().status == 0


def test_twice_on_a_link(net):
    """In different subnets. While one is left bind() succeeds."""
    add(net, ONE)
    add(net, ONE, length=32)
    running = waiting(net, TWO, f"{ONE}%eth0", TWO)
    remove(net, ONE)
    net.until_events_are_read()
    add(net, TWO, length=32)
    ends_ready(running)


def test_on_two_links(net):
    net.add_link("eth1")
    add(net, ONE, length=32)
    add(net, ONE, length=32, name="eth1")
    running = waiting(net, TWO, ONE, TWO)
    net.ip("link del eth1")
    net.until_events_are_read()
    add(net, TWO)
    ends_ready(running)


def test_secondary_addresses_go_with_the_primary_one(net):
    ipv4_sysctl(net, "conf/all/promote_secondaries", 0)
    ipv4_sysctl(net, "conf/eth0/promote_secondaries", 0)
    add(net, ONE)
    add(net, TWO)
    assert " secondary " in net.ip("address show dev eth0").stdout
    assert is_ready(net, ONE, TWO)
    remove(net, ONE)
    running = waiting(net, TWO, TWO)
    add(net, TWO)
    ends_ready(running)


def test_a_secondary_address_is_promoted(net):
    ipv4_sysctl(net, "conf/all/promote_secondaries", 1)
    add(net, ONE)
    add(net, TWO)
    running = waiting(net, "198.51.100.1", TWO, "198.51.100.1")
    remove(net, ONE)
    net.until_events_are_read()
    add(net, "198.51.100.1")
    ends_ready(running)


@pytest.mark.parametrize("options", [["valid_lft", "1000", "preferred_lft", "0"],
                                     ["scope", "host"], ["scope", "link"],
                                     ["noprefixroute"], ["label", "eth0:1"]])
def test_kinds_of_addresses_that_are_ready(net, options):
    running = waiting(net, ONE, ONE)
    add(net, ONE, *options)
    ends_ready(running)
    assert is_ready(net, ONE)


def test_a_lifetime_ends(net):
    add(net, ONE, "valid_lft", "1", "preferred_lft", "1")
    running = waiting(net, TWO, ONE, TWO)
    net.until(lambda: ONE not in net.ip("address show").stdout, "the lifetime ends")
    add(net, TWO)
    net.until_events_are_read()
    assert running.process.poll() is None
    add(net, ONE)
    assert running.finish().status == 0


def test_a_peer(net):
    """The local address counts, not that of the peer."""
    peer = "198.51.100.1"
    running = waiting(net, ONE, ONE)
    net.ip(f"address add {ONE} peer {peer}/32 dev eth0")
    ends_ready(running)
    assert is_ready(net, ONE)
    assert not is_ready(net, peer)


def test_two_peers(net):
    net.ip(f"address add {ONE} peer 198.51.100.1/32 dev eth0")
    net.ip(f"address add {ONE} peer 198.51.100.2/32 dev eth0")
    running = waiting(net, TWO, ONE, TWO)
    net.ip(f"address del {ONE} peer 198.51.100.1/32 dev eth0")
    net.until_events_are_read()
    add(net, TWO)
    ends_ready(running)


@pytest.mark.parametrize("state", ["down", "no-carrier"])
def test_the_state_of_the_link_does_not_matter(net, state):
    if state == "down":
        net.ip("link set eth0 down")
    else:
        net.boot_without_carrier()
    running = waiting(net, ONE, ONE)
    add(net, ONE)
    ends_ready(running)
    net.ip("link set eth0 down")
    run = net.start_helper(mapped(ONE), "--timeout=0", "--strict", f"{ONE}%eth0").finish()
    assert (run.status, run.binds) == (0, 1)


LOCAL = {
    "a route": ["route add local 198.51.100.0/24 dev lo"],
    "a prefix on lo": ["address add 198.51.100.1/24 dev lo"],
    "the broadcast address": ["address add 198.51.100.1/29 dev eth0"],
}


@pytest.mark.parametrize("kind", LOCAL)
def test_local_without_being_assigned(net, kind):
    """Also if another address is waited for, so that the kernel is asked for its addresses."""
    address = "198.51.100.7"
    for command in LOCAL[kind]:
        net.ip(command)
    run = net.start_helper(mapped(address), "--timeout=0", "--strict", address).finish()
    assert (run.status, run.binds) == (0, 1)
    running = waiting(net, TWO, TWO, address)
    assert f"Waiting for {TWO} (absent)\n" in running.log
    add(net, TWO)
    ends_ready(running)


def test_local_by_the_time_of_the_timeout(net):
    """No event is about it."""
    running = net.stopped_in_its_wait("--strict", "--timeout=300ms", "198.51.100.7")
    net.ip("route add local 198.51.100.0/24 dev lo")
    running.resume()
    assert running.end() == 0
    assert float(re.search(r"Ready after (\d+\.\d{3})s", running.log)[1]) >= 0.3


def test_nonlocal_bind_is_of_a_family(net):
    net.sysctl("ip_nonlocal_bind", 1)
    assert is_ready(net, IPV6, f"{IPV6}%eth0")
    assert not is_ready(net, ONE)
    assert not is_ready(net, f"{ONE}%eth0")
    stderr = net.dadwait("--timeout=0", "any", IPV6, ONE).stderr
    assert stderr == f"dadwait: {ONE}: not assigned\n"
    ipv4_sysctl(net, "ip_nonlocal_bind", 1)
    assert is_ready(net, IPV6, ONE, f"{ONE}%eth0")
    stderr = net.dadwait("--timeout=0", IPV6, ONE, f"{ONE}%none0").stderr
    assert stderr == f"dadwait: {ONE}%none0: there is no such interface\n"
    net.sysctl("ip_nonlocal_bind", 0)
    assert is_ready(net, ONE, f"{ONE}%eth0")
    assert not is_ready(net, IPV6)


def test_nonlocal_bind_during_a_wait(net):
    """The next change of a link has it read."""
    running = waiting(net, ONE, ONE, f"{TWO}%eth0")
    ipv4_sysctl(net, "ip_nonlocal_bind", 1)
    net.ip("link set eth0 mtu 1400")
    ends_ready(running)


def deny(net, *arguments, check=False):
    """As on a kernel without IPv6."""
    return net.run(build() / "tests" / "deny-socket", "inet6", *arguments, check=check)


def test_without_ipv6(net):
    result = deny(net, helper(), "--verbose", "--timeout=100ms", "--strict", ONE)
    assert result.returncode == 255
    assert f"Waiting up to 100ms for {ONE} (absent)" in result.stderr
    add(net, ONE)
    assert deny(net, helper(), "--strict", ONE).returncode == 0
    assert deny(net, helper(), "--strict", f"{ONE}%eth0").returncode == 0


@pytest.mark.parametrize("patterns", [[IPV6, ONE], [ONE, IPV6], ["any", ONE]])
def test_without_ipv6_there_is_a_wait_for_ipv4(net, patterns):
    result = deny(net, helper(), "--verbose", "--timeout=100ms", *patterns)
    ipv6 = IPV6 if IPV6 in patterns else "any"
    assert result.returncode == 0
    assert f"Waiting up to 100ms for {ONE} (absent)\n" in result.stderr
    assert f"{ipv6}: the kernel has no IPv6; not waiting for it\n" in result.stderr
    assert f"{ONE}: not assigned\n" in result.stderr
    add(net, ONE)
    result = deny(net, helper(), "--verbose", "--strict", *patterns)
    assert result.returncode == 255
    assert "Waiting" not in result.stderr


def test_a_mapped_address_is_no_ipv4_address(net):
    """IPv6 addresses of a link may be mapped ones, and bind() accepts neither form of them."""
    net.ip(f"address add {mapped(ONE)}/128 dev eth0 nodad")
    net.add(IPV6, "nodad")
    run = net.start_helper(mapped(ONE), "--timeout=0", "--strict", ONE, f"{IPV6}%eth0").finish()
    assert (run.status, run.binds) == (255, 0)
    assert f"{ONE}: not assigned\n" in run.stderr
    running = waiting(net, ONE, ONE, f"{IPV6}%eth0")
    net.ip(f"address change {mapped(ONE)}/128 dev eth0 preferred_lft 0")
    net.until_events_are_read()
    assert running.process.poll() is None
    add(net, ONE)
    ends_ready(running)


def test_many(net):
    addresses = [f"10.0.{i // 250}.{i % 250 + 1}" for i in range(1000)]
    running = waiting(net, addresses[-1], *addresses)
    batch = "".join(f"address add {address}/16 dev eth0\n" for address in addresses)
    net.run("ip", "-batch", "-", input=batch)
    ends_ready(running)


def test_more_than_a_filter_holds(net):
    """The events of all addresses wake it then, and it is right all the same."""
    addresses = [f"10.0.{i // 250}.{i % 250 + 1}" for i in range(500)]
    running = waiting(net, addresses[-1], *addresses)
    net.run("ip", "-batch", "-", input=churn(200))
    batch = "".join(f"address add {address}/16 dev eth0\n" for address in addresses)
    net.run("ip", "-batch", "-", input=batch)
    ends_ready(running)


def test_lost_events(net):
    """A flood of events that pass the filter; the network is dumped again, of both families."""
    command = ["--strict", "--timeout=infinity", f"{ONE}%eth0", f"{IPV6}%eth0"]
    add(net, ONE)
    net.add(IPV6, "nodad")
    n = net.strace("recvmsg", second_stage(), *command).stderr.count("recvmsg(")
    lost = ["-e", f"inject=recvmsg:error=ENOBUFS:when={n}"]
    trace = net.strace("sendto,recvmsg", *lost, second_stage(), "--verbose", *command).stderr
    assert trace.count("(INJECTED)") == 1
    assert trace.count("RTM_GETADDR, ") == 4
    assert "Waiting" not in trace


def test_the_plan(net):
    for path, text in {
        "/run/dadwait.d/test.conf": f"[test.service]\nAddress={ONE}\nAddress={TWO}\n"
                                    f"Address={ONE}%none0\nAddress=any-ipv4\nAddress={IPV6}\n",
        "/run/systemd/system/test.service": "[Service]\nExecStart=/bin/true\n",
    }.items():
        net.run("mkdir", "-p", path.rpartition("/")[0])
        net.run("tee", path, input=text)
    add(net, ONE)
    text = net.run(plan()).stdout
    for address, state in {ONE: "ready", TWO: "absent", f"{ONE}%none0": "no-interface",
                           "any-ipv4": "ready", IPV6: "absent"}.items():
        assert re.search(rf" {re.escape(address)} +{state} ", text), text
