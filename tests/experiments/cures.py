# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compare what people do about services that fail at boot.

The machine of lab/apache_machine.py boots with each cure: as it is, with a duplicate address on its
link, and with a second interface that has a static address and no carrier.
"""

import dataclasses
import json
import statistics
import time
from pathlib import Path

from lab.address_monitor import PROGRAMS, AddressMonitor
from lab.apache_machine import ADDRESSES, ApacheMachine
from lab.base_system import progress
from lab.container import NETWORK

SUITE = "bookworm"
CLIENT = "2001:db8:e001:b1::ffff"
# Seconds. A boot that takes longer waits for systemd's own limit of five minutes, or for ever.
LIMIT = 60

# eth1 is configured first, so the commands of eth0 find both interfaces.
UNPLUGGED = """\
auto eth1
iface eth1 inet6 static
        address 2001:db8:e001:b5::a/64

"""

ONLINE = "[Unit]\nWants=network-online.target\nAfter=network-online.target\n"


@dataclasses.dataclass(frozen=True)
class Cure:
    """What is done about the failure.

    interfaces: lines for eth0 in /etc/network/interfaces.
    online: whether the services wait for network-online.target.
    """

    name: str
    interfaces: str = ""
    online: bool = False
    dadwait: bool = False


CURES = (
    Cure("nothing"),
    Cure("DAD off", "pre-up sysctl -q -w net.ipv6.conf.$IFACE.accept_dad=0"),
    Cure("optimistic DAD", "pre-up sysctl -q -w net.ipv6.conf.$IFACE.optimistic_dad=1 "
         "net.ipv6.conf.$IFACE.use_optimistic=1"),
    Cure("sleep 10", "post-up sleep 10"),
    Cure("loop", "post-up while ip -6 address show | grep -q tentative; do sleep 1; done"),
    Cure("network-online.target", online=True),
    Cure("dadwait", dadwait=True),
)

PLAIN, DUPLICATE, NO_CABLE = SCENARIOS = ("plain", "duplicate", "no cable")


class AnswerMonitor(AddressMonitor):
    """Records when Apache first answers a host at the other end of the link."""

    PROGRAM = PROGRAMS / "poll_http.py"

    def __init__(self, machine: ApacheMachine) -> None:
        machine.run("ip", "address", "add", f"{CLIENT}/64", "dev", "outside", "nodad")
        # A neighbour solicitation without answer is sent three times, this far apart.
        wait = "net.ipv6.neigh.outside.retrans_time_ms=10"
        machine.run("sysctl", "--quiet", "--write", wait)
        super().__init__(machine.enter(mounts=False), 80, ADDRESSES)


def apply(machine: ApacheMachine, cure: Cure, installed: Path) -> None:
    if cure.interfaces:
        interfaces = machine.file("/etc/network/interfaces")
        interfaces.write_text(f"{interfaces.read_text()}        {cure.interfaces}\n")
    if cure.online:
        for unit in ("apache2", "ntpsec"):
            machine.write(f"/etc/systemd/system/{unit}.service.d/online.conf", ONLINE)
    if cure.dadwait:
        machine.unpack(installed)


def prepare(machine: ApacheMachine, scenario: str) -> None:
    if scenario == DUPLICATE:
        machine.run("ip", "address", "add", f"{ADDRESSES[1]}/64", "dev", "outside", "nodad")
    if scenario == NO_CABLE:
        link = ("ip", "link", "add", "unplugged", "type", "veth")
        machine.run(*link, "peer", "name", "eth1", "netns", NETWORK)
        interfaces = machine.file("/etc/network/interfaces")
        interfaces.write_text(UNPLUGGED + interfaces.read_text())


def boot(cure: Cure, scenario: str, installed: Path) -> dict:
    """The record of one boot."""
    with ApacheMachine(SUITE) as machine:
        apply(machine, cure, installed)
        prepare(machine, scenario)
        answers = AnswerMonitor(machine)
        machine.boot(LIMIT)
        record = {"cure": cure.name, "scenario": scenario} | measure(machine, answers, scenario)
    answers.close()
    return record


def measure(machine: ApacheMachine, answers: AnswerMonitor, scenario: str) -> dict:
    """The record of a boot. Times are seconds since the first of the addresses was assigned: what
    happens before that is the same for all cures."""
    expected = [a for a in ADDRESSES if scenario != DUPLICATE or a != ADDRESSES[1]]
    decided = max(end_of_dad(machine.monitor, address) for address in ADDRESSES)
    assigned = min(e["time"] for e in machine.monitor.events() if e.get("address") in ADDRESSES)
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
        record["answered"] = max(answers.when("answers", a) for a in expected) - assigned
    if machine.finished:
        record["finished"] = machine.finished - assigned
    return record


def end_of_dad(monitor: AddressMonitor, address: str, timeout: float = 10) -> float:
    """When DAD ended, successfully or not."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        for event in monitor.events():
            if event.get("address") == address and event["state"] in ("ready", "dadfailed"):
                return event["time"]
        time.sleep(0.05)
    raise LookupError(f"DAD of {address} has not ended: {monitor.events()}")


def run(boots: dict[str, int], installed: Path, records: Path) -> list[dict]:
    """Boot with each cure in each scenario, one boot after another. Returns the records.

    boots: the number of boots for each scenario.
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
                progress(f"{scenario}, {cure.name}: {record}")
    return done


def median(records: list[dict], key: str) -> float | None:
    """The median; None if less than half of the records have the key."""
    values = [record[key] for record in records if key in record]
    return statistics.median(values) if 2 * len(values) >= len(records) > 0 else None
