# SPDX-License-Identifier: LGPL-2.1-or-later
"""The sources have one version everywhere, and lintian finds nothing in the package."""

import json
import re
import subprocess

from lab import SOURCE, generator


def version() -> str:
    """meson.build has the version; other files have the same."""
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
    """lintian finds nothing but what debian/ overrides, with a reason."""
    lines = [line for line in built.log.splitlines() if re.match("[EWIPX]: ", line)]
    # Standards-Version is that of the oldest release; lintian of a later one mentions a newer version.
    # An override that one release needs may be unused on another. Debian 12 wants an init script for each
    # service; Debian 13 does not know this complaint, so it cannot be overridden.
    expected = (" out-of-date-standards-version ", " unused-override ",
                " package-supports-alternative-init-but-no-init.d-script ")
    complaints = [line for line in lines if not any(tag in line for tag in expected)]
    assert complaints == []
    assert "O: dadwait" in built.log  # lintian has run


def test_reproducible(built) -> None:
    """The packages are the same bit for bit, debugging symbols included, in any directory, with or without
    tests."""
    first, second = built.digests
    assert len(first) == 2
    assert first == second
