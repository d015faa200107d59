# SPDX-License-Identifier: LGPL-2.1-or-later
"""packaging/: what Debian has of the tools of other distributions builds and checks their packages."""

import re

import pytest
from debian_package import PACKAGES, checkout
from lab import SOURCE
from lab.base_system import base_system
from lab.container import ROOT, Container
from lab.sandbox import Unavailable

# In a spec file for Fedora and openSUSE these are right: systemd's macros need a body, a static helper is
# the point, files below /usr/lib are not libraries. The others are about rpmbuild on Debian, which strips and
# compresses nothing, and about the build service that signs a package.
EXPECTED = {
    "bad-manual-page-folder", "hardcoded-library-path", "invalid-license", "invalid-url",
    "manpage-not-compressed", "no-buildroot-tag", "no-group-tag", "no-manual-page-for-binary",
    "no-packager-tag", "no-signature", "one-line-command-in-%preun", "statically-linked-binary",
    "unstripped-binary-or-object",
}
FILES = {
    "/usr/bin/dadwait-plan",
    "/usr/lib/dadwait.d/50-apache2.conf",
    "/usr/lib/systemd/system-generators/dadwait-generator",
    "/usr/lib/systemd/system/dadwait@.service",
    "/usr/lib/systemd/catalog/dadwait.catalog",
    "/usr/share/man/man8/dadwait-plan.8",
    "/usr/share/bash-completion/completions/dadwait-plan",
}
RPM = r"""
set -e
cd /tmp
mkdir -p rpm/SOURCES
tar --transform='s,^dadwait,dadwait-0.1.0,' -czf rpm/SOURCES/dadwait-0.1.0.tar.gz dadwait
rpmbuild --define '_topdir /tmp/rpm' --load dadwait/tests/package/macros --nodeps -bb \
        dadwait/packaging/dadwait.spec
"""
# arch-meson of Arch's package meson, and what makepkg sets.
PKGBUILD = r"""
set -e
mkdir -p /tmp/arch
cp -r /tmp/dadwait /tmp/arch/dadwait-0.1.0
cd /tmp/arch
arch-meson() { meson setup --prefix /usr --libexecdir lib --sbindir bin --buildtype plain "$@"; }
pkgdir=/tmp/arch/pkg
. /tmp/dadwait/packaging/PKGBUILD
build
package
"""


@pytest.fixture(scope="module")
def machine(available):
    try:
        machine = Container(base_system("bookworm", (*PACKAGES, "rpm", "rpmlint")))
    except Unavailable as why:
        pytest.skip(str(why))
    with machine:
        machine.run("mount", "-t", "proc", "proc", f"{ROOT}/proc")
        checkout(machine.file("/tmp/dadwait"))
        yield machine


def test_rpm(machine) -> None:
    machine.chroot("sh", "-c", RPM, timeout=600)
    (package,) = machine.file("/tmp/rpm/RPMS").glob("*/dadwait-0*.rpm")
    inside = str(package).removeprefix(str(machine.file("")))
    listed = set(machine.chroot("rpm", "-qlp", inside).splitlines())
    assert FILES | {"/usr/libexec/dadwait", "/usr/libexec/dadwait-wait"} <= listed
    said = machine.chroot("rpmlint", inside, "/tmp/dadwait/packaging/dadwait.spec", check=False)
    assert "1 packages and 1 specfiles checked" in said
    complaints = re.findall(r"^\S+: [EW]: (\S+)", said, re.M)
    assert set(complaints) <= EXPECTED


def test_pkgbuild(machine) -> None:
    machine.chroot("bash", "-c", PKGBUILD, timeout=600)
    root = machine.file("/tmp/arch/pkg")
    listed = {f"/{path.relative_to(root)}" for path in root.rglob("*") if not path.is_dir()}
    # systemd.pc of Debian 12 has /lib.
    listed = {re.sub("^/lib/", "/usr/lib/", path) for path in listed}
    assert FILES | {"/usr/lib/dadwait/dadwait", "/usr/lib/dadwait/dadwait-wait"} <= listed


def test_versions() -> None:
    project = re.search(r"version : '([^']+)'", (SOURCE / "meson.build").read_text())[1]
    spec = (SOURCE / "packaging/dadwait.spec").read_text()
    assert re.search(r"^Version: +(\S+)$", spec, re.M)[1] == project
    assert re.search(r"^pkgver=(\S+)$", (SOURCE / "packaging/PKGBUILD").read_text(), re.M)[1] == project
