# SPDX-License-Identifier: LGPL-2.1-or-later
"""The other end of a machine's cable: a router."""

import subprocess

from experiments.addressing import PREFIXES
from lab.container import Container
from lab.sandbox import require


class OtherEnd:
    """What runs in the network namespace that has the interface `outside`."""

    def __init__(self, machine: Container) -> None:
        self._machine = machine
        self._programs: list[subprocess.Popen] = []

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
