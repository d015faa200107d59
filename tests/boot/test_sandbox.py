# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sandboxes leave nothing behind, not even when the test is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from lab import HANG, SOURCE

KILLED = """
import os, signal

from lab.sandbox import Sandbox
sandbox = Sandbox()
sandbox.run("ip", "netns", "add", "box")
sandbox.run("mount", "-t", "tmpfs", "tmpfs", "/mnt")
print(sandbox.pid, *sandbox._groups, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_left_behind():
    mounts = Path("/proc/self/mounts").read_text()
    done = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=os.environ | {"PYTHONPATH": str(SOURCE / "tests")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL
    pid, *groups = done.stdout.split()
    paths = [Path(path) for path in (f"/proc/{pid}", *groups, "/run/netns/box")]
    deadline = time.monotonic() + HANG
    while left := [path for path in paths if path.exists()]:
        assert time.monotonic() < deadline, left
        time.sleep(0.01)
    assert Path("/proc/self/mounts").read_text() == mounts
