# SPDX-License-Identifier: LGPL-2.1-or-later
"""A daemon without a shipped definition, for which an administrator writes one in four lines. And a
unit whose start timeout is shorter than the wait."""

import pytest
from lab import build
from lab.base_system import base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import MACHINES, interfaces
from lab.services import PREFIX

MACHINE = MACHINES["apart"]
ADDRESS = MACHINE.services[0].address
NEVER = [f"{PREFIX}dead:{number}" for number in range(2)]

# Seconds. Two thirds are for the wait; the rest is enough for a machine that stands still meanwhile.
START_TIMEOUT = 48

# It binds the addresses of its configuration and notifies systemd, or ends with a message.
DAEMON = """#!/usr/bin/perl
use strict; use warnings; use Socket qw(:all);
my @sockets;
sub read_configuration {
    for my $path (@_) {
        open(my $file, '<', $path) or die "$path: $!";
        while (<$file>) {
            read_configuration(glob "/etc/$1") if /^include (\\S+)/;
            my ($address, $port) = /^bind \\[(\\S+)\\]:(\\d+)/ or next;
            socket(my $socket, AF_INET6, SOCK_STREAM, 0);
            bind($socket, pack_sockaddr_in6($port, inet_pton(AF_INET6, $address)))
                or die "bind $address: $!";
            listen($socket, 5);
            push @sockets, $socket;
        }
    }
}
sub notify {
    socket(my $socket, AF_UNIX, SOCK_DGRAM, 0);
    send($socket, 'READY=1', 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})) or die "notify: $!";
}
read_configuration($ARGV[0]);
notify();
sleep;
"""

DEFINITION = """[mydaemon.service]
Format=directive
Config=/etc/mydaemon.conf
Directive=bind
Include=include
"""
SHORT = "".join(f"[short{number}.service]\nAddress={address}\nTimeoutSec=60\n"
                for number, address in enumerate(NEVER))
# Type=notify: a simple service is active before it has read its configuration.
UNIT = ("[Service]\nType=notify\nExecStart=/usr/sbin/mydaemon {}\n{}"
        "[Install]\nWantedBy=multi-user.target\n")


def add_unit(machine, name: str, config: str, service: str = "") -> None:
    machine.write(f"/etc/systemd/system/{name}.service", UNIT.format(config, service))
    machine.chroot("systemctl", "enable", f"{name}.service")


@pytest.fixture
def machine():
    with Container(base_system(MACHINE.suite, MACHINE.packages)) as machine:
        machine.write("/etc/network/interfaces", interfaces(MACHINE.services[:1]))
        machine.write("/usr/sbin/mydaemon", DAEMON, 0o755)
        machine.write("/etc/mydaemon.conf", "# of its own\ninclude mydaemon.d/*.conf\n")
        machine.write("/etc/mydaemon.d/address.conf", f"bind [{ADDRESS}]:7777\n")
        add_unit(machine, "mydaemon", "/etc/mydaemon.conf")
        machine.hold_dad()
        yield machine


def test_without(machine):
    assert machine.boot(), machine.console()
    assert machine.show("mydaemon", "ActiveState", "Result") == {
        "ActiveState": "failed", "Result": "exit-code"}
    assert "Cannot assign requested address" in machine.log("mydaemon.service")


def test_with(machine):
    machine.unpack(install_tree(MACHINE.suite, build()))
    machine.write("/etc/dadwait.conf", DEFINITION + SHORT)
    # One starts without its address, the other does not.
    machine.write("/etc/never.conf", f"bind [{NEVER[1]}]:7777\n")
    add_unit(machine, "short0", "/dev/null", f"TimeoutStartSec={START_TIMEOUT}\n")
    add_unit(machine, "short1", "/etc/never.conf")
    machine.write("/etc/systemd/system/short1.service.d/time.conf",
                  f"[Service]\nTimeoutSec={START_TIMEOUT}\n")
    assert machine.boot(dad_until=lambda: machine.waiting() == 3), machine.console()

    assert f"[{ADDRESS}]:7777" in machine.shell("ss", "--listening", "--numeric", "--tcp")
    assert "Ready after" in machine.log("mydaemon.service")
    assert machine.show("mydaemon", "ActiveState", "Result") == {
        "ActiveState": "active", "Result": "success"}
    assert machine.show("short0", "ActiveState", "Result") == {
        "ActiveState": "active", "Result": "success"}
    assert machine.show("short1", "ActiveState", "Result") == {
        "ActiveState": "failed", "Result": "exit-code"}
    for number, address in enumerate(NEVER):
        log = machine.log(f"short{number}.service")
        assert f"Waiting up to {START_TIMEOUT * 2 // 3}s for {address} (absent)" in log
        assert "Not ready after" in log
    assert f"bind {NEVER[1]}: Cannot assign" in machine.log("short1.service")
