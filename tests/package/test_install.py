# SPDX-License-Identifier: LGPL-2.1-or-later
"""Install, boot, upgrade, remove and purge the package on a running machine with Apache and ntpd."""

import shutil

import pytest
from debian_package import files
from lab.apache_machine import ADDRESSES, ApacheMachine

DROP_IN = "/run/systemd/generator/apache2.service.d/zz-dadwait.conf"

# Directories that change by themselves, and the records of dpkg.
CHANGING = (
    *("/root", "/var/cache", "/var/log", "/var/lib/dpkg", "/var/lib/ntpsec", "/var/lib/private"),
    *("/var/lib/systemd/catalog", "/var/lib/systemd/timers"),
)


@pytest.fixture(scope="module")
def machine(built):
    """A running machine without dadwait. The packages are in /root."""
    with ApacheMachine(built.suite) as machine:
        shutil.copy(built.package, machine.file("/root/dadwait.deb"))
        shutil.copy(built.older, machine.file("/root/older.deb"))
        machine.hold_dad()
        machine.boot()
        yield machine
        print(machine.journal(output="short-monotonic"))


@pytest.fixture(scope="module")
def before(machine) -> set:
    return files(machine, CHANGING)


def drop_in(machine) -> str:
    return machine.shell("sh", "-c", f"cat {DROP_IN} || true")


def test_apache_fails_without_it(machine) -> None:
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}


def test_install_writes_the_drop_ins_at_once(machine, before) -> None:
    machine.shell("dpkg", "--install", "/root/older.deb")
    unit = machine.shell("systemctl", "cat", "apache2")
    assert f"# {DROP_IN}\n" in unit
    assert f"ExecStartPre=-+/usr/libexec/dadwait {' '.join(ADDRESSES)}\n" in unit
    assert "ExecStartPre=-+/usr/libexec/dadwait any\n" in machine.shell(
        "systemctl", "cat", "ntpsec"
    )


def test_it_starts_nothing(machine) -> None:
    """The installation starts no service that is down, and restarts none that is up."""
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}
    assert machine.show("ntpsec", "NRestarts") == {"NRestarts": "0"}


def test_the_watch_is_off(machine) -> None:
    state = machine.show("dadwait-reload.path", "ActiveState", "UnitFileState")
    assert state == {"ActiveState": "inactive", "UnitFileState": "disabled"}


def test_the_watch_can_be_switched_on(machine) -> None:
    """... and is still enabled after an upgrade. Removing the package disables it."""
    machine.shell("systemctl", "enable", "--now", "dadwait-reload.path")
    assert machine.show("dadwait-reload.path", "ActiveState") == {"ActiveState": "active"}


def test_the_next_boot_works(machine) -> None:
    machine.power_off()
    assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}
    assert machine.shell("systemctl", "is-system-running", check=False) == "running\n"


def test_upgrade(machine) -> None:
    machine.shell("dpkg", "--install", "/root/dadwait.deb")
    listed = machine.shell("dpkg-query", "--show", "--showformat=${Version} ${Status}", "dadwait")
    assert listed.endswith(" install ok installed") and not listed.startswith("0.0.1 ")
    assert " ".join(ADDRESSES) in drop_in(machine)
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}
    state = machine.show("dadwait-reload.path", "ActiveState", "UnitFileState")
    assert state == {"ActiveState": "active", "UnitFileState": "enabled"}


def test_a_file_of_the_administrator(machine) -> None:
    machine.write("/etc/dadwait.conf", "[apache2.service]\nTimeoutSec=7s\n")
    machine.shell("systemctl", "daemon-reload")
    assert "--timeout=7s" in drop_in(machine)


def test_remove_takes_the_drop_ins_at_once(machine) -> None:
    machine.shell("dpkg", "--remove", "dadwait")
    assert "No such file" in drop_in(machine)
    assert "dadwait" not in machine.shell("systemctl", "cat", "apache2", "ntpsec")
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}
    assert machine.show("dadwait-reload.path", "ActiveState") == {"ActiveState": "inactive"}
    assert not machine.shell("find", "/run", "-name", "dadwait*")


def test_purge_leaves_nothing_but_what_the_administrator_wrote(machine, before) -> None:
    machine.shell("dpkg", "--purge", "dadwait")
    known = machine.shell("dpkg-query", "--list", "dadwait", check=False)
    assert known.startswith("dpkg-query: no packages found")
    machine.file("/etc/dadwait.conf").unlink()
    assert files(machine, CHANGING) ^ before == set()


def test_the_boot_after_that(machine) -> None:
    machine.power_off()
    machine.boot()
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}
