# SPDX-License-Identifier: LGPL-2.1-or-later
"""Floods, lost events, refused sockets, signals and clocks."""

import contextlib
import ctypes
import os
import re
import signal
import socket
import time

import pytest

from lab import build, helper, second_stage
from lab.netns import HANG, resume

ONE = "2001:db8::1"
TWO = "2001:db8::2"

# Seconds: longer than any test.
FOR_EVER = 1000

# What Net.churn() adds and removes. Where it is a pattern too, the events are not filtered out.
CHURN = "2001:db8:ffff::/64"

# linux/rtnetlink.h: groups are a bit mask in /proc/net/netlink.
RTMGRP_LINK = 0x1
RTMGRP_IPV6_IFADDR = 0x100


def event_socket(net, pid):
    """The helper's socket that has joined the groups: its descriptor there, and a line of
    /proc/net/netlink, split, whose last words are Drops and Inode."""
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
    """Reaches into the helper for its event socket (pidfd_getfd(2), number 438)."""
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
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)
    assert race.late < 1_000_000


def sleeps(pid):
    """How often a process has gone to sleep."""
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read(), re.M)[1])


def test_events_about_other_addresses_do_not_wake(net):
    """The kernel drops them (network/filter.c): 2,000 here."""
    running = net.waiting(ONE, "--strict", ONE)
    before = sleeps(running.pid)
    net.run("ip", "-batch", "-", input=net.churn(1000))
    assert sleeps(running.pid) - before < 20, "it may still have been about to sleep"
    net.add(ONE)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)


def test_events_lost_to_a_tiny_receive_buffer(net):
    """What was lost is the very event that was waited for; the state is asked for again."""
    running = net.waiting(ONE, "--strict", ONE, CHURN)
    pid = running.pid
    shrink_receive_buffer(net, pid)
    os.kill(pid, signal.SIGSTOP)
    net.run("ip", "-batch", "-", input=net.churn(100))
    net.add(ONE, "nodad")
    assert int(event_socket(net, pid)[1][8]) > 0, "events were dropped"
    resume(pid)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)
    assert "Cannot watch" not in race.stderr


def test_questions_leave_no_descriptor(net):
    """Each loss leads to one. Two of them come first: the helper opens its event loop after it has
    said that it waits."""
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
    # A question that is not answered yet has one, but not five.
    assert lose(5) <= before + 1
    assert int(event_socket(net, pid)[1][8]) > drops, "there was something to ask for"
    net.add(ONE, "nodad")
    assert running.finish().status == 0


def losses(net, *arguments):
    """Options of strace: the first eight looks at the events, each of which ends a question, say that
    some were lost."""
    n = net.strace("recvmsg", second_stage(), *arguments).stderr.count("recvmsg(")
    return ["-e", f"inject=recvmsg:error=ENOBUFS:when={n}..{8 * n}+{n}"]


def test_events_lost_each_time(net):
    """After eight dumps the event loop handles other events, then there is one more."""
    net.add(ONE, "nodad")
    command = ["--strict", "--timeout=infinity", f"{ONE}%eth0"]
    lost = losses(net, *command)
    trace = net.strace("sendto,recvmsg", *lost, second_stage(), "--verbose", *command).stderr
    assert trace.count("(INJECTED)") == 8
    assert trace.count("RTM_GETADDR, ") == 9
    assert "Waiting" not in trace


def test_events_lost_and_still_not_ready(net):
    """After the loss it goes on waiting, and on listening."""
    running = net.waiting(ONE, "--strict", ONE, CHURN)
    pid = running.pid
    shrink_receive_buffer(net, pid)
    os.kill(pid, signal.SIGSTOP)
    net.run("ip", "-batch", "-", input=net.churn(100))
    assert int(event_socket(net, pid)[1][8]) > 0, "events were dropped"
    resume(pid)
    net.add(ONE)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)
    assert race.late < 1_000_000


