# SPDX-License-Identifier: LGPL-2.1-or-later
"""IPv4 addresses that come late: the short form of `tests/matrix IPv4`. Services start on them with
one line in /etc/dadwait.conf; without that line dadwait does nothing about them."""

import re
from pathlib import Path

import pytest
from experiments.matrix import IPV4_CELLS, Machine, boot
from experiments.matrix_boots import prepare
from lab import build
from lab.sandbox import Unavailable

CHOSEN = (
    "Debian 12, networkd, IPv4 static",
    "Debian 13, NetworkManager, IPv4 DHCP",
    "Debian 12, ifupdown, IPv4 DHCP",
)
BOTH = "Debian 12, networkd, IPv6 and late IPv4"

# The services that do without dadwait.
FAIL = ("apache2", "ssh")
# Seconds after network.target.
LATE = 5

GENERATOR = "/usr/lib/systemd/system-generators/dadwait-generator"


def named(name: str):
    return next(cell for cell in IPV4_CELLS if cell.name == name)


@pytest.fixture(scope="module")
def trees(pytestconfig):
    """What `meson install` puts on each release."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        try:
            return prepare([named(name) for name in (*CHOSEN, BOTH)], build())
        except Unavailable as why:
            pytest.skip(str(why))


def outcomes(record) -> dict[str, str]:
    assert "error" not in record, record
    return {unit: daemon["outcome"] for unit, daemon in record["daemons"].items()}


@pytest.mark.parametrize("name", CHOSEN)
def test_without(name, trees, tmp_path):
    """The control: Apache and sshd fail. Others wait for network-online.target or are restarted."""
    journal = tmp_path / "journal"
    found = outcomes(boot(named(name), None, journal, late=None, until_failed=FAIL))
    assert set(FAIL) <= {unit for unit, outcome in found.items() if outcome == "failed"}


@pytest.mark.parametrize("name", CHOSEN)
def test_with(name, trees, tmp_path):
    cell = named(name)
    record = boot(cell, trees[cell.suite], journal := tmp_path / "journal", late=LATE)
    if journal.exists():
        print(journal.read_text())
    assert set(outcomes(record).values()) == {"started"}


@pytest.fixture(params=(CHOSEN[0], BOTH))
def machine(request, trees):
    """A machine with dadwait that is off."""
    cell = named(request.param)
    with Machine(cell) as machine:
        machine.unpack(trees[cell.suite])
        machine.bind(Path("/proc"), "/proc")  # through which the generator opens files
        yield machine


def generated(machine: Machine, configuration: str = "") -> dict[str, str]:
    """The files that the generator writes with this text in /etc/dadwait.conf; empty: no file."""
    file = machine.file("/etc/dadwait.conf")
    file.unlink(missing_ok=True)
    if configuration:
        file.write_text(configuration)
    machine.chroot("sh", "-c", f"rm -rf /generated && mkdir /generated && {GENERATOR} /generated")
    top = machine.file("/generated")
    files = (path for path in top.rglob("*") if path.is_file())
    return {str(path.relative_to(top)): path.read_text() for path in files}


def waited_for(machine: Machine, files: dict[str, str]) -> dict[str, set[str]]:
    """The addresses that each daemon waits for."""
    found = {}
    for daemon in machine.daemons:
        text = files.get(f"{daemon.unit}.service.d/zz-dadwait.conf", "")
        commands = re.findall(r"^Exec.*/dadwait (.*)$", text, re.MULTILINE)
        words = " ".join(commands).split()
        found[daemon.unit] = {word for word in words if not word.startswith("--")}
    return found


def of_family(machine: Machine, *separators: str) -> dict[str, set[str]]:
    """The addresses with one of these characters that each daemon listens on."""
    return {
        daemon.unit: {a for a in daemon.addresses if any(s in a for s in separators)}
        for daemon in machine.daemons
    }


def test_without_the_line_ipv6_alone_is_waited_for(machine):
    """The default may be written: the drop-ins are the same, byte for byte."""
    files = generated(machine)
    assert waited_for(machine, files) == of_family(machine, ":")
    assert generated(machine, "[dadwait]\nFamilies=ipv6\n") == files
    assert "192.0.2" not in "".join(files.values())


@pytest.mark.parametrize(
    ("families", "separators"), [("ipv6 ipv4", ":."), ("ipv4 ipv6", ":."), ("ipv4", ".")]
)
def test_with_the_line_the_families_are_waited_for(machine, families, separators):
    files = generated(machine, f"[dadwait]\nFamilies={families}\n")
    assert waited_for(machine, files) == of_family(machine, *separators)


def test_a_section_has_families_of_its_own(machine):
    text = "[dadwait]\nFamilies=ipv6 ipv4\n\n[apache2.service]\nFamilies=ipv6\n"
    found = waited_for(machine, generated(machine, text))
    ipv6, both = of_family(machine, ":"), of_family(machine, ":", ".")
    assert found == both | {"apache2": ipv6["apache2"]}
