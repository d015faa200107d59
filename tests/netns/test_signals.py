# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each signal ends the wait, whenever it arrives. Stopping and continuing the helper does not.

KillSignal= and RestartKillSignal= of a unit may be any signal (systemd.kill(5)).
"""

import fcntl
import itertools
import os
import pty
import re
import signal
import struct
import termios
import time
from pathlib import Path

import pytest

from lab import build, helper, second_stage
from lab.netns import HANG

ONE = "2001:db8::1"

# Seconds: longer than any test.
FOR_EVER = 1000

# nptl(7): glibc does not let programs block these.
OF_GLIBC = {32, 33}
SIGNALS = sorted(set(range(1, 65)) - {signal.SIGKILL, signal.SIGSTOP} - OF_GLIBC)
IGNORED_BY_DEFAULT = [signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH]


@pytest.mark.parametrize("program", [helper, second_stage])
def test_each_ends_the_wait(net, program):
    for number in SIGNALS:
        command = ["--strict", "--timeout=infinity", ONE]
        process = net.start(program(), *command)
        assert "Waiting" in process.stderr.readline()
        process.send_signal(number)
        _, rest = process.communicate(timeout=HANG)
        assert (number, process.returncode) == (number, 255)
        assert "Not ready after" in rest


@pytest.mark.parametrize("number", sorted(OF_GLIBC))
def test_those_of_glibc_end_the_process(net, number):
    process = net.start(helper(), "--timeout=infinity", ONE)
    assert "Waiting" in process.stderr.readline()
    process.send_signal(number)
    assert process.wait(timeout=HANG) == -number
    process.communicate()


def test_sigstop_ends_it_when_it_is_continued(net):
    """systemd sends SIGCONT after KillSignal=."""
    process = net.start(helper(), "--timeout=infinity", ONE)
    assert "Waiting" in process.stderr.readline()
    process.send_signal(signal.SIGSTOP)
    process.send_signal(signal.SIGCONT)
    _, rest = process.communicate(timeout=HANG)
    assert process.returncode == 0
    assert "Not ready after" in rest


def moments():
    """Which signal at which stop. All signals at all stops would take long. So at each stop one of the
    signals that are ignored by default, which a process loses if it does not block them, and one of
    the others."""
    if "DADWAIT_THOROUGH" in os.environ:
        yield from itertools.product(itertools.count(1), SIGNALS)
    for stop, ignored, other in zip(
        itertools.count(1), itertools.cycle(IGNORED_BY_DEFAULT), itertools.cycle(SIGNALS)
    ):
        yield stop, ignored
        yield stop, other


def test_none_is_lost_at_any_moment(net):
    """From the first system call of the first stage until the second stage waits, including its dynamic
    loader. Without sanitizers, which make system calls of their own."""
    plain = build() / "tests/faults/plain-dadwait-wait"
    net.run("mount", "--bind", plain, os.path.realpath(second_stage()))
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    program = build() / "tests/signal-at-stop"
    command = [helper(), "--timeout=infinity", "--strict", ONE]
    total = int(net.run(program, 0, 0, *command).stdout)
    assert total > 200
    for stop, number in itertools.takewhile(lambda moment: moment[0] <= total, moments()):
        result = net.run(program, stop, number, *command, check=False)
        moment = f"signal {number} at stop {stop}"
        assert (moment, result.returncode) == (moment, 255)
        assert "Not ready after" in result.stderr


def test_sigpipe_of_its_own_does_not_end_it(net):
    """No process reads its standard error; the helper waits all the same."""
    reader, writer = os.pipe()
    os.close(reader)
    net.dad_takes(1)
    net.add(ONE)
    process = net.start(helper(), "--verbose", "--strict", ONE, stderr=writer)
    os.close(writer)
    assert process.wait(timeout=HANG) == 0
    process.communicate()


def test_sigxfsz_of_its_own_does_not_end_it(net, tmp_path):
    net.dad_takes(1)
    net.add(ONE)
    with (tmp_path / "stderr").open("w") as file:
        command = ["prlimit", "--fsize=0", helper(), "--verbose", "--strict", ONE]
        process = net.start(*command, stderr=file)
        assert process.wait(timeout=HANG) == 0
        process.communicate()


@pytest.mark.parametrize("resized", [True, False])
def test_the_terminal_may_change_its_size(net, resized):
    """The kernel sends SIGWINCH when a terminal is resized. From any other sender it ends the wait."""
    primary, secondary = pty.openpty()
    terminal = os.fdopen(primary, "r")
    streams = {"stdin": secondary, "stdout": secondary, "stderr": secondary}
    command = ["setsid", "--ctty", helper(), "--strict", "--timeout=infinity", ONE]
    process = net.start(*command, **streams)
    os.close(secondary)
    assert "Waiting" in terminal.readline()
    begin = time.monotonic()
    if resized:
        fcntl.ioctl(primary, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
        net.add(ONE, "nodad")
    else:
        process.send_signal(signal.SIGWINCH)
    assert process.wait(timeout=HANG) == (0 if resized else 255)
    assert time.monotonic() - begin < HANG
    terminal.close()


def is_over(running, end):
    """Whether the timer of the helper has expired, which began after `end` less its timeout."""
    timers = Path(f"/proc/{running.pid}/fdinfo")
    texts = [file.read_text() for file in timers.iterdir()]
    ticks = [int(n) for text in texts for n in re.findall(r"^ticks: (\d+)", text, re.M)]
    assert ticks
    return any(ticks) and time.monotonic() > end


def test_suspended_and_continued(net):
    """When it continues the address is ready and the timeout is over: events count first."""
    begin = time.monotonic()
    running = net.stopped_in_its_wait("--strict", "--timeout=500ms", ONE)
    net.add(ONE)
    net.until(lambda: "tentative" not in net.flags(ONE), "DAD")
    net.until(lambda: is_over(running, begin + 0.5), "the timeout")
    running.resume()
    assert running.end() == 0
    assert "Ready after" in running.log


def test_suspended_and_continued_goes_on_waiting(net):
    running = net.waiting(ONE, "--strict", ONE)
    running.signal(signal.SIGSTOP)
    running.resume()
    net.add(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert run.was_woken


def test_sigterm_gives_up(net):
    running = net.waiting(ONE, "--timeout=infinity", ONE)
    running.signal(signal.SIGTERM)
    run = running.finish()
    assert run.status == 0
    assert f"{ONE}: not assigned" in run.stderr
    assert "Not ready after" in run.stderr


def test_sigterm_before_the_wait_has_begun(net):
    """The helper has logged that it waits; strace delays what follows."""
    tracing = ["strace", "-qq", "-e", "trace=epoll_create1"]
    tracing += ["-e", "inject=epoll_create1:delay_enter=1000000"]
    command = [*tracing, second_stage(), "--verbose", "--timeout=infinity", ONE]
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
