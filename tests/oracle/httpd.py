# SPDX-License-Identifier: LGPL-2.1-or-later
"""What httpd makes of a tree of configuration files, and what the generator makes of it."""

import ipaddress
import shutil
from dataclasses import dataclass
from pathlib import Path

from lab import oracle

HTTPD = "/usr/sbin/apache2"
MODULES = "/usr/lib/apache2/modules"

# What httpd needs to run at all. -C, so that the configuration under test holds its idea alone.
DIRECTIVES = [
    f"LoadModule mpm_prefork_module {MODULES}/mod_mpm_prefork.so",
    f"LoadModule authz_core_module {MODULES}/mod_authz_core.so",
    "DefaultRuntimeDir /run",
    "PidFile /run/apache2.pid",
    "ErrorLog /dev/stderr",
    "ServerName www.example.org",
    "User www-data",
    "Group www-data",
]

# An interface for zones and an address on it; any address can be bound, also where no name server
# answers. The tree's /etc lies over the machine's, so that absolute paths mean the same to both.
SETUP = " && ".join([
    oracle.ANY_ADDRESS,
    "ip link add eth0 type veth peer name eth1",
    "ip link set eth0 up",
    "ip link set eth1 up",
    "ip address add 2001:db8:ffff::1/64 dev eth0 nodad",
    "mount -t tmpfs tmpfs /run",
    "mount -t overlay -o lowerdir={root}/etc:/etc overlay /etc",
])

# As apache2ctl does before it becomes httpd.
START = """
APACHE_CONFDIR={directory}
if test -f $APACHE_CONFDIR/envvars; then . $APACHE_CONFDIR/envvars; fi
if test $APACHE_CONFDIR != /etc/apache2; then APACHE_ARGUMENTS="-d $APACHE_CONFDIR $APACHE_ARGUMENTS"; fi
exec "$@" $APACHE_ARGUMENTS
"""


@dataclass(frozen=True)
class Link:
    """In place of a file's content: a symbolic link."""

    target: str


class Tree:
    """A tree that the generator reads through --root= and httpd below /etc."""

    def __init__(self, path: Path, files: dict[str, bytes | str | Link], instance: str = ""):
        self.unit = f"apache2@{instance}.service" if instance else "apache2.service"
        self.directory = f"/etc/apache2-{instance}" if instance else "/etc/apache2"
        self.root = oracle.make_root(path, "apache2@.service" if instance else "apache2.service")
        for name, content in files.items():
            self._put(self.root / self.directory.lstrip("/") / name.lstrip("/")
                      if not name.startswith("/") else self.root / name.lstrip("/"), content)
        program = self.root / HTTPD.lstrip("/")
        program.parent.mkdir(parents=True)
        shutil.copy(HTTPD, program)

    @staticmethod
    def _put(path: Path, content: bytes | str | Link) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            path.symlink_to(content.target)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def ask_httpd(self) -> "Verdict":
        command = ["sh", "-c", START.format(directory=self.directory), "sh", HTTPD, "-X"]
        for directive in DIRECTIVES:
            command += ["-C", directive]
        # In the foreground, with one worker, which becomes www-data once all sockets listen.
        run = oracle.run(command, setup=SETUP.format(root=self.root), syscalls="bind,setuid",
                         until=r"\bsetuid\(", timeout=10)
        return Verdict(frozenset(canonical(a) for a in run.waits()), run.seen, run.output)

    def ask_generator(self) -> frozenset[str]:
        return frozenset(oracle.patterns(self.root, self.unit))


@dataclass(frozen=True)
class Verdict:
    addresses: frozenset[str]
    started: bool
    output: str


def canonical(address: str) -> str:
    ip, percent, zone = address.partition("%")
    return str(ipaddress.IPv6Address(ip)) + percent + zone
