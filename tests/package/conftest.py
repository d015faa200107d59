# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Debian package and `meson install`, on the releases that they are for."""

import dataclasses
import shutil
from pathlib import Path

import pytest
from lab.package import WITH_VERSION, build_package, builder
from lab.sandbox import Unavailable, require

SUITES = ("bookworm", "trixie")


@dataclasses.dataclass
class Built:
    """What one release has built, copied out of there."""

    suite: str
    log: str  # of lintian
    package: Path
    older: Path  # the same with a lower version number


@pytest.fixture(scope="session", params=SUITES)
def suite(request) -> str:
    """Skip where this machine cannot run a container, and say why."""
    try:
        require("systemd-nspawn")
        builder(request.param).close()
    except Unavailable as why:
        pytest.skip(str(why))
    return request.param


@pytest.fixture(scope="session")
def built(suite: str, tmp_path_factory) -> Built:
    directory = tmp_path_factory.mktemp(suite)
    with builder(suite) as machine:
        changes = build_package(machine)
        log = machine.chroot(
            *("lintian", "--allow-root", "--pedantic", "--display-info", "--show-overrides"),
            changes,
            check=False,
            timeout=300,
        )
        (package,) = machine.file("/tmp/package").glob("dadwait_*.deb")
        machine.chroot(
            *("sh", "-c", WITH_VERSION, "sh", f"/tmp/package/{package.name}"),
            *("0.0.1", "/tmp/older.deb"),
        )
        shutil.copy(package, directory)
        shutil.copy(machine.file("/tmp/older.deb"), directory)
    return Built(suite, log, directory / package.name, directory / "older.deb")
