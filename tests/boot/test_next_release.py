# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian unstable, which becomes the next release: dadwait is built and boots there."""

import re

import pytest
from lab import build
from lab.apache_machine import ADDRESSES, PACKAGES, ApacheMachine
from lab.base_system import base_system
from lab.install_tree import install_tree
from lab.sandbox import Unavailable

SUITE = "sid"
# What apt says of a mirror without the release, and of a mirror that it cannot reach.
NO_RELEASE = r"does not have a Release file|Failed to fetch \S+Release"


@pytest.fixture(scope="module")
def tree(pytestconfig):
    """What `meson install` makes there. Skipped only if the mirror lacks the release."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        try:
            base_system(SUITE, PACKAGES)
            return install_tree(SUITE, build())
        except Unavailable as why:
            if not re.search(NO_RELEASE, str(why)):
                raise
            pytest.skip(str(why))


@pytest.fixture(scope="module")
def machine(tree):
    with ApacheMachine(SUITE) as machine:
        machine.unpack(tree)
        machine.hold_dad()
        assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()
        yield machine
        print(machine.journal("--unit=apache2", "--unit=init.scope", output="short-monotonic"))


def test_apache_waits_and_starts(machine):
    state = machine.show("apache2", "ActiveState", "NRestarts")
    assert state == {"ActiveState": "active", "NRestarts": "0"}, machine.log("apache2")
    listens = machine.shell("ss", "--listening", "--tcp", "--numeric")
    assert all(f"[{address}]:80" in listens for address in ADDRESSES)
    assert re.search(r"Ready after \d+\.\d{3}s: ", machine.log("apache2"))


def test_ntpd_binds_all_its_addresses(machine):
    log = machine.ntpd_log()
    assert all(f"[{address}]:123" in log for address in ADDRESSES)
    assert "failed" not in "".join(line for line in log.splitlines() if "IO: " in line)


def test_systemd_accepts_what_was_written(machine):
    verify = ("systemd-analyze", "verify", "--man=no", "apache2.service", "ntpsec.service")
    assert "dadwait" not in machine.shell(*verify, check=False)


def test_a_root_directory_that_older_releases_do_not_know(machine):
    """With RootMStack= the program at the helper's path may be any program of the unit's user, and
    '+' would make root run it. The message of such a program would be that it is alone there."""
    program = "/srv/app.mstack/root/usr/libexec/dadwait"
    machine.shell("install", "-D", "/usr/libexec/dadwait", program)
    machine.shell("sh", "-c", "cd /srv/app.mstack/root && mkdir dev etc proc run sys tmp var")
    for path, text in {
        "/etc/systemd/system/app.service": "[Service]\nType=oneshot\nUser=daemon\n"
        "RootMStack=/srv/app.mstack\nExecStart=/usr/libexec/dadwait ::1\n",
        "/etc/dadwait.conf": "[app.service]\nAddress=2001:db8:dead::1\nTimeoutSec=1\n",
    }.items():
        machine.shell("install", "-m", "644", "/dev/stdin", path, input=text)
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", "app")
    log = machine.log("app")
    assert "cannot execute" not in log
    assert "Waiting up to 1s for" in log
    assert "Not ready after" in log
