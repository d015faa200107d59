# SPDX-License-Identifier: LGPL-2.1-or-later
"""dadwait is broken: a service starts as it would without dadwait, and the journal says why.

Apache listens on the primary address here. ifupdown waits for that, so Apache starts without dadwait.
"""

import re

import pytest
from lab.apache_machine import PRIMARY, ApacheMachine, listen

GENERATOR = "/usr/lib/systemd/system-generators/dadwait-generator"
HELPER = "/usr/libexec/dadwait"
PORTS = "/etc/apache2/ports.conf"
ABSENT = "2001:db8:e001:b1::dead"


@pytest.fixture
def machine(installed):
    """Switched off: each test breaks it, then boots it."""
    with ApacheMachine() as machine:
        machine.unpack(installed)
        machine.write(PORTS, listen(PRIMARY))
        yield machine
        print(machine.journal(output="short-monotonic"), machine.console())


def boot(machine) -> None:
    """Both services have started."""
    assert machine.boot(), machine.console()
    assert machine.shell("systemctl", "is-system-running", check=False).strip() == "running"
    assert f"[{PRIMARY}]:80" in machine.shell("ss", "--listening", "--tcp", "--numeric")


def waiting(machine) -> list[str]:
    services = ("apache2", "ntpsec")
    return [name for name in services if HELPER in machine.shell("systemctl", "cat", name)]


def test_helper_is_missing(machine):
    machine.file(HELPER).unlink()
    boot(machine)
    assert waiting(machine) == ["apache2", "ntpsec"]
    assert f"{HELPER} missing, skipping: No such file" in machine.log("apache2")


def test_helper_crashes(machine):
    """systemd logs a failure that it ignores at its debug level only. The kernel logs a real crash."""
    machine.write(HELPER, "#!/bin/sh\nkill -SEGV $$\n", 0o755)
    boot(machine)
    assert waiting(machine) == ["apache2", "ntpsec"]


def test_helper_is_killed(machine):
    boot(machine)
    wait_for_an_absent_address(machine, "--no-block")
    machine.until(lambda: machine.waiting() == 1, "Apache waits")
    machine.shell("pkill", "--signal=KILL", "--exact", "dadwait-wait")
    assert machine.wait_for("apache2", "ActiveState", ("active", "inactive", "failed")) == "active"
    assert "Waiting up to 30s" in machine.log("apache2")


def test_generator_is_missing(machine):
    machine.file(GENERATOR).unlink()
    boot(machine)
    assert waiting(machine) == []


def test_generator_crashes(machine):
    machine.write(GENERATOR, "#!/bin/sh\nkill -SEGV $$\n", 0o755)
    boot(machine)
    assert waiting(machine) == []
    machine.shell("systemctl", "daemon-reload")  # at boot the generator has no journal yet
    assert f"{GENERATOR} terminated by signal SEGV" in machine.journal(output="cat")


def test_nonsense_in_the_configuration(machine):
    nonsense = b"[apache2.service\n[[]]\n\x00\xff\xfe=\nEnable=no\n" + b"x" * 5000 + b"\n%s%n = $(\n"
    machine.file("/etc/dadwait.conf").write_bytes(nonsense)
    boot(machine)
    assert waiting(machine) == ["apache2", "ntpsec"]
    machine.shell("systemctl", "daemon-reload")  # at boot the generator has no journal yet
    assert "/etc/dadwait.conf:1: " in machine.journal("--identifier=dadwait-generator")


def test_unreadable_configuration_of_a_service(machine):
    """A link to itself: Apache cannot read it either, and logs that; ntpd is not affected."""
    machine.file(PORTS).unlink()
    machine.file(PORTS).symlink_to("ports.conf")
    assert machine.boot(), machine.console()
    assert waiting(machine) == ["ntpsec"]
    assert "Could not open configuration file" in machine.log("apache2")
    assert machine.show("ntpsec", "ActiveState") == {"ActiveState": "active"}
    machine.shell("systemctl", "daemon-reload")
    # It names the line that includes the file, as httpd does.
    said = machine.journal("--identifier=dadwait-generator", output="cat")
    assert re.search(r"^/etc/apache2/apache2.conf:\d+: .*does a link lead back\?$", said, re.M)


def test_run_is_full_for_the_generator(machine):
    """systemd does not reload if /run has less than 16 MB left, so only the output directory of the
    generators is full: it has one inode left, which the first directory uses."""
    boot(machine)
    machine.shell("mount", "-t", "tmpfs", "-o", "nr_inodes=2", "full", "/run/systemd/generator")
    machine.shell("systemctl", "daemon-reload")
    assert waiting(machine) == []
    assert "zz-dadwait" not in machine.shell("find", "/run/systemd/generator")
    machine.shell("systemctl", "restart", "apache2", "ntpsec")
    assert "No space left on device" in machine.journal("--identifier=dadwait-generator")


def test_run_is_full_for_the_helper(machine):
    """The timeout cannot be recorded, but ends the wait all the same."""
    machine.write("/etc/dadwait.conf", "[apache2.service]\nTimeoutSec=1s\n")
    boot(machine)
    machine.shell("mkdir", "-p", "/run/dadwait")
    machine.shell("mount", "-t", "tmpfs", "-o", "nr_inodes=1", "full", "/run/dadwait")
    wait_for_an_absent_address(machine)
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}
    assert "Waiting up to 1s" in machine.log("apache2")
    assert "Not ready after " in machine.log("apache2")


def wait_for_an_absent_address(machine, *options: str) -> None:
    """Apache is restarted, waits for an address that is never assigned, and starts without it."""
    configure(machine, ABSENT)
    machine.shell("systemctl", "daemon-reload")
    configure(machine, PRIMARY)
    machine.shell("systemctl", "restart", *options, "apache2")


def configure(machine, address: str) -> None:
    machine.shell("install", "-m", "644", "/dev/stdin", PORTS, input=listen(address))
