# SPDX-License-Identifier: LGPL-2.1-or-later
"""dadwait-reload.path: systemd reloads by itself when a configuration file changes."""

import time

import pytest
from lab.apache_machine import ADDRESSES, listen

FRESH = "2001:db8:e001:b1::3"
OTHER = "2001:db8:e001:b1::4"
PORTS = "/etc/apache2/ports.conf"
SITES = "/etc/apache2/sites-enabled"


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine = machine_with_dadwait
    assert machine.boot(), machine.console()
    return machine


@pytest.fixture
def watched(machine):
    """The path unit is active, and no reload is running."""
    machine.shell("systemctl", "enable", "--now", "dadwait-reload.path")
    machine.until(lambda: machine.show("dadwait-reload.path", "SubState")["SubState"] == "waiting",
                  "the path unit waits")
    return machine


def waits_for(machine, *addresses) -> bool:
    command = f"ExecStartPre=-+/usr/libexec/dadwait {' '.join(addresses)}\n"
    return command in machine.shell("systemctl", "cat", "apache2")


def write(machine, path, text) -> None:
    machine.shell("sh", "-c", 'cat >"$0"', path, input=text)


def replace(machine, path, text) -> None:
    """Replace the file by a new one, as editors do."""
    write(machine, path + ".new", text)
    machine.shell("mv", path + ".new", path)


def reloads(machine) -> int:
    return len(machine.entries("UNIT=dadwait-reload.service", "JOB_TYPE=start", "JOB_RESULT=done"))


def test_it_is_off_by_default(machine) -> None:
    assert machine.show("dadwait-reload.path", "ActiveState", "UnitFileState") == {
        "ActiveState": "inactive",
        "UnitFileState": "disabled",
    }


def test_it_watches_what_was_read(watched) -> None:
    paths = watched.shell("systemctl", "show", "--property=Paths", "--value", "dadwait-reload.path")
    found = {line.removesuffix(" (PathChanged)") for line in paths.splitlines()}
    assert {PORTS, SITES, "/etc/apache2/mods-available", "/etc/dadwait.conf"} <= found
    assert not found & {"/", "/etc", "/etc/apache2", "/usr/lib/systemd/system"}


@pytest.mark.parametrize("change", [write, replace])
def test_an_edit_is_in_force(watched, change) -> None:
    try:
        change(watched, PORTS, listen(*ADDRESSES, FRESH))
        watched.until(lambda: waits_for(watched, *ADDRESSES, FRESH), "the drop-in")
    finally:
        change(watched, PORTS, listen(*ADDRESSES))
    watched.until(lambda: waits_for(watched, *ADDRESSES), "the drop-in")


def test_a_restart_after_an_edit_waits(watched) -> None:
    write(watched, PORTS, listen(*ADDRESSES, FRESH))
    watched.until(lambda: waits_for(watched, *ADDRESSES, FRESH), "the drop-in")
    watched.shell("ip", "address", "add", f"{FRESH}/64", "dev", "eth0")
    watched.shell("systemctl", "restart", "apache2")
    assert watched.active_since("apache2") > watched.monitor.when("ready", FRESH)


def test_a_new_file_in_a_directory(watched) -> None:
    write(watched, PORTS, listen(*ADDRESSES))
    watched.until(lambda: waits_for(watched, *ADDRESSES), "the drop-in")
    write(watched, f"{SITES}/new.conf", listen(OTHER))
    watched.until(lambda: waits_for(watched, *ADDRESSES, OTHER), "the drop-in")
    watched.shell("rm", f"{SITES}/new.conf")
    watched.until(lambda: waits_for(watched, *ADDRESSES), "the drop-in")


def test_a_change_behind_a_link(watched) -> None:
    default = "/etc/apache2/sites-available/000-default.conf"
    before = watched.shell("cat", default)
    write(watched, default, listen(OTHER) + before)
    watched.until(lambda: waits_for(watched, *ADDRESSES, OTHER), "the drop-in")
    write(watched, default, before)
    watched.until(lambda: waits_for(watched, *ADDRESSES), "the drop-in")


def test_the_first_configuration_of_ones_own(watched) -> None:
    write(watched, "/etc/dadwait.conf", f"[apache2.service]\nAddress={OTHER}\n")
    watched.until(lambda: waits_for(watched, *ADDRESSES, OTHER), "the drop-in")
    watched.shell("rm", "/etc/dadwait.conf")
    watched.until(lambda: waits_for(watched, *ADDRESSES), "the drop-in")


def test_a_file_that_is_removed_during_a_reload(watched) -> None:
    """The path unit does not watch while its service runs."""
    drop_in = "/run/systemd/system/dadwait-reload.service.d/test.conf"
    watched.shell("mkdir", "-p", drop_in.rpartition("/")[0])
    until_seen = "until [ -e /run/seen ] || [ ! -e /etc/dadwait.conf ]; do sleep 0.1; done"
    write(watched, drop_in,
          f"[Service]\nExecStartPost=/bin/sh -c '{until_seen}; rm -f /run/seen /etc/dadwait.conf'\n")
    watched.shell("systemctl", "daemon-reload")
    write(watched, "/etc/dadwait.conf", f"[apache2.service]\nAddress={OTHER}\n")
    watched.until(lambda: waits_for(watched, *ADDRESSES, OTHER), "the drop-in")
    watched.shell("touch", "/run/seen")
    watched.until(lambda: waits_for(watched, *ADDRESSES), "the drop-in")
    watched.shell("rm", drop_in)
    watched.shell("systemctl", "daemon-reload")


def test_many_edits_are_few_reloads_and_the_last_one_counts(watched) -> None:
    """A change every 100 ms for 6 s, or longer on a busy machine: none is lost, not even during a reload,
    before which dadwait-reload.service sleeps 2 s."""
    before, begin = reloads(watched), time.monotonic()
    script = f'for n in $(seq 100 159); do echo "Listen [2001:db8::$n]:80" >{PORTS}; sleep 0.1; done'
    watched.shell("sh", "-c", script)
    watched.until(lambda: waits_for(watched, "2001:db8::159"), "the drop-in")
    more = reloads(watched) - before
    assert 1 <= more <= (time.monotonic() - begin) / 2 + 1
    assert watched.show("dadwait-reload.path", "ActiveState") == {"ActiveState": "active"}
