# SPDX-License-Identifier: LGPL-2.1-or-later
"""Optimistic DAD (RFC 4429) is no cure for a boot: the sysctls do not change addresses that a program
assigns, and those of a router are absent when the services start."""

import pytest
from experiments.matrix import CELLS, Machine
from lab.container import NETWORK
from lab.sandbox import Unavailable

# Static by ip-address(8), static by networkd, autoconfigured by the kernel.
CHOSEN = ("Debian 12, ifupdown", "Debian 12, networkd", "Debian 12, ifupdown, router")

SYSCTLS = [f"net.ipv6.conf.{place}.{name}=1" for place in ("all", "default", "eth0")
           for name in ("optimistic_dad", "use_optimistic")]


@pytest.fixture(params=CHOSEN)
def machine(request):
    cell = next(cell for cell in CELLS if cell.name == request.param)
    try:
        machine = Machine(cell)
    except Unavailable as why:
        pytest.skip(str(why))
    machine.run("ip", "netns", "exec", NETWORK, "sysctl", "--quiet", "--write", *SYSCTLS)
    machine.hold_dad()
    yield machine
    machine.close()


def test_apache_fails_all_the_same(machine):
    assert machine.boot(dad_until=lambda: machine.has_failed("apache2")), machine.console()
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}
    assert "Cannot assign requested address" in machine.journal("--unit=apache2", output="cat")
    for address in machine.cell.addresses:
        machine.monitor.when("tentative", address)
