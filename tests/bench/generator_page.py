# SPDX-License-Identifier: LGPL-2.1-or-later
"""The tables of docs/generator-figures.md, between marks; the text around them is kept."""

from collections.abc import Sequence
from datetime import date

from compare import print_worse
from figures import Goal, Table

from lab import SOURCE
from lab.machine import machine
from lab.markdown import table, write_section

PAGE = SOURCE / "docs" / "generator-figures.md"


def conditions(runs: int, files: int) -> str:
    about = machine()
    return (f"Of {runs} runs each, on {date.today()}: {about['processor']}, {about['processors']} "
            f"virtual processors, Linux {about['kernel']}, a load of {about['load']:.1f}; commit "
            f"{about['commit']}. In Debian's default configuration {files} files have to be "
            "read.\n")


def milliseconds(usec: float) -> str:
    return f"{usec / 1000:.3g} ms"


def by_contender(times: Table, ours: str) -> str:
    """From the quickest to the slowest."""
    rows = [[f"**{name}**" if name == ours else name, milliseconds(times.median(name)),
             milliseconds(min(values)), milliseconds(max(values))]
            for name, values in times.rows.items()]
    rows.sort(key=lambda row: times.median(row[0].strip("*")))
    return table(["contender", "median", "least", "largest"], rows)


def counted(tables: dict[str, Table], name: str) -> list[str]:
    """System calls and instructions, or dashes where nothing was counted."""
    if f"{name}: generator" not in tables["calls"].rows:
        return ["–"] * 3
    calls = [tables["calls"].median(f"{name}: {who}") for who in ("cat", "generator")]
    instructions = tables["instructions"].median(f"{name}: generator")
    return [*(f"{number:,.0f}" for number in calls), f"{instructions:,.0f}"]


def by_tree(tables: dict[str, Table], names: Sequence[str]) -> str:
    rows = []
    for name in names:
        cat = tables["trees"].median(f"{name}: cat")
        ours = tables["trees"].median(f"{name}: generator")
        rows.append([
            name, milliseconds(cat), milliseconds(ours), f"{ours / cat:.2f}",
            f"{tables['memory'].median(f'{name}: generator') / 1024:.1f} MiB",
            *counted(tables, name),
        ])
    return table(["", "`cat`", "dadwait-generator", "times `cat`", "memory", "system calls of `cat`",
                  "system calls", "instructions"], rows)


def by_goal(goals: list[Goal]) -> str:
    return table(["goal", "at most", "measured", ""],
                 [[goal.name, f"{goal.limit:,g}", f"{goal.value:,.2f}",
                   "met" if goal.met else "**missed**"] for goal in goals])


def write_page(tables: dict[str, Table], goals: list[Goal], *, ours: str, names: Sequence[str],
               runs: int, files: int) -> None:
    """`names`: of the trees; `files`: how many the generator reads in the first."""
    before = PAGE.read_text()
    for section, text in (("conditions", conditions(runs, files)),
                          ("generators", by_contender(tables["generators"], ours)),
                          ("trees", by_tree(tables, names)),
                          ("goals", by_goal(goals))):
        write_section(PAGE, section, f"\n{text}\n")
    print_worse(PAGE.name, before, PAGE.read_text())
