# SPDX-License-Identifier: LGPL-2.1-or-later
"""The cost of the helper, compared with other ways to wait for DAD.

    bench_helper.py BUILD [--runs=N] [--json=FILE]

The contenders run in turn on one kernel, and the median of each counts. Prints a table; the JSON has
every value. Needs root, two processors, an idle machine, and a build without sanitizers.
"""

import random
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import FIRST, Goal, Table, arguments, report, take_turns

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.journal import Journal  # noqa: E402
from lab.netns import Net  # noqa: E402

WANTED = "2001:db8::1"

# The goals, in microseconds.
LATE_RATIO, JOURNAL_RATIO, LATE_USEC = 1.5, 2, 1000
IDLE_RATIO, SHELL_RATIO = 1, 0.5
CROWD_RATIO = 1.5
FLOOD_USEC = 20_000

# Of a run that tells when bind() first worked: how long before it still had failed, in
# microseconds. Where the kernel ended DAD on the processor of time-bind, it is much more.
PRECISION_USEC, TRIES = 50, 50

LOOP = "while ip address show | grep -q tentative; do sleep 1; done"
MONITOR = f"""
exec {{events}}< <(exec ip -6 monitor address)
grep -q -m 1 'inet6 {WANTED}/64 scope global *$' <&$events
kill $!
"""
SHELL = "ip address show | grep -c tentative"


def fetch_settle_dad(directory: Path) -> str:
    """The script that ifupdown runs, extracted from Debian's package."""
    subprocess.run(
        ["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", "ifupdown"],
        cwd=directory,
        check=True,
    )
    package = next(directory.glob("ifupdown_*.deb"))
    subprocess.run(["dpkg-deb", "--extract", package, directory], check=True)
    return str(directory / "lib/ifupdown/settle-dad.sh")


class Bench:
    def __init__(self, build: Path, runs: int, directory: Path):
        self.runs = runs
        self.build = build
        self.helper = str(build / "helper/dadwait")
        self.settle_dad = fetch_settle_dad(directory)
        self.net = Net()
        self.net_with_journal = Net()
        self.journal = Journal(self.net_with_journal, directory)

    def close(self):
        self.journal.close()
        self.net_with_journal.close()
        self.net.close()

    def tool(self, name):
        """`time-bind` of tests/lab/programs, `floor` and `cost` of tests/bench."""
        return str(self.build / "tests" / ("" if name == "time-bind" else "bench") / name)

    def take_turns(self, what, contenders, measure):
        return take_turns(what, self.runs, contenders, measure)

    def wait_once(self, command, seconds, net=None):
        """Run a command that waits for an address while DAD takes so long. The kernel does DAD on
        processor 0, where the address is added, and the command runs there as well."""
        net = net or self.net
        net.dad_takes(seconds)
        net.run(*f"taskset -c 0 ip address add {WANTED}/64 dev eth0".split())
        running = net.start(*FIRST, self.tool("time-bind"), WANTED, "", *command)
        output, errors = running.communicate(timeout=60)
        net.remove(WANTED)
        run = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", output)}
        if not run.get("bound") or run["bound"] - run["start"] < 10_000:
            raise RuntimeError(f"{command} had no time to wait: {output} {errors}")
        return run

    def late(self):
        """a) From the first bind() that succeeds to the exit. The length of DAD differs, otherwise the
        loops would always be in the same step. Runs in which that instant is not known are
        repeated."""
        settle = ["env", "IFACE=eth0", f"IF_ADDRESS={WANTED}", "IF_NETMASK=128", self.settle_dad]
        contenders = {
            "floor": ([self.tool("floor"), WANTED], self.net),
            "dadwait": ([self.helper, WANTED], self.net),
            "dadwait, with a journal": ([self.helper, WANTED], self.net_with_journal),
            "ip monitor": (["bash", "-c", MONITOR], self.net),
            "settle-dad.sh": (settle, self.net),
            "loop": (["sh", "-c", LOOP], self.net),
        }

        def measure(contender):
            command, net = contender
            for _ in range(TRIES):
                run = self.wait_once(command, random.uniform(0.4, 1.4), net)
                if run["bound"] - run["failed"] <= PRECISION_USEC:
                    return run["exit"] - run["bound"]
            raise RuntimeError("time-bind did not run when DAD ended: is the machine idle?")

        return self.take_turns("a) late", contenders, measure)

    def cost_once(self, command):
        return statistics.median(
            int(line.split()[0])
            for line in self.net.run(*FIRST, self.tool("cost"), 10, *command).stdout.splitlines()
        )

    def idle(self):
        """b) Nothing to wait for: from start to exit."""
        contenders = {
            "true": ["/bin/true"],
            "dadwait": [self.helper, WANTED],
            "ip": ["ip", "-6", "address", "show"],
            "shell": ["sh", "-c", SHELL],
        }
        self.net.add(WANTED, "nodad")
        values = self.take_turns("b) nothing to wait for", contenders, self.cost_once)
        self.net.remove(WANTED)
        return values

    def fill(self, number):
        """Assign so many addresses."""
        self.net.ip("-batch -", input="".join(self.net.churn(number).splitlines(True)[:number]))

    def crowd(self, ready, measure):
        """One target among many addresses."""
        values = {}
        for number in 10, 100, 1000:
            self.net.ip("address flush dev eth0 to 2001:db8:ffff::/64")
            self.fill(number - 1)
            if ready:
                self.net.add(WANTED, "nodad")
            what = f"c) {number} assigned, the wanted one {'ready' if ready else 'in DAD'}"
            values |= self.take_turns(what, {str(number): [self.helper, WANTED]}, measure)
            if ready:
                self.net.remove(WANTED)
        self.net.ip("address flush dev eth0 to 2001:db8:ffff::/64")
        return values

    def flood(self):
        """d) Processor time of a wait in which 1,000 other addresses come and go."""
        contenders = {
            "floor": [self.tool("floor"), WANTED],
            "dadwait": [self.helper, WANTED],
        }

        def measure(command):
            running = self.net.start(*FIRST, self.tool("time-bind"), WANTED, "", *command)
            self.net.run("ip", "-batch", "-", input=self.net.churn(1000))
            self.net.add(WANTED, "nodad")
            output, _ = running.communicate(timeout=60)
            self.net.remove(WANTED)
            return int(re.search(r"cpu=(\d+)", output)[1])

        return self.take_turns("d) 1,000 others come and go", contenders, measure)


