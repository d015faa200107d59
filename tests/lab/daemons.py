# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons of the matrix, each configured to listen on addresses that undergo DAD at boot.

Apache listens on three addresses, the others on one of them; ntpd binds every address that the
machine has.
"""

import dataclasses
import re

from .container import Container
from .report import NTPD, listen

HTTP = 80
TAKES = {"nginx": 8080, "ssh": 22, "unbound": 53, "redis-server": 6379}
PACKAGES = ("apache2", "nginx", "openssh-server", "unbound", "redis-server")

# As ntpd, either of them, logs it.
BIND_FAILED = re.compile(r"bind\(.*failed: Cannot assign requested address")


@dataclasses.dataclass(frozen=True)
class Daemon:
    """A unit, and the sockets that it has if its start succeeded.

    addresses: what it waits for; empty: whatever the machine has.
    """

    unit: str
    addresses: tuple[str, ...]
    port: int


def configure(machine: Container, addresses: tuple[str, ...], ntpd: str) -> list[Daemon]:
    """Write their configuration files; what is then expected of each.

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
    # No Internet from which to fetch the key, and dns-root-data is but recommended.
    machine.file("/etc/unbound/unbound.conf.d/root-auto-trust-anchor-file.conf").unlink()
    # The file keeps its owner; the daemon could not read it else.
    machine.chroot("sed", "-i", f"s/^bind .*/bind {two}/", "/etc/redis/redis.conf")
    daemons = {"nginx": one, "ssh": two, "unbound": one, "redis-server": two}

    configure_ntpd(machine, ntpd)
    return [
        Daemon("apache2", addresses, HTTP),
        *(Daemon(unit, (address,), TAKES[unit]) for unit, address in daemons.items()),
        Daemon(ntpd, (), 123),
    ]


def append(machine: Container, path: str, text: str) -> None:
    with machine.file(path).open("a") as file:
        file.write(text)


def configure_ntpd(machine: Container, unit: str) -> None:
    """See NTPD: it never gets the right to set the clock."""
    text = NTPD
    if unit == "ntp":
        text = text.replace("/etc/ntpsec/ntp.conf", "/etc/ntp.conf").replace(" -N", "")
    machine.write(f"/etc/systemd/system/{unit}.service.d/test.conf", text)
