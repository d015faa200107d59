# SPDX-License-Identifier: LGPL-2.1-or-later
"""nginx in units that no section of a definition names: an administrator's own, an instance of a
template, and one that a timer starts. They are known by their program, and each names its
configuration on its command line. A unit that nothing starts gets no drop-in."""

from dataclasses import replace

import pytest
from lab import build
from lab.base_system import BOOT, base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import SERVICES, interfaces

SUITE = "bookworm"
PACKAGES = (*BOOT, "ifupdown", "libinih1", "nginx-light")
STARTED = ("nginx-public", "nginx@shop", "nginx-nightly")
IDLE = "nginx-idle"
ADDRESSES = [replace(SERVICES[0], number=number) for number in range(0x200, 0x200 + len(STARTED))]

UNIT = """[Unit]
After=network.target
[Service]
ExecStartPre=/usr/sbin/nginx -t -q -c {config}
ExecStart=/usr/sbin/nginx -g "daemon off;" -c {config}
[Install]
WantedBy=multi-user.target
"""
TIMER = "[Timer]\nOnBootSec=1ms\nAccuracySec=1ms\n[Install]\nWantedBy=timers.target\n"


def configuration(name: str, address: str) -> str:
    return (f"pid /run/{name}.pid;\nevents {{}}\n"
            f"http {{ server {{ listen [{address}]:80; }} }}\n")


@pytest.fixture
def machine():
    with Container(base_system(SUITE, PACKAGES)) as machine:
        machine.hold_dad()
        machine.write("/etc/network/interfaces", interfaces(ADDRESSES))
        machine.chroot("systemctl", "disable", "nginx.service")
        for name, service in zip(STARTED, ADDRESSES):
            machine.write(f"/srv/{name}.conf", configuration(name, service.address))
        for name in ("nginx-public", "nginx@", "nginx-nightly", IDLE):
            config = f"/srv/{name}.conf" if not name.endswith("@") else "/srv/nginx@%i.conf"
            machine.write(f"/etc/systemd/system/{name}.service", UNIT.format(config=config))
        machine.write("/etc/systemd/system/nginx-nightly.timer", TIMER)
        machine.chroot("systemctl", "enable", "nginx-public.service", "nginx@shop.service",
                       "nginx-nightly.timer")
        yield machine


def test_without(machine):
    assert machine.boot(), machine.console()
    for name in STARTED:
        machine.wait_for(name, "ActiveState", ("active", "failed"))
        assert machine.show(name, "ActiveState", "Result") == {
            "ActiveState": "failed", "Result": "exit-code"}
        assert "Cannot assign requested address" in machine.log(f"{name}.service")


def test_with(machine):
    machine.unpack(install_tree(SUITE, build()))
    assert machine.boot(dad_until=lambda: machine.waiting() == len(STARTED)), machine.console()

    for name in STARTED:
        machine.wait_for(name, "ActiveState", ("active", "failed"))
    listening = machine.shell("ss", "--listening", "--numeric", "--tcp")
    for name, service in zip(STARTED, ADDRESSES):
        assert machine.show(name, "ActiveState", "Result") == {
            "ActiveState": "active", "Result": "success"}
        assert f"[{service.address}]:80" in listening
        assert f"Waiting up to 30s for {service.address}" in machine.log(f"{name}.service")
    assert "zz-dadwait.conf" not in machine.shell("systemctl", "cat", f"{IDLE}.service")
