# SPDX-License-Identifier: LGPL-2.1-or-later
"""Both programs with too little memory, too few descriptors, and no space to write or to log."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from failing_calls import inject, inject_alone, was_injected
from lab import build
from lab.netns import HANG, Net
from small_machine import ENVIRONMENT, SECONDS, Machine, Outcome, complaints, run
from many_runs import Runs

PLAIN = str(build() / "tests/faults/plain-dadwait-wait")
PLAIN_GENERATOR = str(build() / "tests/faults/plain-dadwait-generator")
PLAIN_PLAN = str(build() / "tests/faults/plain-dadwait-plan")

LIMITS = [
    *(("nofile", number) for number in range(4, 24)),
    *(("as", size << 10) for size in range(8192, 1024, -96)),
    *(("data", size << 10) for size in range(1024, 0, -64)),
    *(("fsize", size) for size in (0, 1, 50, 100, 150, 200, 250, 300, 400, 1000)),
]


def began(stderr: str) -> bool:
    """Whether the program was reached: the dynamic loader or prlimit(1) may have had too little."""
    return not any(text in stderr for text in ("error while loading shared libraries",
                                               "cannot allocate", "failed to map", "prlimit:",
                                               "chroot:"))


def limited(limit: str, value: int) -> list[str]:
    return ["prlimit", f"--{limit}={value}"]


def test_generator_within_limits(machine: Machine, reference: Outcome, runs: Runs) -> None:
    begun = []

    def is_killed_at_once(case: tuple[str, int]) -> bool:
        """init_tls() of the dynamic loader crashes, without a word, if it gets no memory."""
        return machine.run("version", *limited(*case), arguments=("--version",)).status < 0

    def examine(case: tuple[str, int]) -> list[str]:
        outcome = machine.run("-".join(map(str, case)), *limited(*case))
        if not began(outcome.stderr) or (outcome.status < 0 and is_killed_at_once(case)):
            return [f"it wrote {name}" for name in outcome.files]
        begun.append(case[0])
        return complaints(outcome, reference)

    runs.check(examine, LIMITS)
    for limit in {limit for limit, _ in LIMITS}:
        assert begun.count(limit) >= 5, "hardly a run got to the program"


def test_generator_with_a_small_stack(machine: Machine, reference: Outcome) -> None:
    outcome = machine.run("stack", *limited("stack", 256 << 10))

    assert (outcome.status, outcome.files) == (0, reference.files)


def with_output(machine: Machine, name: str, mount: str) -> Outcome:
    """A run whose output directory is mounted before, and copied at the end."""
    copy = machine.output(f"{name}-copy")
    script = f'{mount}; "$@"; status=$?; cp -r "$0/." {copy}; exit $status'
    directory = machine.output(name)
    try:
        return run(machine.enter("unshare", "--mount", "sh", "-c", script, directory,
                                 *machine.command(f"/output/{name}")), copy)
    finally:
        shutil.rmtree(copy)
        directory.rmdir()


@pytest.mark.parametrize("what", ["size", "nr_inodes"])
def test_full_file_system(machine: Machine, reference: Outcome, runs: Runs, what: str) -> None:
    failed = []

    def examine(number: int) -> list[str]:
        amount = number * os.sysconf("SC_PAGESIZE") if what == "size" else number
        outcome = with_output(machine, f"{what}-{number}",
                              f'mount -t tmpfs -o {what}={amount} tmpfs "$0"')
        failed.append(outcome.status)
        return complaints(outcome, reference)

    runs.check(examine, list(range(1, 24)))
    assert set(failed) == {0, 1}


def test_read_only_output(machine: Machine) -> None:
    outcome = with_output(machine, "read-only", 'mount -t tmpfs -o ro tmpfs "$0"')

    assert (outcome.status, outcome.files) == (1, {})
    assert outcome.stderr.count("Read-only file system") == 8


@pytest.mark.parametrize("kind", ["file", "fifo", "dangling", "loop"])
def test_output_is_no_directory(machine: Machine, kind: str) -> None:
    path = machine.root / "output" / kind
    match kind:
        case "file":
            path.write_text("")
        case "fifo":
            os.mkfifo(path)
        case "dangling":
            path.symlink_to("nowhere")
        case "loop":
            path.symlink_to(kind)

    outcome = machine.run(kind)

    path.unlink()
    assert outcome.status == 1
    assert outcome.stderr.startswith(f"dadwait-generator: /output/{kind}: Cannot be written to: ")


def test_output_is_a_link_to_a_directory(machine: Machine, reference: Outcome) -> None:
    target = machine.output("target")
    (machine.root / "output/link").symlink_to("target")

    outcome = machine.run("link")

    shutil.rmtree(target)
    (machine.root / "output/link").unlink()
    assert (outcome.status, outcome.files) == (0, reference.files)


def test_output_vanishes(machine: Machine, tmp_path: Path) -> None:
    """The output directory is open, and removed."""
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1" && rmdir "$1" && exec "$0" --root="$2" /proc/self/cwd'
    outcome = run(["sh", "-c", script, PLAIN_GENERATOR, gone, machine.root], gone)

    assert (outcome.status, outcome.files) == (1, {})
    assert outcome.stderr.count("No such file or directory") == 8


def test_proc_is_not_mounted(machine: Machine) -> None:
    """The generator opens files by way of /proc. It says so, and does not skip each of them."""
    without = ("unshare", "--mount", "sh", "-c", f'umount {machine.root}/proc && exec "$@"', "sh")

    outcome = machine.run("no-proc", *without)

    assert (outcome.status, outcome.files) == (1, {})
    assert outcome.stderr == ("dadwait-generator: Cannot be read: /proc is not mounted, through "
                              "which files are opened.\n")


def test_missing_directory_and_no_descriptor(tmp_path: Path) -> None:
    """The first lookup fails, so whether the directory exists is not known. It is logged once."""
    trace = tmp_path / "trace"
    result = subprocess.run([*inject(trace, "openat2", 1, "EMFILE"), PLAIN_PLAN,
                             f"--root={tmp_path}"], env=ENVIRONMENT, capture_output=True, text=True,
                            timeout=SECONDS)

    assert was_injected(trace, "openat2")
    assert (result.returncode, result.stderr) == (1, (
        "dadwait-plan: /etc/systemd/system: Cannot read the configuration: "
        "Too many open files.\n"))


CLOSED = ["0<&-", "1>&-", "2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"]


@pytest.mark.parametrize("closed", CLOSED)
def test_closed_streams(machine: Machine, reference: Outcome, tmp_path: Path, closed: str) -> None:
    """Its message, here about a file that it cannot read, is written into no file."""
    name = str(CLOSED.index(closed))
    close = ("sh", "-c", f'exec "$0" "$@" {closed}')

    outcome = machine.run(name, *close)
    assert outcome.files == reference.files
    failing = machine.run(name, *inject(tmp_path / "trace", "read", 30, "EIO"), *close)
    assert {**reference.files, **failing.files} == reference.files


@pytest.mark.parametrize("option", [[], ["--json"], ["--help"], ["--version"]],
                         ids=["table", "json", "help", "version"])
@pytest.mark.parametrize("stdout", ["/dev/full", "closed"])
def test_plan_that_does_not_get_out(machine: Machine, option: list[str], stdout: str) -> None:
    redirect = "1>&-" if stdout == "closed" else f">{stdout}"
    outcome = run(["sh", "-c", f'exec "$0" "$@" {redirect}', PLAIN_PLAN,
                   f"--root={machine.root}", *option], Path("/nonexistent"))

    assert outcome.status == 1
    assert "Cannot write to standard output: " in outcome.stderr


@pytest.mark.parametrize("option", [[], ["--json"]], ids=["table", "json"])
def test_plan_into_a_broken_pipe(machine: Machine, option: list[str]) -> None:
    """SIGPIPE kills it as it does other programs; if that is ignored it reports the error."""
    reader, writer = os.pipe()
    os.close(reader)
    for restore in (True, False):
        result = subprocess.run([PLAIN_PLAN, f"--root={machine.root}", *option],
                                stdout=writer, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
                                restore_signals=restore, timeout=SECONDS)
        if restore:
            assert (result.returncode, result.stderr) == (-13, "")
        else:
            assert result.returncode == 1
            assert "Cannot write to standard output: Broken pipe" in result.stderr
    os.close(writer)


def run_by_systemd(machine: Machine, *prefix: str) -> Outcome:
    """With the directory of PID 1's generators, so that messages go to the kernel's log."""
    directory = machine.root / "run/systemd/generator"
    directory.parent.mkdir(parents=True, exist_ok=True)
    output = machine.output("kmsg")
    directory.symlink_to("/output/kmsg")
    try:
        return machine.run("kmsg", *prefix, arguments=("/run/systemd/generator",))
    finally:
        directory.unlink()
        shutil.rmtree(output)


@pytest.mark.parametrize("error", ["EAGAIN", "ENOSPC", "EINVAL"])
def test_kernel_log_takes_nothing(machine: Machine, reference: Outcome, tmp_path: Path,
                                  error: str) -> None:
    """The calls that fail are not made, so nothing is written to the log of the machine."""
    if not os.path.exists("/dev/kmsg"):
        pytest.skip("no /dev/kmsg here")
    kmsg = machine.root / "dev/kmsg"
    kmsg.touch()
    machine.namespace.run("mount", "--bind", "/dev/kmsg", kmsg)
    bad = machine.root / "etc/dadwait.d/bad.conf"
    bad.write_text("nonsense " * 200 + "\n")
    trace = tmp_path / "trace"
    try:
        outcome = run_by_systemd(machine, *inject_alone(trace, "write", 1, error))
    finally:
        machine.namespace.run("umount", kmsg)
        kmsg.unlink()
        bad.unlink()

    [size] = re.findall(r'write\(3, "<28>dadwait-generator\[.*, (\d+)\) = -1', trace.read_text())
    assert 900 < int(size) <= 976, "Linux before 6.4 accepts no longer record"
    assert (outcome.status, outcome.files, outcome.stderr) == (0, reference.files, "")


def test_kernel_log_of_what_not_all_may_read(machine: Machine, tmp_path: Path) -> None:
    """Every user may read the kernel's log, or that of the journal."""
    if not os.path.exists("/dev/kmsg"):
        pytest.skip("no /dev/kmsg here")
    kmsg = machine.root / "dev/kmsg"
    kmsg.touch()
    machine.namespace.run("mount", "--bind", "/dev/kmsg", kmsg)
    bad = machine.root / "etc/dadwait.d/bad.conf"
    bad.write_text("[hunter2]\nx=y\n[ntp.service]\nTimeoutSec=hunter2\n")
    bad.chmod(0o600)
    trace = tmp_path / "trace"
    try:
        outcome = run_by_systemd(machine, "strace", "-f", "-o", str(trace), "-s", "1000",
                                 "-e", "trace=write", "-e", "inject=write:error=EAGAIN")
    finally:
        machine.namespace.run("umount", kmsg)
        kmsg.unlink()
        bad.unlink()

    said = trace.read_text()
    assert "<28>dadwait-generator[" in said
    assert "/etc/dadwait.d/bad.conf:2: Unknown section, ignoring: [(not shown)]" in said
    assert "/etc/dadwait.d/bad.conf:4: " in said
    assert "hunter2" not in said + outcome.stderr


