# SPDX-License-Identifier: LGPL-2.1-or-later
"""A machine on which nothing was configured: no warning, and nothing to wait for but ntpd's rule."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import generator_run
import pytest
from lab import SOURCE, generator, plan
from lab.apache_machine import PACKAGES
from lab.base_system import base_system
from lab.container import Container
from lab.service_machines import MACHINES
from lab.services import sections
from machines import Machines

# What the packages of every known service install, without what the suites configure.
SYSTEMS = {name: (machine.suite, machine.packages) for name, machine in MACHINES.items()}
SYSTEMS |= {f"apache-{suite}": (suite, PACKAGES) for suite in ("bookworm", "trixie")}

WANTS = "etc/systemd/system/multi-user.target.wants"

# Without rules ntpd binds each address.
EXPECTED = {"ntpsec.service": ["any"]}


@contextmanager
def machine_of(name: str) -> Iterator[Path]:
    """The root directory of a machine where each known unit is enabled."""
    suite, packages = SYSTEMS[name]
    with Container(base_system(suite, packages)) as machine:
        root = machine.file("/")
        (root / "usr/lib/dadwait.d").mkdir()
        for definition in (SOURCE / "generator/services").glob("*.conf"):
            shutil.copy(definition, root / "usr/lib/dadwait.d")
        enable(root)
        yield root


def enable(root: Path) -> None:
    """Every unit of a service that the packages have; of templates, an instance."""
    wants = root / WANTS
    directory = root / "usr/lib/systemd/system"
    for unit in sorted(path.name for path in directory.glob("*.service")):
        if is_of_systemd(directory / unit):
            continue
        instance = unit.replace("@.service", "@x.service")
        (wants / instance).unlink(missing_ok=True)
        (wants / instance).symlink_to(f"/usr/lib/systemd/system/{unit}")


def is_of_systemd(unit: Path) -> bool:
    return unit.is_symlink() or unit.name.startswith("systemd-")


@pytest.fixture(scope="module")
def machines():
    with Machines(machine_of) as machines:
        yield machines


@pytest.fixture(params=SYSTEMS)
def root(machines, request):
    return machines.get(request.param)


@pytest.fixture(params=["", "[dadwait]\nFamilies=ipv6 ipv4\n"], ids=["ipv6", "both"])
def families(root, request):
    path = root / "etc/dadwait.conf"
    path.write_text(request.param)
    yield
    path.unlink()


def test_generator(root, families):
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run([generator(), f"--root={root}", directory], check=True,
                              capture_output=True, text=True)
    assert done.stdout + done.stderr == ""
    known = {unit.replace("@.service", "@x.service") for unit in sections()}
    installed = {path.name for path in (root / WANTS).iterdir()}
    assert known & installed
    assert generator_run.all_patterns(root) == {
        unit: patterns for unit, patterns in EXPECTED.items() if unit in installed}


def test_check(root, families):
    done = subprocess.run([plan(), f"--root={root}", "--check"],
                          capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