def goals(tables):
    late, idle, crowd = tables["late"], tables["idle"], tables["crowd, ready"]
    late_usec, idle_usec = late.median("dadwait"), idle.median("dadwait")
    journal_usec = late.median("dadwait, with a journal")
    return [
        Goal("a) late, times the floor", late_usec / late.median("floor"), LATE_RATIO),
        Goal("a) late with a journal, times the floor", journal_usec / late.median("floor"),
             JOURNAL_RATIO),
        Goal("a) late with a journal, us", journal_usec, LATE_USEC),
        Goal("b) nothing to wait for, times true", idle_usec / idle.median("true"), IDLE_RATIO),
        Goal("b) nothing to wait for, times the shell line", idle_usec / idle.median("shell"),
             SHELL_RATIO),
        Goal("c) 1,000 assigned, times 10 assigned", crowd.median("1000") / crowd.median("10"),
             CROWD_RATIO),
        Goal("d) processor time of a flood, us", tables["flood"].median("dadwait"), FLOOD_USEC),
    ]


TITLES = {
    "late": "a) From the instant bind() first works to the exit",
    "idle": "b) Nothing to wait for: from start to exit",
    "crowd, ready": "c) One address wanted among so many, ready: from start to exit",
    "crowd, in DAD": "c) One address wanted among so many, in DAD: processor time of the wait",
    "flood": "d) 1,000 other addresses come and go: processor time of the wait",
}


def main():
    options = arguments()
    random.seed(4862)
    with tempfile.TemporaryDirectory() as directory:
        bench = Bench(options.build, options.runs, Path(directory))
        values = {
            "late": bench.late(),
            "idle": bench.idle(),
            "crowd, ready": bench.crowd(True, bench.cost_once),
            "crowd, in DAD": bench.crowd(False, lambda command: bench.wait_once(command, 0.3)["cpu"]),
            "flood": bench.flood(),
        }
        bench.close()
    tables = {key: Table(title, "us", values[key]) for key, title in TITLES.items()}
    report(tables, goals(tables), options.json)


if __name__ == "__main__":
    main()
