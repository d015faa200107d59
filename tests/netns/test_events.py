# SPDX-License-Identifier: LGPL-2.1-or-later
"""Events of the kernel: floods of them, lost ones, and dumps that they interrupt."""

import ctypes
import os
import re
import signal
import socket

import pytest

from lab import second_stage
from lab.netns import resume

ONE = "2001:db8::1"
TWO = "2001:db8::2"

# Seconds: longer than any test.
FOR_EVER = 1000

# What Net.churn() adds and removes. If it is a target, its events are not filtered out.
CHURN = "2001:db8:ffff::/64"

# linux/rtnetlink.h: groups are a bit mask in /proc/net/netlink.
RTMGRP_LINK = 0x1
RTMGRP_IPV6_IFADDR = 0x100


def event_socket(net, pid):
    """The netlink socket of the helper that has joined groups: its descriptor, and the words of its
    line in /proc/net/netlink, the last of which are Drops and Inode."""
    for line in net.run("cat", "/proc/net/netlink").stdout.splitlines()[1:]:
        words = line.split()
        if int(words[3], 16) != RTMGRP_LINK | RTMGRP_IPV6_IFADDR:
            continue
        for fd in os.listdir(f"/proc/{pid}/fd"):
            try:
                if os.readlink(f"/proc/{pid}/fd/{fd}") == f"socket:[{words[9]}]":
                    return int(fd), words
            except FileNotFoundError:
                pass
    raise LookupError("no event socket")


def shrink_receive_buffer(net, pid):
    """Shrink the buffer of the helper's event socket (pidfd_getfd(2), number 438)."""
    fd, _ = event_socket(net, pid)
    libc = ctypes.CDLL(None, use_errno=True)
    pidfd = os.pidfd_open(pid)
    copy = libc.syscall(438, pidfd, fd, 0)
    os.close(pidfd)
    if copy < 0:
        raise OSError(ctypes.get_errno(), "pidfd_getfd")
    with socket.socket(fileno=copy) as events:
        events.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)


@pytest.mark.parametrize("patterns", [[ONE], [ONE, CHURN]])
def test_flood(net, patterns):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", *patterns)
    net.run("ip", "-batch", "-", input=net.churn(1000))
    net.remove(ONE)
    net.add(ONE, "nodad")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert run.was_woken


def sleeps(pid):
    """How often a process has gone to sleep."""
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read(), re.M)[1])


