# SPDX-License-Identifier: LGPL-2.1-or-later
"""Postfix on Debian 13 with addresses that are assigned after its start: its units run "postfix check"
first, which fails if an address is absent. tests/boot/test_services.py has those that are tentative."""

import pytest
from lab import build
from lab.base_system import base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import MACHINES, configure, interfaces

MACHINE = MACHINES["trixie"]
POSTFIX = [service for service in MACHINE.services if service.package == "postfix"]
UNITS = tuple(service.unit for service in POSTFIX)


@pytest.fixture(scope="module")
def machine():
    """Booted without dadwait and without the addresses."""
    with Container(base_system(MACHINE.suite, MACHINE.packages)) as machine:
        configure(machine, POSTFIX, probes=1)
        machine.write("/etc/network/interfaces", interfaces([]))
        others = (service.unit for service in MACHINE.services if service.package != "postfix")
        machine.chroot("systemctl", "mask", *others, check=False)
        assert machine.boot(), machine.console()
        yield machine
        print(machine.journal(*(f"--unit={unit}" for unit in UNITS), output="cat"))


@pytest.mark.parametrize("service", POSTFIX, ids=UNITS)
def test_without(machine, service):
    assert machine.show(service.unit, "ActiveState") == {"ActiveState": "failed"}
    assert f"no local interface found for {service.address}" in machine.log(service.unit)


@pytest.fixture(scope="module")
def with_dadwait(machine):
    """dadwait installed, and both instances waiting for their addresses."""
    machine.unpack(install_tree(MACHINE.suite, build()))
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", "--no-block", *UNITS)
    # postfix@two.service is Before=postfix.service.
    machine.wait_for("postfix@two.service", "SubState", ("condition",))
    for service in POSTFIX:
        machine.shell("ip", "-6", "addr", "add", f"{service.address}/64", "dev", "eth0")
    return machine


@pytest.mark.parametrize("service", POSTFIX, ids=UNITS)
def test_with(with_dadwait, service):
    with_dadwait.wait_for(service.unit, "ActiveState", ("active", "failed"))
    assert with_dadwait.show(service.unit, "ActiveState") == {"ActiveState": "active"}
    sockets = with_dadwait.shell("ss", "--listening", "--numeric", "--tcp")
    assert f"[{service.address}]:25" in sockets


def test_the_first_waited(with_dadwait):
    """The check of postfix@two.service ran when its address was there: its wait came first."""
    assert "Ready after" in with_dadwait.log("postfix@two.service")
