# SPDX-License-Identifier: LGPL-2.1-or-later
"""Boot a release with a network manager, and record whether the daemons have started.

A cell is a release, one of its network managers, and a way to get addresses. Not every combination
is a cell: router advertisements are tried once a release, each time with another network manager,
and IPv4 with the network managers that differ in it.
"""

import dataclasses
import re
import time
from pathlib import Path

from experiments import daemons
from experiments.addressing import (
    CARRIER, IPV4_DHCP, IPV4_LATE, IPV4_PROBED, IPV4_PROBED_ONE, IPV4_STATIC, IPV6_LATE, ROUTER,
    SERVER, STATIC, Addressing,
)
from experiments.daemons import Daemon
from experiments.network_managers import HARDWARE_ADDRESS, MANAGERS, RELEASES, Manager
from experiments.other_end import OtherEnd
from lab import HANG
from lab.address_monitor import AddressMonitor
from lab.apache_machine import held
from lab.base_system import BOOT, base_system
from lab.container import NETWORK, Container

FINAL = ("active", "failed", "inactive")


@dataclasses.dataclass(frozen=True)
class Cell:
    """A kind of machine."""

    suite: str
    manager: str
    addressing: Addressing = STATIC
    ntpd: str = "ntpsec"

    @property
    def name(self) -> str:
        return ", ".join(filter(None, (self.system, self.addressing.name)))

    @property
    def system(self) -> str:
        return f"{RELEASES[self.suite]}, {self.manager}"

    @property
    def ipv4(self) -> bool:
        return bool(self.addressing.families)

    @property
    def network(self) -> Manager:
        return MANAGERS[self.manager]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Those that services listen on."""
        return self.addressing.addresses

    @property
    def daemon_packages(self) -> tuple[str, ...]:
        return (*daemons.PACKAGES, self.ntpd)

    @property
    def packages(self) -> tuple[str, ...]:
        packages = (*self.daemon_packages, *self.network.packages[self.suite])
        if self.addressing.leased and (client := self.network.dhcp_client.get(self.suite)):
            packages += (client,)
        return (*BOOT, "libinih1", *packages)

    def base(self) -> Path:
        return base_system(self.suite, self.packages)


# The classic ntpd is Debian 11's last.
CELLS = (
    Cell("bullseye", "ifupdown"),
    Cell("bullseye", "networkd", ntpd="ntp"),
    Cell("bullseye", "NetworkManager"),
    Cell("bullseye", "dhcpcd", ntpd="ntp"),
    Cell("bullseye", "netplan"),
    Cell("bullseye", "networkd", ROUTER, ntpd="ntp"),
    *(Cell("bookworm", name) for name, manager in MANAGERS.items() if "bookworm" in manager.packages),
    Cell("bookworm", "ifupdown", ROUTER),
    *(Cell("trixie", name) for name, manager in MANAGERS.items() if "trixie" in manager.packages),
    Cell("trixie", "NetworkManager", ROUTER),
)

IPV4_CELLS = tuple(
    Cell(suite, manager, addressing)
    for suite in RELEASES
    for manager, ways in {
        "ifupdown": (IPV4_STATIC, IPV4_DHCP, IPV6_LATE),
        "networkd": (IPV4_STATIC, IPV4_DHCP, IPV4_PROBED, IPV4_LATE),
        "NetworkManager": (IPV4_STATIC, IPV4_DHCP, IPV4_PROBED_ONE, IPV4_LATE),
        "dhcpcd": (IPV4_DHCP,),
    }.items()
    for addressing in ways
)


class Machine(Container):
    """A machine of a cell, switched off."""

    def __init__(self, cell: Cell, probes: int = 1, late: float | None = 2) -> None:
        """probes: how many DAD sends on eth0, a second each; 1 is the kernel's default.
        late: seconds from network.target to what the cell's addresses need; None: until end_dad().
        """
        super().__init__(cell.base())
        self.cell = cell
        self.monitor: AddressMonitor | None = None
        self._other_end = OtherEnd(self)
        try:
            self.set_up(probes, late)
        except BaseException:
            self.close()
            raise

    def set_up(self, probes: int, late: float) -> None:
        cell = self.cell
        # Without an id systemd would consider this the first boot, and apply its presets.
        self.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
        link = ("ip", "-netns", NETWORK, "link", "set", "dev", "eth0")
        self.run(*link, "address", HARDWARE_ADDRESS)
        probe = f"net.ipv6.conf.eth0.dad_transmits={probes}"
        self.run("ip", "netns", "exec", NETWORK, "sysctl", "--quiet", "--write", probe)
        cell.network.configure(self, cell.addressing)
        ntpd = "" if cell.ipv4 else cell.ntpd
        self.daemons = daemons.configure(self, cell.addresses, ntpd)
        if cell.addressing is ROUTER:
            self._other_end.router()
        if cell.addressing.late == CARRIER:
            self._other_end.late_carrier(late)
        if cell.addressing.late == SERVER:
            self._other_end.late_dhcp_server(late)
        network = self.enter(mounts=False, network=NETWORK)
        self.monitor = AddressMonitor(network, daemons.HTTP, cell.addresses)

    def hold_dad(self) -> None:
        file = self.file("/etc/network/interfaces")
        if self.cell.manager == "ifupdown" and "        up " in (text := file.read_text()):
            file.write_text(held(text))
        else:
            super().hold_dad()

    def end_dad(self) -> None:
        super().end_dad()
        self._other_end.come()

    def install(self, tree: Path) -> None:
        """Install dadwait."""
        self.unpack(tree)
        if families := self.cell.addressing.families:
            self.write("/etc/dadwait.conf", f"[dadwait]\nFamilies={families}\n")

    def close(self) -> None:
        super().close()
        if self.monitor:
            self.monitor.close()
        self._other_end.close()

    def states(self) -> dict[str, dict[str, str]]:
        """The state of each daemon's unit."""
        names = ("Id", "ActiveState", "NRestarts", "ActiveEnterTimestampMonotonic")
        units = [daemon.unit for daemon in self.daemons]
        text = self.shell("systemctl", "show", f"--property={','.join(names)}", *units)
        blocks = [
            dict(line.split("=", 1) for line in block.splitlines()) for block in text.split("\n\n")
        ]
        return {block["Id"].removesuffix(".service"): block for block in blocks}

    def settle(self, timeout: float = HANG) -> dict[str, dict[str, str]]:
        """Wait until all addresses are ready and no daemon is being restarted. Returns the states."""
        deadline = time.monotonic() + timeout
        for address in self.cell.addresses:
            self.monitor.when("ready", address, timeout)
        while True:
            states = self.states()
            if all(state["ActiveState"] in FINAL for state in states.values()):
                return states
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.cell.name}: still changing: {states}")
            time.sleep(0.1)

    def sockets(self) -> set[tuple[str, int]]:
        """The addresses and ports on which a program listens."""
        text = self.shell("ss", "--no-header", "--listening", "--tcp", "--udp", "--numeric")
        found = (line.split()[4].rpartition(":") for line in text.splitlines())
        # [2001:db8::1]:80, [fe80::1]%eth0:123, 192.0.2.1:80, 192.0.2.1%eth0:68
        return {(address.partition("%")[0].strip("[]"), int(port)) for address, _, port in found}

    def assigned(self) -> set[str]:
        """The addresses of eth0 that are not tentative."""
        text = self.shell("ip", "-6", "address", "show", "dev", "eth0", "-tentative")
        return set(re.findall(r"inet6 (\S+)/", text))

    def listens(self, daemon: Daemon, timeout: float = HANG) -> bool:
        """Whether a daemon has all its sockets. ntpd gets some time: it looks for addresses again
        after a change."""
        deadline = time.monotonic() + (0 if daemon.addresses else timeout)
        while True:
            wanted = daemon.addresses or self.assigned()
            if {(address, daemon.port) for address in wanted} <= self.sockets():
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)


