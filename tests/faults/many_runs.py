# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run the same thing many times, each time with another fault."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lab import build
from lab.stillness import HARMLESS, Stillness

COUNTS: Counter = Counter()


class Runs:
    """Runs with different faults, several at a time, and counts them."""

    def __init__(self, name: str) -> None:
        self.name = name

    def check(self, examine, cases: list, workers: int = os.cpu_count() or 1) -> None:
        """examine: returns what is wrong with the run of one case, as a list."""
        assert cases
        with Stillness() as stillness, ThreadPoolExecutor(workers) as pool:
            def attentively(case):
                before = stillness.seconds
                wrong = examine(case)
                # The generator is ended by the clock (ALARM_SEC).
                if wrong and stillness.seconds - before > HARMLESS:
                    wrong = examine(case)
                return case, wrong

            results = list(pool.map(attentively, cases))
        COUNTS[self.name] += len(results)
        bad = [f"{case}: {'; '.join(wrong)}" for case, wrong in results if wrong]
        assert not bad, f"{len(bad)} of {len(results)} runs:\n" + "\n".join(bad)


def allocations(count: Path) -> list[int]:
    """The numbers of allocations that each process had made at its exit and before each fork(2), in a
    run with with_failing_allocation(). The last process is last; a child continues to count."""
    numbers = count.read_text().split() if count.exists() else []
    count.unlink(missing_ok=True)
    return list(map(int, numbers))


def with_failing_allocation(number: int, count: Path) -> dict[str, str]:
    """The environment of a run in which the allocation of that number fails."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return os.environ | {
        "LD_PRELOAD": str(build() / "tests/faults/failing-malloc.so"),
        "FAIL_AT": str(number),
        "ALLOCATIONS": str(count),
        # The address sanitizer accepts that another library is loaded before it.
        "ASAN_OPTIONS": f"{options}:verify_asan_link_order=0",
    }
