# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configuration on a file system other than / and /usr, which is mounted after generators have run."""

import pytest
from lab.apache_machine import ADDRESSES, ApacheMachine, listen

SITES = "/srv/sites/addresses.conf"
DROP_IN = "/run/systemd/generator/apache2.service.d/zz-dadwait.conf"


@pytest.fixture(scope="module")
def machine(installed):
    """Apache's addresses are in a file below /srv, which is mounted by fstab(5)."""
    with ApacheMachine() as machine:
        machine.unpack(installed)
        machine.write("/etc/apache2/ports.conf", "IncludeOptional /srv/sites/*.conf\n")
        machine.write("/data/sites/addresses.conf", listen(*ADDRESSES))
        machine.write("/etc/fstab", "/data /srv none bind 0 0\n")
        machine.file("/srv").mkdir(exist_ok=True)
        machine.hold_dad()
        yield machine


def test_the_plan_says_so(machine):
    """The control: Apache does not wait for addresses that the generator could not read."""
    # ntpd waits.
    assert machine.boot(dad_until=lambda: machine.has_failed("apache2")), machine.console()
    assert machine.shell("cat", SITES) == listen(*ADDRESSES)
    assert machine.shell("sh", "-c", f"ls {DROP_IN}", check=False).startswith("ls: cannot access")
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}
    plan = machine.shell("/usr/lib/systemd/system-generators/dadwait-generator")
    assert ("CONFIGURATION THAT IS MOUNTED LATER\n"
            "apache2.service  /srv, not mounted yet when the machine boots\n") in plan
    assert "systemctl enable dadwait-after-mounts.service" in plan


def test_the_log_says_so(machine):
    """The generator logs to the kernel's log at boot, which containers lack; later to the journal."""
    machine.shell("umount", "/srv")
    machine.shell("systemctl", "daemon-reload")
    log = machine.journal("-t", "dadwait-generator", output="cat")
    assert "/srv: Not mounted yet, so the configuration of apache2.service is read in part" in log
    assert "systemctl enable dadwait-after-mounts.service" in log


def test_the_cure(machine):
    machine.shell("systemctl", "enable", "dadwait-after-mounts.service")
    machine.power_off()
    assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}
    assert "Ready after" in machine.log("apache2")
    assert machine.shell("systemctl", "--failed", "--plain", "--no-legend") == ""
    assert "ordering cycle" not in machine.journal("-b", output="cat")
    plan = machine.shell("/usr/lib/systemd/system-generators/dadwait-generator")
    assert "apache2.service  /srv, read by dadwait-after-mounts.service\n" in plan
