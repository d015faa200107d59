# SPDX-License-Identifier: LGPL-2.1-or-later
"""A boot without a wait: dadwait logs nothing."""

import pytest
from lab.apache_machine import ADDRESSES, INTERFACES


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    """Apache's addresses are assigned without DAD. ntpd would wait for the others, too."""
    machine = machine_with_dadwait
    machine.write("/etc/network/interfaces", INTERFACES.replace("preferred_lft 0", "nodad"))
    machine.write("/etc/dadwait.conf", "[ntpsec.service]\nEnable=no\n")
    assert machine.boot(), machine.console()
    return machine


def test_nothing_is_logged(machine):
    ran = machine.show("apache2", "ActiveState", "ExecStartPre")
    assert ran["ActiveState"] == "active"
    assert all(address in ran["ExecStartPre"] for address in ADDRESSES)
    assert "code=exited ; status=0" in ran["ExecStartPre"], "it was asked"
    assert machine.entries("SYSLOG_IDENTIFIER=dadwait") == []
    assert "dadwait:" not in machine.journal(output="short")
