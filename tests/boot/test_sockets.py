# SPDX-License-Identifier: LGPL-2.1-or-later
"""A socket unit on a secondary address fails at boot; with FreeBind=yes it does not."""

import pytest
from lab import build
from lab.base_system import base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import MACHINES, interfaces

MACHINE = MACHINES["apart"]
ADDRESS = MACHINE.services[0].address

SOCKET = f"[Socket]\nListenStream=[{ADDRESS}]:7777\n[Install]\nWantedBy=sockets.target\n"
SERVICE = "[Service]\nExecStart=/bin/sleep infinity\n"


@pytest.fixture
def machine():
    with Container(base_system(MACHINE.suite, MACHINE.packages)) as machine:
        machine.write("/etc/network/interfaces", interfaces(MACHINE.services[:1]))
        machine.write("/etc/systemd/system/test.socket", SOCKET)
        machine.write("/etc/systemd/system/test.service", SERVICE)
        machine.chroot("systemctl", "enable", "test.socket")
        machine.hold_dad()
        yield machine


def test_without(machine):
    assert machine.boot(), machine.console()
    assert machine.show("test.socket", "ActiveState")["ActiveState"] == "failed"


def test_with(machine):
    machine.unpack(install_tree(MACHINE.suite, build()))
    machine.write("/etc/dadwait.conf", "[sockets]\nFreeBind=yes\n")
    assert machine.boot(), machine.console()
    assert machine.show("test.socket", "ActiveState", "FreeBind") == {
        "ActiveState": "active", "FreeBind": "yes"}
    assert f"[{ADDRESS}]:7777" in machine.shell("ss", "--listening", "--numeric", "--tcp")
