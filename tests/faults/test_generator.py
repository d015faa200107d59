# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator, with every allocation and every system call failing, one after another.

What fails costs the drop-ins that depend on it, never a part of one: each is as ever or absent.
"""

import shutil
from pathlib import Path

import pytest
from calls import errors, inject, numbered, parse, strace, was_injected
from lab import generator
from machine import ENVIRONMENT, Machine, Outcome, complaints, loose_complaints, run
from runs import Runs, with_failing_allocation


@pytest.fixture(scope="module")
def calls(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """The system calls of a run."""
    traces = tmp_path_factory.mktemp("traces")
    machine.run("help", *strace("-o", str(traces / "help")), arguments=("--help",))
    machine.run("reference", *strace("-o", str(traces / "run")))
    found = numbered(parse(traces / "help"), parse(traces / "run"))
    assert {"openat", "read", "mkdirat", "write", "renameat"} <= {call for call, _ in found}
    return found


def sweep(machine: Machine, traces: Path, runs: Runs, faults: list, check) -> None:
    """`faults`: call, number, error."""

    def examine(fault: tuple[str, int, str]) -> list[str]:
        name = "-".join(map(str, fault))
        trace = traces / name
        outcome = machine.run(name, *inject(trace, *fault))
        wrong = check(outcome)
        if not was_injected(trace):
            wrong.append("no such call")
        trace.unlink()
        return wrong

    runs.check(examine, faults)


def test_every_system_call(machine: Machine, reference: Outcome, calls: list, runs: Runs,
                           tmp_path: Path, thorough: bool) -> None:
    faults = [(call, number, error) for call, number in calls
              for error in errors(call, number, thorough)]
    sweep(machine, tmp_path, runs, faults, lambda outcome: complaints(outcome, reference))


def test_every_file_unreadable(machine: Machine, reference: Outcome, calls: list, runs: Runs,
                               tmp_path: Path) -> None:
    """By a security module, say, for root reads everything else: the rest is still read."""
    faults = [(call, number, "EACCES") for call, number in calls if call in ("openat", "openat2")]
    sweep(machine, tmp_path, runs, faults, lambda outcome: loose_complaints(outcome, reference))


def sweep_allocations(machine: Machine, arguments: list[str], base: Path, runs: Runs, check,
                      choose) -> None:
    """The program under test itself, with its sanitizers, those for leaks and for memory that was
    freed among them."""

    def once(number: int) -> tuple[Outcome, int]:
        directory, count = base / str(number), base / f"{number}.count"
        directory.mkdir()
        outcome = run([generator(), f"--root={machine.root}",
                       *(word.format(directory) for word in arguments)], directory,
                      env=ENVIRONMENT | with_failing_allocation(number, count))
        shutil.rmtree(directory)
        allocations = int(count.read_text()) if count.exists() else 0
        count.unlink(missing_ok=True)
        return outcome, allocations

    reference, total = once(0)
    assert (reference.status, reference.stderr) == (0, "")
    assert total > 500, "another allocator took its place"

    def examine(number: int) -> list[str]:
        outcome, allocations = once(number)
        wrong = check(outcome, reference)
        if allocations < number:
            wrong.append("it did not get there, or did not exit")
        return wrong

    runs.check(examine, choose(total))


def test_every_allocation(machine: Machine, tmp_path: Path, runs: Runs) -> None:
    sweep_allocations(machine, ["{}"], tmp_path, runs, complaints,
                      lambda total: list(range(1, total + 1)))


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["table", "json"])
def test_allocations_of_the_plan(machine: Machine, tmp_path: Path, runs: Runs, thorough: bool,
                                 options: list[str]) -> None:
    """Most are the same as above, so here only some of those."""

    def choose(total: int) -> list[int]:
        return list(range(1, total + 1) if thorough else
                    [*range(1, total - 100, 20), *range(total - 100, total + 1)])

    def check(outcome: Outcome, reference: Outcome) -> list[str]:
        if outcome.status == 0 and outcome.stdout == reference.stdout:
            return []
        if outcome.status == 1 and outcome.stderr.startswith("dadwait-generator: "):
            return []
        return [f"status {outcome.status}, {outcome.stderr!r}"]

    sweep_allocations(machine, options, tmp_path, runs, check, choose)
