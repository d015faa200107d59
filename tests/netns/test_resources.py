# SPDX-License-Identifier: LGPL-2.1-or-later
"""The helper frees its memory and closes its descriptors."""

import re

from lab import second_stage

ONE = "2001:db8::1"
TWO = "2001:db8::2"


def test_descriptors_are_closed_at_the_end(net):
    """Every descriptor. Only libsystemd keeps its socket to the journal open."""
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
    """Valgrind finds nothing. In a build with sanitizers these look for the same errors, here as in all
    tests."""
    net.dad_takes(1)
    net.add(ONE)
    command = [second_stage(), "--verbose", "--timeout=1s", ONE, TWO, "any"]
    if "libasan" not in net.run("ldd", second_stage()).stdout:
        command = ["valgrind", "--quiet", "--leak-check=full", "--error-exitcode=99"] + command
    result = net.run(*command)
    lines = result.stderr.splitlines()
    assert len(lines) >= 3
    assert all(line.startswith("dadwait: ") for line in lines), lines
