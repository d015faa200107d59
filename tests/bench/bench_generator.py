# SPDX-License-Identifier: LGPL-2.1-or-later
"""The cost of the generator, compared with `cat` of what has to be read and with other generators.

    bench_generator.py BUILD [--runs=N] [--json=FILE]

On copies of the Debian system of tests/lab/apache_machine.py, of this machine's release: with Apache
as Debian configures it, three Listen lines, and

- no, 1,000 or 10,000 further virtual hosts, a file each;
- 100 or 1,000 further units that run nginx, each with a configuration of its own.

One more has the services of tests/lab/service_machines.py installed, each with an address of its own.
They have units, an fstab and init scripts for systemd's generators. All generators are started as
systemd starts them, with empty directories on a tmpfs. It is a copy, because on an overlay it takes
longer to open a file, but not to find that there is none.

`cat` gets the files that have to be read, each once: those of units that are started as
minimal_list.py finds them, and all others that the generator reads.

All contenders take turns, and of each the median counts; files are in the page cache, of `cat` as of
the others. Beside times, which depend on what else the machine does, one run is counted: its system
calls (strace), and its instructions (callgrind). Prints tables, and writes them into
docs/generator-figures.md; the JSON holds every single value. Needs root. Of a build with sanitizers the
figures say nothing.
"""

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

from generator_page import write_page  # noqa: E402
from minimal_list import minimal_list  # noqa: E402

from lab.apache_machine import ADDRESSES, PACKAGES, listen  # noqa: E402
from lab.base_system import base_system  # noqa: E402
from lab.container import Container  # noqa: E402
from lab.sandbox import Sandbox  # noqa: E402
from lab.service_machines import MACHINES, configure  # noqa: E402

DEFAULT = "Debian's default"
SITES = {f"{number:,} virtual hosts": number for number in (1000, 10_000)}
UNITS = {f"{number:,} units of nginx": number for number in (100, 1000)}
INSTALLED = MACHINES["most"]
SERVICES = f"{len(INSTALLED.services)} services"
TREES = (DEFAULT, SERVICES, *SITES, *UNITS)
# Under a debugger the generator would take longer than it may.
UNCOUNTED = ("10,000 virtual hosts", "1,000 units of nginx")

# The goals.
CAT_RATIO = 1.6
GROWTH_RATIO = 11
MEMORY_KIB = 16 << 10

GENERATORS = "/usr/lib/systemd/system-generators"
OURS = "dadwait-generator"
OUTPUT = ("/run/normal", "/run/early", "/run/late")
# Reads what the generator reads, in one process.
BY_HAND = ["/usr/bin/dadwait-plan", "--json"]

# Of one unit of nginx.
SITE = "events {}\nhttp { server { listen [2001:db8:d::%x]:80; } }\n"

# Run by a shell, with the root as $0. The first lines do what systemd does (systemd.generator(7)).
CALL = f"""\
export SYSTEMD_SCOPE=system SYSTEMD_IN_INITRD=0 SYSTEMD_FIRST_BOOT=0
for directory in {" ".join(OUTPUT)}; do rm -rf "$0$directory"; mkdir "$0$directory"; done
exec %s chroot "$0" %s "$@"
"""

# Callgrind, to be copied into the machine: without a library of its own.
VALGRIND = ("/usr/bin/valgrind.bin", "/usr/libexec/valgrind")
CALLGRIND = f"{VALGRIND[0]} -q --tool=callgrind --callgrind-out-file=/counted.%p"

# As reopen.c opens what is read, and nothing else is opened; in a line of strace -y.
READ = re.compile(r"openat\([^)]*O_NOCTTY[^)]*\) = \d+<([^>]+)>")

CALLED = re.compile(r"^\d+ +\w+\(", re.M)  # a line of strace -f
SUMMARY = re.compile(r"^summary: (\d+)$", re.M)  # of callgrind


