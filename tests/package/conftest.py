# SPDX-License-Identifier: LGPL-2.1-or-later
"""Build the Debian package on each release that it is for."""

import dataclasses
import hashlib
import shutil
from pathlib import Path

import pytest
from debian_package import WITH_VERSION, build_package, builder
from lab.sandbox import Unavailable, require

SUITES = ("bookworm", "trixie")


@dataclasses.dataclass
class Built:
    """The results of the builds on a release, copied from the machine."""

    suite: str
    log: str  # the output of lintian
    package: Path
    older: Path  # the same package with a lower version
    digests: tuple[dict, dict]  # of the files of two builds, see below


@pytest.fixture(scope="session")
def available() -> None:
    """Skip, with the reason, if this machine cannot run containers."""
    try:
        require("systemd-nspawn", "mmdebstrap")
    except Unavailable as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session", params=SUITES)
def suite(request, available) -> str:
    try:
        builder(request.param).close()
    except Unavailable as why:
        pytest.skip(str(why))
    return request.param


@pytest.fixture(scope="session")
def built(suite: str, tmp_path_factory) -> Built:
    directory = tmp_path_factory.mktemp(suite)
    with builder(suite) as machine:
        changes = build_package(machine, "/tmp/package")
        # In another place, with fewer build dependencies, and by one process.
        build_package(machine, "/srv/another/place", "-b", "-Pnocheck", "-j1")
        log = machine.chroot(
            *("lintian", "--allow-root", "--pedantic", "--display-info", "--show-overrides"),
            changes,
            check=False,
            timeout=300,
        )
        digests = digests_of(machine, "/tmp/package"), digests_of(machine, "/srv/another/place")
        (package,) = machine.file("/tmp/package").glob("dadwait_*.deb")
        machine.chroot(
            *("sh", "-c", WITH_VERSION, "sh", f"/tmp/package/{package.name}"),
            *("0.0.1", "/tmp/older.deb"),
        )
        shutil.copy(package, directory)
        shutil.copy(machine.file("/tmp/older.deb"), directory)
    return Built(suite, log, directory / package.name, directory / "older.deb", digests)


def digests_of(machine, place: str) -> dict[str, str]:
    """Digests of the binary packages in a directory of the machine, by name."""
    found = machine.file(place).glob("*.deb")
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}
