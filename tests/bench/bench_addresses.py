# SPDX-License-Identifier: LGPL-2.1-or-later
"""The cost of the helper with thousands of addresses in one unit.

    bench_addresses.py BUILD [--runs=N] [--json=FILE]

1, 100, 1,000 and 10,000 addresses: ready; absent until the timeout; tentative at first; and assigned,
with DAD, during the wait. There is a journal that reads what it receives. Measures processor time, and
of one run the instructions (callgrind) and system calls (strace), which do not depend on what else
the machine does. Needs root, and a build without sanitizers.
"""

import re
import sys
import threading
from pathlib import Path

from figures import FIRST, Goal, Table, arguments, report, take_turns

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.netns import Net  # noqa: E402

NUMBERS = (1, 100, 1000, 10_000)


def addresses(number):
    """All with the same solicited-node multicast group (RFC 4291, section 2.7.1): to join a group for
    each of 10,000 addresses takes the kernel twenty times as long as to assign them."""
    return [f"2001:db8::{i:x}:0:1" for i in range(1, number + 1)]


# The goals, in microseconds of processor time.
GOALS = {1000: 20_000, 10_000: 500_000}

# A journal that reads and discards, until its input ends.
JOURNAL = """
import os, select, socket, sys
path = "/run/systemd/journal/socket"
os.makedirs(os.path.dirname(path))
journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
journal.bind(path)
print("bound", flush=True)
while sys.stdin not in select.select([journal, sys.stdin], [], [])[0]:
    journal.recv(1 << 20)
"""

VALGRIND = ["valgrind", "--tool=callgrind", "--trace-children=yes", "--callgrind-out-file=/dev/null"]
STRACE = ["strace", "-qq", "-f", "-c", "-U", "calls,name"]


class Bench:
    def __init__(self, build: Path, runs: int):
        self.helper = str(build / "helper/dadwait")
        self.cost = str(build / "tests/bench/cost")
        self.runs = runs
        self.net = Net()
        self.journal = self.net.start(sys.executable, "-c", JOURNAL, stdin=-1)
        assert self.journal.stdout.readline() == "bound\n"

    def close(self):
        self.journal.communicate("")
        self.net.close()

    def run(self, number, *command, options=()):
        command = [*command, self.helper, *options, *addresses(number)]
        return self.net.run(*command, timeout=None)

    def assign(self, number, *options):
        self.net.assign(addresses(number), *options)

    def flush(self):
        """With the link: to remove 10,000 addresses one by one takes the kernel minutes."""
        self.net.ip("link del eth0")
        self.net.add_link("eth0")

    def forget(self):
        """Remove the records of addresses that timed out, which each run would read."""
        self.net.run("rm", "-rf", "/run/dadwait")

    def cpu(self, number, *options):
        return int(self.run(number, *FIRST, self.cost, 1, options=options).stdout.split()[2])

    def instructions(self, number, *options):
        """Of both stages. The first one does not count if it executes the second."""
        errors = self.run(number, *VALGRIND, options=options).stderr
        return sum(map(int, re.findall(r"Collected : (\d+)", errors)))

    def calls(self, number, *options):
        return int(re.search(r"(\d+) total", self.run(number, *STRACE, options=options).stderr)[1])

    def ready(self, measure):
        """The addresses are assigned once for all runs."""
        for number in NUMBERS:
            self.flush()
            self.assign(number, "nodad")
            yield number, lambda: measure(number)
        self.flush()

    def absent(self, measure):
        for number in NUMBERS:
            def once():
                self.forget()
                return measure(number, "--timeout=100ms")
            yield number, once
        self.forget()

    def tentative(self, measure):
        """DAD ends for one address after the other, in the order in which they were assigned."""
        for number in NUMBERS:
            def once():
                self.net.dad_takes(1 + number / 1000)
                self.assign(number)
                value = measure(number)
                self.flush()
                return value
            yield number, once

    def assigned(self, measure):
        """The addresses are absent at first, and the kernel sends two events for each."""
        for number in NUMBERS:
            def assign():
                self.net.until(self.net.watchers, "the helper waits")
                self.assign(number)

            def once():
                self.net.dad_takes(0.1)
                assigning = threading.Thread(target=assign)
                assigning.start()
                value = measure(number, "--timeout=infinity")
                assigning.join()
                self.flush()
                return value
            yield number, once

    def table(self, case, measure, runs):
        rows = {}
        for number, once in case(measure):
            what = f"{case.__name__}, {measure.__name__}"
            rows |= take_turns(what, runs, {f"{number:,}": once}, lambda once: once())
        return rows


def main():
    options = arguments()
    bench = Bench(options.build, options.runs)
    runs = max(1, options.runs // 4)
    tables = {}
    for case in bench.ready, bench.absent, bench.tentative, bench.assigned:
        name = case.__name__
        for measure, unit, times in (
            (bench.cpu, "us", runs),
            (bench.instructions, "instructions", 1),
            (bench.calls, "system calls", 1),
        ):
            what = "processor time" if measure == bench.cpu else unit
            title = f"So many addresses, {name}: {what}"
            tables[f"{name}, {what}"] = Table(title, unit, bench.table(case, measure, times))
    bench.close()
    goals = [
        Goal(f"{number:,} addresses, {case}, us", tables[f"{case}, processor time"].median(f"{number:,}"), limit)
        for number, limit in GOALS.items()
        for case in ("ready", "absent", "tentative", "assigned")
    ]
    report(tables, goals, options.json)


if __name__ == "__main__":
    main()
