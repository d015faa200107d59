# SPDX-License-Identifier: LGPL-2.1-or-later
"""The cost of the generator, compared with `cat` of the same files and with other generators.

    bench_generator.py BUILD [--runs=N] [--json=FILE]

On copies of the Debian system of tests/lab/apache_machine.py, of this machine's release: with Apache
as Debian configures it, three Listen lines, and no, 1,000 or 10,000 further virtual hosts. It has
units, an fstab and init scripts for systemd's generators. All generators are started as systemd starts
them, with empty directories on a tmpfs. It is a copy, because on an overlay it takes longer to open a
file, but not to find that there is none.

The contenders run in turn, and the median of each counts. All files are in the page cache. Prints a
table; the JSON has every value. Needs root, and a build without sanitizers.
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

from lab.base import base  # noqa: E402
from lab.report import ADDRESSES, PACKAGES, listen  # noqa: E402
from lab.sandbox import Sandbox  # noqa: E402

SIZES = (0, 1000, 10_000)  # virtual hosts, in addition to Debian's

# The goals.
CAT_RATIO = 2
GROWTH_RATIO = 11
MEMORY_KIB = 16 << 10

GENERATORS = "/usr/lib/systemd/system-generators"
OURS = "dadwait-generator"
OUTPUT = ("/run/normal", "/run/early", "/run/late")

# Run by a shell, with the root as $0. The first lines do what systemd does (systemd.generator(7)).
CALL = f"""\
export SYSTEMD_SCOPE=system SYSTEMD_IN_INITRD=0 SYSTEMD_FIRST_BOOT=0
for directory in {" ".join(OUTPUT)}; do rm -rf "$0$directory"; mkdir "$0$directory"; done
exec %s chroot "$0" %s "$@"
"""

# As only tree.c opens files.
READ = re.compile(r'openat\(AT_FDCWD, "([^"]+)", [^)]*O_NOCTTY[^)]*\) = \d')


class Machine:
    """A Debian system with dadwait installed."""

    def __init__(self, sandbox: Sandbox, root: Path):
        self.sandbox = sandbox
        self.root = root
        for arguments in (
            ("-t", "proc", "proc", "/proc"),
            ("-t", "sysfs", "-o", "ro", "sysfs", "/sys"),
            ("-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"),
        ):
            sandbox.run("mount", *arguments[:-1], str(root) + arguments[-1])

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

    def measure(self, command) -> tuple[int, int]:
        """Microseconds and KiB of one run of a command."""
        usec, kib = self.call(" ".join(FIRST), "/cost 1", command).split()[:2]
        return int(usec), int(kib)

    def call(self, before: str, within: str, command: list[str]) -> str:
        script = CALL % (before, within)
        return self.sandbox.run("sh", "-e", "-c", script, str(self.root), *command)

    def generator(self, name: str) -> list[str]:
        return [f"{GENERATORS}/{name}", *OUTPUT]

    def others(self) -> list[str]:
        names = (path.name for path in (self.root / GENERATORS[1:]).iterdir())
        return sorted(name for name in names if name != OURS)

    def files(self) -> list[str]:
        """The files that dadwait-generator reads, in its order."""
        return READ.findall(self.call("strace -e trace=openat", "", self.generator(OURS)))


def make_machine(build: Path, root: Path):
    """Installs the build on a copy of the base system."""
    release = platform.freedesktop_os_release()["VERSION_CODENAME"]
    subprocess.run(["cp", "-a", "--reflink=auto", base(release, PACKAGES), root], check=True)
    with tempfile.TemporaryDirectory() as installed:
        subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet"],
                       env=os.environ | {"DESTDIR": installed}, check=True)
        shutil.copytree(installed, root, symlinks=True, dirs_exist_ok=True)
    shutil.copy(build / "tests/bench/cost", root / "cost")
    (root / "etc/apache2/ports.conf").write_text(listen(*ADDRESSES))


def name_of(size: int) -> str:
    return f"{size:,} virtual hosts" if size else "Debian's default"


def measure_sizes(machines: dict[int, Machine], runs: int):
    """Times and memory of `cat` and the generator, as tables."""
    contenders = {}
    for size, machine in machines.items():
        files = machine.files()
        if len(files) < 50 + size:
            raise RuntimeError(f"{name_of(size)}: the generator reads {files}")
        for who, command in (("cat", ["cat", *files]), ("generator", machine.generator(OURS))):
            contenders[f"{name_of(size)}: {who}"] = (machine, command)
    pairs = take_turns("b) many files", runs, contenders, lambda of: of[0].measure(of[1]))
    memory = {name: [kib for _, kib in values]
              for name, values in pairs.items() if name.endswith("generator")}
    times = {name: [usec for usec, _ in values] for name, values in pairs.items()}
    return (Table("b) Many files: from start to exit", "us", times),
            Table("c) The most memory at a time", "KiB", memory))


def measure_generators(machine: Machine, runs: int) -> Table:
    contenders = {"true": ["true"], "cat of the same files": ["cat", *machine.files()]}
    contenders |= {name: machine.generator(name) for name in (OURS, *machine.others())}
    times = take_turns("a) generators", runs, contenders, lambda of: machine.measure(of)[0])
    return Table("a) Debian's default, and each generator: from start to exit", "us", times)


def goals(tables: dict[str, Table]) -> list[Goal]:
    generators, sizes, memory = tables["generators"], tables["sizes"], tables["memory"]
    ours = generators.median(OURS)
    slowest = max(generators.median(name) for name in generators.rows
                  if name.endswith("-generator") and name != OURS)
    usec = {size: sizes.median(f"{name_of(size)}: generator") for size in SIZES}
    return [
        Goal("a) times cat", ours / generators.median("cat of the same files"), CAT_RATIO),
        Goal("a) times the slowest of the others", ours / slowest, 1),
        *(Goal(f"b) {name_of(size)}, times cat",
               usec[size] / sizes.median(f"{name_of(size)}: cat"), CAT_RATIO)
          for size in SIZES[1:]),
        Goal("b) 10,000 virtual hosts, times 1,000", usec[10_000] / usec[1000], GROWTH_RATIO),
        Goal("c) memory for 10,000 virtual hosts, KiB",
             memory.median(f"{name_of(10_000)}: generator"), MEMORY_KIB),
    ]


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(dir=options.build) as directory, Sandbox() as sandbox:
        first = Path(directory) / "root"
        make_machine(options.build, first)
        machines = {}
        for size in SIZES:
            root = first
            if size:
                root = Path(directory) / str(size)
                subprocess.run(["cp", "-a", "--link", first, root], check=True)
            machines[size] = Machine(sandbox, root)
            machines[size].add_sites(size)
        tables = {"generators": measure_generators(machines[0], options.runs)}
        tables["sizes"], tables["memory"] = measure_sizes(machines, options.runs)
    report(tables, goals(tables), options.json)


if __name__ == "__main__":
    main()
