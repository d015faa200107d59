# SPDX-License-Identifier: LGPL-2.1-or-later
"""Thousands of addresses in one unit."""

import os
import statistics

import pytest

from lab import build, helper, second_stage
from lab.journal import Journal
from lab.netns import WOKEN

NUMBER = 10_000
# All with the same solicited-node multicast group (RFC 4291, section 2.7.1): to join a group for each
# takes the kernel twenty times as long as to assign them.
ADDRESSES = [f"2001:db8::{i:x}:0:1" for i in range(1, NUMBER + 1)]


def test_ten_thousand_are_all_waited_for(net):
    """All but two are ready; the two are assigned one after the other."""
    net.assign(ADDRESSES[2:], "nodad")
    net.dad_takes(1)
    running = net.waiting(ADDRESSES[0], "--strict", *ADDRESSES[2:], *ADDRESSES[1::-1])
    assert f"{ADDRESSES[0]} (absent)" in running.log
    assert f"{ADDRESSES[1]} (absent)" in running.log
    net.add(ADDRESSES[1], "nodad")
    net.add(ADDRESSES[0])
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
    assert "Ready after" in run.stderr
    assert f" and {NUMBER - 100} more\n" in run.stderr


# The test looks for a wait that does not end.
AT_ONCE = WOKEN


def median_late(net, first, last):
    """The best of some runs counts, because other processes delay the helper and time-bind. Without
    sanitizers, which look for leaks at the end."""
    plain = build() / "tests/faults/plain-dadwait-wait"
    net.run("mount", "--bind", plain, os.path.realpath(second_stage()))
    late = []
    for _ in range(5):
        running = net.waiting(last[-1], "--strict", *first, *last)
        net.assign(first, "nodad")
        net.until_events_are_read()
        net.assign(last, "nodad")
        run = running.finish()
        assert (run.status, run.binds) == (0, 1)
        late.append(run.late)
        net.ip("address flush dev eth0 scope global")
    return statistics.median(late)


@pytest.mark.parametrize("n_last", [2, 150, 400])
def test_events_gather_and_the_last_one_ends_the_wait_at_once(net, n_last):
    """While more than 100 are pending, not every event wakes the helper, but the last one does."""
    assert median_late(net, ADDRESSES[n_last:500], ADDRESSES[:n_last]) < AT_ONCE


@pytest.fixture
def journal(net, tmp_path):
    journal = Journal(net, tmp_path)
    yield journal
    journal.close()


def test_an_entry_names_a_hundred_and_counts_the_others(net, journal):
    """journald would drop an entry with a field for each of them."""
    net.run(helper(), "--timeout=100ms", *ADDRESSES[:1000])
    begin, *each, end = journal.entries()
    assert begin["MESSAGE"].startswith(f"Waiting up to 100ms for {ADDRESSES[0]} (absent), ")
    assert end["MESSAGE"].startswith("Not ready after ")
    for entry in begin, end:
        assert entry["DADWAIT_ADDRESS"] == ADDRESSES[:100]
        assert entry["MESSAGE"].endswith(f"{ADDRESSES[99]} (absent) and 900 more")
    assert [entry["DADWAIT_ADDRESS"] for entry in each] == ADDRESSES[:100]


def test_those_without_an_entry_are_counted_where_there_was_no_wait(net):
    result = net.dadwait("--timeout=0", *ADDRESSES[:101])
    lines = result.stderr.splitlines()
    assert len(lines) == 101
    assert lines[99] == f"dadwait: {ADDRESSES[99]}: not assigned"
    assert lines[100] == "dadwait: Not ready: 1 more"
    assert len(net.dadwait("--timeout=0", *ADDRESSES[:100]).stderr.splitlines()) == 100
