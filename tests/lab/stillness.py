# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long the machine stood still.

Where a program has a limit of time that a test cannot make longer, a machine that stands still uses
it up, and what the program did says nothing. A thread that only sleeps notices that: it says so
whatever the program has done, so a test that then runs the program again hides no fault of it.
"""

import threading
import time

NAP = 0.02  # seconds
# A longer nap counts: the thread was not run, or the whole machine was not.
NOTICED = 0.1
# Seconds of which no limit is so near that they matter.
HARMLESS = 0.5
TRIES = 5


class Stillness:
    """Context manager. `seconds` is how long the machine stood still since it was entered."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Stillness":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ends.set()
        self._thread.join()

    def _watch(self) -> None:
        before = time.monotonic()
        ends = False
        while not ends:
            ends = self._ends.wait(NAP)
            now = time.monotonic()
            if now - before > NAP + NOTICED:
                self.seconds += now - before - NAP
            before = now


def without_stillness(run):
    """What run() returns, which is called again if the machine stood still meanwhile."""
    for _ in range(TRIES):
        with Stillness() as stillness:
            result = run()
        if stillness.seconds < HARMLESS:
            break
    return result
