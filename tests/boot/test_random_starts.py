# SPDX-License-Identifier: LGPL-2.1-or-later
"""A unit that starts without dadwait starts with it, whatever limits its start.

Random units wait for an address that is never assigned and start without it. systemd says whether
they have started. DADWAIT_UNITS in the environment is the number of units, DADWAIT_SEED their seed.
"""

import os
import random

import pytest
from lab import build
from lab.base_system import BOOT, base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.services import PREFIX

UNITS = int(os.environ.get("DADWAIT_UNITS", 60))
SEED = int(os.environ.get("DADWAIT_SEED", 1))

# How a service of each type reports that it has started, after some seconds.
TYPES = {
    "simple": "exec sleep infinity",
    "exec": "exec sleep infinity",
    "notify": "sleep {delay}; systemd-notify --ready; exec sleep infinity",
    "forking": "sleep {delay}; sleep infinity &",
    "oneshot": "sleep {delay}",
}

# Seconds. dadwait leaves a third of them: for the service, and for a machine that stands still.
SECONDS = [60, 66, 72]

# Limits, and the longest delay of a service that is safe within each.
LIMITS = [
    ("", 3),
    ("[Service]\nTimeoutStartSec={limit}\n", 3),
    ("[Service]\nTimeoutSec={limit}\n", 3),
    ("[Service]\nTimeoutStartSec=infinity\n", 3),
    ("[Unit]\nJobTimeoutSec={limit}\n", 3),
    ("[Unit]\nJobRunningTimeoutSec={limit}\n", 3),
    ("[Unit]\nJobTimeoutSec={limit}\nAfter=slow.service\nWants=slow.service\n", 0),
]


def write_unit(machine, rng: random.Random, name: str) -> str:
    """Write a unit with its limit in one of the files that systemd reads. Returns the section for
    dadwait.conf."""
    kind = rng.choice(list(TYPES))
    limit = rng.choice(SECONDS)
    setting, longest = rng.choice(LIMITS)
    delay = round(rng.random() * longest, 1)
    setting = setting.format(limit=limit)
    text = f"[Service]\nType={kind}\nNotifyAccess=all\n"
    text += "RemainAfterExit=yes\n" if kind == "oneshot" else ""
    text += f"ExecStart=/bin/sh -c '{TYPES[kind].format(delay=delay)}'\n"
    text += rng.choice(["", "", "ExecStartPre=/bin/sleep 1\n"])
    text += rng.choice(["", "", "BindReadOnlyPaths=/usr/share\n", "Restart=on-failure\n"])

    units = "/etc/systemd/system"
    directory = rng.choice(["", name, f"other-{name}"])
    if directory.startswith("other"):
        machine.file(f"{units}/{directory}").symlink_to(name)
    if directory and setting:
        machine.write(f"{units}/{directory}.d/limit.conf", setting)
    else:
        text += setting
    machine.write(f"{units}/{name}", text)
    timeout = rng.choice(["2s", "8s"]) if not setting or "infinity" in setting else "60s"
    hook = rng.choice(["", "", "Hook=ExecCondition\n"])
    return f"[{name}]\nAddress={PREFIX}dead:{rng.randrange(1 << 16):x}\nTimeoutSec={timeout}\n{hook}"


@pytest.fixture(scope="module")
def machine():
    with Container(base_system("bookworm", (*BOOT, "libinih1"))) as machine:
        machine.unpack(install_tree("bookworm", build()))
        assert machine.boot(), machine.console()
        yield machine


def start_all(machine, names: list[str]) -> set[str]:
    """Start all units together. Returns those that are active when no job is left."""
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", *names, check=False, timeout=5 * 60)
    active = {name for name in names
              if machine.show(name, "ActiveState") == {"ActiveState": "active"}}
    machine.shell("systemctl", "stop", *names, "slow.service")
    machine.shell("systemctl", "reset-failed")
    return active


def test_what_starts_without_starts_with(machine):
    rng = random.Random(SEED)
    names = [f"random-{number}.service" for number in range(UNITS)]
    machine.write("/etc/systemd/system/slow.service",
                  "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 3\n")
    configuration = "".join(write_unit(machine, rng, name) for name in names)

    machine.write("/etc/dadwait.conf", "[dadwait]\nEnable=no\n")
    without = start_all(machine, names)
    machine.write("/etc/dadwait.conf", configuration)
    with_dadwait = start_all(machine, names)

    # Otherwise the test would prove nothing.
    assert len(without) > UNITS * 0.9
    assert "Not ready after" in machine.journal("-t", "dadwait", output="cat")
    late = without - with_dadwait
    assert not late, [machine.shell("systemctl", "cat", name) + machine.log(name) for name in late]
