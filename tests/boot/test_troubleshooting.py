# SPDX-License-Identifier: LGPL-2.1-or-later
"""Make each trouble of docs/troubleshooting.md, and compare the log with what that page shows."""

import re
import subprocess
import sys

import pytest
from lab import SOURCE
from lab.apache_machine import ADDRESSES, INTERFACES, PRIMARY, ApacheMachine, listen

SHORT = "[dadwait]\nTimeoutSec=5s\n"
PAGE = (SOURCE / "docs/troubleshooting.md").read_text()
ROUTER = str(SOURCE / "tests/lab/programs/router.py")


@pytest.fixture
def machine(installed):
    with ApacheMachine() as machine:
        machine.unpack(installed)
        yield machine
        print(machine.journal("--unit=networking", "--unit=apache2", output="short-monotonic"))


def shown(page: str, log: str) -> bool:
    """Whether a line is in the log, and in the page behind the name of the program. Numbers may
    differ."""
    pattern = re.sub(r"\d+", r"\\d+", re.escape(page))
    return any(page in line for line in PAGE.splitlines()) and bool(re.search(pattern, log))


def test_the_trouble_without_dadwait() -> None:
    with ApacheMachine() as machine:
        machine.hold_dad()
        machine.boot()
        apache, ntpd = machine.log("apache2"), machine.ntpd_log()
    assert shown("could not bind to address [2001:db8:e001:b1::]:80", apache)
    assert shown("no listening sockets available, shutting down", apache)
    assert shown("apache2.service: Failed with result 'exit-code'.", apache)
    for line in (
        "bind(20) AF_INET6 2001:db8:e001:b1::2#123 flags 0x1 failed: Cannot assign requested address",
        "unable to create socket on eth0 (4) for 2001:db8:e001:b1::2#123",
        "failed to init interface for address 2001:db8:e001:b1::2",
    ):
        assert shown(f"IO: {line}", ntpd)


def test_a_typo(machine) -> None:
    machine.write("/etc/apache2/ports.conf", listen(ADDRESSES[0], "2001:db8:e001:b2::1"))
    machine.write("/etc/dadwait.conf", SHORT)
    machine.boot()
    log = machine.log("apache2")
    assert shown("2001:db8:e001:b2::1: not assigned", log)
    assert shown("Not ready after 5.002s: 2001:db8:e001:b2::1 (absent)", log)
    assert shown("could not bind to address [2001:db8:e001:b2::1]:80", log)

    machine.shell("systemctl", "restart", "apache2", check=False)
    reason = "not assigned, and not waited for again: it timed out less than a minute ago"
    assert shown(reason, machine.log("apache2"))


def test_a_wrong_scope(machine) -> None:
    machine.write("/etc/apache2/ports.conf", "Listen [fe80::1%eth1]:80\n")
    machine.write("/etc/dadwait.conf", SHORT)
    machine.boot()
    assert shown("fe80::1%eth1: there is no such interface", machine.log("apache2"))


def test_a_duplicate(machine) -> None:
    other = f"{ADDRESSES[1]}/64"
    machine.run("ip", "-6", "address", "add", other, "dev", "outside", "nodad")
    machine.hold_dad()
    machine.boot(dad_until=lambda: machine.waiting() == 2)  # Apache and ntpd
    log = machine.log("apache2")
    assert shown("2001:db8:e001:b1::1 on eth0: duplicate address, another host has it; ", log)
    assert shown("Not ready after 1.628s: 2001:db8:e001:b1::1 (dadfailed)", log)

    # The cure.
    machine.run("ip", "-6", "address", "del", other, "dev", "outside")
    machine.shell("ip", "-6", "address", "del", other, "dev", "eth0")
    machine.shell("ip", "-6", "address", "add", other, "dev", "eth0")
    machine.shell("systemctl", "restart", "apache2")
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}


def test_an_unplugged_cable(machine) -> None:
    machine.carrier(False)
    machine.write("/etc/dadwait.conf", SHORT)
    machine.boot()
    assert shown("Waiting for DAD... Timed out", machine.log("networking"))
    assert shown("failed to bring up eth0", machine.log("networking"))
    assert shown("2001:db8:e001:b1::: not assigned", machine.log("apache2"))

    # The cure.
    machine.carrier(True)
    machine.shell("ip", "address", "flush", "dev", "eth0")
    machine.shell("systemctl", "restart", "networking")
    machine.shell("systemctl", "restart", "apache2")
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}


UNIT = """\
[Service]
Type=oneshot
RootDirectory=/srv/root
ExecStart=/bin/sh -c "exit 0"
"""
WAITS = f"""\
[Unit]
Wants=dadwait@{PRIMARY}.service
After=dadwait@{PRIMARY}.service
"""


def test_a_unit_with_a_root_of_its_own(machine) -> None:
    machine.write("/etc/systemd/system/rooted.service", UNIT)
    machine.write("/etc/dadwait.conf", f"[rooted.service]\nAddress={PRIMARY}\n{SHORT}")
    machine.file("/srv/root").mkdir(parents=True)
    machine.boot()
    # The unit of the machine, without the helper.
    machine.shell("mount", "--rbind", "--make-rprivate", "/", "/srv/root")
    for hidden in "/usr/libexec", "/run":
        machine.shell("mount", "-t", "tmpfs", "none", f"/srv/root{hidden}")
    machine.shell("ip", "-6", "address", "del", f"{PRIMARY}/64", "dev", "eth0")

    machine.shell("systemctl", "start", "rooted")
    assert "dadwait" not in machine.log("rooted")  # without a message

    machine.write("/etc/systemd/system/rooted.service.d/address.conf", WAITS)
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "--no-block", "start", "rooted")
    machine.until(lambda: machine.waiting() == 1, "dadwait@ waits")
    machine.shell("ip", "-6", "address", "add", f"{PRIMARY}/64", "dev", "eth0")
    machine.shell("systemctl", "start", "rooted")
    assert "Ready after" in machine.log(f"dadwait@{PRIMARY}")


