# SPDX-License-Identifier: LGPL-2.1-or-later
"""docs/language-figures.md, and the sum of it in docs/services.md."""

import subprocess
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from daemon_answers import Answer
from lab import SOURCE
from lab.machine import machine
from lab.markdown import table, write_section

PAGE = SOURCE / "docs/language-figures.md"
SUMMARY = SOURCE / "docs/services.md"
RELEASES = {"bookworm": "Debian 12", "trixie": "Debian 13"}
# Each construct is to be in as many accepted configurations that bind an IPv6 address.
CONSTRUCT_AT_LEAST = 20


@dataclass
class Figures:
    """Of one language on one release."""

    name: str
    release: str
    version: str
    constructs: tuple[str, ...]
    made: int = 0
    accepted: int = 0
    agreed: int = 0
    missing: int = 0  # configurations in which the generator does not find an address
    extra: int = 0  # those in which it finds one that the daemon does not bind
    occurred: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Answer, found: frozenset[str], constructs: frozenset[str]) -> str:
        """Count one configuration. Return: how the generator differs from the daemon, "" if it agrees."""
        self.made += 1
        if not answer.accepted:
            return ""
        assert constructs <= set(self.constructs), constructs - set(self.constructs)
        missing, extra = answer.bound - found, found - answer.bound
        self.accepted += 1
        self.agreed += not missing and not extra
        self.missing += bool(missing)
        self.extra += bool(extra)
        if answer.bound:
            self.occurred.update(constructs)
        return f"missing {sorted(missing)}, too many {sorted(extra)}" if missing or extra else ""


def conditions() -> str:
    about = machine()
    commit = subprocess.run(["git", "-C", SOURCE, "rev-parse", "--short=12", "HEAD"], check=True,
                            capture_output=True, text=True).stdout.strip()
    return (f"On {date.today()}: {about['processor']}, {about['processors']} virtual processors, Linux "
            f"{about['kernel']}; the generator of commit {commit}.\n")


def by_language(counted: list[Figures]) -> str:
    rows = [[figures.name, RELEASES[figures.release], figures.version,
             *(f"{number:,}" for number in (figures.made, figures.accepted, figures.agreed,
                                            figures.missing, figures.extra))]
            for figures in counted]
    sums = [f"{sum(getattr(figures, name) for figures in counted):,}"
            for name in ("made", "accepted", "agreed", "missing", "extra")]
    rows.append(["all", "", "", *sums])
    return table(["language", "release", "daemon", "made", "accepted", "agreed", "missing", "extra"],
                 rows, 3)


def by_construct(counted: list[Figures]) -> str:
    """Bold: in too few, in all releases together."""
    rows = []
    for name in dict.fromkeys(figures.name for figures in counted):
        by_release = {figures.release: figures for figures in counted if figures.name == name}
        constructs = dict.fromkeys(construct for figures in by_release.values()
                                   for construct in figures.constructs)
        for construct in constructs:
            numbers = [by_release[release].occurred[construct]
                       if release in by_release and construct in by_release[release].constructs
                       else None for release in RELEASES]
            cells = ["" if number is None else f"{number:,}" for number in numbers]
            if sum(number or 0 for number in numbers) < CONSTRUCT_AT_LEAST:
                cells = [cell and f"**{cell}**" for cell in cells]
            rows.append([name, construct, *cells])
    return table(["language", "construct", *RELEASES.values()], rows, 2)


def summary(counted: list[Figures]) -> str:
    names = {figures.name for figures in counted}
    accepted = sum(figures.accepted for figures in counted)
    agreed = sum(figures.agreed for figures in counted)
    return (f"Of {accepted:,} random configurations in {len(names)} languages that the daemon accepted, the\n"
            f"generator found in {agreed:,} exactly the addresses that the daemon binds.\n")


def write_page(counted: list[Figures]) -> None:
    counted = sorted(counted, key=lambda figures: (figures.name, figures.release))
    write_section(PAGE, "conditions", conditions())
    write_section(PAGE, "figures", by_language(counted))
    write_section(PAGE, "constructs", by_construct(counted))
    write_section(SUMMARY, "language figures", summary(counted))
