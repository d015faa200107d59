# SPDX-License-Identifier: LGPL-2.1-or-later
"""When the addresses of a machine changed their state, and when an HTTP server answered on them.

The times come from a process in the network namespace, programs/monitor_addresses.py. They are
CLOCK_MONOTONIC, in seconds.
"""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

from lab import HANG

PROGRAMS = Path(__file__).with_name("programs")


class AddressMonitor:
    """Records events from now on, until the network namespace is gone.

    command: the words that enter the network namespace.
    port, addresses: where an HTTP server is expected.
    """

    PROGRAM = PROGRAMS / "monitor_addresses.py"

    def __init__(self, command: list[str], port: int, addresses: tuple[str, ...]) -> None:
        program = [sys.executable, self.PROGRAM, str(port), *addresses]
        self._process = subprocess.Popen(
            [*command, *program],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._text = self._process.stdout.readline()  # "watching"
        os.set_blocking(self._process.stdout.fileno(), False)

    def events(self) -> list[dict]:
        """All so far, in order: {"time", "state", "address", "interface"}."""
        self._text += self._process.stdout.read() or b""
        whole, _, _ = self._text.rpartition(b"\n")
        return [json.loads(line) for line in whole.splitlines()]

    def when(self, state: str, address: str, timeout: float = HANG) -> float:
        """When an address first was in this state ("tentative", "ready", "answers" ...).

        Waits for it; raises LookupError after the timeout.
        """
        deadline = time.monotonic() + timeout
        while True:
            for event in self.events():
                if event["state"] == state and event.get("address") == address:
                    return event["time"]
            left = deadline - time.monotonic()
            if left < 0 or not select.select([self._process.stdout], [], [], left)[0]:
                raise LookupError(f"{address} never was {state}: {self.events()}")

    def close(self) -> None:
        """Reap the process. Call it when the machine is gone."""
        self._process.wait()
        self._process.stdout.close()
