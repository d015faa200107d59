# SPDX-License-Identifier: LGPL-2.1-or-later
"""Send one router advertisement (RFC 4861, section 4.2) with a prefix of /64 for autoconfiguration.

    advertise_prefix.py INTERFACE PREFIX
"""

import fcntl
import socket
import struct
import sys

ROUTER_ADVERTISEMENT, SOURCE_LINK_LAYER_ADDRESS, PREFIX_INFORMATION = 134, 1, 3
SIOCGIFHWADDR = 0x8927  # netdevice(7)
ON_LINK_AND_AUTONOMOUS = 0xC0
HOUR = 3600

interface, prefix = sys.argv[1:]
# The kernel fills in the checksum.
message = struct.pack("!BBHBBHII", ROUTER_ADVERTISEMENT, 0, 0, 64, 0, 0, 0, 0)
message += struct.pack("!BBBBIII", PREFIX_INFORMATION, 4, 64, ON_LINK_AND_AUTONOMOUS, HOUR, HOUR, 0)
message += socket.inet_pton(socket.AF_INET6, prefix)
index = socket.if_nametoindex(interface)
with socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as sender:
    # An address is optimistic only if the router's own link-layer address is known (addrconf_prefix_rcv()).
    request = fcntl.ioctl(sender, SIOCGIFHWADDR, struct.pack("256s", interface.encode()))
    message += struct.pack("!BB", SOURCE_LINK_LAYER_ADDRESS, 1) + request[18:24]
    # Hosts ignore one with another hop limit.
    sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
    sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    sender.sendto(message, ("ff02::1", 0, 0, index))
