# SPDX-License-Identifier: LGPL-2.1-or-later
"""The machines that run the daemons of services.py, each daemon on an address of its own."""

from dataclasses import dataclass, replace

from lab.base_system import BOOT
from lab.container import NETWORK
from lab.services import BOOKWORM, BOOKWORM_APART, BOOKWORM_MORE, BOOKWORM_OTHERS, PREFIX, Service
from lab.services_further import FURTHER
from lab.services_middleware import BOOKWORM_MIDDLEWARE, TRIXIE_MIDDLEWARE
from lab.services_trixie import TRIXIE, TRIXIE_MORE, TRIXIE_OTHERS


def _numbered(services: list[Service]) -> list[Service]:
    return [replace(service, number=number) for number, service in enumerate(services, 0x100)]


@dataclass(frozen=True)
class Machine:
    """A Debian system that runs several of the daemons."""

    suite: str
    services: list[Service]
    packages: tuple[str, ...]


def _machine(suite: str, services: list[Service], *more: str) -> Machine:
    packages = (*BOOT, "ifupdown", "libinih1", "strace", *more)
    return Machine(suite, services, (*packages, *(service.package for service in services)))


SERVICES = _numbered(BOOKWORM)
MACHINES = {
    "most": _machine("bookworm", SERVICES, "pdns-backend-bind"),
    "apart": _machine("bookworm", _numbered(BOOKWORM_APART)),
    "more": _machine("bookworm", _numbered(BOOKWORM_MORE), "pdns-backend-bind"),
    "others": _machine("bookworm", _numbered(BOOKWORM_OTHERS), "prometheus-apache-exporter"),
    "further": _machine("bookworm", _numbered(FURTHER)),
    "trixie": _machine("trixie", _numbered(TRIXIE), "pdns-backend-bind"),
    "trixie-more": _machine("trixie", _numbered(TRIXIE_MORE), "pdns-backend-bind"),
    "trixie-others": _machine("trixie", _numbered(TRIXIE_OTHERS)),
    "middleware": _machine("bookworm", _numbered(BOOKWORM_MIDDLEWARE)),
    "trixie-middleware": _machine("trixie", _numbered(TRIXIE_MIDDLEWARE), "libgcrypt20"),
}
PACKAGES = MACHINES["most"].packages

# Debian starts the instances by these units.
STARTERS = {"postfix@-.service": "postfix.service", "tor@default.service": "tor.service",
            "postgresql@15-main.service": "postgresql.service",
            "postgresql@17-main.service": "postgresql.service"}

# These write their PID file after the process that systemd started has ended. On a busy machine systemd 252
# and 257 then may not see it, and the start times out after 90 s although the daemon listens; see
# https://github.com/trusteddomainproject/OpenDKIM/pull/146. Without PIDFile= systemd finds it itself.
LATE_PID_FILE = ("proftpd.service", "opendkim.service", "krb5-kdc.service", "gearman-job-server.service")


def interfaces(services: list[Service]) -> str:
    """/etc/network/interfaces with a primary address, and one for each service."""
    add = "".join(f"        up /sbin/ip -6 addr add {service.address}/64 dev eth0 preferred_lft 0\n"
                  for service in services)
    return ("auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet6 static\n"
            f"        address {PREFIX}a/64\n        dad-attempts 0\n{add}")


def configure(machine, services=SERVICES, probes: int = 10) -> None:
    """Write the configurations, and enable these services and no others.

    probes: how many seconds DAD takes: on a busy machine a service may start so late that it would
    succeed without dadwait. ifupdown does not wait for DAD of the primary address.
    """
    machine.run("ip", "netns", "exec", NETWORK, "sysctl", "-qw",
                f"net.ipv6.conf.eth0.dad_transmits={probes}")
    machine.write("/etc/network/interfaces", interfaces(services))
    for service in services:
        if service.prepare:
            machine.chroot(*service.prepare)
        for path, text in service.configuration().items():
            machine.write(path, text, 0o600 if path.endswith(".key") else 0o644)
    enabled = {service.unit for service in services}
    for unit in enabled.intersection(LATE_PID_FILE):
        machine.write(f"/etc/systemd/system/{unit}.d/no-pid-file.conf", "[Service]\nPIDFile=\n")
    enabled |= {STARTERS[unit] for unit in enabled & STARTERS.keys()}
    machine.chroot("systemctl", "enable", *sorted(enabled), check=False)
    # mariadb.socket binds the wildcard in place of its service, and pdns.service on port 53.
    others = {"mariadb.socket", "pdns.service"} - enabled
    machine.chroot("systemctl", "disable", *sorted(others), check=False)
