# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator started by hand prints the present state of each address."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios

import pytest

from lab import plan
from lab.netns import read_terminal

CONFIGURATION = """\
[test.service]
Address=2001:db8::1
Address=2001:db8::2
Address=2001:db8::3
Address=2001:db8::4
Address=fe80::1%nowhere
Address=2001:db8:1::/64
Address=2001:db8::/64
"""

STATES = {
    "2001:db8::1": "ready",
    "2001:db8::2": "tentative",
    "2001:db8::3": "duplicate",
    "2001:db8::4": "absent",
    "fe80::1%nowhere": "no-interface",
    "2001:db8:1::/64": "ready",
    "2001:db8::/64": "tentative",
}


@pytest.fixture
def machine(net):
    """A machine with one address in each state. Its units are in /run."""
    for path, text in {
        "/run/dadwait.d/test.conf": CONFIGURATION,
        "/run/systemd/system/test.service": "[Service]\nExecStart=/bin/true\n",
    }.items():
        net.run("mkdir", "-p", os.path.dirname(path))
        net.run("tee", path, input=text)
    net.add("2001:db8::1", "nodad")
    net.duplicate("2001:db8::3")
    net.add("2001:db8::3")
    net.until_flag("2001:db8::3", "dadfailed")
    net.dad_takes(600)
    net.add("2001:db8::2")
    return net


def rows(text):
    """The words of the lines of the table that are about the unit."""
    lines = text.split("\n\n")[0].splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("test.service "))
    return [line.removeprefix("test.service").split() for line in lines[start:][: len(STATES)]]


def test_table(machine):
    done = machine.run(plan())
    assert done.stderr == ""
    assert done.stdout.splitlines()[0].split() == ["UNIT", "ADDRESS", "STATE", "FOUND", "IN"]
    assert {row[0]: row[1] for row in rows(done.stdout)} == STATES
    assert [row[2] for row in rows(done.stdout)] == [
        f"/run/dadwait.d/test.conf:{n}" for n in range(2, 9)
    ]
    assert "ExecStartPre=-+/usr/libexec/dadwait 2001:db8::1 2001:db8::2 " in done.stdout


def test_json(machine):
    services = json.loads(machine.run(plan(), "--json").stdout)["services"]
    (service,) = [service for service in services if service["unit"] == "test.service"]
    assert {one["address"]: one["state"] for one in service["addresses"]} == STATES


def test_nonlocal_bind(machine):
    """With that sysctl bind() accepts all addresses if the interface exists."""
    machine.sysctl("ip_nonlocal_bind", 1)
    expected = {address: "ready" for address in STATES} | {"fe80::1%nowhere": "no-interface"}
    assert {row[0]: row[1] for row in rows(machine.run(plan()).stdout)} == expected


def on_a_terminal(machine, columns=0, **environment):
    primary, secondary = pty.openpty()
    fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        machine.enter(plan()), stdout=secondary, env=os.environ | {"TERM": "xterm"} | environment
    )
    os.close(secondary)
    text = read_terminal(primary)
    assert process.wait() == 0
    return text


def test_colours_on_a_terminal_only(machine):
    text = on_a_terminal(machine)
    for state, colour in {"ready": 32, "tentative": 33, "duplicate": 31, "absent": 31}.items():
        assert f"\033[{colour}m{state}\033[m" in text
    assert "\033" not in on_a_terminal(machine, NO_COLOR="1")
    assert "\033" not in on_a_terminal(machine, TERM="dumb")
    assert "\033" not in machine.run(plan()).stdout


def test_a_row_is_a_line_of_the_terminal(machine):
    """A narrow table shortens the text from its end, but never the name of the file and the line."""

    def lines(columns):
        text = on_a_terminal(machine, columns, NO_COLOR="1").replace("\r", "")
        return rows(text), re.search(r"^test\.service .*", text, re.M)[0]

    whole, line = lines(200)
    width = len(line)
    assert line.endswith("  Address=2001:db8::1")
    for less, text in {0: "Address=2001:db8::1", 5: "Address=200...", 8: ""}.items():
        cut, line = lines(width - less)
        assert len(line) <= width - less
        assert cut[0][3:] == text.split()
        assert [row[:3] for row in cut] == [row[:3] for row in whole]


def test_what_the_user_may_not_read(machine):
    machine.run("chmod", "600", "/run/dadwait.d/test.conf")
    machine.run("cp", plan(), "/run/generator")
    done = machine.run("setpriv", "--reuid=65534", "--clear-groups", "/run/generator")
    denied, hint = done.stderr.splitlines()
    assert re.search("/run/dadwait.d/test.conf: .*Permission denied", denied)
    assert hint.endswith("root may see another plan.")
