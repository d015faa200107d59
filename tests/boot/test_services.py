# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every known daemon at boot, on a secondary address of its own, without and with dadwait."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from lab import SOURCE, build
from lab.base_system import base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import MACHINES, configure
from lab.services import COPES, DEAF, FAILS, RESTARTS, Service

TABLE = SOURCE / "docs/services.md"
# Without dadwait DAD must not end before the last of some thirty services has started, on a busy machine
# either.
PROBES, PROBES_UNAIDED = 10, 20
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
            configure(self, machine.services, PROBES if with_dadwait else PROBES_UNAIDED)
            if with_dadwait:
                self.unpack(install_tree(machine.suite, build()))
                self.write("/etc/dadwait.conf", settings(machine.services))
            assert self.boot(timeout=180), self.console()
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

    def wait_for(self, service: Service, seconds: float,
                 reached: Callable[[State], bool] = lambda state: state.listens) -> State:
        """The state of a service when it listens, or has reached another state, or after the timeout."""
        deadline = time.monotonic() + seconds
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


def each(services):
    services = sorted(services, key=lambda pair: pair[0])
    return pytest.mark.parametrize("name, service", services,
                                   ids=[f"{name}-{service.unit}" for name, service in services])


@each(EACH)
def test_without(boots, name, service):
    """The control: without dadwait the service does what the table says."""
    machine = boots(name, False)
    # exim4 tries again after 30 seconds.
    state = machine.wait_for(service, 30 + PROBES_UNAIDED if service.unaided == COPES else 0)
    log = machine.log(service.unit)
    if service.unaided == COPES:
        assert state == State("active", 0, True), log
    elif service.unaided == DEAF:
        assert state == State("active", 0, False), log
    elif service.unaided == RESTARTS:
        # RestartSec= of openvpn@.service is 5 s.
        state = machine.wait_for(service, 20, lambda state: state.restarts > 0)
        assert state.restarts > 0, log
    else:
        assert service.unaided == FAILS
        # On a busy machine five quick restarts may take longer than DAD. The first start has failed all
        # the same.
        has_given_up = not state.listens and state.active in ("failed", "activating", "inactive")
        assert has_given_up or state.restarts > 0, log


def waits(service: Service) -> bool:
    """Whether dadwait has anything to do for it, by itself or as settings() says."""
    return service.is_defined() or bool(service.setting) or service.unit.endswith(".socket")


@each(pair for pair in EACH if waits(pair[1]))
def test_with(boots, name, service):
    """With dadwait, and settings(), the service starts at once and has its address."""
    machine = boots(name, True)
    assert machine.wait_for(service, 10) == State("active", 0, True), machine.log(service.unit)


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
