# SPDX-License-Identifier: LGPL-2.1-or-later
"""The timeout: its spellings, and the clock that measures it."""

import re
import time

import pytest
from lab import HANG, build, second_stage

ONE = "2001:db8::1"


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_step_of_the_wall_clock(net, seconds):
    """Each reading of the real-time clock shows another step. Setting it would affect the machine."""
    stepping = [
        *["env", f"LD_PRELOAD={build() / 'tests' / 'stepping-clock.so'}", f"STEP_SEC={seconds}"],
        "ASAN_OPTIONS=verify_asan_link_order=0",
    ]
    date = int(net.run(*stepping, "date", "+%s").stdout)
    assert abs(date - time.time()) > 3000, "the library works"

    begin = time.monotonic()
    result = net.run(*stepping, second_stage(), "--verbose", "--timeout=700ms", ONE)
    # A step of an hour makes it none or an hour.
    assert 0.7 <= time.monotonic() - begin < HANG
    seconds = float(re.search(r"Not ready after (\d+\.\d{3})s", result.stderr)[1])
    assert 0.7 <= seconds < HANG


def test_no_clock_that_can_be_set(net):
    """The timer is on a monotonic clock."""
    result = net.strace(
        "timerfd_create,timerfd_settime,setitimer,timer_create,alarm,clock_nanosleep,epoll_wait",
        *[second_stage(), "--timeout=200ms", ONE],
    )
    assert "timerfd_create(CLOCK_MONOTONIC" in result.stderr
    assert "timerfd_settime" in result.stderr
    for other in ["CLOCK_REALTIME", "setitimer(", "timer_create(", "alarm("]:
        assert other not in result.stderr
    # It does not wake up periodically: once at the end, and perhaps for an event.
    assert 1 <= result.stderr.count("epoll_wait(") < 6


@pytest.mark.parametrize("span", ["584541y", "9223372036854775807us"])
def test_timeout_beyond_the_clock(net, span):
    """Such a timeout is as good as none."""
    running = net.waiting(ONE, "--strict", f"--timeout={span}", ONE)
    net.add(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


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
    """tests/unit/test-timespan.c compares many more with what systemd parses."""
    run = net.start_helper(ONE, f"--timeout={span}", ONE).finish()
    assert run.status == 0
    assert usec <= run.exit - run.start
    assert "Waiting up to 200ms" in run.stderr
