# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every allocation and every system call of the generator fails, one in each run.

A fault costs the drop-ins that depend on it, never a part of one: each is as usual or absent.
"""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from failing_calls import (ALONE, DEFAULT, ERRORS, errors, inject, inject_alone, numbered, parse, strace,
                   was_injected)
from lab import build, generator, plan
from small_machine import ENVIRONMENT, Machine, Outcome, complaints, loose_complaints, run
from many_runs import Runs, allocations, with_failing_allocation


@pytest.fixture(scope="module")
def calls(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """The system calls of a run in one process."""
    traces = tmp_path_factory.mktemp("traces")
    machine.run("help", *strace("-o", str(traces / "help")), arguments=("--help",))
    machine.run("reference", *strace("-o", str(traces / "run"), ALONE))
    found = [(call, number) for call, number
             in numbered(parse(traces / "help"), parse(traces / "run")) if call != "clone"]
    assert {"openat", "read", "mkdirat", "write", "renameat"} <= {call for call, _ in found}
    return found


def sweep(machine: Machine, traces: Path, runs: Runs, faults: list, check,
          inject=inject_alone) -> None:
    """faults: call, number, error."""

    def examine(fault: tuple[str, int, str]) -> list[str]:
        name = "-".join(map(str, fault))
        trace = traces / name
        outcome = machine.run(name, *inject(trace, *fault))
        wrong = check(outcome)
        if not was_injected(trace, fault[0]):
            wrong.append("no such call")
        trace.unlink()
        return wrong

    runs.check(examine, faults)


def test_every_system_call(machine: Machine, reference: Outcome, calls: list, runs: Runs,
                           tmp_path: Path, thorough: bool) -> None:
    faults = [(call, number, error) for call, number in calls
              for error in errors(call, number, thorough)]
    sweep(machine, tmp_path, runs, faults, lambda outcome: complaints(outcome, reference))


# Calls of which a process makes few, so their numbers are not those of other calls.
OF_WORKERS = ["clone", "memfd_create", "pread64", "pwrite64", "rt_sigprocmask",
              "rt_sigtimedwait", "wait4"]


def test_every_system_call_of_workers(machine: Machine, reference: Outcome, runs: Runs,
                                      tmp_path: Path) -> None:
    """The calls that start the workers, wait for them, and pass on what they found."""
    trace = tmp_path / "run"
    machine.run("help", *strace("-o", str(trace)), arguments=("--help",))
    startup = Counter(parse(trace))
    machine.run("reference", *strace("-o", str(trace)))
    count = Counter(parse(trace))
    faults = [(call, number, error) for call in OF_WORKERS
              for number in range(startup[call] + 1, count[call] + 1)
              for error in ERRORS.get(call, DEFAULT)]
    assert {"clone", "memfd_create", "pread64", "pwrite64", "wait4"} <= {f[0] for f in faults}
    reached = []

    def examine(fault: tuple[str, int, str]) -> list[str]:
        name = "-".join(map(str, fault))
        outcome = machine.run(name, *inject(tmp_path / name, *fault))
        # Workers have calls of their own, and how often the parent waits differs.
        if was_injected(tmp_path / name):
            reached.append(fault[0])
        return complaints(outcome, reference)

    runs.check(examine, faults)
    assert set(reached) == {call for call, _, _ in faults}


def test_every_file_unreadable(machine: Machine, reference: Outcome, calls: list, runs: Runs,
                               tmp_path: Path) -> None:
    """open(2) fails as by a security module, since root may read every file. The rest is still read."""
    faults = [(call, number, "EACCES") for call, number in calls if call in ("openat", "openat2")]
    sweep(machine, tmp_path, runs, faults, lambda outcome: loose_complaints(outcome, reference))


@pytest.mark.parametrize("error", ["EMFILE", "ENOMEM"])
def test_what_is_mounted_is_unknown(machine: Machine, reference: Outcome, tmp_path: Path,
                                    error: str) -> None:
    """The call only serves a warning, so no drop-in is lost."""
    trace = tmp_path / "trace"
    command = strace("-o", str(trace), "--trace=openat", "-P", "/proc/self/mounts",
                     f"--inject=openat:error={error}")

    outcome = machine.run("mounts", *command)

    assert was_injected(trace, "openat")
    assert (outcome.status, outcome.files) == (0, reference.files)


def test_notes_of_the_plan(machine: Machine, tmp_path: Path) -> None:
    """By hand the files of a service are read again, for notes about it. If that fails the plan has
    its drop-in all the same."""
    program = str(build() / "tests/faults/plain-dadwait-plan")
    config = machine.root / "etc/daemon.conf"

    def plan_with(*options: str) -> subprocess.CompletedProcess:
        return subprocess.run([*strace("-o", str(tmp_path / "trace"), "--trace=read", "-P",
                                       str(config), *options), program, f"--root={machine.root}",
                               "daemon.service"], env=ENVIRONMENT, capture_output=True, text=True)

    usual = plan_with()
    assert usual.returncode == 0 and "2001:db8::c1" in usual.stdout
    reads = [i for i, line in enumerate((tmp_path / "trace").read_text().splitlines(), 1)
             if not line.endswith(" = 0")]
    assert len(reads) == 3, "for the drop-in and for each kind of notes"
    reports = []
    for number in reads:
        result = plan_with(f"--inject=read:error=EIO:when={number}")
        assert was_injected(tmp_path / "trace", "read")
        assert result.returncode == 1
        reports.append([line for line in result.stderr.splitlines()
                        if line.endswith("Input/output error.")])
        assert ("2001:db8::c1" in result.stdout) == (number != reads[0])
    where = "dadwait-plan: /etc/daemon.conf"
    assert reports == [[f"{where}: {what}: Input/output error."] for what in (
        "No drop-in for daemon.service",
        "Addresses of daemon.service that nothing waits for are not known",
        "What else of daemon.service looks like a listener is not known")]


def linked_dynamically(program: str) -> str:
    """The program, or the same one without sanitizers. Into one that is linked statically nothing can
    be preloaded."""
    if "statically linked" in subprocess.check_output(["ldd", program], text=True):
        return str(build() / f"tests/faults/plain-{Path(program).name}")
    return program


def sweep_allocations(machine: Machine, arguments: list[str], base: Path, runs: Runs, check,
                      choose, *, workers: bool = False) -> None:
    """Run the program with its sanitizers, which find leaks and uses of freed memory.

    workers: whether it has several processes; without, each allocation has the same number in each run.
    choose: selects from the numbers of allocations of all processes, the parent's last.
    """
    processes = {} if workers else {"NO_FORK": "1"}
    program = linked_dynamically(generator() if "{}" in arguments else plan())

    def once(number: int) -> tuple[Outcome, list[int]]:
        directory, count = base / str(number), base / f"{number}.count"
        directory.mkdir()
        outcome = run([program, f"--root={machine.root}",
                       *(word.format(directory) for word in arguments)], directory,
                      env=ENVIRONMENT | with_failing_allocation(number, count) | processes)
        shutil.rmtree(directory)
        return outcome, allocations(count)

    reference, counts = once(0)
    assert (reference.status, reference.stderr) == (0, "")
    assert counts[-1] > 500, "another allocator took its place"
    assert workers == (len(counts) > 1)

    def examine(number: int) -> list[str]:
        outcome, reached = once(number)
        wrong = check(outcome, reference)
        # The number of jobs that a worker gets differs between runs.
        if max(reached, default=0) < (min(number, counts[-1]) if workers else number):
            wrong.append("it did not get there, or did not exit")
        return wrong

    runs.check(examine, choose(counts))


def test_every_allocation(machine: Machine, tmp_path: Path, runs: Runs) -> None:
    sweep_allocations(machine, ["{}"], tmp_path, runs, complaints,
                      lambda counts: list(range(1, counts[-1] + 1)))


def test_allocations_with_workers(machine: Machine, tmp_path: Path, runs: Runs,
                                  thorough: bool) -> None:
    """Every allocation of the parent, which also fails in the workers. Of those that follow in a worker
    only some, because most are the same as above."""

    def choose(counts: list[int]) -> list[int]:
        own = range(min(counts) + 1, counts[-1] + 1)  # from the first fork(2) on
        return [*own, *range(own.stop, max(counts), 1 if thorough else 40)]

    sweep_allocations(machine, ["{}"], tmp_path, runs, complaints, choose, workers=True)


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["table", "json"])
def test_allocations_of_the_plan(machine: Machine, tmp_path: Path, runs: Runs, thorough: bool,
                                 options: list[str]) -> None:
    """Most are the same as above, so only some of them."""

    def choose(counts: list[int]) -> list[int]:
        total = counts[-1]
        return list(range(1, total + 1) if thorough else
                    [*range(1, total - 100, 20), *range(total - 100, total + 1)])

    def check(outcome: Outcome, reference: Outcome) -> list[str]:
        if outcome.status == 0 and outcome.stdout == reference.stdout:
            return []
        if outcome.status == 1 and outcome.stderr.startswith("dadwait-plan: "):
            return []
        return [f"status {outcome.status}, {outcome.stderr!r}"]

    sweep_allocations(machine, options, tmp_path, runs, check, choose)
