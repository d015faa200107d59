# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where each known service waits on Debian 12 and 13: in its unit, with the name of the setting, or in
a unit of its own. Found from the unit files as they are shipped, without a boot.
"""

import json
import re
from pathlib import Path

from lab import SOURCE, plan
from lab.apache_machine import PACKAGES
from lab.base_system import base_system
from lab.container import ROOT, Container
from lab.service_machines import MACHINES
from lab.services import sections

PAGE = SOURCE / "docs/services.md"
BEGIN, END = "<!-- places -->\n", "<!-- end of places -->\n"
SUITES = {"bookworm": "Debian 12", "trixie": "Debian 13"}


def bases(suite: str) -> list[Path]:
    """The systems that the suite `boot` boots. The table has only units that one of them has."""
    machines = [machine.packages for machine in MACHINES.values() if machine.suite == suite]
    return [base_system(suite, packages) for packages in (PACKAGES, *machines)]


def units() -> list[str]:
    """Each that a definition is for; of a template, some instance."""
    return sorted(name.replace("@.service", "@x.service") for name in sections())


def place(service: dict) -> str:
    """The cell of the table for one object of the plan."""
    if service["verdict"] != "wait":
        return service.get("cause", service["verdict"])
    if "wait_unit" in service:
        return f"unit of its own ({service['cause']})"
    return re.search(r"^(Exec\w+)=", service["drop_in"], re.MULTILINE)[1]


def places(root: Path) -> dict[str, str]:
    """The cell of the table for each unit that a system has."""
    with Container(root) as machine:
        machine.write("/etc/dadwait.conf",
                      "".join(f"[{name}]\nAddress=2001:db8::1\n" for name in units()))
        for path in (SOURCE / "generator/services").glob("*.conf"):
            machine.write(f"/usr/lib/dadwait.d/{path.name}", path.read_text())
        # Without the warnings about the configurations that packages install.
        printed = json.loads(machine.run("sh", "-c", 'exec "$@" 2>/dev/null', "sh",
                                         plan(), f"--root={ROOT}", "--json"))
    return {service["unit"]: place(service) for service in printed["services"]
            if is_there(service) and service["unit"] in units()}


def is_there(service: dict) -> bool:
    """Whether the system has the unit and a definition waits for it."""
    return (service["verdict"] not in ("missing", "off")
            and not service.get("cause", "").startswith("no file of it is found"))


def table() -> str:
    found = {suite: {} for suite in SUITES}
    for suite in SUITES:
        for root in bases(suite):
            found[suite].update(places(root))
    rows = [f"| {' | '.join(['unit', *SUITES.values()])} |", "|---" * (1 + len(SUITES)) + "|"]
    for name in units():
        cells = [places.get(name, "") for places in found.values()]
        if any(cells):
            rows.append(f"| {' | '.join([name, *cells])} |")
    return "".join(f"{row}\n" for row in rows)


def write_table() -> None:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.partition(END)[2])