def test_events_lost_that_took_an_address_away(net):
    """What it knew before the loss counts no more."""
    running = net.waiting(TWO, "--strict", "--timeout=5s", ONE, TWO, CHURN)
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
    race = running.finish()
    assert (race.status, race.binds) == (255, 1)
    assert f"{ONE}: not assigned" in race.stderr


@contextlib.contextmanager
def flood(net, batch):
    """`ip -batch`, over and over."""
    # Long enough for ip not to be started all the time.
    net.run("tee", "/run/batch", input=batch * 1000)
    command = "while :; do ip -force -batch /run/batch; done 2>/dev/null"
    process = net.start("sh", "-c", command, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_dump_is_interrupted(net):
    """NLM_F_DUMP_INTR: what a dump says while addresses change may be wrong, and is asked for again.

    2,000 addresses make a dump of several messages; others come and go until one of them was hit.
    The address in question was the first to be assigned, and the kernel lists the newest first.
    """
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    net.ip("-batch -", input="".join(net.churn(2000).splitlines(True)[:2000]))
    with flood(net, net.churn(1).replace("ffff::", "fffe::")):
        command = [second_stage(), "--verbose", "--timeout=0", "--strict", "2001:db8::/64"]
        traces = [net.strace("sendto,recvmsg", *command, check=False).stderr for _ in range(20)]
    expected = "dadwait: 2001:db8::/64 on eth0: duplicate address detection has not ended"
    assert all(expected in trace for trace in traces)
    hit = [trace for trace in traces if "NLM_F_DUMP_INTR" in trace]
    assert hit
    for trace in hit:
        after = trace.split("NLM_F_DUMP_INTR", 1)[1]
        assert "RTM_GETADDR" in after, "asked for again"


def interrupt_dumps_of_links(net, *arguments):
    """The helper, whose first eight dumps of links were interrupted. The 41 links make each of them
    two messages, of which the second is made when the first is read."""
    for i in range(20):
        net.ip(f"link add a{i} type veth peer b{i}")
    running = net.stopping("1..15+2", *arguments)
    for i in range(8):
        running.until_told("stopped by SIGSTOP")
        net.ip("link del x" if i % 2 else "link add x type veth peer y")
        running.resume()
    return running


def test_dump_of_links_is_interrupted(net):
    """Each time: the addresses are asked for all the same."""
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = interrupt_dumps_of_links(net, "--timeout=0", "--strict", "any")
    trace = running.told + running.process.communicate()[1]
    assert running.process.returncode == 255
    assert "any on eth0: duplicate address detection has not ended" in trace
    assert trace.count("NLM_F_DUMP_INTR") == 8
    assert trace.count("RTM_GETLINK") == 8, "and not for ever"


def test_dumps_that_were_all_interrupted_are_not_the_last(net):
    """They may all lack an address about which there is no event: while it waits there are more dumps."""
    running = interrupt_dumps_of_links(net, "--timeout=infinity", ONE)
    running.until_told("Waiting")
    running.until_told("RTM_GETLINK")


def test_event_between_the_question_and_the_wait(net):
    """It joins first and asks second. Here the answer is out of date before it is read."""
    running = net.stopping("2", "--strict", "--timeout=infinity", ONE)
    running.until_told("stopped by SIGSTOP")
    assert "RTM_GETADDR" in running.told
    net.add(ONE, "nodad")
    running.resume()
    running.process.communicate()
    assert running.process.returncode == 0


def test_event_after_events_were_lost_each_time(net):
    """What it knows may be wrong until it has asked again, whatever an event adds to it."""
    net.add(ONE, "nodad")
    command = ["--strict", "--timeout=infinity", f"{ONE}%eth0"]
    running = net.stopping("2", *command, options=losses(net, *command))
    running.until_told("stopped by SIGSTOP")
    net.ip("link set eth0 alias changed")
    running.resume()
    trace = running.told + running.process.communicate()[1]
    assert running.process.returncode == 0
    assert trace.count("(INJECTED)") == 8
    assert trace.count("RTM_GETADDR, ") == 9


def test_thousands_of_addresses_at_once(net):
    """Each end of DAD interrupts the dumps. What all of them left out may be ready by the last."""
    net.dad_takes(1)
    net.sysctl("conf/eth0/router_solicitation_delay", 1)
    addresses = [f"2001:db8::1:{i:x}" for i in range(2000)]
    batch = "".join(f"address add {address}/64 dev eth0\n" for address in addresses)
    for _ in range(4):
        net.run("ip", "-batch", "-", input=batch)
        # Without a timeout: before the helper gives up it looks once more.
        result = net.dadwait("--timeout=infinity", *addresses)
        assert result.returncode == 0
        net.ip("address flush dev eth0 scope global")


def test_suspended_and_continued(net):
    """The address is ready and the time is up: what the kernel has said goes first."""
    running = net.waiting(ONE, "--strict", "--timeout=3s", ONE)
    pid = running.pid
    os.kill(pid, signal.SIGSTOP)
    net.add(ONE)
    net.until(lambda: "tentative" not in net.flags(ONE), "DAD")
    time.sleep(3)  # the time has to pass
    resume(pid)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)
    assert "Ready after" in race.stderr


