# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each way of README.md to switch dadwait off."""

import pytest
from lab.apache_machine import ApacheMachine


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    assert machine_with_dadwait.boot(), machine_with_dadwait.console()
    return machine_with_dadwait


def waiting(machine) -> list[str]:
    """The services that wait, after a daemon-reload."""
    machine.shell("systemctl", "daemon-reload")
    services = ("apache2", "ntpsec")
    return [name for name in services if "libexec/dadwait" in machine.shell("systemctl", "cat", name)]


def test_one_service(machine):
    assert waiting(machine) == ["apache2", "ntpsec"]
    config = "[apache2.service]\nEnable=no\n"
    machine.shell("install", "-m", "644", "/dev/stdin", "/etc/dadwait.conf", input=config)
    assert waiting(machine) == ["ntpsec"]
    machine.shell("rm", "/etc/dadwait.conf")


@pytest.mark.parametrize("mask", ["ln -s /dev/null", "touch"])
@pytest.mark.parametrize("name", ["zz-dadwait.conf", "50-dadwait.conf"])
@pytest.mark.parametrize("place", ["/etc/systemd/system", "/run/systemd/system"])
def test_one_service_as_systemd_does(machine, place, name, mask):
    """Release 0.1.0 wrote 50-dadwait.conf; masks of that name still count."""
    directory = f"{place}/apache2.service.d"
    machine.shell("sh", "-ec", f"mkdir -p {directory}; {mask} {directory}/{name}")
    assert waiting(machine) == ["ntpsec"]
    machine.shell("rm", "-r", directory)
    assert waiting(machine) == ["apache2", "ntpsec"]


def test_the_machine(machine):
    generators = "/etc/systemd/system-generators"
    machine.shell("mkdir", "-p", generators)
    machine.shell("ln", "-s", "/dev/null", f"{generators}/dadwait-generator")
    assert waiting(machine) == []
    machine.shell("rm", "-r", generators)
    assert waiting(machine) == ["apache2", "ntpsec"]


def test_kernel_command_line(installed):
    """Apache fails as without dadwait."""
    with ApacheMachine() as machine:
        machine.unpack(installed)
        machine.hold_dad()
        assert machine.boot(arguments=("dadwait=no",)), machine.console()
        assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}
        assert waiting(machine) == []
