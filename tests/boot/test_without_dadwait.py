# SPDX-License-Identifier: LGPL-2.1-or-later
"""The control: without dadwait Apache fails, and ntpd cannot bind. Otherwise the tests with dadwait would
prove nothing."""

import pytest
from lab.apache_machine import ADDRESSES


@pytest.fixture(scope="module")
def machine(apache_machine):
    apache_machine.hold_dad()
    assert apache_machine.boot(), apache_machine.console()
    return apache_machine


def test_apache_fails(machine):
    state = machine.show("apache2", "ActiveState", "Result")
    assert state == {"ActiveState": "failed", "Result": "exit-code"}
    assert "Cannot assign requested address" in machine.log("apache2")


def test_ntpd_fails_to_bind(machine):
    """It looks again seconds later, so its log is checked and not its sockets."""
    log = machine.ntpd_log()
    for address in ADDRESSES:
        assert f"{address}#123 flags 0x1 failed: Cannot assign requested address" in log
