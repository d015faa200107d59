# SPDX-License-Identifier: LGPL-2.1-or-later
"""What has become worse since the figures of a page were written.

Both sides are the text of a page of docs/, so nothing but the page has to be kept. Of its tables:

- System calls and instructions are compared as they are.
- A time is divided by that of the contender that the table is measured against, so that another
  machine or another hour changes both. Worse is what has grown by more than BAND. Two runs of one
  build on a virtual machine with other work have differed by a fifth.
- A time without such a contender, and memory, is divided by nothing, and is compared only if the
  machine is the same.

The rows of other programs are left out, and so are the goals, which are made of the same figures.
"""

import re
from collections.abc import Iterator

BAND = 1.25

COUNTS = ("instructions", "system calls")
RATIOS = ("times `cat`",)
SIZES = ("median", "memory", "processor time")
REFERENCES = ("floor", "cat of what has to be read", "true", "by hand",
              "with a bare netlink program")

SCALES = {"": 1, "ms": 1e-3, "s": 1, "MiB": 1 << 20, "million": 1e6}

SECTION = re.compile(r"<!-- (.+?): written by the test -->\n(.*?)<!-- end of \1 -->", re.S)
MACHINE = re.compile(r"[:] ([^:\n]+?, \d+) (?:virtual )?processors, Linux ([^,\s]+)")

Table = dict[str, dict[str, float]]  # of each row the figures by their columns


def figure(cell: str) -> float | None:
    found = re.fullmatch(r"([\d,]+(?:\.\d+)?)(?: (\w+))?", cell)
    if not found or (found[2] or "") not in SCALES:
        return None
    return float(found[1].replace(",", "")) * SCALES[found[2] or ""]


def parse(text: str) -> Table:
    rows = [[cell.strip(" *") for cell in line.strip().strip("|").split("|")]
            for line in text.splitlines() if line.startswith("|")]
    if not rows:
        return {}
    (_, *columns), _, *rows = rows
    return {name: {column: value for column, cell in zip(columns, cells)
                   if (value := figure(cell)) is not None}
            for name, *cells in rows}


def tables(page: str) -> dict[str, Table]:
    return {name: parse(text) for name, text in SECTION.findall(page) if not name.endswith("goals")}


def comparable(table: Table) -> Iterator[tuple[str, str, float, str]]:
    """(row, column, value, what the value is a multiple of) of what is this project's own."""
    reference = next((name for name in REFERENCES if name in table), "")
    for name, row in table.items():
        if reference and "dadwait" not in name:
            continue
        for column, value in row.items():
            if column in COUNTS:
                yield name, column, value, column
            elif column in RATIOS:
                yield name, column, value, "`cat`"
            elif column in SIZES and reference:
                yield name, column, value / table[reference][column], reference
            elif column in SIZES:
                yield name, column, value, ""


def worse(before: str, after: str) -> Iterator[str]:
    """A line for each figure that is worse in the text of a page than it was."""
    old, new = tables(before), tables(after)
    same_machine = set(MACHINE.findall(before)) == set(MACHINE.findall(after))
    for section, table in new.items():
        was = {(row, column): value for row, column, value, _ in comparable(old.get(section, {}))}
        for row, column, value, of in comparable(table):
            earlier = was.get((row, column))
            if earlier is None:
                yield f"{section}, {row}, {column}: not compared, it is new"
            elif column in COUNTS and value > earlier:
                yield f"{section}, {row}: {value:,.0f} {column}, were {earlier:,.0f}"
            elif column not in COUNTS and value > earlier * BAND and (of or same_machine):
                grown = f"{value / earlier:.2f} times what it was"
                yield (f"{section}, {row}: {value:.2f} times {of}, was {earlier:.2f}" if of
                       else f"{section}, {row}, {column}: {grown}")


def print_worse(name: str, before: str, after: str) -> None:
    lines = list(worse(before, after))
    print(f"\nWorse than {name} had it: counts by anything, times by more than {BAND} times")
    for line in lines or ["nothing"]:
        print(f"  {line}")
