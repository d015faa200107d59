# SPDX-License-Identifier: LGPL-2.1-or-later
"""The owner of a file replaces it between the check and the use.

Some directories belong to other users than root: /etc/redis to redis, /etc/postgresql to postgres.
What the generator opens there has to be the file that it has checked.
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
# of the FIFO (inotify(7), IN_OPEN), however short it is open.
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
    """The owner of the directory, not root, exchanges part.conf, a file, and other.conf, a link to a
    FIFO, all the time."""
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
    """The file is read so often that the first run would hit a gap between check and use."""
    tree.apache("Listen [2001:db8::a]:80\n" + "Include /etc/apache2/mine/part.conf\n" * 5000)
    part = tree.write("etc/apache2/mine/part.conf", "Listen [2001:db8::c]:80\n")
    tree.let_others_in()

    runs, has_read = 0, False
    with exchanged(part.parent) as process:
        # On a busy machine the owner may not run during a whole run, and the file be the link.
        while runs < 3 or (not has_read and runs < 50):
            outcome = tree.run(changes=True)
            assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]
            found = outcome.drop_ins["apache2.service"]
            assert found in (["2001:db8::a"], ["2001:db8::a", "2001:db8::c"])
            assert process.poll() is None, "the FIFO was opened"
            has_read |= len(found) == 2
            runs += 1
    assert has_read