ADD = "        up ip -6 route add default via 2001:db8:e001:b1::ffff dev eth0\n"
GATEWAY = "        gateway 2001:db8:e001:b1::ffff\n"
# The loop represents what takes long there, such as DHCP: the router has advertised itself meanwhile.
# Where that is not accepted there is no route to wait for.
ACCEPTS = "[ $(cat /proc/sys/net/ipv6/conf/$IFACE/accept_ra) != 0 ]"
HAS_ROUTE = "ip -6 route show default | grep -q default"
INET = ("iface eth0 inet static\n        address 192.0.2.2/24\n"
        f"        up {ACCEPTS} || sleep 4; while {ACCEPTS} && ! {HAS_ROUTE}; do sleep 0.1; done\n")
INET6 = f"iface eth0 inet6 static\n        address {PRIMARY}/64\n"
NO_RA = "        pre-up sysctl -qw net.ipv6.conf.$IFACE.accept_ra=0\n"


ROUTES = {
    "the trouble": (INET + INET6 + ADD, False),
    "gateway": (INET + INET6 + GATEWAY, True),
    "replace": (INET + INET6 + ADD.replace("add", "replace"), True),
    "no route": (INET + INET6, True),
    "pre-up accept_ra=0": (INET + NO_RA + INET6 + ADD, True),
    "accept_ra 0": (INET + INET6 + "        accept_ra 0\n" + ADD, False),
}


@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
@pytest.mark.parametrize("stanzas, works", ROUTES.values(), ids=ROUTES)
def test_a_default_route_that_is_there_already(stanzas: str, works: bool, suite: str) -> None:
    head = INTERFACES.partition("iface eth0")[0]
    with ApacheMachine(suite) as machine:
        machine.write("/etc/network/interfaces", head + stanzas)
        command = [*machine.enter(mounts=False), sys.executable, ROUTER, "outside"]
        router = subprocess.Popen(command)
        try:
            machine.boot()
            log = machine.log("networking")
            state = machine.show("networking", "ActiveState")
        finally:
            router.kill()
            router.wait()

    assert state == {"ActiveState": "active" if works else "failed"}
    assert shown("RTNETLINK answers: File exists", log) == (not works)


# A daemon that fails to start if bind() fails.
MYDAEMON = f"""\
#!/usr/bin/perl
use Socket qw(:DEFAULT :addrinfo inet_pton pack_sockaddr_in6 AF_INET6);
socket(S, AF_INET6, SOCK_STREAM, 0);
bind(S, pack_sockaddr_in6(8080, inet_pton(AF_INET6, "{ADDRESSES[0]}"))) or die "bind: $!\\n";
fork and exit;
sleep;
"""
START = "systemctl start mydaemon"
NO_BLOCK = "systemctl --no-block start mydaemon"
NETWORK = "After=network.target\n"

# Lines before and after the line that assigns the address, a script of ifupdown, and the ordering of
# the unit.
HOOKS = {
    "before it": (f"up {START}", "", "", "", False),
    "no hook": ("", "", "", "", True),
    "no hook, behind the network": ("", "", "", NETWORK, True),
    "--no-block": (f"up {NO_BLOCK}", "", "", "", True),
    "--no-block, behind the network": (f"up {NO_BLOCK}", "", "", NETWORK, True),
    "behind it": ("", f"up {START}", "", "", True),
    "if-up.d": ("", "", START, "", True),
}


@pytest.mark.parametrize("before, behind, script, ordering, works", HOOKS.values(), ids=HOOKS)
def test_a_start_in_a_hook(
    machine, before: str, behind: str, script: str, ordering: str, works: bool
) -> None:
    machine.write("/usr/local/bin/mydaemon", MYDAEMON, 0o755)
    machine.write(
        "/etc/systemd/system/mydaemon.service",
        f"[Unit]\n{ordering}[Service]\nType=forking\nExecStart=/usr/local/bin/mydaemon\n"
        "[Install]\nWantedBy=multi-user.target\n",
    )
    machine.write(
        "/etc/dadwait.conf",
        ("" if works else SHORT) + f"[mydaemon.service]\nAddress={ADDRESSES[0]}\n",
    )
    if not any((before, behind, script)):
        machine.chroot("systemctl", "enable", "mydaemon")
    head, assign, rest = INTERFACES.partition("        up /sbin/ip -6 addr add")
    lines = (head, before and f"        {before}\n", assign, rest, behind and f"        {behind}\n")
    machine.write("/etc/network/interfaces", "".join(lines))
    if script:
        hook = f'#!/bin/sh\n[ "$IFACE" != eth0 ] || {script}\n'
        machine.write("/etc/network/if-up.d/mydaemon", hook, 0o755)

    assert machine.boot()

    log = machine.log("mydaemon") + machine.log("networking")
    states = [machine.show(unit, "ActiveState") for unit in ("mydaemon", "networking")]
    assert states == [{"ActiveState": "active" if works else "failed"}] * 2, log
    for line in (
        f"Not ready after 5.002s: {ADDRESSES[0]} (absent)",
        "bind: Cannot assign requested address",
        "Job for mydaemon.service failed because the control process exited with error code.",
        "ifup: failed to bring up eth0",
    ):
        assert shown(line, log) == (not works)
