# SPDX-License-Identifier: LGPL-2.1-or-later
"""A stock Debian on which the commands of README.md run.

The machine is what Debian's installer makes without any choice of software, with Apache and ntpd,
configured as in README.md's example. It has an ordinary user who may use sudo, and the sources in
that user's home directory.
"""

from pathlib import Path

from debian_package import checkout
from lab.apache_machine import ADDRESSES, INTERFACES, NTPD, held, listen
from lab.base_system import base_system
from lab.container import Container
from lab.sandbox import output

# Packages of these priorities are on every machine, whatever was chosen.
STOCK = ("?priority(important)", "dbus", "sudo", "apache2", "ntpsec")
USER = "admin"
SOURCES = f"/home/{USER}/dadwait"

# No test can type a password.
SUDOERS = f"{USER} ALL=(ALL) NOPASSWD: ALL\n"


class ReadmeMachine(Container):
    def __init__(self, suite: str) -> None:
        super().__init__(base_system(suite, STOCK))
        # For apt, which run_line() gives the network of the machine that runs the test.
        self.write("/etc/resolv.conf", Path("/etc/resolv.conf").read_text())
        self.write("/etc/dpkg/dpkg.cfg.d/test", "force-unsafe-io\n")
        self.write("/etc/network/interfaces", held(INTERFACES))
        self.write("/etc/apache2/ports.conf", listen(*ADDRESSES[:2]))
        self.write("/etc/systemd/system/ntpsec.service.d/test.conf", NTPD)
        self.chroot("useradd", "--create-home", "--shell=/bin/bash", USER)
        self.write("/etc/sudoers.d/test", SUDOERS, 0o440)
        checkout(self.file(SOURCES))
        self.chroot("chown", "--recursive", f"{USER}:", f"/home/{USER}")

    def run_line(self, line: str) -> str:
        """Run a line of README.md as the user, in the directory of the sources, and answer yes to each
        question. Returns what it prints; raises RuntimeError if it fails."""
        login = ("runuser", "--login", USER, "--command", f"cd {SOURCES} && {line}")
        command = self.command(*login, outside="apt" in line.split())
        print(f"$ {line}")
        text = output(command, input="y\n" * 9, timeout=900)
        print(text)
        return text
