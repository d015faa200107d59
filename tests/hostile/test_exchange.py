# SPDX-License-Identifier: LGPL-2.1-or-later
"""A file that its owner exchanges for something else between two looks at it.

Directories on the way belong to other users than root: /etc/redis to redis, /etc/postgresql to
postgres. What root opens there must be what was checked.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tree import CANARY, CANARY_ADDRESS, Tree, needs_root

NOBODY = 65534

# Exchanges two names at full speed (renameat2(2), RENAME_EXCHANGE), and reports the first open(2)
# of the FIFO (inotify(7), IN_OPEN): it catches each, however short.
EXCHANGE = """
import ctypes, os, select, sys
libc = ctypes.CDLL(None, use_errno=True)
file, link, fifo = map(os.fsencode, sys.argv[1:])
AT_FDCWD, RENAME_EXCHANGE, IN_OPEN = -100, 2, 0x20
inotify = libc.inotify_init1(os.O_NONBLOCK)
assert inotify >= 0 and libc.inotify_add_watch(inotify, fifo, IN_OPEN) >= 0
print("begins", flush=True)
while os.getppid() == int(os.environ["PARENT"]):
    for _ in range(1000):
        assert libc.renameat2(AT_FDCWD, file, AT_FDCWD, link, RENAME_EXCHANGE) == 0
    if select.select([inotify], [], [], 0)[0]:
        print("opened", flush=True)
        break
"""


@contextmanager
def exchanged(directory: Path) -> Iterator[subprocess.Popen]:
    """As the owner of the directory, who is not root: part.conf, a file, and other.conf, a link to a
    FIFO, change places all the time."""
    os.mkfifo(directory / "fifo")
    (directory / "other.conf").symlink_to("fifo")
    os.chown(directory, NOBODY, NOBODY)
    os.chown(directory / "fifo", NOBODY, NOBODY)
    with subprocess.Popen(
            [sys.executable, "-c", EXCHANGE,
             *(directory / name for name in ("part.conf", "other.conf", "fifo"))],
            stdout=subprocess.PIPE, text=True, user=NOBODY, group=NOBODY, extra_groups=[],
            env={"PARENT": str(os.getpid())}) as process:
        try:
            assert process.stdout.readline() == "begins\n"
            yield process
        finally:
            process.kill()


@needs_root
def test_fifo_in_place_of_a_file(tree: Tree) -> None:
    """The file is read often, so that a gap between two looks is hit in the first run."""
    tree.apache("Listen [2001:db8::a]:80\n" + "Include /etc/apache2/mine/part.conf\n" * 5000)
    part = tree.write("etc/apache2/mine/part.conf", "Listen [2001:db8::c]:80\n")
    for directory in tree.base.resolve().parents:
        if directory.stat().st_uid == 0 and directory.is_relative_to("/tmp/"):
            directory.chmod(0o755)

    with exchanged(part.parent) as process:
        for _ in range(3):
            outcome = tree.run(changes=True)
            assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]
            assert outcome.drop_ins["apache2.service"] == ["2001:db8::a", "2001:db8::c"]
            assert process.poll() is None, "the FIFO was opened"
