# SPDX-License-Identifier: LGPL-2.1-or-later
"""Many boots of the matrix, some at a time; each leaves a line in a file as soon as it is done."""

import concurrent.futures
import datetime
import json
import os
import platform
import threading
from collections.abc import Callable
from pathlib import Path

from . import SOURCE
from .base import say
from .matrix import Cell, boot, went_well
from .product import product
from .sandbox import output


def prepare(cells: list[Cell], builds: Path) -> dict[str, Path]:
    """Make the base systems, and build dadwait on each release; the trees of it by release."""
    for cell in cells:
        cell.base()
    suites = dict.fromkeys(cell.suite for cell in cells)
    return {suite: product(suite, builds) for suite in suites}


def place() -> str:
    """When, of what and on what something was measured."""
    date = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    commit = output(["git", "-C", str(SOURCE), "rev-parse", "--short", "HEAD"]).strip()
    return f"{date}, commit {commit}, Linux {platform.release()}"


def facts(cells: list[Cell], jobs: int) -> dict:
    """The place, and the versions that each cell has."""
    about = f"{place()}, {jobs} boots at a time on {os.cpu_count()} processors"
    return {"about": about, "versions": {cell.name: versions(cell) for cell in cells}}


def versions(cell: Cell) -> dict[str, str]:
    """Of systemd, the network manager and the daemons."""
    packages = dict.fromkeys(("systemd", *cell.how.packages[cell.suite][:1], *cell.daemon_packages))
    form = "${Package} ${Version}\n"
    text = output(["dpkg-query", f"--root={cell.base()}", "-W", "-f", form, *packages])
    return dict(line.split() for line in text.splitlines())


def schedule(cells: list[Cell], boots: int, controls: int) -> list[tuple[Cell, bool]]:
    """Which cells to boot, without dadwait or with it, so that an interruption leaves all of them
    with about the same number."""
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
    """Do the boots of a plan, `jobs` at a time.

    records: a file for the records, one JSON object a line.
    each: called with all records after each boot.
    """
    done: list[dict] = []
    lock = threading.Lock()
    records.parent.mkdir(parents=True, exist_ok=True)
    records.write_text("")

    def one(number: int, cell: Cell, dadwait: bool) -> None:
        kind = "with" if dadwait else "without"
        evidence = records.parent / "journals" / f"{number:04} {cell.name} {kind}.txt"
        record = boot(cell, installed[cell.suite] if dadwait else None, evidence)
        with lock:
            done.append(record)
            with records.open("a") as file:
                file.write(json.dumps(record) + "\n")
            say(f"{len(done)}/{len(plan)} {cell.name}, {kind} dadwait: {summary(record)}")
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
    if went_well(record):
        return f"all started, {record['finished']} s"
    return ", ".join(
        f"{unit}: {verdict['outcome']}"
        for unit, verdict in record["daemons"].items()
        if verdict["outcome"] != "started"
    )
