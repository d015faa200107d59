# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the suites share: the programs under test, network namespaces, containers."""

import os
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def build() -> Path:
    """The build directory; `meson test` names it in DADWAIT_BUILD."""
    return Path(os.environ.get("DADWAIT_BUILD", SOURCE / "build")).resolve()


def helper() -> str:
    """The first stage. It executes the second one as installed: see netns.Namespace."""
    return str(build() / "helper" / "dadwait")


def second_stage() -> str:
    """The same command line, for what needs an environment (ASAN_OPTIONS=, LD_PRELOAD=), of which
    the first stage passes nothing on."""
    return str(build() / "helper" / "dadwait-wait")


def generator() -> str:
    return str(build() / "generator" / "dadwait-generator")
