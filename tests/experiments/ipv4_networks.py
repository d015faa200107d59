# SPDX-License-Identifier: LGPL-2.1-or-later
"""The network managers of the matrix, configured for IPv4: with static addresses, with DHCP, with
conflict detection, and with an IPv6 address beside."""

from experiments.addressing import Addressing
from lab.apache_machine import PRIMARY
from lab.container import Container

# A container has no udev. Elsewhere udev starts ifup@eth0.service for an interface with
# allow-hotplug when it appears (/usr/lib/udev/ifupdown-hotplug), at any time of the boot.
HOTPLUG = """\
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/sbin/ifup --allow=hotplug eth0
[Install]
WantedBy=multi-user.target
"""


def _static(addressing: Addressing) -> list[str]:
    """The static IPv4 addresses."""
    addresses = () if addressing.leased else addressing.addresses
    return [address for address in addresses if ":" not in address]


def write_ifupdown(machine: Container, addressing: Addressing) -> None:
    text = "auto lo\niface lo inet loopback\n\n"
    if addressing.leased:
        # Debian's installer writes allow-hotplug.
        text += "allow-hotplug eth0\niface eth0 inet dhcp\n"
        machine.write("/etc/systemd/system/hotplug.service", HOTPLUG)
        machine.chroot("systemctl", "enable", "--quiet", "hotplug")
    else:
        first, *others = _static(addressing)
        text += f"auto eth0\niface eth0 inet static\n        address {first}/24\n"
        # ifupdown waits for DAD of an address of "inet6 static", six seconds where no carrier is.
        others = [*(f"{other}/24" for other in others), *[f"{PRIMARY}/64"] * addressing.dual]
        text += "".join(f"        up ip address add {other} dev eth0\n" for other in others)
    machine.write("/etc/network/interfaces", text)


def write_networkd(machine: Container, addressing: Addressing) -> None:
    text = "[Match]\nName=eth0\n\n[Network]\nIPv6AcceptRA=no\n"
    text += f"LinkLocalAddressing={'ipv6' if addressing.dual else 'no'}\n"
    if addressing.leased:
        text += "DHCP=ipv4\n"
    if addressing.dual:
        text += f"Address={PRIMARY}/64\n"
    for address in _static(addressing):
        text += f"\n[Address]\nAddress={address}/24\n"
        if addressing.probed:
            text += "DuplicateAddressDetection=ipv4\n"
    machine.write("/etc/systemd/network/eth0.network", text)


def write_network_manager(machine: Container, addressing: Addressing) -> None:
    text = (
        "[connection]\nid=eth0\nuuid=5c1ff2d8-ed2e-4a9c-8f5c-3f3b0cf4b3a1\n"
        "type=ethernet\ninterface-name=eth0\n\n[ipv4]\n"
    )
    text += "method=auto\n" if addressing.leased else "method=manual\n"
    for number, address in enumerate(_static(addressing), 1):
        text += f"address{number}={address}/24\n"
    if addressing.probed:
        text += "dad-timeout=3000\n"
    text += "\n[ipv6]\n"
    text += f"method=manual\naddress1={PRIMARY}/64\n" if addressing.dual else "method=disabled\n"
    machine.write("/etc/NetworkManager/system-connections/eth0.nmconnection", text, 0o600)


def write_dhcpcd(machine: Container, addressing: Addressing) -> None:
    """dhcpcd probes for another user of a leased address before it assigns it.

    nodev: a container has no udev that could report a device as ready.
    """
    assert addressing.leased and not addressing.dual
    machine.write("/etc/dhcpcd.conf", "nodev\nnoipv6\ninterface eth0\n")
