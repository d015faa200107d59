# SPDX-License-Identifier: LGPL-2.1-or-later
"""With dadwait installed, and without configuration of it, all services start."""

import re

import pytest
from lab.apache_machine import ADDRESSES, PRIMARY


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    """DAD of the addresses ends when Apache and ntpd wait for it."""
    machine = machine_with_dadwait
    machine.hold_dad()
    assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()
    return machine


@pytest.fixture(scope="module")
def ready(machine):
    """When the last of the three addresses was ready."""
    return max(machine.monitor.when("ready", address) for address in ADDRESSES)


def test_apache_is_active(machine):
    state = machine.show("apache2", "ActiveState", "Result", "NRestarts")
    assert state == {"ActiveState": "active", "Result": "success", "NRestarts": "0"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_apache_listens(machine, address):
    assert f"[{address}]:80" in machine.shell("ss", "--listening", "--tcp", "--numeric")


def test_ntpd_binds_every_address(machine):
    """It binds all addresses at once, the link-local one, too."""
    addresses = re.findall(r"inet6 (\S+)/", machine.shell("ip", "-6", "address", "show", "eth0"))
    assert {PRIMARY, *ADDRESSES} < set(addresses)
    log = machine.ntpd_log()
    for address in addresses:
        assert re.search(rf"Listen normally on \d+ eth0 \[{address}(%\d+)?\]:123", log), address
    assert "failed" not in "".join(line for line in log.splitlines() if "IO: " in line)


def test_boot_has_no_failed_unit(machine):
    assert machine.shell("systemctl", "is-system-running", check=False).strip() == "running"


def test_apache_waited_for_its_addresses_alone(machine):
    """One drop-in, with the three addresses of ports.conf and where they were found."""
    text = machine.shell("systemctl", "cat", "apache2")
    assert "/zz-dadwait.conf" in text
    waits = [line for line in text.splitlines() if "libexec/dadwait" in line]
    assert waits == [f"ExecStartPre=-+/usr/libexec/dadwait {' '.join(ADDRESSES)}"]
    for number in range(3):
        assert f"# /etc/apache2/ports.conf:{number + 1}" in text


def test_status_of_apache_tells_in_one_line_what_was_waited_for(machine):
    told = rf"^.*Ready after \d+\.\d{{3}}s: {', '.join(ADDRESSES)}$"
    assert len(re.findall(told, machine.shell("systemctl", "status", "apache2"), re.M)) == 1


def test_systemd_has_nothing_to_say_about_the_drop_ins(machine):
    verify = ("systemd-analyze", "verify", "--man=no", "apache2.service", "ntpsec.service")
    assert "dadwait" not in machine.shell(*verify, check=False)
    # It does mention drop-ins if something is wrong with them.
    wrong = "/run/systemd/system/apache2.service.d/60-dadwait-wrong.conf"
    machine.shell("install", "-D", "/dev/stdin", wrong, input='[Service]\nExecStartPre="\n')
    assert f"{wrong}:2: Unbalanced quoting" in machine.shell(*verify, check=False)
    machine.shell("rm", wrong)


def test_apache_answers_as_soon_as_the_addresses_are_ready(machine, ready, capsys):
    """The goal, 100 ms, is for a benchmark. Here no time is exact: the monitor may read an event late, and
    the machine stand still. The bound is less than a whole wait."""
    active = machine.active_since("apache2")
    answers = [machine.monitor.when("answers", address) for address in ADDRESSES]
    with capsys.disabled():
        print(
            f"\nlast address ready at {ready:.3f} s, Apache active {(active - ready) * 1e3:+.0f} ms,"
            f" answering on all three {(max(answers) - ready) * 1e3:+.0f} ms"
        )
    assert machine.released < active < ready + 25