def boot(
    cell: Cell, installed: Path | None, journal: Path, probes: int = 1, late: float | None = 2,
    until_failed: tuple[str, ...] = (),
) -> dict:
    """Boot a machine of the cell, with the tree of dadwait or without. Returns the record of the boot.

    journal: the file for the journal, if a daemon has not started as it should.
    probes, late: see Machine.
    until_failed: units; DAD lasts until they have failed, and addresses with late=None are late by that.
    """
    record = {"cell": cell.name, "dadwait": bool(installed), "daemons": {}}
    with Machine(cell, probes, late) as machine:
        if installed:
            machine.install(installed)
        def ends() -> bool:
            return machine.has_failed(*until_failed)

        if until_failed:
            machine.hold_dad()
        try:
            if not machine.boot(dad_until=ends if until_failed else None):
                raise TimeoutError("the boot does not end")
            record["finished"] = round(machine.finished - machine.started, 3)
            record["daemons"] = daemon_records(machine)
        except (LookupError, RuntimeError, TimeoutError) as error:
            record["error"] = str(error)
        if not all_started(record):
            journal.parent.mkdir(parents=True, exist_ok=True)
            journal.write_text(f"{record}\n" + machine.journal(output="short-monotonic"))
    return record


def all_started(record: dict) -> bool:
    outcomes = {daemon["outcome"] for daemon in record["daemons"].values()}
    return "error" not in record and outcomes == {"started"}


def ready_entries(machine: Machine) -> dict[str, float]:
    """When dadwait logged for each unit that its addresses are ready.

    Found by process id: journald cannot look up the unit of a process that has already exited.
    """
    entries = machine.entries("SYSLOG_IDENTIFIER=dadwait")
    units = {e["_PID"]: e["_SYSTEMD_UNIT"] for e in entries if "_SYSTEMD_UNIT" in e}
    return {
        units[e["_PID"]]: int(e["__MONOTONIC_TIMESTAMP"]) / 1e6
        for e in entries
        if e["MESSAGE"].startswith("Ready") and e["_PID"] in units
    }


def daemon_records(machine: Machine) -> dict[str, dict]:
    """The outcome of each daemon, and the seconds from the moment its last address was ready until it
    was active and until dadwait logged that it is ready."""
    states = machine.settle()
    logged = ready_entries(machine)
    records = {}
    for daemon in machine.daemons:
        state = states[daemon.unit]
        record = {"outcome": outcome(machine, daemon, state)}
        if daemon.addresses:
            ready = max(machine.monitor.when("ready", address) for address in daemon.addresses)
            if state["ActiveState"] == "active":
                since = int(state["ActiveEnterTimestampMonotonic"]) / 1e6
                record["active"] = round(since - ready, 4)
            if unit_logged := logged.get(f"{daemon.unit}.service"):
                record["ready"] = round(unit_logged - ready, 4)
        records[daemon.unit] = record
    return records


def outcome(machine: Machine, daemon: Daemon, state: dict[str, str]) -> str:
    """"started", or why that is not so."""
    if state["ActiveState"] != "active":
        return state["ActiveState"]
    if state["NRestarts"] != "0":
        return "restarted"
    if not machine.listens(daemon):
        return "not listening"
    if daemons.BIND_FAILED.search(machine.log(daemon.unit)):
        return "failed binds"
    return "started"
