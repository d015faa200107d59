# SPDX-License-Identifier: LGPL-2.1-or-later
"""The helper under a real systemd: its unit, its entries about units, and Restart=."""

import re

import pytest

ONE = "2001:db8:77::1"
ABSENT = "2001:db8:77::dead"
DROP_IN = "[Service]\nExecStartPre=-+/usr/libexec/dadwait {} {}\n"


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine = machine_with_dadwait
    assert machine.boot(), machine.console()
    # In the package a trigger of systemd does this.
    machine.shell("journalctl", "--update-catalog")
    return machine


def add_service(machine, name, waits, service):
    text = f"[Unit]\nDescription=A test\n[Service]\n{service}\n"
    path = f"/run/systemd/system/{name}.service"
    machine.shell("install", "-D", "-m", "644", "/dev/stdin", path, input=text)
    path = f"/run/systemd/system/{name}.service.d/zz-dadwait.conf"
    machine.shell("install", "-D", "-m", "644", "/dev/stdin", path, input=waits)
    machine.shell("systemctl", "daemon-reload")


def test_status_tells_in_one_line_what_was_waited_for(machine):
    add_service(machine, "waits", DROP_IN.format("", ONE), "ExecStart=sleep infinity")
    machine.shell("systemctl", "start", "--no-block", "waits")
    machine.until(lambda: machine.waiting() == 1, "it waits")
    machine.shell("ip", "address", "add", f"{ONE}/64", "dev", "eth0")
    machine.wait_for("waits", "ActiveState", ("active",))
    status = machine.shell("systemctl", "status", "waits")
    assert re.search(rf"Ready after \d+\.\d{{3}}s: {ONE}\n", status), status
    assert "A service has waited for its addresses" in machine.shell(
        "journalctl", "--catalog", "--unit=waits"
    )


def test_restart_reaches_the_start_limit(machine):
    """The helper waits for an absent address once, so five starts take less than 10 s. Without a record
    of the timeout each start would take 3 s, and systemd would restart the unit for ever. If the machine
    stands still meanwhile, the starts after that reach the limit."""
    add_service(
        machine,
        "fails",
        DROP_IN.format("--timeout=3s", ABSENT),
        "ExecStart=false\nRestart=on-failure",
    )
    machine.shell("systemctl", "start", "fails", check=False)
    machine.wait_for("fails", "ActiveState", ("failed",))
    log = machine.log("fails")
    assert "Start request repeated too quickly" in log
    assert log.count("Waiting up to 3s") == 1
    assert log.count("not waited for again") >= 3


@pytest.mark.parametrize("pattern", [ONE, "fe80::77%eth0", "2001:db8:77::/64", "any%eth0"])
def test_unit_of_an_address(machine, pattern):
    """The name of the instance is the pattern, escaped by systemd-escape(1)."""
    machine.shell("ip", "address", "replace", "fe80::77/64", "dev", "eth0")
    machine.shell("ip", "address", "replace", f"{ONE}/64", "dev", "eth0")
    unit = machine.shell("systemd-escape", "--template=dadwait@.service", pattern).strip()
    machine.shell("systemctl", "start", unit)
    assert machine.show(unit, "Result") == {"Result": "success"}
    assert pattern in machine.show(unit, "Description")["Description"]


def test_unit_of_an_address_without_escaping(machine):
    """An address does not need to be escaped."""
    machine.shell("systemctl", "start", f"dadwait@{ONE}.service")


def test_unit_of_an_address_fails_if_it_does_not_come(machine):
    edit = "[Service]\nExecStart=\nExecStart=/usr/libexec/dadwait --strict --timeout=1s %I\n"
    path = "/run/systemd/system/dadwait@.service.d/short.conf"
    machine.shell("install", "-D", "-m", "644", "/dev/stdin", path, input=edit)
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", "dadwait@2001:db8:77::2.service", check=False)
    assert machine.show("dadwait@2001:db8:77::2.service", "Result") == {"Result": "exit-code"}
