# SPDX-License-Identifier: LGPL-2.1-or-later
"""The configuration changes while the machine runs: `systemctl daemon-reload` updates the drop-ins."""

import pytest
from lab.apache_machine import ADDRESSES, listen

FRESH = "2001:db8:e001:b1::3"
SECOND = "2001:db8:e001:b1::4"
ABSENT = "2001:db8:e001:b1::dead"
PORTS = "/etc/apache2/ports.conf"
DROP_INS = "/etc/systemd/system/apache2.service.d"

# The time of a wait that has to time out; what the test does meanwhile may take as long.
TIMEOUT = 20
WAITS_FOR = "[apache2.service]\nTimeoutSec={}\n"


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    """A wait ends when its address is assigned, however long that takes."""
    machine = machine_with_dadwait
    machine.write("/etc/dadwait.conf", WAITS_FOR.format("infinity"))
    machine.write("/etc/systemd/system.conf.d/limits.conf",
                  "[Manager]\nDefaultTimeoutStartSec=infinity\n")
    assert machine.boot(), machine.console()
    return machine


def configure(machine, *addresses):
    """Have Apache listen on these addresses, and reload systemd."""
    machine.shell("install", "-m", "644", "/dev/stdin", PORTS, input=listen(*addresses))
    machine.shell("systemctl", "daemon-reload")


def test_restart_waits_for_a_fresh_address(machine):
    configure(machine, *ADDRESSES, FRESH)
    assert f" {FRESH}\n" in machine.shell("systemctl", "cat", "apache2")

    machine.shell("ip", "address", "add", f"{FRESH}/64", "dev", "eth0")
    machine.shell("systemctl", "restart", "apache2")
    assert machine.active_since("apache2") > machine.monitor.when("ready", FRESH)
    assert f"[{FRESH}]:80" in machine.shell("ss", "--listening", "--tcp", "--numeric")


def test_reload_during_a_wait_that_times_out(machine):
    machine.write("/etc/dadwait.conf", WAITS_FOR.format(TIMEOUT))
    reload_during_a_wait(machine)
    settled(machine)
    machine.write("/etc/dadwait.conf", WAITS_FOR.format("infinity"))
    state = machine.show("apache2", "ActiveState", "Result", "NRestarts")
    assert state == {"ActiveState": "active", "Result": "success", "NRestarts": "0"}
    assert "Not ready after" in machine.log("apache2")


def test_override_that_empties_the_list(machine):
    """`systemctl edit` writes override.conf."""
    write_drop_in(machine, "override", "ExecStartPre=\nExecStartPre=/bin/true\n")
    configure(machine, *ADDRESSES, SECOND)
    machine.shell("ip", "address", "add", f"{SECOND}/64", "dev", "eth0")
    machine.shell("systemctl", "restart", "apache2")
    assert machine.active_since("apache2") > machine.monitor.when("ready", SECOND)
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}


@pytest.mark.parametrize("name", ["override", "zzz"])
def test_reload_during_a_wait_costs_no_command(machine, name):
    """A command of a drop-in that systemd reads before dadwait's, and of one that it reads later."""
    write_drop_in(machine, name, "ExecStartPre=/bin/touch /run/touched\n")
    reload_during_a_wait(machine)
    machine.shell("ip", "address", "add", f"{ABSENT}/64", "dev", "eth0", "nodad")
    settled(machine)
    assert machine.show("apache2", "ActiveState", "Result") == {
        "ActiveState": "active", "Result": "success"}
    machine.shell("rm", "/run/touched")
    machine.shell("ip", "address", "del", f"{ABSENT}/64", "dev", "eth0")


def test_reload_during_a_wait_that_fails(machine):
    """The control: systemd forgets the `-` of a command that a daemon-reload changes while it runs.
    Otherwise the test above would prove nothing."""
    machine.shell("rm", "-r", DROP_INS)
    failing = "#!/bin/sh\nwhile [ ! -e /run/fail ]; do sleep 0.1; done\nexit 1\n"
    machine.shell("install", "-m", "755", "/dev/stdin", "/usr/libexec/dadwait", input=failing)
    reload_during_a_wait(machine)
    machine.shell("touch", "/run/fail")
    settled(machine)
    assert machine.show("apache2", "Result") == {"Result": "exit-code"}


def reload_during_a_wait(machine):
    """The configuration is corrected while Apache waits for an address that is not assigned."""
    configure(machine, *ADDRESSES, ABSENT)
    machine.shell("rm", "-rf", "/run/dadwait")
    machine.shell("systemctl", "restart", "--no-block", "apache2")
    # The state alone may be that of another ExecStartPre=, after which the corrected wait would run.
    machine.until(lambda: ABSENT in control_command(machine), "Apache waits")
    state = machine.show("apache2", "ControlPID", "SubState")
    assert state["SubState"] in ("condition", "start-pre")
    configure(machine, *ADDRESSES)
    assert machine.show("apache2", "ControlPID", "SubState") == state


def control_command(machine) -> str:
    """The command line of the ExecCondition= or ExecStartPre= of Apache that runs."""
    pid = machine.show("apache2", "ControlPID")["ControlPID"]
    return machine.shell("cat", f"/proc/{pid}/cmdline", check=False)


def write_drop_in(machine, name: str, text: str) -> None:
    """A command of the administrator's drop-in, and no other."""
    machine.shell("sh", "-ec", f"rm -rf {DROP_INS}; mkdir {DROP_INS}; "
                  f"{{ echo '[Service]'; cat; }} >{DROP_INS}/{name}.conf", input=text)


def settled(machine) -> None:
    machine.wait_for("apache2", "ActiveState", ("active", "inactive", "failed"))