class Machine:
    """A Debian system with dadwait installed."""

    def __init__(self, sandbox: Sandbox, root: Path):
        self.sandbox = sandbox
        self.root = root
        for mount in (
            ("-t", "proc", "proc", "/proc"),
            ("-t", "sysfs", "-o", "ro", "sysfs", "/sys"),
            ("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"),
        ):
            sandbox.run("mount", *mount[:-1], str(root) + mount[-1])

    def add_sites(self, number: int):
        """Adds copies of Debian's virtual host, and links to them, as a2ensite(8) makes them."""
        apache = self.root / "etc/apache2"
        text = (apache / "sites-available/000-default.conf").read_text()
        for i in range(number):
            name = f"site-{i:05}.conf"
            host = f"ServerName www{i}.example.org"
            site = text.replace("#ServerName www.example.com", host)
            (apache / "sites-available" / name).write_text(site)
            (apache / "sites-enabled" / name).symlink_to(f"../sites-available/{name}")

    def add_units(self, number: int):
        """Adds units that are started, each of an nginx with a configuration of its own."""
        wants = self.root / "etc/systemd/system/multi-user.target.wants"
        for i in range(number):
            name, file = f"site-{i:05}.service", f"etc/nginx/site-{i:05}.conf"
            (self.root / file).parent.mkdir(exist_ok=True)
            (self.root / file).write_text(SITE % (1 + i))
            unit = wants.parent / name
            unit.write_text(f"[Service]\nExecStart=/usr/sbin/nginx -c /{file}\n")
            (wants / name).symlink_to(f"../{name}")

    def measure(self, command) -> tuple[int, int]:
        """Microseconds and KiB of one run of a command, which may have warnings to print."""
        usec, kib, _ = self.call(" ".join(FIRST), "/cost 1", command).splitlines()[-1].split()
        return int(usec), int(kib)

    def call(self, before: str, within: str, command: list[str]) -> str:
        script = CALL % (before, within)
        return self.sandbox.run("sh", "-e", "-c", script, str(self.root), *command)

    def count_calls(self, command: list[str]) -> int:
        """The system calls of one run, from execve(2) on, with those of its workers."""
        self.call(f"strace -f -qq -o {self.root}/trace", "", command)
        _, _, run = (self.root / "trace").read_text().split("execve(", 2)
        return 1 + len(CALLED.findall(run))

    def count_instructions(self) -> int:
        """Of the worker of one run. Its count goes on from what the generator had done before it made the
        worker, so only the end of the generator itself is left out. Callgrind knows no openat2(2) before
        valgrind 3.21, so the generator does without it."""
        self.call("", CALLGRIND, self.generator(OURS))
        counted = list(self.root.glob("counted.*"))
        instructions = max(int(SUMMARY.search(file.read_text())[1]) for file in counted)
        for file in counted:
            file.unlink()
        return instructions

    def generator(self, name: str) -> list[str]:
        return [f"{GENERATORS}/{name}", *OUTPUT]

    def others(self) -> list[str]:
        names = (path.name for path in (self.root / GENERATORS[1:]).iterdir())
        return sorted(name for name in names if name != OURS)

    def files(self) -> list[str]:
        """What has to be read (minimal_list.py)."""
        trace = self.call("strace -y -e trace=openat", "", BY_HAND)
        return minimal_list(self.root, [path.removeprefix(str(self.root))
                                        for path in READ.findall(trace)])


def copy_default(root: Path) -> None:
    release = platform.freedesktop_os_release()["VERSION_CODENAME"]
    subprocess.run(["cp", "-a", "--reflink=auto", base_system(release, PACKAGES), root], check=True)
    (root / "etc/apache2/ports.conf").write_text(listen(*ADDRESSES))


def copy_services(root: Path) -> None:
    with Container(base_system(INSTALLED.suite, INSTALLED.packages)) as machine:
        configure(machine, INSTALLED.services)
        subprocess.run(["cp", "-a", machine.file(""), root], check=True)


def install(build: Path, root: Path) -> None:
    """Installs the build, and what measures it."""
    with tempfile.TemporaryDirectory() as installed:
        subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet"],
                       env=os.environ | {"DESTDIR": installed}, check=True)
        shutil.copytree(installed, root, symlinks=True, dirs_exist_ok=True)
    shutil.copy(build / "tests/bench/cost", root / "cost")
    for path in VALGRIND:
        subprocess.run(["cp", "-a", "--parents", path, root], check=True)


