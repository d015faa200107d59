# SPDX-License-Identifier: LGPL-2.1-or-later
"""A journald that does not read must not delay the boot."""

import sys

import pytest
from lab import generator, helper
from lab.netns import HANG

# Binds the journal's socket and fills its queue, which stays full as long as this process runs.
STUCK = """
import os, socket
path = "/run/systemd/journal/socket"
os.makedirs(os.path.dirname(path))
journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
journal.bind(path)
sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
sender.setblocking(False)
try:
    while True:
        sender.sendto(b"MESSAGE=x", path)
except BlockingIOError:
    print("full", flush=True)
input()
"""


@pytest.fixture
def stuck_journal(net):
    process = net.start(sys.executable, "-c", STUCK, stdin=-1)
    assert process.stdout.readline() == "full\n"
    yield
    process.communicate("\n")


def test_helper(net, stuck_journal):
    net.run(helper(), "--timeout=100ms", "2001:db8::1", timeout=HANG)


def test_generator(net, stuck_journal):
    net.run("mkdir", "-p", "/run/dadwait.d", "/run/systemd/generator")
    net.run("tee", "/run/dadwait.d/warn.conf", "/run/kmsg", input="[no unit]\nA=b\n")
    net.run("mount", "--bind", "/run/kmsg", "/dev/kmsg")  # as in containers
    # The directory of PID 1's generators: their messages go to the journal.
    assert net.run(generator(), "/run/systemd/generator", timeout=HANG).stderr == ""
