# SPDX-License-Identifier: LGPL-2.1-or-later
"""Many boots of the matrix, several at a time. Each is recorded in a file when it has ended."""

import concurrent.futures
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

from experiments import daemons
from experiments.matrix import Cell, all_started, boot
from experiments.results import provenance
from lab.base_system import progress
from lab.install_tree import install_tree
from lab.sandbox import output


def prepare(cells: list[Cell], builds: Path) -> dict[str, Path]:
    """Make the base systems, and build dadwait on each release. Returns its tree for each release."""
    for cell in cells:
        cell.base()
    suites = dict.fromkeys(cell.suite for cell in cells)
    return {suite: install_tree(suite, builds) for suite in suites}


def describe(cells: list[Cell], jobs: int) -> dict:
    """When, of what and on what is measured, the versions of each cell, and of those with IPv4 what
    makes the addresses late."""
    about = f"{provenance()}, {jobs} boots at a time on {os.cpu_count()} processors"
    ipv4 = [cell for cell in cells if cell.ipv4]
    return {
        "about": about,
        "versions": {cell.name: versions(cell) for cell in cells if not cell.ipv4},
        "ipv4": {cell.name: cell.addressing.reason for cell in ipv4},
        "ipv4 versions": {cell.system: versions(cell) for cell in ipv4},
    }


def versions(cell: Cell) -> dict[str, str]:
    """Versions of systemd, the network manager and the daemons."""
    daemon_packages = daemons.PACKAGES if cell.ipv4 else cell.daemon_packages
    packages = dict.fromkeys(("systemd", *cell.network.packages[cell.suite][:1], *daemon_packages))
    form = "${Package} ${Version}\n"
    text = output(["dpkg-query", f"--root={cell.base()}", "-W", "-f", form, *packages])
    return dict(line.split() for line in text.splitlines())


def schedule(cells: list[Cell], boots: int, controls: int) -> list[tuple[Cell, bool]]:
    """Which cells to boot, without dadwait or with it. In rounds, so that all cells have about the same
    number of boots after an interruption."""
    rounds = range(max(boots, controls))
    return [
        (cell, dadwait)
        for number in rounds
        for dadwait, limit in ((False, controls), (True, boots))
        if number < limit
        for cell in cells
    ]


def run(
    plan: list[tuple[Cell, bool]],
    installed: dict[str, Path],
    jobs: int,
    records: Path,
    each: Callable[[list[dict]], None],
) -> list[dict]:
    """Do the boots of a plan, `jobs` at a time. Returns their records.

    records: a file for the records, one JSON object a line.
    each: called with all records after each boot.
    """
    done: list[dict] = []
    lock = threading.Lock()
    records.parent.mkdir(parents=True, exist_ok=True)
    records.write_text("")

    def one(number: int, cell: Cell, dadwait: bool) -> None:
        kind = "with" if dadwait else "without"
        journal = records.parent / "journals" / f"{number:04} {cell.name} {kind}.txt"
        record = boot(cell, installed[cell.suite] if dadwait else None, journal)
        with lock:
            done.append(record)
            with records.open("a") as file:
                file.write(json.dumps(record) + "\n")
            progress(f"{len(done)}/{len(plan)} {cell.name}, {kind} dadwait: {summary(record)}")
            each(done)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(one, n, *what) for n, what in enumerate(plan, 1)]
        try:
            for future in concurrent.futures.as_completed(futures):
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return done


def summary(record: dict) -> str:
    if "error" in record:
        return record["error"]
    if all_started(record):
        return f"all started, {record['finished']} s"
    return ", ".join(
        f"{unit}: {daemon['outcome']}"
        for unit, daemon in record["daemons"].items()
        if daemon["outcome"] != "started"
    )
