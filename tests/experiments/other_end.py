# SPDX-License-Identifier: LGPL-2.1-or-later
"""The other end of a machine's cable: a router, a DHCP server, and a carrier that comes late."""

import subprocess

from experiments.addressing import LEASED, PREFIXES
from lab.container import ROOT, Container
from lab.sandbox import require

# A unit of the machine writes into this FIFO when network.target is reached. Services that listen
# are ordered after it, so a delay from there on does not depend on how fast the machine boots.
FIFO = "/network-reached"
REACHED = f"""\
[Unit]
After=network.target
[Service]
ExecStart=/bin/sh -c 'echo reached >{FIFO}'
[Install]
WantedBy=multi-user.target
"""


class OtherEnd:
    """What runs in the network namespace that has the interface `outside`."""

    def __init__(self, machine: Container) -> None:
        self._machine = machine
        self._programs: list[subprocess.Popen] = []
        self._awaited = False

    def router(self) -> None:
        """Advertise PREFIXES."""
        require("radvd")
        machine = self._machine
        prefixes = "".join(f"  prefix {prefix}::/64 {{ }};\n" for prefix in PREFIXES)
        times = "  MinRtrAdvInterval 3;\n  MaxRtrAdvInterval 4;\n"
        text = f"interface outside {{\n  AdvSendAdvert on;\n{times}{prefixes}}};\n"
        machine.path("/run/radvd.conf").write_text(text)
        # Without DAD: the router is ready before the machine boots.
        machine.run("ip", "address", "add", "fe80::ff/64", "dev", "outside", "nodad")
        machine.run("sysctl", "--quiet", "--write", "net.ipv6.conf.all.forwarding=1")
        radvd = ("radvd", "--nodaemon", "--config=/run/radvd.conf", "--pidfile=/run/radvd.pid")
        self._start(*radvd, "--logmethod=stderr_clean")

    def late_dhcp_server(self, seconds: float | None) -> None:
        """Lease LEASED, from some seconds after network.target on; None: from come() on."""
        require("dnsmasq")
        self._machine.run("ip", "address", "add", "192.0.2.1/24", "dev", "outside")
        self._start_late(
            seconds,
            *("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0"),
            *("--user=root", "--pid-file=", "--log-facility=-", "--interface=outside"),
            *(f"--dhcp-range={LEASED},{LEASED},255.255.255.0", "--dhcp-authoritative", "--no-ping"),
            "--dhcp-leasefile=/run/dnsmasq.leases",
        )

    def late_carrier(self, seconds: float | None) -> None:
        """Leave eth0 without a carrier until some seconds after network.target; None: until come()."""
        self._machine.carrier(False)
        self._start_late(seconds, "ip", "link", "set", "outside", "up")

    def come(self) -> None:
        """What is late without a time comes now. Nothing, if there is no such thing."""
        if self._awaited:
            self._machine.run("sh", "-c", 'echo come >"$0"', ROOT + FIFO)

    def _start_late(self, seconds: float | None, *command: str) -> None:
        machine = self._machine
        machine.run("mkfifo", ROOT + FIFO)
        machine.write("/etc/systemd/system/network-reached.service", REACHED)
        machine.chroot("systemctl", "enable", "--quiet", "network-reached")
        self._awaited = seconds is None
        pause = 'read -r come <&3' if self._awaited else 'sleep "$2"'
        # Opened once: what both write is neither lost nor waits for a reader.
        wait = f'exec 3<>"$1" && read -r reached <&3 && {pause} && shift 2 && exec "$@" 3<&-'
        self._start("sh", "-c", wait, "sh", ROOT + FIFO, str(seconds), *command)

    def _start(self, *command: str) -> None:
        with self._machine.path("/run/other-end.log").open("a") as log:
            program = subprocess.Popen(
                [*self._machine.enter(), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._programs.append(program)

    def close(self) -> None:
        """Reap the processes. Call it when the machine is gone."""
        for program in self._programs:
            program.wait()
