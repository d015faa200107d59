# SPDX-License-Identifier: LGPL-2.1-or-later
"""Many runs with a fault each."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lab import build

COUNTS: Counter = Counter()


class Runs:
    """Runs the same thing with many faults, side by side, and counts the runs."""

    def __init__(self, name: str) -> None:
        self.name = name

    def check(self, examine, cases: list, workers: int = os.cpu_count() or 1) -> None:
        """`examine`: what is wrong with the run of one case, as a list."""
        assert cases
        with ThreadPoolExecutor(workers) as pool:
            results = list(pool.map(lambda case: (case, examine(case)), cases))
        COUNTS[self.name] += len(results)
        bad = [f"{case}: {'; '.join(wrong)}" for case, wrong in results if wrong]
        assert not bad, f"{len(bad)} of {len(results)} runs:\n" + "\n".join(bad)


def allocations(count: Path) -> list[int]:
    """How many each process had made when it exited, the last one's last, and before each fork(2),
    in a run with with_failing_allocation(). What was forked counts on."""
    numbers = count.read_text().split() if count.exists() else []
    count.unlink(missing_ok=True)
    return list(map(int, numbers))


def with_failing_allocation(number: int, count: Path) -> dict[str, str]:
    """The environment of a run whose allocation of that number fails."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return os.environ | {
        "LD_PRELOAD": str(build() / "tests/faults/failing-malloc.so"),
        "FAIL_AT": str(number),
        "ALLOCATIONS": str(count),
        # The sanitizer wants to come first; here it may come second.
        "ASAN_OPTIONS": f"{options}:verify_asan_link_order=0",
    }
