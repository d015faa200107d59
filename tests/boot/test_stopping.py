# SPDX-License-Identifier: LGPL-2.1-or-later
"""A unit that waits stops at once, with any KillSignal=. Its wait would last for ever, and systemd would
log that the stop has timed out."""

import itertools

import pytest

SERIAL = itertools.count(1)


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine = machine_with_dadwait
    assert machine.boot(), machine.console()
    return machine


def start_to_wait(machine, setting):
    """The name of a unit that waits for an address that is never assigned."""
    number = next(SERIAL)
    name = f"waits{number}"
    text = (
        "[Service]\nTimeoutStartSec=infinity\nExecStart=sleep infinity\n"
        f"ExecStartPre=-+/usr/libexec/dadwait --timeout=infinity 2001:db8:dead::{number}\n"
        f"{setting}\n"
    )
    path = f"/run/systemd/system/{name}.service"
    machine.shell("install", "-D", "-m", "644", "/dev/stdin", path, input=text)
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", "--no-block", name)
    until_it_waits(machine, name, 1)
    return name


def until_it_waits(machine, name, times):
    machine.until(lambda: machine.log(name).count("Waiting for ") == times, f"{name} waits")


@pytest.mark.parametrize("name", ["WINCH", "CHLD", "URG", "CONT", "STOP", "USR2", "RTMAX", "TERM"])
def test_kill_signal(machine, name):
    unit = start_to_wait(machine, f"KillSignal=SIG{name}")
    machine.shell("systemctl", "stop", unit)
    log = machine.log(unit)
    assert "Not ready after" in log
    assert "timed out" not in log


@pytest.mark.parametrize("name", ["WINCH", "RTMIN+3"])
def test_restart_kill_signal(machine, name):
    unit = start_to_wait(machine, f"RestartKillSignal=SIG{name}")
    machine.shell("systemctl", "restart", "--no-block", unit)
    until_it_waits(machine, unit, 2)
    machine.shell("systemctl", "stop", unit)
    assert "timed out" not in machine.log(unit)
