# SPDX-License-Identifier: LGPL-2.1-or-later
"""A service whose root directory belongs to its user: a unit of its own waits in its place."""

import pytest
from lab import build
from lab.base_system import base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.service_machines import MACHINES, interfaces
from lab.services import PREFIX

MACHINE = MACHINES["apart"]
ADDRESS = MACHINE.services[0].address
ABSENT = f"{PREFIX}dead"

# It binds its address or ends with a message. Its first process exits when it is ready (Type=forking).
DAEMON = """#!/usr/bin/perl
use strict; use warnings; use Socket qw(:all);
socket(my $socket, AF_INET6, SOCK_STREAM, 0);
bind($socket, pack_sockaddr_in6(7777, inet_pton(AF_INET6, $ARGV[0]))) or die "bind $ARGV[0]: $!";
listen($socket, 5);
exit if fork;
sleep;
"""

# The user's program, under the name of the helper. It must not run as root.
MARK = "/srv/jail/ran"
PROGRAM = "#!/bin/sh\n: >/ran\n"

JAIL = """
mkdir -p /srv/jail/usr/bin /srv/jail/usr/lib /srv/jail/usr/lib64 /srv/jail/usr/libexec
cd /srv/jail
cp -a /bin /lib /lib64 .
cp -L --parents /bin/sh /usr/bin/perl $(ldd /bin/sh /usr/bin/perl | grep -o '/[^ ]*' | tr -d :) .
cp -a --parents /usr/lib/*/perl-base .
chown -R daemon:daemon .
"""

UNIT = """[Service]
Type=forking
User=daemon
RootDirectory=/srv/jail
ExecStart=/usr/bin/perl /daemon {}
{}
[Install]
WantedBy=multi-user.target
"""


# A unit of the administrator that waits itself (dadwait(8)) before all socket units.
EARLY = f"""[Unit]
DefaultDependencies=no
Before=sockets.target
Wants=dadwait@{ADDRESS}.service
After=dadwait@{ADDRESS}.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
[Install]
WantedBy=sockets.target
"""


def add_unit(machine, name: str, address: str, more: str = "") -> None:
    machine.write(f"/etc/systemd/system/{name}.service", UNIT.format(address, more))


@pytest.fixture(scope="module")
def machine():
    """The tests boot it, without and with dadwait."""
    with Container(base_system(MACHINE.suite, MACHINE.packages)) as machine:
        machine.write("/etc/network/interfaces", interfaces(MACHINE.services[:1]))
        machine.write("/srv/jail/daemon", DAEMON, 0o755)
        machine.write("/srv/jail/usr/libexec/dadwait", PROGRAM, 0o755)
        machine.chroot("sh", "-ec", JAIL)
        machine.write("/etc/dadwait.conf", f"[jail.service]\nAddress={ADDRESS}\n"
                      f"[never.service]\nAddress={ABSENT}\nTimeoutSec=infinity\n"
                      f"[strict.service]\nAddress={ABSENT}\nTimeoutSec=1s\nOnTimeout=fail\n")
        add_unit(machine, "jail", ADDRESS)
        add_unit(machine, "never", ABSENT)
        add_unit(machine, "strict", ABSENT)
        machine.chroot("systemctl", "enable", "jail.service")
        machine.hold_dad()
        yield machine


def failed_units(machine) -> str:
    return machine.shell("systemctl", "--failed", "--plain", "--no-legend")


def test_without(machine):
    assert machine.boot(), machine.console()
    assert machine.show("jail", "ActiveState", "Result") == {
        "ActiveState": "failed", "Result": "exit-code"}
    assert "Cannot assign requested address" in machine.log("jail.service")
    assert not machine.file(MARK).exists()


def test_in_the_unit(machine):
    """The control: as a command of the unit, with "+", the user's program runs as root."""
    machine.shell("install", "-Dm", "644", "/dev/stdin", "/run/systemd/system/jail.service.d/plus.conf",
                  input=f"[Service]\nExecStartPre=-+/usr/libexec/dadwait {ADDRESS}\n")
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "restart", "jail", check=False)
    assert machine.shell("stat", "--format=%u", MARK) == "0\n"
    machine.shell("rm", MARK)
    machine.power_off()


def test_with(machine):
    machine.unpack(install_tree(MACHINE.suite, build()))
    machine.write("/etc/systemd/system/early.service", EARLY)
    machine.chroot("systemctl", "enable", "early.service")
    machine.hold_dad()
    assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()
    log = machine.journal(output="cat")
    assert machine.show("jail", "ActiveState", "Result") == {
        "ActiveState": "active", "Result": "success"}, log
    assert f"[{ADDRESS}]:7777" in machine.shell("ss", "--listening", "--numeric", "--tcp")
    assert "Ready after" in machine.log("jail.service")  # logged by dadwait-for@jail.service
    assert not machine.file(MARK).exists()

    assert failed_units(machine) == ""
    assert machine.shell("systemctl", "is-system-running") == "running\n"
    assert machine.show("sockets.target", "ActiveState") == {"ActiveState": "active"}
    assert machine.show("early", "ActiveState") == {"ActiveState": "active"}
    assert "ordering cycle" not in log


def test_stop_ends_the_wait(machine):
    machine.shell("systemctl", "start", "--no-block", "never")
    machine.wait_for("dadwait-for@never", "ActiveState", ("activating",))
    machine.shell("systemctl", "stop", "never")
    machine.wait_for("dadwait-for@never", "ActiveState", ("inactive",))
    assert machine.show("never", "ActiveState") == {"ActiveState": "inactive"}
    assert failed_units(machine) == ""


def test_on_timeout_fail(machine):
    """The service does not start, and no unit stays in state failed."""
    text = machine.shell("systemctl", "start", "strict", check=False)
    assert "dependency" in text
    assert machine.show("strict", "ActiveState") == {"ActiveState": "inactive"}
    assert f"{ABSENT}: not assigned" in machine.log("strict.service")
    assert failed_units(machine) == ""


def test_a_restart_waits_anew(machine):
    """The timeout is recorded as in the unit: five quick restarts stay quick. They count as quick here
    if the machine stands still meanwhile."""
    absent = f"{PREFIX}deaf"  # of no test before
    add_unit(machine, "restarted", absent, "Restart=on-failure\nRestartSec=100ms\n"
             "[Unit]\nStartLimitIntervalSec=1h\n")
    machine.shell("sh", "-c", f"printf '[restarted.service]\\nAddress={absent}\\nTimeoutSec=1s\\n' "
                  ">>/etc/dadwait.conf; systemctl daemon-reload")
    machine.shell("systemctl", "start", "--no-block", "restarted")
    machine.wait_for("restarted", "ActiveState", ("failed",))
    assert machine.show("restarted", "NRestarts") == {"NRestarts": "5"}
    log = machine.log("restarted.service")
    assert log.count("Waiting up to 1s") == 1
    assert log.count("not waited for again") >= 4
    assert machine.show("dadwait-for@restarted", "ActiveState") == {"ActiveState": "inactive"}


def test_the_journal_of_the_service_has_the_wait(machine):
    """Also without LogExtraFields=, which journald may read after the unit has ended."""
    machine.shell("systemd-run", "--wait", "--quiet", "--unit=dadwait-for@other.service",
                  "/usr/libexec/dadwait", "--timeout=10ms", f"{PREFIX}beef")
    assert f"{PREFIX}beef: not assigned" in machine.log("other.service")
