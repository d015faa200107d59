# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every allocation and every system call of the helper fails, one in each run. It ends, and never
reports an address as ready that is not."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from failing_calls import errors, inject, numbered, parse, strace, was_injected
from lab import build, helper, second_stage
from lab.netns import HANG, Net
from many_runs import Runs, allocations, with_failing_allocation

READY = "2001:db8::1"
TENTATIVE = "2001:db8::2"
IPV4 = "192.0.2.1"
DUPLICATE = "2001:db8::3"

# They wait most of the time.
WORKERS = 8

PLAIN = str(build() / "tests/faults/plain-dadwait-wait")
TIMEOUT = "--timeout=100ms"


@pytest.fixture(scope="module", autouse=True)
def addresses(net: Net) -> None:
    net.add(READY, "nodad")
    net.duplicate(DUPLICATE)
    net.add(DUPLICATE)
    net.until_flag(DUPLICATE, "dadfailed")
    net.dad_takes(1000)
    net.add(TENTATIVE)
    net.ip(f"address add {IPV4}/24 dev eth0")


def scene(number: int) -> list[str]:
    """Patterns of every kind. A timeout is recorded, so each run has its own absent addresses."""
    ipv4 = f"10.0.{number >> 8}.{number & 255}"
    return [TIMEOUT, READY, TENTATIVE, DUPLICATE, "2001:db8::/64%eth0", f"fe80::{number:x}%eth0",
            IPV4, ipv4]


def complaints(result: subprocess.CompletedProcess, *, strict: bool, ready: bool) -> list[str]:
    """ready: whether all addresses are ready."""
    allowed = {0, 255} if strict and ready else {255} if strict else {0}
    wrong = [] if result.returncode in allowed else [f"status {result.returncode}"]
    if not ready and "Ready after" in result.stderr:
        wrong.append("it says that all is ready")
    lines = [line for line in result.stderr.splitlines() if not line.startswith("dadwait: ")]
    return wrong + lines


def run(net: Net, number: int, *command: str, strict: bool, **options):
    arguments = [*scene(number), *(["--strict"] if strict else [])]
    return net.run(*command, *arguments, check=False, timeout=HANG, **options)


@pytest.mark.parametrize("strict", [False, True], ids=["", "strict"])
def test_every_system_call(net: Net, runs: Runs, tmp_path: Path, thorough: bool,
                           strict: bool) -> None:
    # The helper reads the records of timeouts of the last minute: here those of one run.
    net.run("rm", "-rf", "/run/dadwait")
    run(net, 0xfffe, PLAIN, strict=strict)
    net.run(*strace("-o", str(tmp_path / "help"), PLAIN), "--help")
    run(net, 0xffff, *strace("-o", str(tmp_path / "run"), PLAIN), strict=strict)
    calls = numbered(parse(tmp_path / "help"), parse(tmp_path / "run"))
    assert {"socket", "bind", "recvmsg", "epoll_wait", "readlinkat"} <= {call for call, _ in calls}
    faults = [(call, number, error) for call, number in calls
              for error in errors(call, number, thorough)]
    reached = []

    def examine(case: tuple) -> list[str]:
        index, fault = case
        trace = tmp_path / str(index)
        result = run(net, index, *inject(trace, *fault, PLAIN), strict=strict)
        # How often it wakes up depends on the scheduler, so the last calls may be missing.
        if was_injected(trace):
            reached.append(fault)
        trace.unlink()
        return complaints(result, strict=strict, ready=False)

    runs.check(examine, list(enumerate(faults, 1)), WORKERS)
    assert len(reached) > 0.9 * len(faults)


@pytest.mark.parametrize("strict", [False, True], ids=["", "strict"])
def test_every_allocation(net: Net, runs: Runs, tmp_path: Path, strict: bool) -> None:

    def once(number: int, index: int) -> tuple[subprocess.CompletedProcess, list[int]]:
        count = tmp_path / str(number)
        result = run(net, index, second_stage(), strict=strict,
                     env=with_failing_allocation(number, count))
        return result, allocations(count)

    result, [total] = once(0, 0xffff)
    assert complaints(result, strict=strict, ready=False) == []
    assert total > 50, "another allocator took its place"

    def examine(number: int) -> list[str]:
        result, reached = once(number, 0x1000 + number)
        wrong = complaints(result, strict=strict, ready=False)
        if not reached:
            wrong.append("it did not exit")
        return wrong

    runs.check(examine, list(range(1, total + 1)), WORKERS)


def test_every_system_call_where_all_is_ready(net: Net, runs: Runs, tmp_path: Path,
                                              thorough: bool) -> None:
    """It may report a ready address as not ready, but never fails without --strict."""
    net.run("rm", "-rf", "/run/dadwait")  # as many calls in each run
    # bind() cannot answer for an address of global scope with an interface.
    arguments = [TIMEOUT, READY, f"{READY}%eth0", IPV4, f"{IPV4}%eth0"]
    net.run(*strace("-o", str(tmp_path / "help"), PLAIN), "--help")
    net.run(*strace("-o", str(tmp_path / "run"), PLAIN), *arguments)
    calls = numbered(parse(tmp_path / "help"), parse(tmp_path / "run"))
    faults = [(call, number, error, strict) for call, number in calls
              for error in errors(call, number, thorough) for strict in (False, True)]

    def examine(fault: tuple) -> list[str]:
        *call, strict = fault
        trace = tmp_path / "-".join(map(str, fault))
        result = net.run(*inject(trace, *call, PLAIN), *arguments,
                         *(["--strict"] if strict else []), check=False)
        wrong = complaints(result, strict=strict, ready=True)
        return wrong if was_injected(trace) else [*wrong, "no such call"]

    runs.check(examine, faults)


@pytest.fixture
def plain_second_stage(net: Net) -> Iterator[None]:
    """What the first stage executes has no sanitizers."""
    path = os.path.realpath(second_stage())
    net.run("mount", "--bind", PLAIN, path)
    yield
    net.run("umount", path)


def test_every_system_call_of_the_first_stage(net: Net, runs: Runs, tmp_path: Path,
                                              plain_second_stage: None) -> None:
    """If the first stage finds out too little it executes the second; if that fails, too, the service
    does not wait. What happens before main() is the C library's."""
    scenes = [[READY, IPV4, TIMEOUT], [READY, TENTATIVE, TIMEOUT]]
    faults = []
    for arguments in scenes:
        net.run("rm", "-rf", "/run/dadwait")
        net.run(*strace("-o", str(tmp_path / "run"), helper()), *arguments)
        calls = parse(tmp_path / "run")
        begin = calls.index("rt_sigprocmask")
        end = next((i for i, call in enumerate(calls) if call == "execve" and i > 0), len(calls) - 1)
        for i in range(begin, end + 1):
            # The execve() of strace is in the trace, and is not counted.
            call, number = calls[i], calls[1:i + 1].count(calls[i])
            if call != "exit_group":
                faults += [(arguments, call, number, error, strict)
                           for error in errors(call, number, True) for strict in (False, True)]
    assert {"bind", "chdir", "access", "execve"} <= {call for _, call, *_ in faults}

    def examine(case: tuple) -> list[str]:
        index, (arguments, *fault, strict) = case
        trace = tmp_path / str(index)
        net.run("rm", "-rf", "/run/dadwait")
        result = net.run(*inject(trace, *fault, helper()), *arguments,
                         *(["--strict"] if strict else []), check=False)
        wrong = complaints(result, strict=strict, ready=TENTATIVE not in arguments)
        return wrong if was_injected(trace) else [*wrong, "no such call"]

    runs.check(examine, list(enumerate(faults)), 1)
