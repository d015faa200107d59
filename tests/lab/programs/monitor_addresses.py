# SPDX-License-Identifier: LGPL-2.1-or-later
"""Print when each address of a network namespace changes its state, and when an HTTP server first
answers on it.

    monitor_addresses.py PORT [ADDRESS...]

One JSON object a line. Times are CLOCK_MONOTONIC, in seconds: the clock of the journal and of
systemd's timestamps. PORT and ADDRESS say where the HTTP server is expected.
"""

import json
import select
import socket
import struct
import sys
import time

# linux/netlink.h, linux/rtnetlink.h, linux/if_addr.h
RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR = 0x10, 0x100
RTM_NEWADDR, RTM_DELADDR = 20, 21
IFA_ADDRESS, IFA_LOCAL, IFA_FLAGS = 1, 2, 8
IFA_F_TENTATIVE, IFA_F_DADFAILED = 0x40, 0x08

NLMSGHDR = struct.Struct("=IHHII")
IFADDRMSG = struct.Struct("=BBBBI")
RTATTR = struct.Struct("=HH")


def align(length: int) -> int:
    return (length + 3) & ~3


def messages(datagram: bytes):
    """(type, payload) of each netlink message."""
    while len(datagram) >= NLMSGHDR.size:
        length, kind, *_ = NLMSGHDR.unpack_from(datagram)
        yield kind, datagram[NLMSGHDR.size : length]
        datagram = datagram[align(length) :]


def attributes(data: bytes) -> dict[int, bytes]:
    found = {}
    while len(data) >= RTATTR.size:
        length, kind = RTATTR.unpack_from(data)
        found[kind] = data[RTATTR.size : length]
        data = data[align(length) :]
    return found


def address_events(datagram: bytes):
    """The changes of addresses in a datagram: {"address", "interface", "state"}."""
    for kind, payload in messages(datagram):
        if kind not in (RTM_NEWADDR, RTM_DELADDR):
            continue
        family, _, flags, _, index = IFADDRMSG.unpack_from(payload)
        found = attributes(payload[IFADDRMSG.size :])
        if IFA_FLAGS in found:
            (flags,) = struct.unpack("=I", found[IFA_FLAGS])
        state = (
            "removed"
            if kind == RTM_DELADDR
            else "dadfailed"
            if flags & IFA_F_DADFAILED
            else "tentative"
            if flags & IFA_F_TENTATIVE
            else "ready"
        )
        # Of IPv4, IFA_ADDRESS is the peer's on a point-to-point link.
        address = found[IFA_LOCAL if family == socket.AF_INET else IFA_ADDRESS]
        yield {
            "address": socket.inet_ntop(family, address),
            "interface": socket.if_indextoname(index),
            "state": state,
        }


def answers(address: str, port: int) -> bool:
    """Whether an HTTP server at this address sends anything."""
    try:
        with socket.create_connection((address, port), timeout=1) as connection:
            connection.sendall(b"HEAD / HTTP/1.0\r\n\r\n")
            return len(connection.recv(1)) == 1
    except OSError:
        return False


def report(event: dict) -> None:
    print(json.dumps({"time": time.monotonic()} | event), flush=True)


def main() -> None:
    port, silent = int(sys.argv[1]), set(sys.argv[2:])
    ready = set()
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as events:
        events.bind((0, RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR))
        report({"state": "watching"})
        while True:
            # During DAD a connection would hang; later it is accepted or refused at once. A refusal
            # costs some 20 us, so trying once a millisecond disturbs no boot.
            asked = ready & silent
            if select.select([events], [], [], 0.001 if asked else None)[0]:
                for event in address_events(events.recv(65536)):
                    report(event)
                    ready.discard(event["address"])
                    if event["state"] == "ready":
                        ready.add(event["address"])
                continue
            for address in sorted(asked):
                if answers(address, port):
                    report({"address": address, "state": "answers"})
                    silent.remove(address)


if __name__ == "__main__":
    main()
