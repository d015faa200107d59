# SPDX-License-Identifier: LGPL-2.1-or-later
"""A stock Debian with the configuration of README.md's example, and somebody who has just got the
sources and follows README.md there.

The machine is what Debian's installer makes without any choice of software, and Apache and ntpd. It
has an ordinary user with the right to use sudo, the sources in that user's home, and nothing else.
"""

from pathlib import Path

from .base import base
from .container import Container
from .package import checkout
from .report import ADDRESSES, INTERFACES, NTPD, listen
from .sandbox import output

# Packages of these priorities are on every machine, whatever was chosen.
STOCK = ("?priority(important)", "dbus", "sudo", "apache2", "ntpsec")
USER = "admin"
SOURCES = f"/home/{USER}/dadwait"

# Nobody is there to type a password.
SUDOERS = f"{USER} ALL=(ALL) NOPASSWD: ALL\n"


class Newcomer(Container):
    def __init__(self, suite: str) -> None:
        super().__init__(base(suite, STOCK))
        # For apt, which alone gets out, see type().
        self.write("/etc/resolv.conf", Path("/etc/resolv.conf").read_text())
        self.write("/etc/dpkg/dpkg.cfg.d/test", "force-unsafe-io\n")
        self.write("/etc/network/interfaces", INTERFACES)
        self.write("/etc/apache2/ports.conf", listen(*ADDRESSES[:2]))
        self.write("/etc/systemd/system/ntpsec.service.d/test.conf", NTPD)
        self.chroot("useradd", "--create-home", "--shell=/bin/bash", USER)
        self.write("/etc/sudoers.d/test", SUDOERS, 0o440)
        checkout(self.file(SOURCES))
        self.chroot("chown", "--recursive", f"{USER}:", f"/home/{USER}")

    def type(self, line: str) -> str:
        """Type a line of README.md at the user's prompt, among the sources, and say yes to each
        question; what it prints. Raises RuntimeError if it fails."""
        login = ("runuser", "--login", USER, "--command", f"cd {SOURCES} && {line}")
        command = self.command(*login, outside="apt" in line.split())
        print(f"$ {line}")
        text = output(command, input="y\n" * 9, timeout=900)
        print(text)
        return text
