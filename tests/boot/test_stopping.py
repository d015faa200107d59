# SPDX-License-Identifier: LGPL-2.1-or-later
"""A unit that waits stops at once, with any KillSignal=."""

import itertools
import time

import pytest

# Seconds. A whole wait takes 30.
AT_ONCE = 10

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
        f"[Service]\nExecStartPre=-+/usr/libexec/dadwait 2001:db8:dead::{number}\n"
        f"ExecStart=sleep infinity\n{setting}\n"
    )
    path = f"/run/systemd/system/{name}.service"
    machine.shell("install", "-D", "-m", "644", "/dev/stdin", path, input=text)
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", "--no-block", name)
    until_it_waits(machine, name, 1)
    return name


def until_it_waits(machine, name, times):
    deadline = time.monotonic() + AT_ONCE
    while machine.log(name).count("Waiting up to 30s") < times:
        assert time.monotonic() < deadline, machine.log(name)


@pytest.mark.parametrize("name", ["WINCH", "CHLD", "URG", "CONT", "STOP", "USR2", "RTMAX", "TERM"])
def test_kill_signal(machine, name):
    unit = start_to_wait(machine, f"KillSignal=SIG{name}")
    begin = time.monotonic()
    machine.shell("systemctl", "stop", unit)
    assert time.monotonic() - begin < AT_ONCE
    log = machine.log(unit)
    assert "Not ready after" in log
    assert "timed out" not in log


@pytest.mark.parametrize("name", ["WINCH", "RTMIN+3"])
def test_restart_kill_signal(machine, name):
    unit = start_to_wait(machine, f"RestartKillSignal=SIG{name}")
    machine.shell("systemctl", "restart", "--no-block", unit)
    until_it_waits(machine, unit, 2)
    machine.shell("systemctl", "stop", unit)
