# SPDX-License-Identifier: LGPL-2.1-or-later
"""Write the tables of docs/results.md between their marks; the text around them is kept."""

import datetime
import platform
import statistics
from collections import Counter

from experiments.cures import CURES, DUPLICATE, LIMIT, NO_CABLE, PLAIN, median
from lab import SOURCE
from lab.markdown import table, write_section
from lab.sandbox import output

HEADINGS = {
    PLAIN: "Nothing else",
    DUPLICATE: "Another machine has the second address",
    NO_CABLE: "A second interface has a static address, and no cable",
}

RESULTS = SOURCE / "docs" / "results.md"


def provenance() -> str:
    """When, of which commit and on which kernel something is measured."""
    date = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    commit = output(["git", "-C", str(SOURCE), "rev-parse", "--short", "HEAD"]).strip()
    return f"{date}, commit {commit}, Linux {platform.release()}"


def milliseconds(seconds: list[float], of) -> str:
    return str(round(of(seconds) * 1e3)) if seconds else "–"


def starts(records: list[dict]) -> Counter:
    """Outcomes of all starts. A boot that fails as a whole counts as one."""
    counts = Counter(
        daemon["outcome"] for record in records for daemon in record["daemons"].values()
    )
    counts["boot went wrong"] += sum("error" in record for record in records)
    return +counts


def failures(records: list[dict]) -> str:
    """Starts that failed. Addresses that ntpd binds only later have a column of their own."""
    counts = starts(records)
    return f"{counts.total() - counts['started'] - counts['failed binds']} / {counts.total()}"


def failed_binds(records: list[dict]) -> str:
    return f"{starts(records)['failed binds']} / {len(records)}"


def times(records: list[dict], key: str) -> list[float]:
    return [
        daemon[key]
        for record in records
        for daemon in record["daemons"].values()
        if key in daemon
    ]


def select(records: list[dict], dadwait: bool, cell: str = "") -> list[dict]:
    """Those of a cell, or of all."""
    return [r for r in records if r["dadwait"] == dadwait and (not cell or r["cell"] == cell)]


def by_cell(records: list[dict], cells: list[str]) -> str:
    header = [""]
    for what in ("without", "with"):
        header += [f"{what}: boots", "failed / starts", "ntpd's failed binds / boots"]
    header += ["active after, median ms", "maximum ms", "dadwait after, median ms", "maximum ms"]
    rows = []
    for name in (*cells, ""):
        row = [name or "**all**"]
        for dadwait in (False, True):
            mine = select(records, dadwait, name)
            row += [str(len(mine)), failures(mine), failed_binds(mine)]
        for key in ("active", "ready"):
            found = times(mine, key)
            row += [milliseconds(found, statistics.median), milliseconds(found, max)]
        rows.append(row)
    return table(header, rows)


def by_ipv4_cell(records: list[dict], reasons: dict[str, str]) -> str:
    """As by_cell(), of cells without ntpd, with a column for what makes the addresses late."""
    header = ["", "late", "boots without", "failed / starts", "boots with", "failed / starts"]
    header += ["active after, median ms", "maximum ms", "dadwait after, median ms", "maximum ms"]
    rows = []
    for name, reason in (*reasons.items(), ("", "")):
        row = [name or "**all**", reason]
        for dadwait in (False, True):
            mine = select(records, dadwait, name)
            row += [str(len(mine)), failures(mine)]
        for key in ("active", "ready"):
            found = times(mine, key)
            row += [milliseconds(found, statistics.median), milliseconds(found, max)]
        rows.append(row)
    return table(header, rows)


def outcomes_of(unit: str, records: list[dict]) -> Counter:
    return Counter(r["daemons"][unit]["outcome"] for r in records if unit in r["daemons"])


def by_daemon(records: list[dict]) -> str:
    outcomes = [kind for kind in starts(records) if kind not in ("started", "boot went wrong")]
    header = ["", *(f"{kind}, {what}" for what in ("without", "with") for kind in outcomes)]
    header += ["starts without", "starts with"]
    units = dict.fromkeys(unit for record in records for unit in record["daemons"])
    rows = []
    for unit in units:
        counts = [outcomes_of(unit, select(records, dadwait)) for dadwait in (False, True)]
        rows.append(
            [unit, *(str(count[kind]) for count in counts for kind in outcomes)]
            + [str(count.total()) for count in counts]
        )
    return table(header, rows)


def versions(found: dict[str, dict[str, str]]) -> str:
    return "".join(
        f"- {cell}: {', '.join(f'{package} {version}' for package, version in packages.items())}\n"
        for cell, packages in found.items()
    )


def write_matrix(records: list[dict], description: dict) -> None:
    """Tables of the cells with IPv4 and of the others, each only if there are such cells."""
    about = f"{description['about']}.\n"
    if reasons := description["ipv4"]:
        mine = [record for record in records if record["cell"] in reasons]
        sections = (about, by_ipv4_cell(mine, reasons), by_daemon(mine))
        write_section(RESULTS, "IPv4 matrix", "\n" + "\n".join(sections) + "\n")
        text = versions(description["ipv4 versions"])
        write_section(RESULTS, "IPv4 versions", "\n" + text + "\n")
    if cells := list(description["versions"]):
        mine = [record for record in records if record["cell"] in cells]
        sections = (about, by_cell(mine, cells), by_daemon(mine))
        write_section(RESULTS, "matrix", "\n" + "\n".join(sections) + "\n")
        write_section(RESULTS, "versions", "\n" + versions(description["versions"]) + "\n")


def seconds(value: float | None, otherwise: str = "–") -> str:
    return otherwise if value is None else f"{value:.2f}"


def share(records: list[dict], key: str, wanted: str) -> str:
    return f"{sum(record[key] == wanted for record in records)} / {len(records)}"


def by_cure(records: list[dict]) -> str:
    header = ["", "Apache came up", "ntpd bound all at once", "DAD over, s", "Apache failed, s"]
    header += ["Apache answered, s", "boot finished, s"]
    rows = []
    for cure in CURES:
        mine = [record for record in records if record["cure"] == cure.name]
        rows.append(
            [cure.name, share(mine, "apache", "active"), share(mine, "ntpd", "all bound")]
            + [seconds(median(mine, key)) for key in ("decided", "failed", "answered")]
            + [seconds(median(mine, "finished"), f"not within {LIMIT}")]
        )
    return table(header, rows)


def write_cures(records: list[dict], about: str) -> None:
    text = f"\n{about}. Seconds since the first of the three addresses was assigned.\n"
    for scenario in dict.fromkeys(record["scenario"] for record in records):
        mine = [record for record in records if record["scenario"] == scenario]
        text += f"\n### {HEADINGS[scenario]}\n\n{by_cure(mine)}"
    write_section(RESULTS, "cures", text + "\n")
