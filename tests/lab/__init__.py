# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the suites share: the programs under test, network namespaces, containers."""

import os
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def build() -> Path:
    """The build directory; `meson test` names it in DADWAIT_BUILD."""
    return Path(os.environ.get("DADWAIT_BUILD", SOURCE / "build")).resolve()


def helper() -> str:
    return str(build() / "helper" / "dadwait")


def generator() -> str:
    return str(build() / "generator" / "dadwait-generator")
