# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run every suite of a build with `meson test`, and count the single tests.

    run_suites.py BUILD [SUITE...]

Runs the named suites, or all. Prints each test's result as it ends, and then the time of each suite,
the slowest tests, those that failed, and `N passed, N failed, N skipped`. Exits with 1 if any failed.
With CI=true in the environment a skipped test of a suite in MUST_RUN counts as failed: otherwise a
machine that cannot make namespaces or boot containers would pass without having tested anything.
"""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MUST_RUN = ("netns", "boot")

# Suites that run at the same time. The first ones mostly wait: for DAD, for boots, for daemons.
AT_ONCE = 3

N_SLOWEST = 10

# Of what a failed test says; often the journal of a service.
N_LINES = 20


def suites(build: Path) -> list[str]:
    """In the order of tests/meson.build, as "project:suite"."""
    listed = subprocess.check_output(["meson", "introspect", "--tests", build], text=True)
    return list(dict.fromkeys(suite for test in json.loads(listed) for suite in test["suite"]))


def run(build: Path, suite: str) -> list[dict]:
    """Run one suite, and print its lines as they come. Returns meson's record of each test."""
    name = suite.partition(":")[2]
    log = build / "meson-logs" / f"{name}.json"
    log.unlink(missing_ok=True)
    command = ["meson", "test", "-C", build, "--no-rebuild", f"--suite={suite}"]
    command += [f"--logbase={name}", "--print-errorlogs"]
    # meson shows single tests only of verbose suites.
    if name != "unit":
        command.append("--verbose")
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    for line in process.stdout:
        if line.strip():
            # One write: the suites that run at the same time print, too.
            sys.stdout.write(f"{name:9} {line.rstrip()}\n")
            sys.stdout.flush()
    process.wait()
    if not log.exists():
        return [{"name": name, "result": f"meson test exited {process.returncode}", "stdout": ""}]
    return [json.loads(line) for line in log.read_text().splitlines()]


def count_pytest(file: Path) -> Counter:
    counts = Counter()
    for suite in xml.parse(file).iter("testsuite"):
        tests, failures, errors, skipped = (
            int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")
        )
        counts.update(
            passed=tests - failures - errors - skipped, failed=failures + errors, skipped=skipped
        )
        # The kernel is built without a feature: CI accepts that these are skipped.
        reasons = [skip.get("message") for skip in suite.iter("skipped")]
        counts["excused"] += sum(reason.startswith("this kernel has no ") for reason in reasons)
    return counts


def durations_pytest(suite: str, file: Path) -> list[tuple[float, str]]:
    """Seconds and name of each test; setup and teardown included."""
    found = []
    for case in xml.parse(file).iter("testcase"):
        module = (case.get("classname") or "").rpartition(".")[2]
        found.append((float(case.get("time")), f"{suite}/{module}.py::{case.get('name')}"))
    return found


def failures_pytest(file: Path) -> list[str]:
    """Name of each test that failed, and the first lines of why."""
    found = []
    for case in xml.parse(file).iter("testcase"):
        for why in [*case.findall("failure"), *case.findall("error")]:
            module = (case.get("classname") or "").rpartition(".")[2]
            first, *more = (why.get("message") or "").splitlines()[:N_LINES] or [""]
            found.append(f"{module}.py::{case.get('name')}: {first[:200]}")
            found += [f"    {line[:200]}" for line in more]
    return found


def count_tap(text: str) -> Counter:
    counts = Counter()
    for failed, directive in re.findall(r"^(not )?ok \d+[^#\n]*(# SKIP)?", text, re.M | re.I):
        counts["skipped" if directive else "failed" if failed else "passed"] += 1
    return counts


def pytest_report(build: Path, test: dict) -> Path:
    return build / "tests" / f"{test['name'].split()[-1]}.xml"


def durations(build: Path, suite: str, test: dict) -> list[tuple[float, str]]:
    """Seconds and name of the single tests of one of meson's tests, or of itself."""
    file = pytest_report(build, test)
    if file.exists():
        return durations_pytest(suite, file)
    return [(test.get("duration", 0.0), f"{suite}/{test['name'].split()[-1]}")]


def failures(build: Path, test: dict) -> list[str]:
    file = pytest_report(build, test)
    return failures_pytest(file) if file.exists() else []


def count(build: Path, test: dict) -> Counter:
    """The results of one of meson's tests: a pytest suite, a program that prints TAP, or neither."""
    file = pytest_report(build, test)
    counts = count_pytest(file) if file.exists() else count_tap(test.get("stdout", ""))
    if test["result"] in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT") or not sum(counts.values()):
        # After a crash or a timeout nothing is known of the single tests.
        one = {"OK": "passed", "SKIP": "skipped"}.get(test["result"], "failed")
        counts[one] = max(counts[one], 1)
    return counts


def main() -> int:
    build, chosen = Path(sys.argv[1]), sys.argv[2:]
    total, bad, seconds = Counter(), [], []
    for file in (build / "tests").glob("*.xml"):
        file.unlink()
    # The last suites take longest, and mostly wait: for DAD, for boots.
    order = [suite for suite in suites(build)[::-1]
             if not chosen or suite.partition(":")[2] in chosen]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda suite: run(build, suite), order))
    print("\nThe suites:")
    for suite, tests in zip(order, results):
        name = suite.partition(":")[2]
        counts = Counter()
        print(f"{sum(test.get('duration', 0) for test in tests):7.1f} s  {name}")
        for test in tests:
            counts += count(build, test)
            seconds += durations(build, name, test)
        missed = counts["skipped"] - counts["excused"]
        if name in MUST_RUN and os.environ.get("CI") == "true" and missed:
            bad.append(f"{name}: {missed} skipped, which counts as failed here")
            counts.update(failed=missed, skipped=-missed)
        if counts["failed"]:
            bad.append(f"{name}: {counts['failed']} failed, see {build}/meson-logs/{name}.txt")
            bad += [f"    {failure}" for test in tests for failure in failures(build, test)]
        total += counts
    print("\nThe slowest tests:")
    for duration, test in sorted(seconds, reverse=True)[:N_SLOWEST]:
        print(f"{duration:7.1f} s  {test}")
    print("", *bad, sep="\n")
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
