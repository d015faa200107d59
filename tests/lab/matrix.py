# SPDX-License-Identifier: LGPL-2.1-or-later
"""One boot of a release with a network manager, and what became of the daemons.

The cells are the releases, the network managers that each has, and the two ways to come by an
address; not their whole product: a router's advertisements are there once a release, each time
with another network manager.
"""

import dataclasses
import re
import subprocess
import time
from pathlib import Path

from . import daemons
from .base import BOOT, base
from .container import NETWORK, Container
from .daemons import Daemon
from .managers import ADVERTISED, HARDWARE_ADDRESS, MANAGERS, PREFIXES, RELEASES, Manager
from .report import ADDRESSES
from .sandbox import require
from .witness import Witness

SETTLED = ("active", "failed", "inactive")


@dataclasses.dataclass(frozen=True)
class Cell:
    """A kind of machine."""

    suite: str
    manager: str
    addressing: str = "static"
    ntpd: str = "ntpsec"

    @property
    def name(self) -> str:
        words = (RELEASES[self.suite], self.manager)
        return ", ".join((*words, "router") if self.addressing == "ra" else words)

    @property
    def how(self) -> Manager:
        return MANAGERS[self.manager]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The three that services listen on."""
        return ADVERTISED[1:] if self.addressing == "ra" else ADDRESSES

    @property
    def daemon_packages(self) -> tuple[str, ...]:
        return (*daemons.PACKAGES, self.ntpd)

    @property
    def packages(self) -> tuple[str, ...]:
        return (*BOOT, "libinih1", *self.daemon_packages, *self.how.packages[self.suite])

    def base(self) -> Path:
        return base(self.suite, self.packages)


# The classic ntpd is Debian 11's last.
CELLS = (
    Cell("bullseye", "ifupdown"),
    Cell("bullseye", "networkd", ntpd="ntp"),
    Cell("bullseye", "NetworkManager"),
    Cell("bullseye", "dhcpcd", ntpd="ntp"),
    Cell("bullseye", "netplan"),
    Cell("bullseye", "networkd", "ra", ntpd="ntp"),
    *(Cell("bookworm", name) for name, how in MANAGERS.items() if "bookworm" in how.packages),
    Cell("bookworm", "ifupdown", "ra"),
    *(Cell("trixie", name) for name, how in MANAGERS.items() if "trixie" in how.packages),
    Cell("trixie", "NetworkManager", "ra"),
)


class Machine(Container):
    """A machine of a cell, switched off."""

    def __init__(self, cell: Cell, probes: int = 1) -> None:
        """probes: how many DAD sends on eth0, a second each; 1 is the kernel's default."""
        super().__init__(cell.base())
        self.cell = cell
        self.witness: Witness | None = None
        self._router: subprocess.Popen | None = None
        try:
            self.set_up(probes)
        except BaseException:
            self.close()
            raise

    def set_up(self, probes: int) -> None:
        cell = self.cell
        # It has been booted before: systemd would take a machine without an id for a fresh one,
        # and enable what its presets say.
        self.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
        link = ("ip", "-netns", NETWORK, "link", "set", "dev", "eth0")
        self.run(*link, "address", HARDWARE_ADDRESS)
        probe = f"net.ipv6.conf.eth0.dad_transmits={probes}"
        self.run("ip", "netns", "exec", NETWORK, "sysctl", "--quiet", "--write", probe)
        cell.how.write(self, cell.addressing)
        for unit in cell.how.enable:
            self.chroot("systemctl", "enable", "--quiet", unit)
        self.daemons = daemons.configure(self, cell.addresses, cell.ntpd)
        if cell.addressing == "ra":
            self.start_router()
        network = self.enter(mounts=False, network=NETWORK)
        self.witness = Witness(network, daemons.HTTP, cell.addresses)

    def start_router(self) -> None:
        """A radvd on the other end of the cable."""
        require("radvd")
        prefixes = "".join(f"  prefix {prefix}::/64 {{ }};\n" for prefix in PREFIXES)
        times = "  MinRtrAdvInterval 3;\n  MaxRtrAdvInterval 4;\n"
        text = f"interface outside {{\n  AdvSendAdvert on;\n{times}{prefixes}}};\n"
        self.path("/run/radvd.conf").write_text(text)
        # A router's own addresses are there long before the machine is switched on.
        self.run("ip", "address", "add", "fe80::ff/64", "dev", "outside", "nodad")
        self.run("sysctl", "--quiet", "--write", "net.ipv6.conf.all.forwarding=1")
        radvd = ("radvd", "--nodaemon", "--config=/run/radvd.conf", "--pidfile=/run/radvd.pid")
        self._router = subprocess.Popen(
            [*self.enter(), *radvd, "--logmethod=stderr_clean"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.path("/run/radvd.log").open("w"),
            start_new_session=True,
        )

    def close(self) -> None:
        super().close()
        if self.witness:
            self.witness.close()
        if self._router:
            self._router.wait()

    def states(self) -> dict[str, dict[str, str]]:
        """Of each daemon's unit."""
        names = ("Id", "ActiveState", "NRestarts", "ActiveEnterTimestampMonotonic")
        units = [daemon.unit for daemon in self.daemons]
        text = self.shell("systemctl", "show", f"--property={','.join(names)}", *units)
        blocks = [
            dict(line.split("=", 1) for line in block.splitlines()) for block in text.split("\n\n")
        ]
        return {block["Id"].removesuffix(".service"): block for block in blocks}

    def settle(self, timeout: float = 60) -> dict[str, dict[str, str]]:
        """Wait until all addresses are ready and systemd has done with the daemons' restarts."""
        deadline = time.monotonic() + timeout
        for address in self.cell.addresses:
            self.witness.when("ready", address, timeout)
        while True:
            states = self.states()
            if all(state["ActiveState"] in SETTLED for state in states.values()):
                return states
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.cell.name}: not settled: {states}")
            time.sleep(0.1)

    def sockets(self) -> set[tuple[str, int]]:
        """Addresses and ports that something listens on."""
        text = self.shell("ss", "--listening", "--tcp", "--udp", "--numeric")
        found = re.findall(r"\[([^]%]+)\](?:%\w+)?:(\d+)\b", text)
        return {(address, int(port)) for address, port in found}

    def assigned(self) -> set[str]:
        """The addresses that are on eth0 and not undergoing DAD."""
        text = self.shell("ip", "-6", "address", "show", "dev", "eth0", "-tentative")
        return set(re.findall(r"inet6 (\S+)/", text))

    def listens(self, daemon: Daemon, timeout: float = 20) -> bool:
        """Whether a daemon has all its sockets. ntpd may take its time: it looks for addresses
        again after it was told that one changed."""
        deadline = time.monotonic() + (0 if daemon.addresses else timeout)
        while True:
            wanted = daemon.addresses or self.assigned()
            if {(address, daemon.port) for address in wanted} <= self.sockets():
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)


