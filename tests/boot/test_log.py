# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the generator warns of at boot is in the journal, in a container without /dev/kmsg, too."""

import pytest

CONFIGURATION = r"""
[apache2.service]
Timeout=%n \x41 "1"
"""


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine = machine_with_dadwait
    machine.write("/etc/dadwait.conf", CONFIGURATION)
    assert machine.boot(), machine.console()
    return machine


def test_warning_of_the_boot(machine):
    (entry,) = machine.entries("--boot", "--identifier=dadwait-generator")
    assert entry["MESSAGE"].startswith("/etc/dadwait.conf:3: ")
    assert entry["PRIORITY"] == "4"
    assert machine.shell("systemctl", "is-system-running", check=False).strip() == "running"


def test_warning_of_a_reload(machine):
    """The journal runs then, and the unit that logged for the generator is gone."""
    machine.shell("systemctl", "daemon-reload")
    first, second = machine.entries("--boot", "--identifier=dadwait-generator")
    assert first["MESSAGE"] == second["MESSAGE"]
    state = machine.show("dadwait-generator-log.service", "LoadState", "ActiveState")
    assert state == {"LoadState": "not-found", "ActiveState": "inactive"}
