# SPDX-License-Identifier: LGPL-2.1-or-later
"""A journald that does not read must not delay the boot."""

import sys

import pytest
from lab import generator, helper
from lab.netns import HANG

# Binds a socket of the journal's and fills its queue, which stays full as long as this process runs.
STUCK = """
import os, socket, sys
path = sys.argv[1]
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
def stuck_journal(net, request):
    """request.param: the path of the socket."""
    process = net.start(sys.executable, "-c", STUCK, request.param, stdin=-1)
    assert process.stdout.readline() == "full\n"
    yield
    process.communicate("\n")


@pytest.mark.parametrize("stuck_journal", ["/run/systemd/journal/socket"], indirect=True)
def test_helper(net, stuck_journal):
    net.run(helper(), "--timeout=100ms", "2001:db8::1", timeout=HANG)


@pytest.mark.parametrize("stuck_journal", ["/run/systemd/journal/dev-log"], indirect=True)
def test_generator(net, stuck_journal):
    net.run("mkdir", "-p", "/run/dadwait.d", "/run/systemd/generator", "/run/dev")
    net.run("tee", "/run/dadwait.d/warn.conf", input="[no unit]\nA=b\n")
    # As in containers: no kmsg, and the journal has a socket for syslog(3).
    net.run("cp", "--archive", "/dev/null", "/run/dev")
    net.run("ln", "-s", "/run/systemd/journal/dev-log", "/run/dev/log")
    net.run("mount", "--bind", "/run/dev", "/dev")
    # The directory of PID 1's generators: their messages go to the journal.
    assert net.run(generator(), "/run/systemd/generator", timeout=HANG).stderr == ""
