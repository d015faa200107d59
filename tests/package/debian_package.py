# SPDX-License-Identifier: LGPL-2.1-or-later
"""Build the Debian package on the release that it is for, from a clean copy of the sources."""

import shutil
import subprocess
from pathlib import Path

from lab import SOURCE
from lab.base_system import base_system, progress
from lab.container import ROOT, Container

# What builds and checks the package. dpkg-buildpackage checks Build-Depends of debian/control.
PACKAGES = (
    *("build-essential", "debhelper", "fakeroot", "lintian", "mandoc", "meson", "pkgconf"),
    *("systemd", "libcmocka-dev", "libinih-dev", "libmnl-dev", "libsystemd-dev", "python3-pytest", "scdoc"),
)

# The same package with another version.
WITH_VERSION = """\
set -eu
dpkg-deb -R "$1" /tmp/other
sed -i "s/^Version: .*/Version: $2/" /tmp/other/DEBIAN/control
dpkg-deb -b /tmp/other "$3"
"""


def builder(suite: str) -> Container:
    """A machine that can build the package."""
    # Since Debian 13 systemd.pc is in a package of its own.
    systemd_pc = () if suite in ("bullseye", "bookworm") else ("systemd-dev",)
    machine = Container(base_system(suite, PACKAGES + systemd_pc))
    # As every build host has it.
    machine.run("mount", "-t", "proc", "proc", f"{ROOT}/proc")
    return machine


def checkout(target: Path) -> None:
    """Copy the files under version control, and new ones that git does not ignore."""
    if not (SOURCE / ".git").exists():  # an unpacked source package
        shutil.copytree(SOURCE, target, symlinks=True, ignore=shutil.ignore_patterns("build*"))
        return
    listed = ["git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listed, text=True).split("\0")[:-1]:
        if (SOURCE / name).is_symlink() or (SOURCE / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(SOURCE / name, target / name, follow_symlinks=False)


def build_package(machine: Container, place: str, *options: str) -> str:
    """Build the package. Returns the path of the .changes file in the machine.

    place: a directory of the machine, which is made.
    options: for dpkg-buildpackage(1).
    """
    checkout(machine.file(f"{place}/dadwait"))
    progress("Building the Debian package ...")
    build = 'cd "$0" && exec dpkg-buildpackage -us -uc "$@"'
    print(machine.chroot("sh", "-c", build, f"{place}/dadwait", *options, timeout=900))
    (changes,) = machine.file(place).glob("*.changes")
    return f"{place}/{changes.name}"


def files(machine: Container, changing: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """All files of a machine with their modes and sizes.

    changing: directories to leave out.
    """
    pruned = ("/proc", "/sys", "/dev", "/run", "/tmp", "/var/tmp", *changing)
    listed = machine.chroot(
        *("find", "/", "-xdev", "(", "-path", pruned[0]),
        *(word for path in pruned[1:] for word in ("-o", "-path", path)),
        *(")", "-prune", "-o", "-type", "d", "-printf", "%p\\0%M\\n"),
        *("-o", "-printf", "%p\\0%M\\0%s\\n"),
    )
    return {tuple(line.split("\0")) for line in listed.splitlines()}
