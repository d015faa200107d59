# SPDX-License-Identifier: LGPL-2.1-or-later
"""Write what the benchmarks have measured into docs/helper-figures.md, between its marks.

    write_figures.py BUILD

Reads bench-helper.json, bench-apache.json and bench-addresses.json of the build directory. Prints
what has become worse.
"""

import json
import statistics
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests"))

from compare import print_worse  # noqa: E402

from lab.markdown import table, write_section  # noqa: E402

PAGE = SOURCE / "docs/helper-figures.md"


def figure(value: float, unit: str) -> str:
    if unit != "us":
        return f"{value:,.0f}"
    return f"{value / 1000:,.{2 if value >= 1000 else 3}f} ms"


def of_contenders(measured: dict) -> str:
    """A row for each contender, with the median of its runs and their range."""
    return table(["", "median", "least", "largest"], [
        [name, *(figure(of(values), measured["unit"]) for of in (statistics.median, min, max))]
        for name, values in measured["values"].items()
    ])


def of_numbers(tables: dict, case: str) -> str:
    """A row for each number of addresses, with the median of each thing that was measured."""
    measured = {key.removeprefix(f"{case}, "): of for key, of in tables.items()
                if key.startswith(f"{case}, ")}
    numbers = next(iter(measured.values()))["values"]
    return table(["addresses", *measured], [
        [number, *(figure(of["medians"][number], of["unit"]) for of in measured.values())]
        for number in numbers
    ])


def of_goals(goals: list[dict]) -> str:
    return table(["goal", "at most", "measured", ""], [
        [goal["goal"], f"{goal['limit']:,g}", f"{goal['value']:,.2f}",
         "met" if goal["met"] else "**missed**"]
        for goal in goals
    ])


def provenance(measured: dict) -> str:
    about = measured["machine"]
    runs = max(len(values) for of in measured["tables"].values() for values in of["values"].values())
    return (f"Measured on {measured['date']}: {about['processor']}, {about['processors']} processors, "
            f"Linux {about['kernel']}, a load of {about['load']:.1f} at the end, up to {runs} "
            f"runs; commit {about['commit']}.\n")


def write(measured: dict, name: str, sections: dict[str, str]) -> None:
    sections |= {f"{name}, provenance": provenance(measured),
                 f"{name}, goals": of_goals(measured["goals"])}
    for section, text in sections.items():
        write_section(PAGE, section, f"\n{text}\n")


def main():
    build = Path(sys.argv[1])
    before = PAGE.read_text()
    for name in "helper", "apache":
        measured = json.loads((build / f"bench-{name}.json").read_text())
        write(measured, name, {key: of_contenders(of) for key, of in measured["tables"].items()})
    many = json.loads((build / "bench-addresses.json").read_text())
    cases = dict.fromkeys(key.split(", ")[0] for key in many["tables"])
    write(many, "addresses", {case: of_numbers(many["tables"], case) for case in cases})
    print_worse(PAGE.name, before, PAGE.read_text())


if __name__ == "__main__":
    main()
