# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kea's DHCPv6 server, which hears requests to all servers only on a socket that is bound to a link-local
address. The kernel makes that address when the link is up, and then it is tentative."""

import json

import pytest
from lab import build
from lab.base_system import BOOT, base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import interfaces
from lab.services import PREFIX

SUITE = "bookworm"
PACKAGES = (*BOOT, "ifupdown", "libinih1", "kea-dhcp6-server")
UNIT = "kea-dhcp6-server.service"
CONFIGURATION = {"Dhcp6": {
    "interfaces-config": {"interfaces": ["eth0"]},
    "lease-database": {"type": "memfile", "persist": False},
    "subnet6": [{"id": 1, "subnet": f"{PREFIX}/64"}],
}}


@pytest.fixture(scope="module")
def machine():
    with Container(base_system(SUITE, PACKAGES)) as machine:
        machine.write("/etc/network/interfaces", interfaces([]))
        machine.write("/etc/kea/kea-dhcp6.conf", json.dumps(CONFIGURATION))
        machine.chroot("systemctl", "enable", UNIT, check=False)
        yield machine
        print(machine.log(UNIT))


def sockets(machine) -> list[str]:
    """The addresses of eth0 that port 547 of UDP is bound to."""
    listed = machine.shell("ss", "--listening", "--numeric", "--udp", "--no-header").splitlines()
    return [words[3] for words in map(str.split, listed) if words[3].endswith("%eth0:547")]


def test_without(machine):
    """It runs, and nobody hears it."""
    machine.hold_dad()
    assert machine.boot(), machine.console()
    machine.until(lambda: "DHCP6_STARTED" in machine.log(UNIT), "Kea starts")
    assert "DHCPSRV_OPEN_SOCKET_FAIL" in machine.log(UNIT)
    assert machine.show(UNIT, "ActiveState") == {"ActiveState": "active"}
    assert not sockets(machine)
    machine.power_off()


def test_with(machine):
    machine.unpack(install_tree(SUITE, build()))
    machine.hold_dad()
    assert machine.boot(dad_until=lambda: machine.waiting() == 1), machine.console()
    assert "Ready after" in machine.log(UNIT)
    machine.until(lambda: len(sockets(machine)) == 2, "Kea listens")
    assert any("fe80::" in address for address in sockets(machine))