def test_events_about_other_addresses_do_not_wake(net):
    """The kernel drops them (network/filter.c), 2,000 here."""
    running = net.waiting(ONE, "--strict", ONE)
    before = sleeps(running.pid)
    net.run("ip", "-batch", "-", input=net.churn(1000))
    assert sleeps(running.pid) - before < 20, "it may have been about to sleep"
    net.add(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_events_lost_to_a_tiny_receive_buffer(net):
    """The event that the helper waits for is lost: it asks for the state again."""
    running = net.waiting(ONE, "--strict", ONE, CHURN)
    pid = running.pid
    shrink_receive_buffer(net, pid)
    os.kill(pid, signal.SIGSTOP)
    net.run("ip", "-batch", "-", input=net.churn(100))
    net.add(ONE, "nodad")
    assert int(event_socket(net, pid)[1][8]) > 0, "events were dropped"
    resume(pid)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert "Cannot watch" not in run.stderr


def test_requests_leave_no_descriptor(net):
    """Each loss causes a request. The first two are not counted: the helper opens its event loop after
    it has logged that it waits."""
    running = net.waiting(ONE, "--strict", ONE, CHURN)
    pid = running.pid
    shrink_receive_buffer(net, pid)

    def lose(times):
        for _ in range(times):
            os.kill(pid, signal.SIGSTOP)
            net.run("ip", "-batch", "-", input=net.churn(100))
            resume(pid)
            net.until_events_are_read()
        return len(os.listdir(f"/proc/{pid}/fd"))

    before = lose(2)
    drops = int(event_socket(net, pid)[1][8])
    # A request without answer so far has a descriptor, but five must not have one each.
    assert lose(5) <= before + 1
    assert int(event_socket(net, pid)[1][8]) > drops, "there was something to ask for"
    net.add(ONE, "nodad")
    assert running.finish().status == 0


def losses(net, *arguments):
    """Options of strace: the helper reads events at the end of each request. The first eight times
    ENOBUFS says that some are lost."""
    n = net.strace("recvmsg", second_stage(), *arguments).stderr.count("recvmsg(")
    return ["-e", f"inject=recvmsg:error=ENOBUFS:when={n}..{8 * n}+{n}"]


def test_events_lost_each_time(net):
    """The helper returns to its event loop, and then asks again."""
    net.add(ONE, "nodad")
    command = ["--strict", "--timeout=infinity", f"{ONE}%eth0"]
    lost = losses(net, *command)
    trace = net.strace("sendto,recvmsg", *lost, second_stage(), "--verbose", *command).stderr
    assert trace.count("(INJECTED)") == 8
    assert trace.count("RTM_GETADDR, ") == 9
    assert "Waiting" not in trace


def test_events_lost_and_still_not_ready(net):
    """After the loss the helper still waits, and still receives events."""
    running = net.waiting(ONE, "--strict", ONE, CHURN)
    pid = running.pid
    shrink_receive_buffer(net, pid)
    os.kill(pid, signal.SIGSTOP)
    net.run("ip", "-batch", "-", input=net.churn(100))
    assert int(event_socket(net, pid)[1][8]) > 0, "events were dropped"
    resume(pid)
    net.add(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert run.was_woken


def test_lost_event_that_removed_an_address(net):
    """What the helper knew before the loss is not valid any more."""
    running = net.waiting(TWO, "--strict", ONE, TWO, CHURN)
    pid = running.pid
    net.add(ONE, "nodad")
    net.until_events_are_read()
    shrink_receive_buffer(net, pid)
    os.kill(pid, signal.SIGSTOP)
    net.run("ip", "-batch", "-", input=net.churn(100))
    net.remove(ONE)
    assert int(event_socket(net, pid)[1][8]) > 0, "events were dropped"
    resume(pid)
    net.add(TWO, "nodad")
    run = running.give_up()
    assert (run.status, run.binds) == (255, 1)
    assert f"{ONE}: not assigned" in run.stderr


def test_dump_is_interrupted(net):
    """NLM_F_DUMP_INTR: a dump during which addresses changed may be wrong, so the helper asks again.

    A dump of 2,000 addresses has several messages. The helper is stopped when it has asked for them,
    another address is added, and the kernel makes the second message when the first is read. It
    lists the newest address first, and the target is the oldest.
    """
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    net.ip("-batch -", input="".join(net.churn(2000).splitlines(True)[:2000]))
    running = net.stopping("2", "--timeout=0", "--strict", "2001:db8::/64")
    running.until_logged("stopped by SIGSTOP")
    assert "RTM_GETADDR" in running.log
    net.add("2001:db8:fffe::1", "nodad")
    running.resume()
    assert running.end() == 255
    expected = "dadwait: 2001:db8::/64 on eth0: duplicate address detection has not ended"
    assert expected in running.log
    _, interrupted, after = running.log.partition("NLM_F_DUMP_INTR")
    assert interrupted
    assert "RTM_GETADDR" in after, "asked for again"


def interrupt_dumps_of_links(net, *arguments):
    """The helper, after its first eight dumps of links were interrupted. With 41 links each dump has two
    messages; the kernel makes the second when the first is read."""
    for i in range(20):
        net.ip(f"link add a{i} type veth peer b{i}")
    running = net.stopping("1..15+2", *arguments)
    for i in range(8):
        running.until_logged("stopped by SIGSTOP")
        net.ip("link del x" if i % 2 else "link add x type veth peer y")
        running.resume()
    return running


def test_dump_of_links_is_interrupted(net):
    """Every dump of links is interrupted: the helper asks for the addresses all the same."""
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = interrupt_dumps_of_links(net, "--timeout=0", "--strict", "any")
    trace = running.log + running.process.communicate()[1]
    assert running.process.returncode == 255
    assert "any on eth0: duplicate address detection has not ended" in trace
    assert trace.count("NLM_F_DUMP_INTR") == 8
    assert trace.count("RTM_GETLINK") == 8, "and not for ever"


def test_dumps_that_were_all_interrupted_are_not_the_last(net):
    """All of them may lack an address that no event will announce, so the helper asks again while it
    waits."""
    running = interrupt_dumps_of_links(net, "--timeout=infinity", ONE)
    running.until_logged("Waiting")
    running.until_logged("RTM_GETLINK")


def test_event_between_the_request_and_the_wait(net):
    """The helper joins the groups before its request. Here the answer is outdated before it is read."""
    running = net.stopping("2", "--strict", "--timeout=infinity", ONE)
    running.until_logged("stopped by SIGSTOP")
    assert "RTM_GETADDR" in running.log
    net.add(ONE, "nodad")
    running.resume()
    running.process.communicate()
    assert running.process.returncode == 0


def test_event_after_events_were_lost_each_time(net):
    """What the helper knows may be wrong until it has asked again, even if an event updates a part."""
    net.add(ONE, "nodad")
    command = ["--strict", "--timeout=infinity", f"{ONE}%eth0"]
    running = net.stopping("2", *command, options=losses(net, *command))
    running.until_logged("stopped by SIGSTOP")
    net.ip("link set eth0 alias changed")
    running.resume()
    trace = running.log + running.process.communicate()[1]
    assert running.process.returncode == 0
    assert trace.count("(INJECTED)") == 8
    assert trace.count("RTM_GETADDR, ") == 9


def test_thousands_of_addresses_at_once(net):
    """Each end of DAD interrupts the dumps. All of them may lack an address that is ready by then."""
    net.dad_takes(1)
    net.sysctl("conf/eth0/router_solicitation_delay", 1)
    addresses = [f"2001:db8::1:{i:x}" for i in range(2000)]
    batch = "".join(f"address add {address}/64 dev eth0\n" for address in addresses)
    for _ in range(4):
        net.run("ip", "-batch", "-", input=batch)
        # Without a timeout, because at a timeout the helper asks once more.
        result = net.dadwait("--timeout=infinity", *addresses)
        assert result.returncode == 0
        net.ip("address flush dev eth0 scope global")
