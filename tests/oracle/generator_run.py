# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the generator finds in the configuration of a daemon."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from checks.drop_in import check_output
from lab import SOURCE, generator


def patterns(root: Path, unit: str) -> list[str]:
    """The patterns that the generator writes for a unit of the tree below `root`."""
    return all_patterns(root).get(unit, [])


def all_patterns(root: Path) -> dict[str, list[str]]:
    """The patterns for every unit that has any."""
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([generator(), f"--root={root}", directory], check=True, text=True,
                       capture_output=True)
        return check_output({str(path.relative_to(directory)): path.read_bytes()
                             for path in Path(directory).rglob("*") if path.is_file()})


def ask_for_both_families(root: Path) -> None:
    """Without it the generator finds IPv6 addresses only."""
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/dadwait.conf").write_text("[dadwait]\nFamilies=ipv6 ipv4\n")


def make_root(path: Path, unit: str) -> Path:
    """Make a tree with the shipped definitions and one unit. The caller adds a configuration."""
    units = path / "usr/lib/systemd/system"
    units.mkdir(parents=True)
    (units / unit).write_text("[Service]\nExecStart=/bin/true\n")
    (path / "usr/lib/dadwait.d").mkdir()
    for definition in (SOURCE / "generator/services").glob("*.conf"):
        shutil.copy(definition, path / "usr/lib/dadwait.d")
    return path
