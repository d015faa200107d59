# SPDX-License-Identifier: LGPL-2.1-or-later
"""The network managers that Debian offers, each with the same addresses on eth0: STATIC or from a
ROUTER. ipv4_networks.py has what they are configured with for IPv4."""

import dataclasses
from collections.abc import Callable

from experiments import ipv4_networks
from experiments.addressing import ROUTER, Addressing
from lab.apache_machine import ADDRESSES, INTERFACES, PRIMARY
from lab.container import Container

HARDWARE_ADDRESS = "02:00:00:00:00:01"

RELEASES = {"bullseye": "Debian 11", "bookworm": "Debian 12", "trixie": "Debian 13"}

LOOPBACK = "auto lo\niface lo inet loopback\n\n"


def write_ifupdown(machine: Container, addressing: Addressing) -> None:
    automatic = LOOPBACK + "auto eth0\niface eth0 inet6 auto\n"
    machine.write("/etc/network/interfaces", automatic if addressing is ROUTER else INTERFACES)


def write_networkd(machine: Container, addressing: Addressing) -> None:
    text = "[Match]\nName=eth0\n\n[Network]\nLinkLocalAddressing=ipv6\n"
    if addressing is ROUTER:
        text += "IPv6AcceptRA=yes\n"
    else:
        text += f"IPv6AcceptRA=no\nAddress={PRIMARY}/64\n"
        for address in ADDRESSES:
            text += f"\n[Address]\nAddress={address}/64\nPreferredLifetime=0\n"
    machine.write("/etc/systemd/network/eth0.network", text)


def write_network_manager(machine: Container, addressing: Addressing) -> None:
    text = (
        "[connection]\nid=eth0\nuuid=5c1ff2d8-ed2e-4a9c-8f5c-3f3b0cf4b3a1\n"
        "type=ethernet\ninterface-name=eth0\n\n[ipv4]\nmethod=disabled\n\n[ipv6]\n"
    )
    if addressing is ROUTER:
        text += "method=auto\naddr-gen-mode=eui64\nip6-privacy=0\n"
    else:
        text += "method=manual\n" + "".join(
            f"address{n}={address}/64\n" for n, address in enumerate((PRIMARY, *ADDRESSES), 1)
        )
    machine.write("/etc/NetworkManager/system-connections/eth0.nmconnection", text, 0o600)


def write_dhcpcd(machine: Container, addressing: Addressing) -> None:
    """dhcpcd configures one static address for each interface; its hook adds the others.

    nodev: a container has no udev that could report a device as ready.
    """
    text = "nodev\nnoipv4\nnodhcp6\nslaac hwaddr\ninterface eth0\n"
    if addressing is not ROUTER:
        text += f"noipv6rs\nstatic ip6_address={PRIMARY}/64\n"
        machine.write(
            "/etc/dhcpcd.exit-hook",
            'if [ "$interface" = eth0 ] && [ "$reason" = STATIC6 ]; then\n'
            + "".join(
                f"        ip -6 address replace {address}/64 dev eth0 preferred_lft 0\n"
                for address in ADDRESSES
            )
            + "fi\n",
        )
    machine.write("/etc/dhcpcd.conf", text)


def write_netplan(machine: Container, addressing: Addressing) -> None:
    text = "network:\n  version: 2\n  renderer: networkd\n  ethernets:\n    eth0:\n"
    if addressing is ROUTER:
        text += "      accept-ra: true\n"
    else:
        text += f"      accept-ra: false\n      addresses:\n        - {PRIMARY}/64\n"
        text += "".join(
            f'        - "{address}/64":\n            lifetime: 0\n' for address in ADDRESSES
        )
    machine.write("/etc/netplan/eth0.yaml", text, 0o600)


@dataclasses.dataclass(frozen=True)
class Manager:
    """A network manager.

    write: writes its configuration into a machine that is switched off.
    packages: what to install on each release that has it; the first one's version is recorded.
    enable: units that the package does not enable.
    write_ipv4: as write, for the ways of addressing that have IPv4.
    dhcp_client: the package with the client that it needs for DHCP.
    """

    write: Callable[[Container, Addressing], None]
    packages: dict[str, tuple[str, ...]]
    enable: tuple[str, ...] = ()
    write_ipv4: Callable[[Container, Addressing], None] | None = None
    dhcp_client: dict[str, str] = dataclasses.field(default_factory=dict)

    def configure(self, machine: Container, addressing: Addressing) -> None:
        write = self.write_ipv4 if addressing.families else self.write
        write(machine, addressing)
        for unit in self.enable:
            machine.chroot("systemctl", "enable", "--quiet", unit)


def everywhere(package: str) -> dict[str, tuple[str, ...]]:
    return {suite: (package,) for suite in RELEASES}


MANAGERS = {
    "ifupdown": Manager(
        write_ifupdown,
        everywhere("ifupdown"),
        write_ipv4=ipv4_networks.write_ifupdown,
        # What its package recommends: another one since Debian 13.
        dhcp_client={
            "bullseye": "isc-dhcp-client",
            "bookworm": "isc-dhcp-client",
            "trixie": "dhcpcd-base",
        },
    ),
    # Since Debian 13 its unit is in a package of its own, which does not enable it.
    "ifupdown-ng": Manager(
        write_ifupdown,
        {"bookworm": ("ifupdown-ng",), "trixie": ("ifupdown-ng", "ifupdown-ng-compat")},
        ("networking",),
    ),
    "networkd": Manager(
        write_networkd,
        everywhere("systemd"),
        ("systemd-networkd",),
        ipv4_networks.write_networkd,
    ),
    "NetworkManager": Manager(
        write_network_manager,
        everywhere("network-manager"),
        write_ipv4=ipv4_networks.write_network_manager,
    ),
    "dhcpcd": Manager(
        write_dhcpcd,
        {"bullseye": ("dhcpcd5",), "bookworm": ("dhcpcd",), "trixie": ("dhcpcd",)},
        write_ipv4=ipv4_networks.write_dhcpcd,
    ),
    "netplan": Manager(write_netplan, everywhere("netplan.io")),
}
