# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run a daemon under strace(1) to see what it binds."""

import functools
import ipaddress
import os
import re
import selectors
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from lab.base_system import base_system

BIND = re.compile(
    r'\bbind\(\d+, \{sa_family=AF_INET6, .*inet_pton\(AF_INET6, "(?P<address>[^"]+)"'
    r'.*sin6_scope_id=(?:if_nametoindex\("(?P<name>[^"]+)"\)|(?P<index>\d+))'
)
BIND_IPV4 = re.compile(
    r'\bbind\(\d+, \{sa_family=AF_INET, sin_port=htons\((?P<port>\d+)\), '
    r'sin_addr=inet_addr\("(?P<address>[^"]+)"\)'
)
# The daemons are those of a base system. If they were installed on this machine they would be started,
# and ntpd would replace its time service.
DAEMONS = ("apache2", "ntpsec")
TOOLS = ("iproute2", "procps", "strace")

# With these any address can be bound, so strace shows all addresses of the configuration.
ANY_ADDRESS = "sysctl -qw net.ipv6.ip_nonlocal_bind=1 net.ipv4.ip_nonlocal_bind=1"


@functools.cache
def system(release: str = "bookworm") -> Path:
    """The Debian system of the daemons, which run() mounts on /usr and /etc."""
    return base_system(release, DAEMONS + TOOLS)


@dataclass
class Run:
    """One run of a daemon."""

    # "ADDR" or "ADDR%IFACE", in order; an IPv4-mapped address as the IPv4 one
    bound: list[str] = field(default_factory=list)
    seen: bool = False  # whether the line matched `until`
    output: str = ""  # its stdout and stderr

    def waits(self) -> set[str]:
        """The bound addresses that can be late."""
        return {address for address in self.bound if needs_waiting(address)}


def needs_waiting(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    return not (ip.is_unspecified or ip.is_loopback or ip.is_multicast
                or ip == ipaddress.IPv4Address("255.255.255.255"))


def is_ipv4(pattern: str) -> bool:
    name = pattern.partition("%")[0]
    return ":" not in name and name != "any"


def bound_address(line: str) -> str | None:
    """What a line of strace binds; None: nothing, or any port of any IPv4 address, to send from."""
    if match := BIND_IPV4.search(line):
        to_send = match["address"] == "0.0.0.0" and match["port"] == "0"
        return None if to_send else match["address"]
    if not (match := BIND.search(line)):
        return None
    mapped = ipaddress.IPv6Address(match["address"]).ipv4_mapped
    scope = match["name"] or (match["index"] if match["index"] != "0" else None)
    return str(mapped or match["address"]) + (f"%{scope}" if scope else "")


def run(command: list[str], setup: str = ANY_ADDRESS, until: str | None = None,
        quiet: float = 1.0, timeout: float = 60, syscalls: str = "bind", release: str = "bookworm",
        **popen) -> Run:
    """Runs a daemon in namespaces of its own and lists the addresses it binds.

    It ends when `command` exits, when strace shows a line that matches `until`, or, without
    `until`, when it has traced nothing new for `quiet` seconds; never later than `timeout`.
    The processes are in a PID namespace, so none of them outlives this call. They lack CAP_SYS_TIME:
    no time server may set this machine's clock.
    """
    debian = " && ".join(f"mount -o bind,ro {system(release)}{path} {path}"
                         for path in ("/usr", "/etc"))
    prepare = f"{debian} && ip link set lo up && {setup or ':'}"
    return trace(["unshare", "--net", "--ipc", "--mount", "--pid", "--fork", "--kill-child",
                  "--mount-proc", "sh", "-c", f'{prepare} && exec "$@"', "sh"],
                 command, until, quiet, timeout, syscalls, **popen)


def trace(enter: list[str], command: list[str], until: str | None = None, quiet: float = 1.0,
          timeout: float = 60, syscalls: str = "bind", expected: frozenset[str] = frozenset(),
          **popen) -> Run:
    """Traces a command; run() says when it ends.

    expected: addresses that have to be bound before `quiet` counts, because a daemon may be slow on a
    busy machine.
    enter: words that enter namespaces of its own, among them a PID namespace.
    """
    reading, writing = os.pipe()
    result = Run()
    with tempfile.TemporaryFile() as output:
        daemon = subprocess.Popen(
            [*enter, "setpriv", "--bounding-set=-sys_time", "--inh-caps=-sys_time",
             "strace", "-f", "-qq", "-s", "256", f"-etrace={syscalls}", "-esignal=none",
             "-o", f"/proc/self/fd/{writing}", *command],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, pass_fds=[writing], **popen)
        try:
            os.close(writing)
            _follow(reading, result, until and re.compile(until), quiet, timeout, expected)
        finally:
            daemon.kill()
            daemon.wait()
            while os.read(reading, 65536):  # until the last process has exited
                pass
            os.close(reading)
        output.seek(0)
        result.output = output.read().decode(errors="replace")
    return result


def _follow(reading: int, result: Run, until: re.Pattern | None, quiet: float,
            timeout: float, expected: frozenset[str]) -> None:
    end = time.monotonic() + timeout
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(reading, selectors.EVENT_READ)
        while (left := end - time.monotonic()) > 0:
            # What a daemon does before its first bind() may take long.
            waits = until or not result.bound or not expected <= set(result.bound)
            patience = left if waits else min(quiet, left)
            if not selector.select(patience):
                return
            data = os.read(reading, 65536)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                text = line.decode(errors="replace")
                if address := bound_address(text):
                    result.bound.append(address)
                if until and until.search(text):
                    result.seen = True
                    return
