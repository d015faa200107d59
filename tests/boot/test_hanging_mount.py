# SPDX-License-Identifier: LGPL-2.1-or-later
"""The configuration of one service is a link into a file system that never answers: the generator,
for which systemd waits, ends soon."""

import subprocess
import sys
import time

import pytest
from lab import SOURCE
from lab.apache_machine import ApacheMachine
from lab.stillness import without_stillness

SLOW = "/srv/slow"
LIMIT = 10  # seconds
MOUNT = f"""
import sys
sys.path.insert(0, {str(SOURCE / "tests")!r})
from lab.programs.slow_fuse import mount
device = mount(sys.argv[1])
print(flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def machine(installed):
    """The file system is mounted from outside before the boot, by a process that ends with the test."""
    with ApacheMachine() as machine:
        machine.unpack(installed)
        for i in range(20):
            machine.write(f"/etc/systemd/system/s{i}.service", "[Service]\nExecStart=/bin/true\n")
        machine.write("/etc/dadwait.conf", "".join(
            f"[s{i}.service]\nAddress=2001:db8::{i:x}\n" for i in range(20)))
        slow = machine.file(SLOW)
        slow.mkdir()
        inside = "/run/lab/root" + SLOW
        with subprocess.Popen([*machine.enter(), sys.executable, "-c", MOUNT, inside],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
            assert holder.stdout.readline() == b"\n"
            try:
                assert machine.boot(), machine.console()
                yield machine
                print(machine.journal(output="short-monotonic"), machine.console())
            finally:
                holder.kill()


def drop_ins(machine) -> set[str]:
    found = machine.shell("find", "/run/systemd/generator", "-name", "zz-dadwait.conf")
    return {path.split("/")[-2] for path in found.split()}


def test_daemon_reload(machine):
    before = drop_ins(machine)
    assert {"apache2.service.d", "ntpsec.service.d", "s0.service.d", "s19.service.d"} <= before
    machine.shell("ln", "-s", f"{SLOW}/site.conf", "/etc/apache2/sites-enabled/slow.conf")

    def reload() -> float:
        machine.shell("journalctl", "--rotate")
        machine.shell("journalctl", "--vacuum-time=1us")
        begin = time.monotonic()
        machine.shell("systemctl", "daemon-reload")
        return time.monotonic() - begin

    assert without_stillness(reload) < LIMIT
    assert drop_ins(machine) == before - {"apache2.service.d"}
    said = machine.journal("--identifier=dadwait-generator", output="cat").splitlines()
    assert said == ["No drop-in for apache2.service: reading its configuration takes too long or "
                    "hangs."]
