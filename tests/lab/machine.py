# SPDX-License-Identifier: LGPL-2.1-or-later
"""What figures in docs/ were measured on, and of what."""

import os
import platform
import re
import subprocess
from pathlib import Path

from lab import SOURCE


def machine() -> dict:
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", info, re.M)
    return {
        "processor": model[1] if model else platform.machine(),
        "processors": os.cpu_count(),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
        "commit": commit(),
    }


def commit() -> str:
    """The commit of this tree, with a "+" if it has changes that no measurement wrote; "unknown"
    outside of git."""

    def git(*arguments: str) -> str:
        command = ("git", "-C", str(SOURCE), *arguments)
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()

    changes = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    return git("rev-parse", "--short=12", "HEAD") + ("+" if changes else "") or "unknown"
