# SPDX-License-Identifier: LGPL-2.1-or-later
"""Send router advertisements (RFC 4861, section 4.2) three times a second.

    router.py INTERFACE
"""

import socket
import struct
import sys
import time

ROUTER_ADVERTISEMENT = 134
LIFETIME = 1800  # seconds for which it is a default router


def main() -> None:
    index = socket.if_nametoindex(sys.argv[1])
    # type, code, checksum (the kernel's), hop limit, flags, lifetime, reachable, retransmit
    message = struct.pack("!BBHBBHII", ROUTER_ADVERTISEMENT, 0, 0, 64, 0, LIFETIME, 0, 0)
    with socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as router:
        router.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        while True:
            try:
                router.sendto(message, ("ff02::1", 0, 0, index))
            except OSError:
                pass  # while its own link-local address is tentative
            time.sleep(0.3)


if __name__ == "__main__":
    main()
