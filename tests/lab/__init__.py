# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where the suites run things: the programs under test, network namespaces, containers."""

import os
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]

# Seconds after which a test fails because something hangs. Much, because the machine may be busy or stand
# still for a while.
HANG = 120


def build() -> Path:
    """The build directory; `meson test` names it in DADWAIT_BUILD."""
    return Path(os.environ.get("DADWAIT_BUILD", SOURCE / "build")).resolve()


def helper() -> str:
    """The first stage. It executes the installed second stage, which netns.Namespace replaces."""
    return str(build() / "helper" / "dadwait")


def second_stage() -> str:
    """The second stage. For tests that set its environment, which the first stage would empty."""
    return str(build() / "helper" / "dadwait-wait")


def generator() -> str:
    """What systemd runs: it writes drop-ins."""
    return str(build() / "generator" / "dadwait-generator")


def plan() -> str:
    """What people run."""
    return str(build() / "generator" / "dadwait-plan")