def make_machines(build: Path, directory: Path, sandbox: Sandbox) -> dict[str, Machine]:
    """The machine of each tree."""
    roots = {name: directory / str(number) for number, name in enumerate(TREES)}
    copy_default(roots[DEFAULT])
    copy_services(roots[SERVICES])
    for name in (DEFAULT, SERVICES):
        install(build, roots[name])
    for name in (*SITES, *UNITS):
        subprocess.run(["cp", "-a", "--link", roots[DEFAULT], roots[name]], check=True)
    machines = {name: Machine(sandbox, root) for name, root in roots.items()}
    for name, number in SITES.items():
        machines[name].add_sites(number)
    for name, number in UNITS.items():
        machines[name].add_units(number)
    return machines


def measure_trees(machines: dict[str, Machine], runs: int) -> dict[str, Table]:
    """What `cat` and the generator cost, as tables."""
    contenders, calls, instructions = {}, {}, {}
    for name, machine in machines.items():
        files = machine.files()
        if len(files) < 50 + SITES.get(name, 0) + UNITS.get(name, 0):
            raise RuntimeError(f"{name}: there is to read {files}")
        for who, command in (("cat", ["cat", *files]), ("generator", machine.generator(OURS))):
            contenders[f"{name}: {who}"] = (machine, command)
        if name in UNCOUNTED:
            continue
        calls[f"{name}: cat"] = [machine.count_calls(["cat", *files])]
        calls[f"{name}: generator"] = [machine.count_calls(machine.generator(OURS))]
        instructions[f"{name}: generator"] = [machine.count_instructions()]
    pairs = take_turns("b) trees", runs, contenders, lambda of: of[0].measure(of[1]))
    memory = {name: [kib for _, kib in values]
              for name, values in pairs.items() if name.endswith("generator")}
    times = {name: [usec for usec, _ in values] for name, values in pairs.items()}
    return {"trees": Table("b) Each tree: from start to exit", "us", times),
            "memory": Table("c) The most memory at a time", "KiB", memory),
            "calls": Table("d) System calls", "calls", calls),
            "instructions": Table("e) Instructions", "Ir", instructions)}


def measure_generators(machine: Machine, runs: int) -> Table:
    contenders = {"true": ["true"], "cat of what has to be read": ["cat", *machine.files()]}
    contenders |= {name: machine.generator(name) for name in (OURS, *machine.others())}
    times = take_turns("a) generators", runs, contenders, lambda of: machine.measure(of)[0])
    return Table("a) Debian's default, and each generator: from start to exit", "us", times)


def goals(tables: dict[str, Table]) -> list[Goal]:
    generators, trees, memory = tables["generators"], tables["trees"], tables["memory"]
    ours = generators.median(OURS)
    slowest = max(generators.median(name) for name in generators.rows
                  if name.endswith("-generator") and name != OURS)
    usec = {name: trees.median(f"{name}: generator") for name in TREES}
    return [
        Goal("a) times cat", ours / generators.median("cat of what has to be read"), CAT_RATIO),
        Goal("a) times the slowest of the others", ours / slowest, 1),
        *(Goal(f"b) {name}, times cat", usec[name] / trees.median(f"{name}: cat"), CAT_RATIO)
          for name in (SERVICES, *SITES)),
        *(Goal(f"b) {many}, times {few}", usec[many] / usec[few], GROWTH_RATIO)
          for few, many in (tuple(SITES), tuple(UNITS))),
        Goal("c) memory for 10,000 virtual hosts, KiB",
             memory.median("10,000 virtual hosts: generator"), MEMORY_KIB),
    ]


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(dir=options.build) as directory, Sandbox() as sandbox:
        machines = make_machines(options.build, Path(directory), sandbox)
        files = len(machines[DEFAULT].files())
        tables = {"generators": measure_generators(machines[DEFAULT], options.runs)}
        tables |= measure_trees(machines, options.runs)
    report(tables, goals(tables), options.json)
    write_page(tables, goals(tables), ours=OURS, names=TREES, runs=options.runs, files=files)


if __name__ == "__main__":
    main()
