#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Assign thousands of IPv6 addresses, each with a prefix of 64 bits.

    assign_addresses.py INTERFACE [nodad] <ADDRESSES

One address a line. ip(8) waits for the answer to each address, which takes milliseconds on a busy
machine. Here the kernel answers a hundred requests at once (rtnetlink(7)).
"""

import os
import socket
import struct
import sys

RTM_NEWADDR, NLMSG_ERROR = 20, 2
NLM_F_REQUEST, NLM_F_ACK, NLM_F_EXCL, NLM_F_CREATE = 0x1, 0x4, 0x200, 0x400
IFA_LOCAL, IFA_F_NODAD = 2, 0x02
AT_ONCE = 100


def message(index, address, flags, asks):
    body = struct.pack("=BBBBI", socket.AF_INET6, 64, flags, 0, index)
    body += struct.pack("=HH16s", 20, IFA_LOCAL, socket.inet_pton(socket.AF_INET6, address))
    return struct.pack("=IHHII", 16 + len(body), RTM_NEWADDR, asks, 0, 0) + body


def send(kernel, messages):
    """The kernel answers a request that fails even without NLM_F_ACK."""
    kernel.send(b"".join(messages))
    answer = kernel.recv(1 << 16)
    _, kind, _, _, _, error = struct.unpack_from("=IHHIIi", answer)
    if kind != NLMSG_ERROR or error != 0:
        raise OSError(-error, os.strerror(-error))


def main():
    index = socket.if_nametoindex(sys.argv[1])
    flags = IFA_F_NODAD if "nodad" in sys.argv[2:] else 0
    addresses = sys.stdin.read().split()
    kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    asks = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL
    for i in range(0, len(addresses), AT_ONCE):
        *some, last = addresses[i : i + AT_ONCE]
        messages = [message(index, address, flags, asks) for address in some]
        send(kernel, [*messages, message(index, last, flags, asks | NLM_F_ACK)])


if __name__ == "__main__":
    main()
