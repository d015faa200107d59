# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons of the matrix, each configured to listen on addresses that are tentative at boot.

Apache listens on three addresses and ntpd on all addresses of the machine; the others listen on one.
"""

import dataclasses
import re

from lab.apache_machine import NTPD, listen
from lab.container import Container

HTTP = 80
PORTS = {"nginx": 8080, "ssh": 22, "unbound": 53, "redis-server": 6379}
PACKAGES = ("apache2", "nginx", "openssh-server", "unbound", "redis-server")

# As both ntpds log it.
BIND_FAILED = re.compile(r"bind\(.*failed: Cannot assign requested address")


@dataclasses.dataclass(frozen=True)
class Daemon:
    """A unit, and the sockets that it has after a successful start.

    addresses: those it waits for; empty: all of the machine.
    """

    unit: str
    addresses: tuple[str, ...]
    port: int


def configure(machine: Container, addresses: tuple[str, ...], ntpd: str) -> list[Daemon]:
    """Write their configuration files. Returns what is then expected of each.

    addresses: three of them.
    ntpd: the unit, ntp or ntpsec.
    """
    _, one, two = addresses
    machine.write("/etc/apache2/ports.conf", listen(*addresses))
    machine.write("/etc/apache2/conf-enabled/servername.conf", "ServerName debian\n")

    machine.file("/etc/nginx/sites-enabled/default").unlink()
    machine.write("/etc/nginx/conf.d/test.conf", f"server {{\n    listen [{one}]:8080;\n}}\n")
    append(machine, "/etc/ssh/sshd_config", f"ListenAddress {two}\n")
    machine.write(
        "/etc/unbound/unbound.conf.d/test.conf", f"server:\n    interface: {one}\n    do-ip4: no\n"
    )
    # The key cannot be fetched without Internet, and dns-root-data is not installed.
    machine.file("/etc/unbound/unbound.conf.d/root-auto-trust-anchor-file.conf").unlink()
    # sed keeps the owner of the file, so that the daemon can read it.
    machine.chroot("sed", "-i", f"s/^bind .*/bind {two}/", "/etc/redis/redis.conf")
    daemons = {"nginx": one, "ssh": two, "unbound": one, "redis-server": two}

    configure_ntpd(machine, ntpd)
    return [
        Daemon("apache2", addresses, HTTP),
        *(Daemon(unit, (address,), PORTS[unit]) for unit, address in daemons.items()),
        Daemon(ntpd, (), 123),
    ]


def append(machine: Container, path: str, text: str) -> None:
    with machine.file(path).open("a") as file:
        file.write(text)


def configure_ntpd(machine: Container, unit: str) -> None:
    """NTPD says why it has no right to set the clock."""
    text = NTPD
    if unit == "ntp":
        text = text.replace("/etc/ntpsec/ntp.conf", "/etc/ntp.conf").replace(" -N", "")
    machine.write(f"/etc/systemd/system/{unit}.service.d/test.conf", text)