def boot(cell: Cell, installed: Path | None, evidence: Path, probes: int = 1) -> dict:
    """Boot a machine of the cell, with the tree of dadwait or without; the record of it.

    evidence: where the journal is kept if a daemon did not start as it should.
    probes: of DAD, see Machine.
    """
    record = {"cell": cell.name, "dadwait": bool(installed), "daemons": {}}
    with Machine(cell, probes) as machine:
        if installed:
            machine.unpack(installed)
        try:
            if not machine.boot():
                raise TimeoutError("the boot does not come to an end")
            record["finished"] = round(machine.finished - machine.started, 3)
            record["daemons"] = judge(machine)
        except (LookupError, RuntimeError, TimeoutError) as error:
            record["error"] = str(error)
        if not went_well(record):
            evidence.parent.mkdir(parents=True, exist_ok=True)
            evidence.write_text(f"{record}\n" + machine.journal(output="short-monotonic"))
    return record


def went_well(record: dict) -> bool:
    outcomes = {verdict["outcome"] for verdict in record["daemons"].values()}
    return "error" not in record and outcomes == {"started"}


def ended(machine: Machine) -> dict[str, float]:
    """When dadwait said of a unit that its addresses are ready.

    By the process, since journald no longer finds out the unit of one that has already exited.
    """
    entries = machine.entries("SYSLOG_IDENTIFIER=dadwait")
    units = {e["_PID"]: e["_SYSTEMD_UNIT"] for e in entries if "_SYSTEMD_UNIT" in e}
    return {
        units[e["_PID"]]: int(e["__MONOTONIC_TIMESTAMP"]) / 1e6
        for e in entries
        if e["MESSAGE"].startswith("Ready") and e["_PID"] in units
    }


def judge(machine: Machine) -> dict[str, dict]:
    """What became of each daemon, and how long after its last address was ready it was active and
    dadwait had said so. Seconds."""
    states = machine.settle()
    said = ended(machine)
    verdicts = {}
    for daemon in machine.daemons:
        state = states[daemon.unit]
        verdict = {"outcome": outcome(machine, daemon, state)}
        if daemon.addresses:
            ready = max(machine.witness.when("ready", address) for address in daemon.addresses)
            if state["ActiveState"] == "active":
                since = int(state["ActiveEnterTimestampMonotonic"]) / 1e6
                verdict["active"] = round(since - ready, 4)
            if unit_said := said.get(f"{daemon.unit}.service"):
                verdict["said"] = round(unit_said - ready, 4)
        verdicts[daemon.unit] = verdict
    return verdicts


def outcome(machine: Machine, daemon: Daemon, state: dict[str, str]) -> str:
    """started, or what was wrong with the start."""
    if state["ActiveState"] != "active":
        return state["ActiveState"]
    if state["NRestarts"] != "0":
        return "restarted"
    if not machine.listens(daemon):
        return "deaf"
    if daemons.BIND_FAILED.search(machine.log(daemon.unit)):
        return "failed binds"
    return "started"
