# SPDX-License-Identifier: LGPL-2.1-or-later
"""dadwait-plan on a machine that has booted: what is in force, what is wrong, what was waited for."""

import json
import re

import pytest
from lab.apache_machine import ADDRESSES, listen

MASK = "/etc/systemd/system-generators/dadwait-generator"
PORTS = "/etc/apache2/ports.conf"


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine_with_dadwait.hold_dad()
    boot(machine_with_dadwait)
    return machine_with_dadwait


def boot(machine) -> None:
    """Apache and ntpd wait."""
    assert machine.boot(dad_until=lambda: machine.waiting() == 2), machine.console()


@pytest.fixture
def plan(machine):
    """Runs it. The machine is afterwards as it was."""
    before = machine.shell("cat", PORTS)
    yield lambda *arguments: machine.shell("dadwait-plan", *arguments, check=False)
    machine.write(PORTS, before)
    machine.shell("rm", "-f", MASK)
    machine.shell("systemctl", "daemon-reload")


def check(machine) -> tuple[str, int]:
    """What --check prints, and its exit status."""
    text = machine.shell("sh", "-c", "dadwait-plan --check; echo $?")
    *lines, status = text.splitlines()
    return "\n".join(lines), int(status)


def test_all_is_in_force(machine, plan):
    text = plan()
    assert "\nIN FORCE\napache2.service.d/zz-dadwait.conf, to wait up to 30s\n" in text
    assert "daemon-reload" not in text
    assert check(machine) == ("", 0)


def test_of_one_unit(plan):
    text = plan("apache2")
    assert "apache2.service" in text
    assert "ntpsec" not in text and "ssh" not in text
    assert text == plan("apache2.service")


def test_configuration_that_was_changed(machine, plan):
    machine.write(PORTS, listen(ADDRESSES[0]))
    assert "\nDIFFERS FROM WHAT IS IN FORCE, RUN systemctl daemon-reload\napache2.service.d" in plan()
    assert check(machine) == (
        "apache2.service: has a drop-in that differs from its configuration, "
        "run systemctl daemon-reload", 1)
    machine.shell("systemctl", "daemon-reload")
    assert check(machine) == ("", 0)


def test_drop_in_that_is_needed_no_longer(machine, plan):
    machine.write(PORTS, "Listen 80\n")
    assert "\nSTILL IN FORCE, RUN systemctl daemon-reload TO REMOVE IT\napache2.service.d" in plan()
    assert check(machine)[1] == 1
    machine.shell("systemctl", "daemon-reload")
    assert "apache2.service.d" not in plan()
    machine.write(PORTS, listen(ADDRESSES[0]))
    assert "\nNOT IN FORCE, RUN systemctl daemon-reload\napache2.service.d" in plan()
    assert check(machine) == ("apache2.service: has no drop-in yet, run systemctl daemon-reload", 1)


def test_address_that_is_on_no_interface(machine, plan):
    machine.write(PORTS, listen("2001:db8::dead"))
    machine.shell("systemctl", "daemon-reload")
    assert check(machine) == (f"apache2.service: 2001:db8::dead is absent ({PORTS}:1)", 1)


def test_generator_that_is_masked(machine, plan):
    machine.shell("mkdir", "-p", MASK.rpartition("/")[0])
    machine.shell("ln", "-s", "/dev/null", MASK)
    assert plan().startswith("Nothing of this takes effect: ")
    assert check(machine) == (f"{MASK}: systemd does not run dadwait-generator", 1)


def test_as_json(machine, plan):
    found = json.loads(plan("--json"))
    assert found["version"] == 1
    assert (found["mask"], found["stale"], found["warnings"]) == (None, [], [])
    states = {service["unit"]: service.get("in_force") for service in found["services"]}
    assert states["apache2.service"] == "yes"
    machine.write("/etc/dadwait.conf", "[apache2.service]\nTimeout=3s\n")
    text = machine.shell("sh", "-c", "dadwait-plan --json 2>/dev/null")
    (warning,) = json.loads(text)["warnings"]
    assert (warning["file"], warning["line"]) == ("/etc/dadwait.conf", 2)
    assert check(machine)[1] == 1
    machine.shell("rm", "/etc/dadwait.conf")


def test_systemd_analyze(machine, plan):
    """It passes directories of its own, and shows what the generator says."""
    machine.shell("systemd-analyze", "verify", "--generators=yes", "apache2.service")


def waits(machine, *arguments) -> list[list[str]]:
    heading, *lines = machine.shell("dadwait-plan", *arguments).splitlines()
    assert heading.split() == ["UNIT", "WAITED", "ENDED", "ADDRESSES"]
    return [line.split(maxsplit=3) for line in lines]


def test_waits_of_a_boot(machine):
    (wait,) = waits(machine, "--boot", "apache2")
    unit, waited, ended, addresses = wait
    assert (unit, ended, addresses) == ("apache2.service", "ready", ", ".join(ADDRESSES))
    assert re.fullmatch(r"\d+\.\d{3}s", waited)
    assert wait in waits(machine, "--boot")
    assert machine.shell("dadwait-plan", "--boot", "nosuch") == "nosuch has not waited.\n"

    machine.power_off()
    boot(machine)
    assert waits(machine, "--boot", "-1", "apache2") == [wait]
    assert waits(machine, "--boot=1", "apache2") == [wait]
    assert waits(machine, "--boot", "apache2") != [wait]
    assert machine.shell("sh", "-c", "dadwait-plan --boot=-2 2>&1; echo $?").splitlines() == [
        "dadwait-plan: -2: the journal has no such boot; see journalctl --list-boots.", "1"]


