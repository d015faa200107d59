# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the generator warns of at boot is in the journal, in a container without /dev/kmsg, too."""

import pytest

CONFIGURATION = r"""
[apache2.service]
Timeout=%n \x41 "1"
[app.service]
Format=directive
Config=/srv/app/app.conf
Directive=bind
"""

APP = """\
[Service]
User=daemon
ExecStart=sleep infinity
[Install]
WantedBy=multi-user.target
"""

# The name of a file, whose owner is the user of a unit.
NAME = "x\nExecStart=/srv/app/program\ny"
PROGRAM = "#!/bin/sh\nid > /srv/app/id\n"


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine = machine_with_dadwait
    machine.write("/etc/dadwait.conf", CONFIGURATION)
    machine.write("/etc/systemd/system/app.service", APP)
    machine.write("/srv/app/program", PROGRAM, mode=0o755)
    machine.write(f"/srv/app/{NAME}", "bind 2001:db8:dead::1\n")
    machine.file("/srv/app/app.conf").symlink_to(NAME)
    machine.chroot("chown", "-R", "-h", "daemon:", "/srv/app")
    # Of the file, it is a warning that it cannot be watched.
    machine.chroot("systemctl", "enable", "app", "dadwait-reload.path")
    assert machine.boot(), machine.console()
    return machine


def warnings(machine):
    return machine.entries("--boot", "--identifier=dadwait-generator")


def test_warning_of_the_boot(machine):
    entry, other = warnings(machine)
    assert entry["MESSAGE"].startswith("/etc/dadwait.conf:3: ")
    assert other["MESSAGE"].startswith("/srv/app/x?ExecStart=/srv/app/program?y: ")
    assert entry["PRIORITY"] == "4"
    assert machine.shell("systemctl", "is-system-running", check=False).strip() == "running"


def test_the_name_of_a_file_adds_nothing_to_the_unit_that_logs(machine):
    """Otherwise root has run the program."""
    assert not machine.file("/srv/app/id").exists()


def test_warning_of_a_reload(machine):
    """The journal runs then, and the unit that logged for the generator is gone."""
    machine.shell("systemctl", "daemon-reload")
    messages = [entry["MESSAGE"] for entry in warnings(machine)]
    assert len(messages) == 4
    assert messages[:2] == messages[2:]
    state = machine.show("dadwait-generator-log.service", "LoadState", "ActiveState")
    assert state == {"LoadState": "not-found", "ActiveState": "inactive"}
