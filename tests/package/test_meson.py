# SPDX-License-Identifier: LGPL-2.1-or-later
"""`ninja install` and `ninja uninstall` from source."""

from debian_package import builder, checkout, files


def test_uninstall_leaves_nothing(suite) -> None:
    with builder(suite) as machine:
        checkout(machine.file("/tmp/dadwait"))
        machine.chroot("journalctl", "--update-catalog")
        before = files(machine)
        machine.chroot("meson", "setup", "-Dtests=false", "/tmp/build", "/tmp/dadwait")
        machine.chroot("ninja", "-C", "/tmp/build", "install", timeout=300)
        installed = {path for path, *_ in files(machine)}
        for path in (
            "/usr/bin/dadwait-plan",
            "/usr/libexec/dadwait",
            "/usr/libexec/dadwait-wait",
            "/usr/lib/systemd/system-generators/dadwait-generator",
            "/usr/lib/systemd/system/dadwait@.service",
            "/usr/lib/dadwait.d/50-apache2.conf",
            "/usr/share/man/man5/dadwait.conf.5",
        ):
            assert path in installed
        machine.chroot("ninja", "-C", "/tmp/build", "uninstall")
        # meson can run a program after an installation, but not after its removal.
        machine.chroot("journalctl", "--update-catalog")
        assert files(machine) ^ before == set()
