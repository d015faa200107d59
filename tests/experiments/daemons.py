# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons of the matrix, each configured to listen on addresses that come late at boot.

Apache listens on all that it is given, ntpd on all addresses of the machine; the others listen on
one of each family.
"""

import dataclasses
import re

from lab.apache_machine import NTPD, bracketed, listen
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

    addresses: of one family, or one of each.
    ntpd: the unit, ntp or ntpsec; empty: none.
    """
    one, two = shares(addresses)
    machine.write("/etc/apache2/ports.conf", listen(*addresses))
    machine.write("/etc/apache2/conf-enabled/servername.conf", "ServerName debian\n")

    machine.file("/etc/nginx/sites-enabled/default").unlink()
    lines = "".join(f"    listen {bracketed(address)}:8080;\n" for address in one)
    machine.write("/etc/nginx/conf.d/test.conf", f"server {{\n{lines}}}\n")
    lines = "".join(f"ListenAddress {address}\n" for address in two)
    append(machine, "/etc/ssh/sshd_config", lines)
    lines = "".join(f"    interface: {address}\n" for address in one)
    if all(":" in address for address in one):
        lines += "    do-ip4: no\n"
    machine.write("/etc/unbound/unbound.conf.d/test.conf", f"server:\n{lines}")
    # The key cannot be fetched without Internet, and dns-root-data is not installed.
    machine.file("/etc/unbound/unbound.conf.d/root-auto-trust-anchor-file.conf").unlink()
    # sed keeps the owner of the file, so that the daemon can read it.
    machine.chroot("sed", "-i", f"s/^bind .*/bind {' '.join(two)}/", "/etc/redis/redis.conf")
    daemons = {"nginx": one, "ssh": two, "unbound": one, "redis-server": two}
    expected = [
        Daemon("apache2", addresses, HTTP),
        *(Daemon(unit, share, PORTS[unit]) for unit, share in daemons.items()),
    ]
    if ntpd:
        configure_ntpd(machine, ntpd)
        expected.append(Daemon(ntpd, (), 123))
    return expected


def shares(addresses: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of two groups of daemons: one of each family; of a single family not the same."""
    if len({":" in address for address in addresses}) == 2:
        return addresses, addresses
    return (addresses[1 % len(addresses)],), (addresses[2 % len(addresses)],)


def append(machine: Container, path: str, text: str) -> None:
    with machine.file(path).open("a") as file:
        file.write(text)


def configure_ntpd(machine: Container, unit: str) -> None:
    """NTPD says why it has no right to set the clock."""
    text = NTPD
    if unit == "ntp":
        text = text.replace("/etc/ntpsec/ntp.conf", "/etc/ntp.conf").replace(" -N", "")
    machine.write(f"/etc/systemd/system/{unit}.service.d/test.conf", text)