ADDRESS = "2001:db8::4"


@pytest.fixture(scope="module")
def tentative(net: Net) -> str:
    """An address that stays tentative."""
    net.dad_takes(1000)
    net.add(ADDRESS)
    return ADDRESS


def test_helper_within_limits(net: Net, tentative: str, runs: Runs) -> None:
    begun = []

    def examine(case: tuple[str, int, bool]) -> list[str]:
        *limit, strict = case
        absent = f"fe80::{LIMITS.index(tuple(limit)):x}%eth0"
        result = net.run(*limited(*limit), PLAIN, "--timeout=50ms", tentative, absent,
                         *(["--strict"] if strict else []), check=False)
        if not began(result.stderr):
            return []
        begun.append(limit[0])
        return [] if result.returncode == (255 if strict else 0) else [f"status {result.returncode}"]

    runs.check(examine, [(*limit, strict) for limit in LIMITS for strict in (False, True)], 8)
    for limit in {limit for limit, _ in LIMITS}:
        assert begun.count(limit) >= 5, "hardly a run got to the program"


def test_helper_with_a_small_stack(net: Net, tentative: str) -> None:
    result = net.run(*limited("stack", 256 << 10), PLAIN, "--timeout=50ms", tentative)

    assert "Not ready after 0.0" in result.stderr


@pytest.mark.parametrize("closed", CLOSED)
def test_helper_with_closed_streams(net: Net, closed: str) -> None:
    """It still waits: its messages are not written to its sockets."""
    address = f"2001:db8::5:{CLOSED.index(closed)}"
    net.dad_takes(0.5)
    net.add(address)
    net.run("sh", "-c", f'exec "$0" "$@" {closed}', PLAIN, "--strict", f"--timeout={HANG}s",
            address)
    assert "tentative" not in net.flags(address)


@pytest.mark.parametrize("stderr", ["/dev/full", "pipe"])
def test_helper_that_cannot_say_anything(net: Net, tentative: str, stderr: str) -> None:
    """SIGPIPE may kill it, because no process reads its messages. In a unit it has a journal."""
    script = 'exec "$0" "$@" 2>/dev/full' if stderr == "/dev/full" else '"$0" "$@" 2>&1 | true'
    net.run("sh", "-c", script, PLAIN, "--timeout=50ms", tentative)
