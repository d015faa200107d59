# SPDX-License-Identifier: LGPL-2.1-or-later
"""The sources: one version in every place, and a package that Debian's own checks have nothing
against."""

import json
import re
import subprocess

from lab import SOURCE, generator


def version() -> str:
    """meson.build has the version; all else follows."""
    project = ["meson", "introspect", "--projectinfo", SOURCE / "meson.build"]
    return json.loads(subprocess.check_output(project))["version"]


def test_version_of_the_package() -> None:
    newest = (SOURCE / "debian/changelog").read_text().split("\n", 1)[0]
    assert re.fullmatch(r"dadwait \((.*)\) \S+; urgency=\w+", newest)[1] == version()


def test_version_of_the_news() -> None:
    assert re.search(r"^## (\S+)", (SOURCE / "NEWS.md").read_text(), re.M)[1] == version()


def test_version_of_the_program() -> None:
    said = subprocess.check_output([generator(), "--version"], text=True)
    assert said == f"dadwait-generator {version()}\n"


def test_lintian(built) -> None:
    """Nothing but what debian/ overrides with a reason."""
    lines = [line for line in built.log.splitlines() if re.match("[EWIPX]: ", line)]
    # The policy is that of the oldest release; a later one mentions that there is a newer. What
    # one release needs an override for, the other may not complain about.
    expected = (" out-of-date-standards-version ", " unused-override ")
    complaints = [line for line in lines if not any(tag in line for tag in expected)]
    assert complaints == []
    assert "O: dadwait" in built.log  # it has looked


def test_reproducible(built) -> None:
    """Wherever it is built, and with its tests or without: bit for bit the same, down to the
    debugging symbols."""
    first, second = built.digests
    assert len(first) == 2
    assert first == second
