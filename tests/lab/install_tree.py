# SPDX-License-Identifier: LGPL-2.1-or-later
"""dadwait as it is installed on a Debian release: built there, without sanitizers.

The machine that runs the tests may have another release, and containers lack the libraries of its
sanitizers.
"""

import functools
import os
from pathlib import Path

from lab import SOURCE
from lab.base_system import base_system, locked, progress
from lab.container import Container

PACKAGES = (
    *("gcc", "libc6-dev", "meson", "pkg-config"),
    *("systemd", "libsystemd-dev", "libmnl-dev", "libinih-dev"),
)


@functools.cache
def install_tree(suite: str, builds: Path) -> Path:
    """The tree that `meson install` makes, to be unpacked over a machine of that release.

    builds: where the build directory is kept, so that the next time only changes are compiled.
    """
    # Since Debian 13 systemd.pc is in a package of its own.
    systemd_pc = () if suite in ("bullseye", "bookworm") else ("systemd-dev",)
    build = builds / f"debian-{suite}"
    build.mkdir(parents=True, exist_ok=True)
    # Each worker of pytest-xdist has a tree of its own, so that none removes the tree of another.
    installed = "installed" + os.environ.get("PYTEST_XDIST_WORKER", "")
    base = base_system(suite, PACKAGES + systemd_pc)
    with locked(builds / f"debian-{suite}.lock"), Container(base) as machine:
        progress(f"Building dadwait on Debian {suite} in {build} ...")
        machine.bind(SOURCE, "/src", read_only=True)
        machine.bind(build, "/build")
        if not (build / "build.ninja").exists():
            machine.chroot("meson", "setup", "-Dtests=false", "/build", "/src", timeout=600)
        # Otherwise the tree would keep files that are no longer installed.
        machine.chroot("rm", "-rf", f"/build/{installed}")
        machine.chroot(
            *("env", f"DESTDIR=/build/{installed}", "meson", "install", "-C", "/build"), timeout=600
        )
    return build / installed
