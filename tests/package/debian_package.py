# SPDX-License-Identifier: LGPL-2.1-or-later
"""dadwait as a Debian package: built on the release it is for, from a clean copy of the sources."""

import shutil
import subprocess
from pathlib import Path

from lab import SOURCE
from lab.base_system import base_system, progress
from lab.container import ROOT, Container

# What a package is built and checked with; Build-Depends of debian/control is checked there.
PACKAGES = (
    *("build-essential", "debhelper", "fakeroot", "lintian", "mandoc", "meson", "pkgconf"),
    *("systemd", "libcmocka-dev", "libinih-dev", "libmnl-dev", "libsystemd-dev", "python3-pytest", "scdoc"),
)

# The package of another version: everything but its number stays.
WITH_VERSION = """\
set -eu
dpkg-deb -R "$1" /tmp/other
sed -i "s/^Version: .*/Version: $2/" /tmp/other/DEBIAN/control
dpkg-deb -b /tmp/other "$3"
"""


def builder(suite: str) -> Container:
    """A Debian that can build the package."""
    # systemd.pc moved into a package of its own after Debian 12.
    systemd_pc = () if suite in ("bullseye", "bookworm") else ("systemd-dev",)
    machine = Container(base_system(suite, PACKAGES + systemd_pc))
    # As every build host has it.
    machine.run("mount", "-t", "proc", "proc", f"{ROOT}/proc")
    return machine


def checkout(target: Path) -> None:
    """Copy what is, or is about to be, under version control: neither builds nor other leftovers."""
    if not (SOURCE / ".git").exists():  # an unpacked source package
        shutil.copytree(SOURCE, target, symlinks=True, ignore=shutil.ignore_patterns("build*"))
        return
    listed = ["git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(listed, text=True).split("\0")[:-1]:
        if (SOURCE / name).is_symlink() or (SOURCE / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(SOURCE / name, target / name, follow_symlinks=False)


def build_package(machine: Container, place: str, *options: str) -> str:
    """Build it; where the .changes file lies in the machine.

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
    """All that lies on a machine's disk, with its mode and size.

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
