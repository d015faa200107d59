# SPDX-License-Identifier: LGPL-2.1-or-later
"""A start timeout that is in no file of the unit, and a job timeout that runs while the job is queued.

A unit whose address is never assigned starts as the same unit without dadwait does.
"""

import re

import pytest
from lab import build
from lab.base_system import BOOT, base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.services import PREFIX

LIMIT = 48  # seconds; a third of it is enough for a machine that stands still
WAIT = LIMIT * 2 // 3  # of it; less than the 60 s of dadwait.conf
ABSENT = f"{PREFIX}dead:beef"

SERVICE = "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n"
SLOW = "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 9\n"
# What the queue leaves of the job timeout is less than 30 s, and less than two thirds of the timeout.
QUEUED = (
    f"[Unit]\nJobTimeoutSec=30\nWants=slow.service\nAfter=slow.service\n{SERVICE}"
    "[Service]\nTimeoutStartSec=60\n"
)


@pytest.fixture(scope="module")
def machine():
    with Container(base_system("bookworm", (*BOOT, "libinih1"))) as machine:
        machine.unpack(install_tree("bookworm", build()))
        machine.write("/etc/systemd/system/slow.service", SLOW)
        for name, text in {"plain": SERVICE, "queued": QUEUED}.items():
            machine.write(f"/etc/systemd/system/{name}.service", text)
            machine.write(f"/etc/systemd/system/{name}-twin.service", text)
            machine.chroot("systemctl", "enable", f"{name}.service", f"{name}-twin.service")
        machine.write("/etc/dadwait.conf", "".join(
            f"[{name}.service]\nAddress={ABSENT}\nTimeoutSec={timeout}\n"
            for name, timeout in {"plain": 60, "queued": 30}.items()))  # fmt: skip
        default = f"systemd.default_timeout_start_sec={LIMIT}"
        assert machine.boot(arguments=(default,)), machine.console()
        yield machine


@pytest.mark.parametrize("name", ["plain", "queued"])
def test_starts_as_its_twin(machine, name):
    states = [machine.show(f"{unit}.service", "ActiveState", "Result", "NRestarts")
              for unit in (f"{name}-twin", name)]  # fmt: skip
    assert states[0]["ActiveState"] == "active"
    assert states[1] == states[0], machine.log(name)


def test_default_timeout_of_the_command_line_limits_the_wait(machine):
    assert machine.show("plain.service", "TimeoutStartUSec") == {"TimeoutStartUSec": f"{LIMIT}s"}
    log = machine.log("plain")
    assert f"Waiting up to {WAIT}s for" in log
    assert WAIT <= float(re.search(r"Not ready after (\d+\.\d{3})s", log)[1]) < LIMIT


def test_a_job_timeout_leaves_out_the_wait(machine):
    assert "dadwait" not in machine.shell("systemctl", "cat", "queued.service")
    assert machine.show("queued.service", "JobTimeoutUSec") == {"JobTimeoutUSec": "30s"}