def test_suspended_and_continued_goes_on_waiting(net):
    running = net.waiting(ONE, "--strict", ONE)
    running.signal(signal.SIGSTOP)
    running.resume()
    net.add(ONE)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)
    assert race.late < 1_000_000


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_step_of_the_wall_clock(net, seconds):
    """The clock seems to be set at each look. (To set it would disturb the whole machine.)"""
    stepping = [
        *["env", f"LD_PRELOAD={build() / 'tests' / 'step.so'}", f"STEP_SEC={seconds}"],
        "ASAN_OPTIONS=verify_asan_link_order=0",
    ]
    date = int(net.run(*stepping, "date", "+%s").stdout)
    assert abs(date - time.time()) > 3000, "it is set"

    begin = time.monotonic()
    result = net.run(*stepping, second_stage(), "--verbose", "--timeout=700ms", ONE)
    assert 0.7 <= time.monotonic() - begin < 10
    assert re.search(r"Not ready after [0-9]\.[0-9]{3}s", result.stderr)


def test_no_clock_that_can_be_set(net):
    """The kernel's timers are on another one."""
    result = net.strace(
        "timerfd_create,timerfd_settime,setitimer,timer_create,alarm,clock_nanosleep,epoll_wait",
        *[second_stage(), "--timeout=200ms", ONE],
    )
    assert "timerfd_create(CLOCK_MONOTONIC" in result.stderr
    assert "timerfd_settime" in result.stderr
    for other in ["CLOCK_REALTIME", "setitimer(", "timer_create(", "alarm("]:
        assert other not in result.stderr
    # Nor does it wake up by itself now and then: once at the end, and perhaps for an event.
    assert 1 <= result.stderr.count("epoll_wait(") < 6


@pytest.mark.parametrize("span", ["584541y", "9223372036854775807us"])
def test_timeout_beyond_the_clock(net, span):
    """It is as good as none."""
    running = net.waiting(ONE, "--strict", f"--timeout={span}", ONE)
    net.add(ONE)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)


def test_sigterm_gives_up(net):
    running = net.waiting(ONE, "--timeout=infinity", ONE)
    running.signal(signal.SIGTERM)
    race = running.finish()
    assert race.status == 0
    assert f"{ONE}: not assigned" in race.stderr
    assert "Not ready after" in race.stderr


def test_sigterm_before_the_wait_has_begun(net):
    """But after it was logged: strace delays the helper in between."""
    tracing = ["strace", "-qq", "-e", "trace=epoll_create1"]
    tracing += ["-e", "inject=epoll_create1:delay_enter=1000000"]
    command = [*tracing, second_stage(), "--verbose", "--timeout=20s", ONE]
    process = net.start("env", "ASAN_OPTIONS=detect_leaks=0", *command)
    while "Waiting" not in process.stderr.readline():
        pass
    child = net.run("pgrep", "--parent", process.pid).stdout
    os.kill(int(child), signal.SIGTERM)
    _, rest = process.communicate()
    assert process.returncode == 0
    assert "Not ready after" in rest


