# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tables, medians and goals of the benchmarks."""

import argparse
import json
import os
import statistics
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.machine import machine  # noqa: E402

# Contenders have a higher priority than other processes (sched(7)).
FIRST = ("chrt", "--rr", "1")


@dataclass
class Table:
    """The values of each contender, in one unit."""

    title: str
    unit: str
    rows: dict[str, list[float]]

    def median(self, name: str) -> float:
        return statistics.median(self.rows[name])

    def print(self) -> None:
        print(f"\n{self.title}")
        width = max(16, *map(len, self.rows))
        for name, values in self.rows.items():
            print(f"  {name:{width}} median {self.median(name):10,.0f} {self.unit}"
                  f"   from {min(values):10,.0f} to {max(values):12,.0f}")


@dataclass
class Goal:
    name: str
    value: float
    limit: float

    @property
    def met(self) -> bool:
        return self.value <= self.limit

    def print(self) -> None:
        print(f"  {self.name:46} {self.value:10,.2f}   at most {self.limit:9,.2f}"
              f"   {'met' if self.met else 'MISSED'}")


def take_turns(what, runs, contenders, measure):
    """Run each contender once, then each once more, and so on. Returns {contender: [value]}."""
    values = {name: [] for name in contenders}
    for run in range(runs):
        print(f"\r{what}: {run + 1} of {runs}", end="", file=sys.stderr, flush=True)
        for name, contender in contenders.items():
            values[name].append(measure(contender))
    print(file=sys.stderr)
    return values


def report(tables: dict[str, Table], goals: list[Goal], file: Path | None) -> None:
    """Print the tables and goals, and write every value as JSON."""
    for table in tables.values():
        table.print()
    print("\nGoals")
    for goal in goals:
        goal.print()
    about = machine()
    print(f"\n{about['processor']}, {about['processors']} processors, Linux {about['kernel']}, "
          f"a load of {about['load']:.1f}, {date.today()}")
    if file:
        text = json.dumps({
            "machine": about,
            "date": str(date.today()),
            "tables": {key: {
                "title": table.title,
                "unit": table.unit,
                "values": table.rows,
                "medians": {name: table.median(name) for name in table.rows},
            } for key, table in tables.items()},
            "goals": [{"goal": goal.name, "value": goal.value, "limit": goal.limit,
                       "met": goal.met} for goal in goals],
        }, indent=1)
        file.write_text(text + "\n")


def arguments() -> argparse.Namespace:
    """BUILD [--runs=N] [--json=FILE], for root with two processors."""
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=lambda path: Path(path).resolve())
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--json", type=Path)
    parsed = parser.parse_args()
    os.environ["DADWAIT_BUILD"] = str(parsed.build)  # where lab finds the programs
    if os.geteuid() != 0 or os.cpu_count() < 2:
        sys.exit("needs root and two processors")
    return parsed
