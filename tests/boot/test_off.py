# SPDX-License-Identifier: LGPL-2.1-or-later
"""dadwait=no on the kernel command line: the boot is as without dadwait."""


def test_kernel_command_line(report_with_dadwait):
    machine = report_with_dadwait
    assert machine.boot(arguments=("dadwait=no",)), machine.console()
    assert "dadwait" not in machine.shell("systemctl", "cat", "apache2", "ntpsec")
    assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}
