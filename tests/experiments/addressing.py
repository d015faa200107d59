# SPDX-License-Identifier: LGPL-2.1-or-later
"""The ways in which eth0 gets its addresses in the boots of the matrix."""

import dataclasses

from lab.apache_machine import ADDRESSES, PRIMARY

PREFIXES = tuple(f"2001:db8:e001:{n}" for n in ("b1", "b2", "b3", "b4"))
ADVERTISED = tuple(f"{prefix}:0:ff:fe00:1" for prefix in PREFIXES)
IPV4_ADDRESSES = tuple(f"192.0.2.{n}" for n in (10, 11, 12))
LEASED = "192.0.2.80"

CARRIER, SERVER = "carrier", "DHCP server"


@dataclasses.dataclass(frozen=True)
class Addressing:
    """A way to get addresses.

    name: what it adds to the name of a cell.
    addresses: those that the services listen on.
    families: dadwait's Families= in these boots; empty: it has no configuration.
    late: what comes seconds after network.target, CARRIER or SERVER; empty: all is there at once.
    probed: the network manager assigns an address after some seconds of probing for another host
    that has it (RFC 5227).
    """

    name: str
    addresses: tuple[str, ...]
    families: str = ""
    late: str = ""
    probed: bool = False

    @property
    def reason(self) -> str:
        """What makes addresses late."""
        return "detection" if self.probed else self.late

    @property
    def leased(self) -> bool:
        return LEASED in self.addresses

    @property
    def dual(self) -> bool:
        return len({":" in address for address in self.addresses}) == 2


def _ipv4(name: str, *addresses: str, late: str = "", probed: bool = False) -> Addressing:
    return Addressing(name, addresses, "ipv6 ipv4", late, probed)


# PRIMARY and three secondary ADDRESSES, as lab/apache_machine.py has them.
STATIC = Addressing("", ADDRESSES)
# As many from the prefixes that a router advertises. Their interface identifiers are made from the
# hardware address (RFC 4291, appendix A), so a service can be configured to listen on them.
ROUTER = Addressing("router", ADVERTISED[1:])

IPV4_STATIC = _ipv4("IPv4 static", *IPV4_ADDRESSES, late=CARRIER)
IPV4_DHCP = _ipv4("IPv4 DHCP", LEASED, late=SERVER)
IPV4_PROBED = _ipv4("IPv4 conflict detection", *IPV4_ADDRESSES, probed=True)
# For NetworkManager. Version 1.42 puts the addresses of a subnet into the order of its profile when
# detection ends in another order, and loses some: seen in 11 of 14 boots, without dadwait.
IPV4_PROBED_ONE = _ipv4("IPv4 conflict detection", IPV4_ADDRESSES[0], probed=True)
# Both families on one interface.
IPV4_LATE = _ipv4("IPv6 and late IPv4", PRIMARY, LEASED, late=SERVER)
IPV6_LATE = _ipv4("IPv4 and late IPv6", PRIMARY, IPV4_ADDRESSES[0], late=CARRIER)
