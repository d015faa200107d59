# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tables about other distributions say what the trees of tests/golden and the definitions have."""

import re
from pathlib import Path

import pytest
from lab import SOURCE
from lab.service_machines import MACHINES

CASES = SOURCE / "tests/golden/cases"
COLUMNS = {"ubuntu": 2, "fedora": 3, "opensuse": 4, "arch": 5}
# The daemons with formats of their own, which other tests boot.
APACHE_AND_NTPD = {"apache2.service", "ntpsec.service"}


def rows(page: str, name: str) -> list[list[str]]:
    """The cells of the table between <!-- NAME --> and <!-- end of NAME -->."""
    text = (SOURCE / "docs" / page).read_text()
    table = text.split(f"<!-- {name} -->\n")[1].split(f"<!-- end of {name} -->")[0]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in table.splitlines()[2:]]


def by_distribution() -> list[list[str]]:
    return rows("services.md", "distributions")


def listed(column: int) -> dict[str, bool]:
    """The units of a column, and whether each has a mark."""
    cells = [cell for row in by_distribution() for cell in row[column].split(", ")]
    return {cell.removesuffix(r" \*"): cell.endswith("*") for cell in cells if ".service" in cell}


def enabled(distribution: str) -> set[str]:
    wants = CASES / distribution / "root/etc/systemd/system/multi-user.target.wants"
    return {link.name for link in wants.iterdir()}


def exec_start(distribution: str, unit: str) -> str:
    template = re.sub(r"@[^.]*", "@", unit)
    units = CASES / distribution / "root/usr/lib/systemd/system"
    file = next(units / name for name in (unit, template) if (units / name).exists())
    return re.search(r"^ExecStart=(.*)$", file.read_text(), re.MULTILINE)[1]


@pytest.mark.parametrize("distribution", COLUMNS)
def test_units_of_trees(distribution: str) -> None:
    assert set(listed(COLUMNS[distribution])) == enabled(distribution)


@pytest.mark.parametrize("distribution", COLUMNS)
def test_each_unit_waits_for_its_address(distribution: str) -> None:
    """Each has one address, and no two have the same."""
    found = {}
    for unit in enabled(distribution):
        drop_in = CASES / distribution / "expected" / f"{unit}.d/zz-dadwait.conf"
        found[unit] = re.search(r"^Exec\w+=\S+dadwait (2001:db8:\S+)$", drop_in.read_text(),
                                re.MULTILINE)[1]
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("distribution", COLUMNS)
def test_facts(distribution: str) -> None:
    """docs/distributions.md has the command lines of the tree, and a source for each."""
    facts = rows("distributions.md", distribution)
    assert {unit: command.strip("`").replace(r"\|", "|") for unit, command, _, _ in facts} == {
        unit: exec_start(distribution, unit) for unit in enabled(distribution)}
    assert {unit: source == "documentation" for unit, _, _, source in facts} == listed(
        COLUMNS[distribution])
    for _, _, read, source in facts:
        assert source
        for path in read.split(", "):
            assert path == "the unit" or (CASES / distribution / "root" / path[1:]).exists()


def test_units_of_debian() -> None:
    booted = {service.unit for machine in MACHINES.values() for service in machine.services
              if service.is_defined()}
    assert set(listed(1)) == booted | APACHE_AND_NTPD


def test_each_definition_has_a_unit() -> None:
    """Each file of generator/services/ is for a unit of the table or of the tree of daemons that are
    not booted, by name or by program."""
    not_booted = (CASES / "from-documentation/root/usr/lib/systemd/system").iterdir()
    units = {unit for column in range(1, 6) for unit in listed(column)}
    units |= {unit.name for unit in not_booted}
    names = units | {re.sub(r"@[^.]*", "@", unit) for unit in units}
    for definition in sorted(Path(SOURCE / "generator/services").glob("*.conf")):
        text = definition.read_text()
        sections = set(re.findall(r"^\[(\S+)\]", text, re.MULTILINE))
        braces = {re.sub(r"\{.*\}", word, section) for section in sections
                  for word in re.findall(r"[\w.]+(?=[,}])", section)}
        # Of Debian 11; for a command of any unit; booted by tests/boot/test_quadlets.py and test_kea.py.
        others = ("50-ntp.conf", "50-podman.conf", "50-docker.conf", "50-kea.conf")
        assert (sections | braces) & names or definition.name in others, definition.name
