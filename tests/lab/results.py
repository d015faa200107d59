# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tables in docs/results.md, between marks; the text around them is kept."""

import re
import statistics
from collections import Counter
from pathlib import Path

from . import SOURCE

RESULTS = SOURCE / "docs" / "results.md"


def write_section(name: str, text: str, file: Path = RESULTS) -> None:
    """Put text between the marks of a section of the file, which must be there."""
    begin, end = f"<!-- {name}: written by the test -->", f"<!-- end of {name} -->"
    whole = file.read_text()
    pattern = re.compile(f"({re.escape(begin)}\n).*?({re.escape(end)})", re.DOTALL)
    whole, count = pattern.subn(lambda match: match[1] + text + match[2], whole)
    if count != 1:
        raise LookupError(f"{file}: {count} sections named {name}")
    file.write_text(whole)


def table(header: list[str], rows: list[list[str]]) -> str:
    """In Markdown; the first column is text, the others are figures."""
    ruler = ["---"] + ["--:"] * (len(header) - 1)
    return "".join(f"| {' | '.join(row)} |\n" for row in (header, ruler, *rows))


def milliseconds(seconds: list[float], of) -> str:
    return f"{of(seconds) * 1e3:.0f}" if seconds else "–"


def starts(records: list[dict]) -> Counter:
    """Outcomes of all starts; a boot that went wrong as a whole counts as one."""
    counts = Counter(
        verdict["outcome"] for record in records for verdict in record["daemons"].values()
    )
    counts["boot went wrong"] += sum("error" in record for record in records)
    return +counts


def failures(records: list[dict]) -> str:
    """Starts that failed; what ntpd could not bind at once and did later is told elsewhere."""
    counts = starts(records)
    return f"{counts.total() - counts['started'] - counts['failed binds']} / {counts.total()}"


def failed_binds(records: list[dict]) -> str:
    return f"{starts(records)['failed binds']} / {len(records)}"


def times(records: list[dict], key: str) -> list[float]:
    return [
        verdict[key]
        for record in records
        for verdict in record["daemons"].values()
        if key in verdict
    ]


def select(records: list[dict], dadwait: bool, cell: str = "") -> list[dict]:
    """Those of a cell, or of all."""
    return [r for r in records if r["dadwait"] == dadwait and r["cell"] in (cell, cell or r["cell"])]


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
        for key in ("active", "said"):
            found = times(mine, key)
            row += [milliseconds(found, statistics.median), milliseconds(found, max)]
        rows.append(row)
    return table(header, rows)


def by_daemon(records: list[dict]) -> str:
    outcomes = [kind for kind in starts(records) if kind not in ("started", "boot went wrong")]
    header = ["", *(f"{kind}, {what}" for what in ("without", "with") for kind in outcomes)]
    header += ["starts without", "starts with"]
    units = dict.fromkeys(unit for record in records for unit in record["daemons"])
    rows = []
    for unit in units:
        counts = [
            Counter(r["daemons"][unit]["outcome"] for r in select(records, dadwait) if unit in r["daemons"])
            for dadwait in (False, True)
        ]
        rows.append(
            [unit, *(str(count[kind]) for count in counts for kind in outcomes)]
            + [str(count.total()) for count in counts]
        )
    return table(header, rows)


def about(facts: dict) -> str:
    text = f"{facts['date']}, dadwait at commit {facts['dadwait']}, Linux {facts['kernel']}, "
    text += f"{facts['jobs']} boots at a time. Versions:\n\n"
    return text + "".join(
        f"- {name}: {', '.join(f'{package} {version}' for package, version in found.items())}\n"
        for name, found in facts["versions"].items()
    )


def write_matrix(records: list[dict], facts: dict) -> None:
    cells = list(facts["versions"])
    sections = (by_cell(records, cells), by_daemon(records), about(facts))
    write_section("matrix", "\n" + "\n".join(sections) + "\n")
