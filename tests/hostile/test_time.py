# SPDX-License-Identifier: LGPL-2.1-or-later
"""File systems that answer late or never, and more input than there is time for.

systemd waits for its generators, so a run has to end within 10 s. Only services whose configuration is
on such a file system lose their drop-ins. Without sanitizers, which make the time longer.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest
from checks.drop_in import check_drop_in
from lab import HANG, SOURCE, build
from lab.stillness import without_stillness
from tree import CANARY, CANARY_ADDRESS, Tree

GENERATOR = build() / "tests/faults/plain-dadwait-generator"
LIMIT = 10  # seconds
ANSWER = "2001:db8::5105"  # what every file of slow_fuse.py contains

pytestmark = pytest.mark.skipif(os.geteuid() != 0 or not os.path.exists("/dev/fuse"),
                                reason="needs root and /dev/fuse")


@dataclass
class Ending:
    status: int
    stderr: str
    seconds: float
    drop_ins: dict[str, list[str]]


def run(tree: Tree, speed: str, *prefix: str) -> Ending:
    """A run with the slow file system on /slow, on a machine that did not stand still: the generator gives
    up by the clock."""
    return without_stillness(lambda: run_once(tree, speed, *prefix))


def run_once(tree: Tree, speed: str, *prefix: str) -> Ending:
    """It has ended when the pipe of its standard error is closed, so no process of it is left."""
    shutil.rmtree(tree.output)
    tree.output.mkdir()
    slow = tree.root / "slow"
    slow.mkdir(exist_ok=True)
    result = json.loads(subprocess.check_output(
        [sys.executable, SOURCE / "tests/lab/programs/slow_fuse.py", speed, slow, *prefix, GENERATOR,
         f"--root={tree.root}", tree.output], timeout=HANG))
    drop_ins = {path.parent.name.removesuffix(".d"): check_drop_in(path.read_bytes())
                for path in tree.output.rglob("zz-dadwait.conf")}
    return Ending(**result, drop_ins=drop_ins)


def services(tree: Tree, prefix: str, count: int, config: str) -> dict[str, list[str]]:
    """Writes units with a definition each. Returns the drop-ins that they have to get."""
    text = ""
    for i in range(count):
        tree.unit(f"{prefix}{i}.service")
        text += (f"[{prefix}{i}.service]\nFormat=directive\nDirective=bind\nInclude=include\n"
                 f"Config={config.format(i)}\n")
    tree.write(f"usr/lib/dadwait.d/00-{prefix}.conf", text)
    return {f"{prefix}{i}.service": [ANSWER] for i in range(count)}


def quick_services(tree: Tree) -> dict[str, list[str]]:
    """Read before the other services, and after them."""
    due = services(tree, "a", 3, "/etc/{}.conf") | services(tree, "z", 3, "/etc/{}.conf")
    for i in range(3):
        tree.write(f"etc/{i}.conf", f"bind {ANSWER}\n")
    return due | {CANARY: [CANARY_ADDRESS]}


@pytest.mark.parametrize("count", [1, 100])
def test_file_system_that_never_answers(tree: Tree, count: int) -> None:
    due = quick_services(tree)
    hang = services(tree, "h", count, "/etc/h{}.conf")
    for i in range(count):
        tree.path(f"etc/h{i}.conf").symlink_to(f"/slow/h{i}.conf")

    ending = run(tree, "never")

    assert ending.seconds < LIMIT
    assert ending.drop_ins == due
    assert ending.status == 1
    assert sorted(ending.stderr.splitlines()) == sorted(
        f"dadwait-generator: No drop-in for {unit}: reading its configuration takes too long or "
        "hangs." for unit in hang)


def test_instances_behind_it(tree: Tree) -> None:
    due = quick_services(tree)
    tree.unit("t@.service")
    tree.write("usr/lib/dadwait.d/00-t.conf", "[t@.service]\nFormat=directive\nDirective=bind\n"
               "Config=/etc/t/%i.conf\n")
    tree.write("etc/t/1.conf", f"bind {ANSWER}\n")
    tree.path("etc/t/2.conf").symlink_to("/slow/2.conf")

    ending = run(tree, "never")

    assert ending.seconds < LIMIT
    assert ending.drop_ins == due | {"t@1.service": [ANSWER]}
    assert "No further drop-in for an instance of t@.service: " in ending.stderr


def test_late_answers(tree: Tree) -> None:
    """Each answer takes a second: there is time for one file, and not for many."""
    due = quick_services(tree) | services(tree, "l", 1, "/slow/l{}.conf")
    services(tree, "m", 1, "/etc/m{}.conf")
    tree.write("etc/m0.conf", "".join(f"include /slow/{i}.conf\n" for i in range(100)))

    ending = run(tree, "1")

    assert ending.seconds < LIMIT
    assert ending.drop_ins == due
    assert "No drop-in for m0.service: " in ending.stderr


def test_more_than_there_is_time_for(tree: Tree) -> None:
    """Drop-ins that are written stay, and the log names the services without one."""
    due = {CANARY: [CANARY_ADDRESS]}
    burning = services(tree, "x", 80, "/etc/big.conf\n" + "Config=/etc/big.conf\n" * 15)
    tree.write("etc/big.conf", f"bind {ANSWER}\n" + "bind 192.0.2.1 2001:db8::5105\n" * (1 << 17))

    ending = run(tree, "never")

    assert ending.seconds < LIMIT
    assert ending.drop_ins.items() >= due.items()
    missing = burning.keys() - ending.drop_ins.keys()
    assert missing and ending.status == 1
    assert all(f"No drop-in for {unit}: reading its configuration takes too long" in ending.stderr
               for unit in missing)


def test_configuration_of_our_own_behind_it(tree: Tree) -> None:
    """Nothing can be written. The process that waits there ends in time as well."""
    tree.path("etc/dadwait.conf").symlink_to("/slow/dadwait.conf")

    ending = run(tree, "never")

    assert ending.seconds < LIMIT
    assert (ending.status, ending.drop_ins) == (-signal.SIGALRM, {})


def test_workers_end_with_the_generator(tree: Tree) -> None:
    """The generator is killed when the last service has its drop-in; one worker hangs then. The run ends
    when that worker has ended too."""
    quick_services(tree)
    services(tree, "h", 1, "/slow/h{}.conf")
    last = tree.output / "z2.service.d/zz-dadwait.conf"
    watch = ('"$@" & pid=$!; until [ -e "$0" ]; do kill -0 $pid || exit 9; done; '
             'kill -KILL $pid; wait $pid')

    ending = run(tree, "never", "sh", "-c", watch, str(last))

    assert ending.status == 128 + signal.SIGKILL
    assert ending.seconds < LIMIT
