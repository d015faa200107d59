# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every known daemon at boot, on a secondary address of its own, without and with dadwait."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from lab import HANG, SOURCE, build
from lab.base_system import base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import MACHINES, configure
from lab.services import COPES, DEAF, FAILS, RESTARTS, Service

TABLE = SOURCE / "docs/services.md"
EACH = [(name, service) for name, machine in MACHINES.items() for service in machine.services]


@dataclass
class State:
    active: str
    restarts: int
    listens: bool


def settings(services: list[Service]) -> str:
    """dadwait.conf as docs/services.md advises it."""
    sections = [f"[{service.unit}]\n{service.setting}\n".replace("{address}", service.address)
                for service in services if service.setting]
    return "".join(["[sockets]\nFreeBind=yes\n", *sections])


class Boot(Container):
    """One of the machines, booted. A test that fails shows its journal."""

    def __init__(self, name: str, with_dadwait: bool) -> None:
        machine = MACHINES[name]
        super().__init__(base_system(machine.suite, machine.packages))
        try:
            configure(self, machine.services)
            if not with_dadwait:
                # DAD must not end before the last of some thirty services has failed.
                self.hold_dad()
            else:
                self.unpack(install_tree(machine.suite, build()))
                self.write("/etc/dadwait.conf", settings(machine.services))
            assert self.boot(), self.console()
        except BaseException:
            self.close()
            raise

    def state(self, service: Service) -> State:
        properties = self.show(service.unit, "ActiveState", "NRestarts")
        protocol, port = service.listens.split()
        name = port if ":" in port else f"[{service.address}]:{port}"
        sockets = self.shell("ss", "--listening", "--numeric", f"--{protocol}").split()
        # systemd does not restart socket units.
        return State(properties["ActiveState"], int(properties.get("NRestarts", 0)), name in sockets)

    def state_when(self, service: Service, reached: Callable[[State], bool]) -> State:
        """The state of a service when it has reached a state, or after a time in which it should."""
        deadline = time.monotonic() + HANG
        while not reached(state := self.state(service)) and time.monotonic() < deadline:
            time.sleep(0.2)
        return state


@pytest.fixture(scope="module")
def boots():
    """Boots each machine once without and once with dadwait, when a test first needs it."""
    running = {}

    def boot(name: str, with_dadwait: bool) -> Boot:
        if (name, with_dadwait) not in running:
            for old in running.values():  # one at a time, because they slow each other down
                old.close()
            running.clear()
            running[name, with_dadwait] = Boot(name, with_dadwait)
        return running[name, with_dadwait]

    yield boot
    for machine in running.values():
        machine.close()


def each(services, last=lambda service: False):
    services = sorted(services, key=lambda pair: (pair[0], last(pair[1])))
    return pytest.mark.parametrize("name, service", services,
                                   ids=[f"{name}-{service.unit}" for name, service in services])


def has_failed(state: State) -> bool:
    """Five quick restarts may take a while: "activating"."""
    return state.restarts > 0 or (
        not state.listens and state.active in ("failed", "activating", "inactive"))


@each(EACH, last=lambda service: service.unaided == COPES)
def test_without(boots, name, service):
    """The control: without dadwait the service does what the table says. DAD ends before the first that
    copes."""
    machine = boots(name, False)
    if service.unaided == COPES:
        if not machine.released:
            machine.end_dad()
        # exim4 tries again after 30 seconds.
        expected = State("active", 0, True)
        state = machine.state_when(service, lambda state: state == expected)
        assert state == expected, machine.log(service.unit)
    elif service.unaided == DEAF:
        assert machine.state(service) == State("active", 0, False), machine.log(service.unit)
    elif service.unaided == RESTARTS:
        # RestartSec= of openvpn@.service is 5 s.
        state = machine.state_when(service, lambda state: state.restarts > 0)
        assert state.restarts > 0, machine.log(service.unit)
    else:
        assert service.unaided == FAILS
        assert has_failed(machine.state_when(service, has_failed)), machine.log(service.unit)


def waits(service: Service) -> bool:
    """Whether dadwait has anything to do for it, by itself or as settings() says."""
    return service.is_defined() or bool(service.setting) or service.unit.endswith(".socket")


@each(pair for pair in EACH if waits(pair[1]))
def test_with(boots, name, service):
    """With dadwait, and settings(), the service starts at once and has its address."""
    machine = boots(name, True)
    state = machine.state_when(service, lambda state: state.listens)
    assert state == State("active", 0, True), machine.log(service.unit)


def cells(service: Service) -> tuple[str, ...]:
    """The row of a service, but for the releases."""
    definition = "waits for its addresses" if service.is_defined() else "no definition"
    unaided = service.unaided
    if service.setting:
        definition = f"{service.note}; say {service.setting.partition('=')[0]}= in dadwait.conf"
    elif service.note and unaided == COPES:
        unaided += f": {service.note}"
    elif service.note:
        definition += f": {service.note}"
    return service.package, service.unit, unaided, definition


def rows() -> list[str]:
    """The rows of the table; one for both releases if they have the same."""
    releases = {}
    for name, service in EACH:
        release = {"bookworm": "12", "trixie": "13"}[MACHINES[name].suite]
        releases.setdefault(cells(service), []).append(release)
    return sorted(f"| {' | '.join(row)} | Debian {', '.join(found)} |"
                  for row, found in releases.items())


def test_table():
    """docs/services.md has the results of the tests above; DADWAIT_WRITE_TABLE=1 writes them."""
    begin, end = "<!-- table -->\n", "<!-- end of table -->\n"
    head = ("| package | unit | unaided | with dadwait | booted on |\n"
            "|---|---|---|---|---|\n")
    table = begin + head + "".join(f"{line}\n" for line in rows()) + end
    text = TABLE.read_text()
    if os.environ.get("DADWAIT_WRITE_TABLE"):
        before, _, rest = text.partition(begin)
        TABLE.write_text(before + table + rest.partition(end)[2])
    assert table in TABLE.read_text()
