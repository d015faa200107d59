# SPDX-License-Identifier: LGPL-2.1-or-later
"""A tree for hostile input, and the checks of every run of the generator on it."""

import os
import re
import resource
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from checks.drop_in import check_output, harmless
from lab import generator

# Limits of one run with sanitizers. SECONDS is processor time of all its processes, which does not
# depend on what else the machine does. After HANG by the clock it hangs.
SECONDS = 20
HANG = 120

CANARY = "good.service"
CANARY_ADDRESS = "2001:db8::600d"


@dataclass
class Outcome:
    status: int
    stderr: str
    drop_ins: dict[str, list[str]] = field(default_factory=dict)  # unit: its patterns
    files: dict[str, bytes] = field(default_factory=dict)         # below the output directory


def processor_time() -> float:
    """Processor time of all child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def snapshot(directory: Path) -> dict[str, tuple]:
    """All files below a directory, with what lstat(2) reports."""
    found = {}
    for path in directory.rglob("*"):
        st = path.lstat()
        found[str(path)] = (st.st_mode, st.st_ino, st.st_size, st.st_mtime_ns, st.st_ctime_ns)
    return found


class Tree:
    """A directory tree with the service CANARY, which has to get its drop-in whatever else the tree
    contains."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.root = base / "root"
        self.output = base / "output"
        self.output.mkdir(parents=True)
        self.outside = base / "outside"
        self.outside.mkdir()
        self.environment = dict(os.environ)
        self.unit(CANARY)
        self.write("usr/lib/dadwait.d/00-good.conf", f"[{CANARY}]\nAddress={CANARY_ADDRESS}\n")

    def path(self, name: str) -> Path:
        """A path below the root; makes its parent directories."""
        path = self.root / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.path(name)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def unit(self, name: str) -> None:
        self.write(f"usr/lib/systemd/system/{name}", "[Service]\nExecStart=/bin/true\n")

    def apache(self, text: str | bytes) -> None:
        """Makes apache2.service exist, with this configuration."""
        self.unit("apache2.service")
        self.write("usr/lib/dadwait.d/apache2.conf",
                   "[apache2.service]\nFormat=apache\nConfig=/etc/apache2/apache2.conf\n"
                   "EnvironmentFile=/etc/apache2/envvars\n")
        self.write("etc/apache2/apache2.conf", text)

    def ntp(self, text: str | bytes) -> None:
        self.unit("ntpsec.service")
        self.write("usr/lib/dadwait.d/ntpsec.conf",
                   "[ntpsec.service]\nFormat=ntp\nConfig=/etc/ntpsec/ntp.conf\n"
                   "EnvironmentFile=/etc/default/ntpsec\n")
        self.write("etc/ntpsec/ntp.conf", text)

    def let_others_in(self) -> None:
        """Lets every user enter the directories of pytest that lead to the tree."""
        for directory in self.base.resolve().parents:
            mode = stat.S_IMODE(directory.stat().st_mode)
            if mode & 0o055 != 0o055 and directory.stat().st_uid == os.geteuid():
                directory.chmod(mode | 0o055)

    def run_anyhow(self, *, prefix: tuple[str, ...] = (), seconds: float = SECONDS) -> Outcome:
        """Runs the generator, and checks only its messages and its processor time."""
        before = processor_time()
        result = subprocess.run([*prefix, generator(), f"--root={self.root}", self.output],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                stdin=subprocess.DEVNULL, timeout=HANG, env=self.environment)
        stderr = result.stderr.decode("utf-8")

        assert processor_time() - before < seconds
        assert result.stdout == b""
        assert all(line.startswith("dadwait-generator: ") and harmless(line)
                   for line in stderr.split("\n")[:-1])
        assert len(stderr) < 200 * 1024
        return Outcome(result.returncode, stderr)

    def run(self, *, prefix: tuple[str, ...] = (), seconds: float = SECONDS,
            changes: bool = False) -> Outcome:
        """Runs the generator, and checks what has to be true of every tree.

        changes: whether the test changes the tree during the run.
        """
        before = {} if changes else snapshot(self.root) | snapshot(self.outside)
        outcome = self.run_anyhow(prefix=prefix, seconds=seconds)

        if not changes:
            assert snapshot(self.root) | snapshot(self.outside) == before
        for path in sorted(self.output.rglob("*")):
            mode = path.lstat().st_mode
            name = str(path.relative_to(self.output))
            if stat.S_ISDIR(mode):
                assert re.fullmatch(r"[A-Za-z0-9:_.\\@-]+\.service\.d", name)
                assert stat.S_IMODE(mode) == 0o755
                continue
            assert stat.S_ISREG(mode) and stat.S_IMODE(mode) == 0o644
            outcome.files[name] = path.read_bytes()
        outcome.drop_ins = check_output(outcome.files)
        return outcome

    def patterns(self, unit: str, **options) -> list[str]:
        """Runs the generator. Returns what `unit` waits for; CANARY has been checked."""
        outcome = self.run(**options)
        assert outcome.status == 0
        assert outcome.drop_ins.pop(CANARY) == [CANARY_ADDRESS]
        assert set(outcome.drop_ins) <= {unit}
        return outcome.drop_ins.get(unit, [])


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
