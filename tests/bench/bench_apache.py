# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long after its last address Apache listens, at boot.

    bench_apache.py BUILD [--runs=N] [--json=FILE]

The machine of tests/lab/apache_machine.py, of this machine's release and without ntpd, boots so
many times with each contender: dadwait; a bare netlink program in the unit, in place of the helper;
and a control in which that program executes `systemctl start`, as somebody would by hand at that
moment. A process in the network namespace of the machine notes when the kernel reports the last
address as ready, and when Apache listens. Prints a table; the JSON has every value. Needs root.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import FIRST, Goal, Table, arguments, report, take_turns

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.apache_machine import ADDRESSES, INTERFACES, PACKAGES, listen  # noqa: E402
from lab.base_system import base_system  # noqa: E402
from lab.container import NETWORK, Container  # noqa: E402

BY_HAND, BARE, DADWAIT = CONTENDERS = ("by hand", "with a bare netlink program", "with dadwait")

# The goal: how much later than the others dadwait may be, in microseconds.
SHARE_USEC = 2000

WAIT = f"/usr/local/bin/floor {' '.join(ADDRESSES)}"

BARE_DROP_IN = f"[Service]\nExecStartPre=-+{WAIT}\n"

# Apache is not started at boot.
BY_HAND_UNIT = f"""\
[Unit]
After=network.target
[Service]
Type=oneshot
ExecStart={WAIT} -- /usr/bin/systemctl start apache2.service
"""

WANTS = "/etc/systemd/system/multi-user.target.wants/"

# Of systemd; apache2.service has one command before its start.
PROPERTY = ("busctl", "--json=short", "get-property", "org.freedesktop.systemd1",
            "/org/freedesktop/systemd1/unit/apache2_2eservice", "org.freedesktop.systemd1.Service",
            "ExecStartPre")
STOPPED = 6  # in a(sasbttttuii): CLOCK_MONOTONIC, when systemd had learnt of the exit


class Machine(Container):
    def __init__(self, base: Path, build: Path):
        super().__init__(base)
        self.write("/etc/network/interfaces", INTERFACES)
        self.write("/etc/apache2/ports.conf", listen(*ADDRESSES))
        self.write("/etc/apache2/conf-enabled/servername.conf", "ServerName debian\n")
        self.file("/etc/systemd/system/ntpsec.service").symlink_to("/dev/null")
        shutil.copy(build / "tests/bench/floor", self.file("/usr/local/bin/floor"))

    def prepare(self, contender: str, installed: Path) -> None:
        if contender == DADWAIT:
            self.unpack(installed)
        elif contender == BARE:
            self.write("/etc/systemd/system/apache2.service.d/wait.conf", BARE_DROP_IN)
        else:
            self.write("/etc/systemd/system/by-hand.service", BY_HAND_UNIT)
            self.file(f"{WANTS}by-hand.service").symlink_to("../by-hand.service")
            self.file(f"{WANTS}apache2.service").unlink()


class Bench:
    def __init__(self, build: Path, installed: Path):
        self.build = build
        self.installed = installed
        self.base = base_system(platform.freedesktop_os_release()["VERSION_CODENAME"], PACKAGES)

    def boot(self, contender: str) -> dict[str, int]:
        """Microseconds from the kernel's event to the exit of what waited, and to the socket."""
        with Machine(self.base, self.build) as machine:
            machine.prepare(contender, self.installed)
            watch = [*FIRST, self.build / "tests/bench/time-listen", "80", *ADDRESSES]
            watching = subprocess.Popen([*machine.enter(mounts=False, network=NETWORK), *watch],
                                        stdout=subprocess.PIPE, text=True)
            if watching.stdout.readline() != "watching\n":
                raise RuntimeError("nothing watches the addresses")
            if not machine.boot():
                raise RuntimeError(f"{contender}: {machine.journal(output='short-monotonic')}")
            output, _ = watching.communicate(timeout=60)
            run = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", output)}
            times = {"listens": run["listens"] - run["ready"]}
            if contender != BY_HAND:
                waited, = json.loads(machine.shell(*PROPERTY))["data"]
                times["exit"] = waited[STOPPED] - run["ready"]
        return times


def install(build: Path, tree: Path) -> None:
    subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet"],
                   env=os.environ | {"DESTDIR": str(tree)}, check=True)


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as directory:
        installed = Path(directory) / "installed"  # not closed to others, as `directory` is
        install(options.build, installed)
        bench = Bench(options.build, installed)
        boots = take_turns("boots", options.runs, dict(zip(CONTENDERS, CONTENDERS)), bench.boot)
    tables = {
        "wake at boot": Table("From the kernel's event to the exit of what waited, at boot", "us", {
            name: [run["exit"] for run in boots[name]] for name in (BARE, DADWAIT)}),
        "Apache at boot": Table("From the kernel's event to Apache's sockets, at boot", "us", {
            name: [run["listens"] for run in runs] for name, runs in boots.items()}),
    }
    listens = tables["Apache at boot"]
    goals = [Goal(f"Apache later than {name}, us",
                  listens.median(DADWAIT) - listens.median(name), SHARE_USEC)
             for name in (BY_HAND, BARE)]
    report(tables, goals, options.json)


if __name__ == "__main__":
    main()