def test_wait_of_a_unit_with_a_journal_of_its_own(machine):
    files = {
        "/etc/systemd/system/own.service":
            "[Service]\nType=oneshot\nLogNamespace=own\nExecStart=/bin/true\n",
        "/etc/dadwait.conf": "[own.service]\nAddress=2001:db8::dead\nTimeoutSec=1\n",
    }
    for path, text in files.items():
        machine.write(path, text)
    machine.shell("systemctl", "daemon-reload")
    machine.shell("systemctl", "start", "own")
    (wait,) = waits(machine, "--boot", "own")
    assert wait[0] == "own.service" and wait[3] == "ready  2001:db8::dead (absent)"
    machine.shell("rm", *files)
    machine.shell("systemctl", "daemon-reload")


def test_completion_in_bash(machine, plan):
    """Options, and the units of the plan. bash makes three words of --root=/u, and of a@b."""
    def complete(*words: str) -> list[str]:
        line = "".join(words if "=" in words or "@" in words else " ".join(words))
        script = ("source /usr/share/bash-completion/completions/dadwait-plan; "
                  f"COMP_WORDS=(dadwait-plan {' '.join(words)}); COMP_CWORD={len(words)}; "
                  f"COMP_LINE='dadwait-plan {line}'; COMP_POINT=${{#COMP_LINE}}; _dadwait_plan; "
                  'echo "${COMPREPLY[@]}"')
        return machine.shell("bash", "-c", script).split()

    assert complete("--c") == ["--check"]
    assert complete("apa") == ["apache2.service"]
    assert complete("apache2", "nts") == complete("apache2", "--boot=") == []
    assert complete("--root", "=", "/us") == ["/usr"]
    assert complete("--root", "/us") == ["/usr"]
    machine.write("/etc/dadwait.conf", "[my@one.service]\nAddress=2001:db8::1\n")
    machine.write("/etc/systemd/system/my@.service", "[Service]\nExecStart=/bin/true\n")
    assert complete("my") == ["my@one.service"]
    assert complete("my", "@") == complete("my", "@", "o") == ["one.service"]
    machine.shell("rm", "/etc/dadwait.conf", "/etc/systemd/system/my@.service")


def test_as_a_user(machine, plan):
    """What the user may read decides for each service whether its drop-in can be compared."""
    def as_user(*arguments: str) -> str:
        return machine.shell("sh", "-c", 'runuser -u nobody -- dadwait-plan "$@" 2>/dev/null', "sh",
                             *arguments)

    assert "\nIN FORCE\napache2.service.d/" in as_user()
    machine.shell("chmod", "600", PORTS)
    text = as_user()
    assert "\nIN FORCE\nntpsec.service.d/" in text
    assert ("\napache2.service  not known: this user cannot read all of its configuration\n"
            in "\n" + as_user("apache2"))
    assert "not known: this user" not in plan()
    machine.shell("chmod", "644", PORTS)
    conf = "/etc/apache2/conf-enabled/zz-secret.conf"
    machine.write(conf, "", 0o600)
    assert ("\nNOT COMPARED WITH WHAT IS IN FORCE, RUN IT AS ROOT\napache2.service.d/" in as_user())
    in_force = {unit["unit"]: unit.get("in_force") for unit in
                json.loads(as_user("--json"))["services"]}
    assert (in_force["apache2.service"], in_force["ntpsec.service"]) == (None, "yes")
    machine.shell("rm", conf)


def test_generator_run_by_a_user(machine, plan):
    """Nothing is written, and standard error says why."""
    program = "/usr/lib/systemd/system-generators/dadwait-generator"
    text = machine.shell("sh", "-c", 'runuser -u nobody -- "$@" 2>&1; echo $?', "sh", program,
                         "/run/systemd/generator")
    *messages, status = text.splitlines()
    assert status == "1"
    assert messages and all(line.startswith("dadwait-generator: ") for line in messages)


def test_boot_that_is_not_in_the_journal(machine, plan):
    """... or that it does not keep, or that the user may not see."""
    def error(command: str) -> str:
        return machine.shell("sh", "-c", f"{command} dadwait-plan --boot=9999 2>&1 || true")

    message = "dadwait-plan: 9999: the journal has no such boot; see journalctl --list-boots."
    assert error("") == message + "\n"
    assert error("runuser -u nobody --") == (
        message + " This user may not see all of the journal.\n")
    machine.shell("mv", "/var/log/journal", "/var/log/away")
    try:
        assert error("") == (message + " It is lost when the machine is switched off: there is no "
                             "/var/log/journal.\n")
    finally:
        machine.shell("mv", "/var/log/away", "/var/log/journal")


def test_boot_by_the_names_of_units(machine, plan):
    """An alias will do. What has not waited is named, since it may be mistyped."""
    text = plan("--boot", "ntpd", "apache", "apache2.service")
    assert sorted(line.split()[0] for line in text.splitlines()) == [
        "UNIT", "apache", "apache2.service", "ntpsec.service"]
    assert text.endswith("\napache has not waited.\n")
    assert plan("--boot", "nosuch") == "nosuch has not waited.\n"