def test_sigterm_with_strict(net):
    running = net.waiting(ONE, "--timeout=infinity", "--strict", ONE)
    running.signal(signal.SIGTERM)
    assert running.finish().status == 255


@pytest.mark.parametrize("family", ["netlink", "inet6"])
def test_refused_sockets(net, family):
    """AF_NETLINK refused, as by RestrictAddressFamilies=; or a kernel without IPv6."""
    result = net.run(build() / "tests" / "refuse", family, helper(), "--verbose", ONE)
    assert result.stderr.count("\n") == 1
    assert "Cannot watch the addresses of this machine" in result.stderr
    assert f"not waiting for {ONE}" in result.stderr


@pytest.mark.parametrize("family", ["netlink", "inet6"])
def test_refused_sockets_with_strict(net, family):
    """Nothing shows that the address is ready."""
    command = [build() / "tests" / "refuse", family, helper(), "--strict", ONE]
    assert net.run(*command, check=False).returncode == 255


def test_refused_netlink_does_not_matter_to_an_address_that_is_ready(net):
    net.add(ONE, "nodad")
    result = net.run(build() / "tests" / "refuse", "netlink", helper(), "--strict", ONE)
    assert result.stderr == ""


def test_refused_ipv6_does_not_matter_to_what_needs_no_waiting(net):
    result = net.run(build() / "tests" / "refuse", "inet6", helper(), "--strict", "192.0.2.1")
    assert result.stderr == ""


def test_no_sysctls(net):
    """Without /proc/sys it cannot see ip_nonlocal_bind, and works all the same."""
    net.run("mount", "-t", "tmpfs", "tmpfs", "/proc/sys")
    running = net.waiting(ONE, "--strict", ONE)
    net.add(ONE)
    race = running.finish()
    assert (race.status, race.binds) == (0, 1)


def test_descriptors_are_closed_at_the_end(net):
    """Whatever it opened; only libsystemd keeps its socket to the journal."""
    net.dad_takes(1)
    net.add(ONE)
    result = net.strace(
        "socket,open,openat,epoll_create1,timerfd_create,signalfd4,dup,fcntl,close",
        *[second_stage(), "--verbose", "--timeout=1s", ONE, TWO],
    )
    opened = {}
    for line in result.stderr.splitlines():
        if match := re.match(r"close\((\d+)\) += 0", line):
            opened.pop(int(match[1]), None)
        elif match := re.match(r"(?:socket|open|openat|\w+_create1?|signalfd4|dup)\(.*= (\d+)$", line):
            opened[int(match[1])] = line
    assert len(opened) <= 1, opened
    assert all("AF_UNIX" in line for line in opened.values()), opened


def test_memory(net):
    """Valgrind is silent. Where the helper was built with sanitizers these look for the same,
    here as in all other tests."""
    net.dad_takes(1)
    net.add(ONE)
    command = [second_stage(), "--verbose", "--timeout=1s", ONE, TWO, "any"]
    if "libasan" not in net.run("ldd", second_stage()).stdout:
        command = ["valgrind", "--quiet", "--leak-check=full", "--error-exitcode=99"] + command
    result = net.run(*command)
    lines = result.stderr.splitlines()
    assert len(lines) >= 3
    assert all(line.startswith("dadwait: ") for line in lines), lines


@pytest.mark.parametrize(
    "span, usec",
    [
        ("200ms", 200_000),
        ("0.2", 200_000),
        (".2s", 200_000),
        ("200000us", 200_000),
        ("200000usec", 200_000),
        ("100ms 100msec", 200_000),
        ("0.1 sec 0.1seconds", 200_000),
        ("0.00333min 200us", 200_000),
        ("0.0000555h 200us", 200_000),
    ],
)
def test_timeouts_in_every_spelling(net, span, usec):
    """tests/unit/test-timespan.c compares many more with systemd itself."""
    race = net.race(ONE, f"--timeout={span}", ONE).finish()
    assert race.status == 0
    assert usec <= race.exit - race.start < usec + 5_000_000
    assert "Waiting up to 200ms" in race.stderr
