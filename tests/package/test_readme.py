# SPDX-License-Identifier: LGPL-2.1-or-later
"""README.md as it is written: each command of "Install it" runs on a stock Debian, and prints what
README.md shows."""

import re

import pytest
from debian_package import files
from lab import SOURCE
from readme_machine import ReadmeMachine

README = (SOURCE / "README.md").read_text()

# Directories that change by themselves, records of apt and dpkg, and the user's files.
CHANGING = (
    *("/home", "/root", "/var/cache", "/var/log", "/var/lib/apt", "/var/lib/dpkg"),
    *("/var/lib/ntpsec", "/var/lib/private", "/var/lib/sudo", "/var/lib/systemd/timers"),
)

# The texts before the blocks with the commands that install and remove it.
WAYS = {
    "package": ("On Debian 12 or later, as a package.", "To remove the package:"),
    "source": ("On any other system", "or what was installed from source:"),
}


def block(before: str) -> list[str]:
    """The lines of the indented block that follows this text."""
    _, found, rest = README.partition(before)
    assert found, f"README.md does not say: {before}"
    return [line[4:] for line in re.search(r"(?:^    .*\n)+", rest, re.M)[0].splitlines()]


def for_release(lines: list[str], suite: str) -> list[str]:
    return [line for line in lines if suite != "bookworm" or "# since Debian 13" not in line]


def shown(before: str, text: str) -> bool:
    """Whether an output has all lines of the block. Process ids, seconds, and what journalctl writes
    before the unit's name may differ."""
    number = r"(?<=\\\[)\d+(?=\\\])|\d+\\\.\d+(?=s)"
    patterns = [re.sub(number, r"[\\d.]+", re.escape(line)) for line in block(before)]
    return all(re.search(rf"(?:^| ){pattern}$", text, re.M) for pattern in patterns)


# The package of Debian 13 and the sources on Debian 12 are installed by the other tests.
@pytest.mark.parametrize("suite, way", [("bookworm", "package"), ("trixie", "source")])
def test_from_the_checkout_to_a_verified_boot_and_back(suite: str, way: str, available) -> None:
    how_to_install, how_to_remove = WAYS[way]
    with ReadmeMachine(suite) as machine:
        ends = machine.boot(dad_until=lambda: machine.has_failed("apache2"))
        assert ends, machine.console()
        assert machine.show("apache2", "ActiveState") == {"ActiveState": "failed"}

        *prepare, install, make_known = for_release(block(how_to_install), suite)
        if way == "package":
            prepare, install, make_known = [*prepare, install], make_known, "true"
        for line in prepare:
            machine.run_line(line)
        before = files(machine, CHANGING)
        machine.run_line(install)
        machine.run_line(make_known)

        cat, plan = block("Then look at what it does")
        assert shown("and writes a drop-in for each service that needs one:", machine.run_line(cat))
        assert shown("The second shows each service", machine.run_line(plan))

        machine.power_off()
        assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()
        (waits,) = block("Reboot when it suits you.")
        assert shown("shows how long each service has waited", machine.run_line(waits))
        assert machine.run_line("sudo dadwait-plan --check") == ""
        assert machine.show("apache2", "ActiveState") == {"ActiveState": "active"}
        assert machine.shell("systemctl", "is-system-running", check=False) == "running\n"

        *mask, reload = block("Without the file, a mask does the same")
        for line in [*mask, reload]:
            machine.run_line(line)
        assert "libexec/dadwait" not in machine.run_line(cat)
        assert "\nNothing of this takes effect" in "\n" + machine.run_line(plan)
        machine.shell("rm", "-r", "/etc/systemd/system/apache2.service.d",
                      "/etc/systemd/system-generators")

        for line in block(how_to_remove):
            machine.run_line(line)
        assert "dadwait" not in machine.run_line(cat)
        assert files(machine, CHANGING) ^ before == set()
