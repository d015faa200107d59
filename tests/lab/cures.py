# SPDX-License-Identifier: LGPL-2.1-or-later
"""What people do about services that fail at boot, side by side: the report's machine, booted with
each cure, and each once more with a duplicate address on its link and with a second interface
that has a static address and no cable.
"""

import dataclasses
import json
import statistics
import time
from pathlib import Path

from .base import say
from .container import NETWORK
from .report import ADDRESSES, Report
from .witness import Witness

SUITE = "bookworm"
VISITOR = "2001:db8:e001:b1::ffff"
# Whoever has not finished by then never will, or not before systemd's own limit of five minutes.
LIMIT = 60

# eth1 comes first, as its name may make it: what eth0's commands see has both.
UNPLUGGED = """\
auto eth1
iface eth1 inet6 static
        address 2001:db8:e001:b5::a/64

"""

ONLINE = "[Unit]\nWants=network-online.target\nAfter=network-online.target\n"


@dataclasses.dataclass(frozen=True)
class Cure:
    """interfaces: lines for eth0 in /etc/network/interfaces.
    online: whether the services wait for network-online.target.
    """

    name: str
    interfaces: str = ""
    online: bool = False
    dadwait: bool = False


CURES = (
    Cure("nothing"),
    Cure("DAD off", "pre-up sysctl -q -w net.ipv6.conf.$IFACE.accept_dad=0"),
    Cure("sleep 10", "post-up sleep 10"),
    Cure("loop", "post-up while ip -6 address show | grep -q tentative; do sleep 1; done"),
    Cure("network-online.target", online=True),
    Cure("dadwait", dadwait=True),
)

PLAIN, DUPLICATE, NO_CABLE = SCENARIOS = ("plain", "duplicate", "no cable")


class Visitor(Witness):
    """Asks Apache from the other end of the cable."""

    PROGRAM = str(Path(__file__).with_name("visitor.py"))

    def __init__(self, machine: Report) -> None:
        machine.run("ip", "address", "add", f"{VISITOR}/64", "dev", "outside", "nodad")
        # How long an address that does not answer keeps it waiting: three times this.
        wait = "net.ipv6.neigh.outside.retrans_time_ms=10"
        machine.run("sysctl", "--quiet", "--write", wait)
        super().__init__(machine.enter(mounts=False), 80, ADDRESSES)


def apply(machine: Report, cure: Cure, installed: Path) -> None:
    if cure.interfaces:
        interfaces = machine.file("/etc/network/interfaces")
        interfaces.write_text(f"{interfaces.read_text()}        {cure.interfaces}\n")
    if cure.online:
        for unit in ("apache2", "ntpsec"):
            machine.write(f"/etc/systemd/system/{unit}.service.d/online.conf", ONLINE)
    if cure.dadwait:
        machine.unpack(installed)


def prepare(machine: Report, scenario: str) -> None:
    if scenario == DUPLICATE:
        machine.run("ip", "address", "add", f"{ADDRESSES[1]}/64", "dev", "outside", "nodad")
    if scenario == NO_CABLE:
        link = ("ip", "link", "add", "unplugged", "type", "veth")
        machine.run(*link, "peer", "name", "eth1", "netns", NETWORK)
        interfaces = machine.file("/etc/network/interfaces")
        interfaces.write_text(UNPLUGGED + interfaces.read_text())


def boot(cure: Cure, scenario: str, installed: Path) -> dict:
    """The record of one boot."""
    with Report(SUITE) as machine:
        apply(machine, cure, installed)
        prepare(machine, scenario)
        visitor = Visitor(machine)
        machine.boot(LIMIT)
        record = {"cure": cure.name, "scenario": scenario} | look(machine, visitor, scenario)
    visitor.close()
    return record


def look(machine: Report, visitor: Visitor, scenario: str) -> dict:
    """Times are seconds since the first of the addresses was assigned: what comes before is the
    same for all of the cures."""
    expected = [a for a in ADDRESSES if scenario != DUPLICATE or a != ADDRESSES[1]]
    decided = max(decision(machine.witness, address) for address in ADDRESSES)
    assigned = min(e["time"] for e in machine.witness.events() if e.get("address") in ADDRESSES)
    state = machine.show("apache2", "ActiveState", "StateChangeTimestampMonotonic")
    changed = int(state["StateChangeTimestampMonotonic"]) / 1e6
    log = machine.log("ntpsec")
    record = {
        "apache": state["ActiveState"],
        "ntpd": "not started"
        if "Starting" not in log
        else "failed binds"
        if "Cannot assign requested address" in log
        else "all bound",
        "assigned": assigned - machine.started,
        "decided": decided - assigned,
    }
    if state["ActiveState"] == "failed":
        record["failed"] = changed - assigned
    if state["ActiveState"] == "active":
        record["answered"] = max(visitor.when("answers", a) for a in expected) - assigned
    if machine.finished:
        record["finished"] = machine.finished - assigned
    return record


def decision(witness: Witness, address: str, timeout: float = 10) -> float:
    """When DAD had come to an end, one way or the other."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        for event in witness.events():
            if event.get("address") == address and event["state"] in ("ready", "dadfailed"):
                return event["time"]
        time.sleep(0.05)
    raise LookupError(f"DAD of {address} has not come to an end: {witness.events()}")


def run(boots: dict[str, int], installed: Path, records: Path) -> list[dict]:
    """Boot with each cure in each scenario, so many times, one after another.

    records: a file for the records, one JSON object a line.
    """
    done = []
    records.write_text("")
    for number in range(max(boots.values())):
        for scenario in SCENARIOS:
            for cure in CURES if number < boots[scenario] else ():
                record = boot(cure, scenario, installed)
                done.append(record)
                with records.open("a") as file:
                    file.write(json.dumps(record) + "\n")
                say(f"{scenario}, {cure.name}: {record}")
    return done


def median(records: list[dict], key: str) -> float | None:
    """None if it came to that in less than half of them."""
    values = [record[key] for record in records if key in record]
    return statistics.median(values) if 2 * len(values) >= len(records) > 0 else None
