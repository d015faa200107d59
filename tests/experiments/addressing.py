# SPDX-License-Identifier: LGPL-2.1-or-later
"""The ways in which eth0 gets its addresses in the boots of the matrix."""

import dataclasses

from lab.apache_machine import ADDRESSES

PREFIXES = tuple(f"2001:db8:e001:{n}" for n in ("b1", "b2", "b3", "b4"))
ADVERTISED = tuple(f"{prefix}:0:ff:fe00:1" for prefix in PREFIXES)


@dataclasses.dataclass(frozen=True)
class Addressing:
    """A way to get addresses.

    name: what it adds to the name of a cell.
    addresses: those that the services listen on.
    """

    name: str
    addresses: tuple[str, ...]


# PRIMARY and three secondary ADDRESSES, as lab/apache_machine.py has them.
STATIC = Addressing("", ADDRESSES)
# As many from the prefixes that a router advertises. Their interface identifiers are made from the
# hardware address (RFC 4291, appendix A), so a service can be configured to listen on them.
ROUTER = Addressing("router", ADVERTISED[1:])
