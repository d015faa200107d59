# SPDX-License-Identifier: LGPL-2.1-or-later
"""The arguments of dadwait-plan and dadwait-generator, right and wrong."""

import shutil
import subprocess
from pathlib import Path

import pytest
import lab
from lab import generator

UNIT = "[Service]\nExecStart=/bin/true\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two services that wait, one of them with an alias."""
    root = tmp_path / "root"
    units = root / "usr/lib/systemd/system"
    units.mkdir(parents=True)
    for name in ("a.service", "b.service"):
        (units / name).write_text(UNIT)
    (units / "alias.service").symlink_to("a.service")
    (root / "etc").mkdir()
    (root / "etc/dadwait.conf").write_text(
        "[a.service]\nAddress=2001:db8::1\n[b.service]\nAddress=2001:db8::2\n")
    return root


@pytest.fixture
def plan():
    """Runs what people run."""
    return lambda *arguments, **options: subprocess.run(
        [lab.plan(), *map(str, arguments)], capture_output=True, text=True, timeout=60, **options)


@pytest.mark.parametrize("names, expected", [
    ([], ["a.service", "b.service"]),
    (["a"], ["a.service"]),
    (["alias"], ["a.service"]),
    (["b.service", "a"], ["a.service", "b.service"]),
])
def test_units(plan, root: Path, names: list[str], expected: list[str]) -> None:
    result = plan(f"--root={root}", *names)
    table = result.stdout.partition("\n\n")[0].splitlines()[1:]
    assert [line.split()[0] for line in table] == expected
    assert (result.returncode, result.stderr) == (0, "")


def test_instances_of_a_name_that_no_unit_has(plan, root: Path) -> None:
    """On Debian 12 postfix@-.service listens. What a definition switches off is of no interest."""
    definitions = root / "usr/lib/dadwait.d"
    definitions.mkdir(parents=True)
    (definitions / "c.conf").write_text("[c@off.service]\nEnable=no\n")
    (root / "usr/lib/systemd/system/c@.service").write_text(UNIT)
    (root / "etc/dadwait.d").mkdir()
    (root / "etc/dadwait.d/d.conf").write_text("[c@1.service]\nAddress=2001:db8::3\n")
    for name in ("c", "c.service", "c@1"):
        result = plan(f"--root={root}", name)
        assert "c@1.service" in result.stdout and "c@off" not in result.stdout
        assert (result.returncode, result.stderr) == (0, "")
    assert "c@off" not in plan(f"--root={root}").stdout
    assert "c@off.service  switched off in " in plan(f"--root={root}", "c@off").stdout
    assert plan(f"--root={root}", "c@").returncode == 1


SECTION = "If it listens on addresses of its own, add a section for it, see dadwait.conf(5)."


@pytest.mark.parametrize("name, message", [
    ("nosuch", "nosuch: There is no such service."),
    ("alias1.service", "alias1.service: There is no such service."),
    ("apach", "apach: There is no such service (did you mean apache2?)."),
    ("apache.service", "apache.service: There is no such service (did you mean apache2?)."),
    ("a.socket", "a.socket: Not a service. Only services wait. The plan of all units lists "
                 "sockets that cannot."),
    ("/etc/apache2", '"/etc/apache2": Not the name of a service.'),
    ("", '"": Not the name of a service.'),
    ("t@", "t@.service: This is a template. None of its instances is known by this name."),
    ("off", "off.service: Not known: no section of dadwait.conf(5) names it, and it is not "
            f"enabled, nor started by another unit. {SECTION}"),
    ("other", "on.service: Not known: no definition of dadwait.conf(5) names it or the program "
              f"that it runs, on. {SECTION}"),
    ("script", "script.service: Not known: no definition of dadwait.conf(5) names it or the "
               f"program that it runs. {SECTION}"),
    ("masked", "masked.service: The unit is masked."),
])
def test_unit_that_is_not_known(plan, root: Path, name: str, message: str) -> None:
    units = root / "usr/lib/systemd/system"
    wants = root / "etc/systemd/system/multi-user.target.wants"
    wants.mkdir(parents=True)
    for unit in ("off.service", "t@.service", "apache2.service"):
        (units / unit).write_text(UNIT)
    for unit, command in (("on", "/bin/on"), ("script", "/bin/sh -c 'a; b'")):
        (units / f"{unit}.service").write_text(f"[Service]\nExecStart={command}\n")
        (wants / f"{unit}.service").symlink_to(f"/usr/lib/systemd/system/{unit}.service")
    (units / "other.service").symlink_to("on.service")
    (units / "masked.service").symlink_to("/dev/null")
    (root / "etc/dadwait.conf").write_text("[apache2.service]\nAddress=2001:db8::1\n")
    result = plan(f"--root={root}", name)
    assert result.stderr == f"dadwait-plan: {message}\n"
    assert (result.returncode, result.stdout) == (1, "")


def test_each_unit_that_is_not_known(plan, root: Path) -> None:
    """... is named, and the others are shown."""
    result = plan(f"--root={root}", "first", "a", "second")
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["first", "second"]
    assert "a.service" in result.stdout and result.returncode == 1


def test_warnings_about_other_units(plan, root: Path) -> None:
    """A script that has changed the configuration of a service asks about that service."""
    with (root / "etc/dadwait.conf").open("a") as file:
        file.write("[b.service]\nFormat=directive\nConfig=/etc/nosuch\nDirective=x\n")
    assert "/etc/nosuch does not exist" in plan(f"--root={root}", "--check").stderr
    assert "/etc/nosuch does not exist" in plan(f"--root={root}", "--check", "a", "b").stderr
    result = plan(f"--root={root}", "--check", "a")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_what_is_not_waited_for(plan, root: Path) -> None:
    """Each address with its reason where a unit is asked for by name; a whole machine has many."""
    (root / "etc/a.conf").write_text(
        "bind [::]:80\nbind [::1]:80\nbind 192.0.2.1:80\nbind [ff02::1]\n")
    with (root / "etc/dadwait.conf").open("a") as file:
        file.write("[a.service]\nFormat=directive\nConfig=/etc/a.conf\nDirective=bind\n")

    assert "NOT WAITED FOR" not in plan(f"--root={root}").stdout
    rows = plan(f"--root={root}", "a").stdout.partition("NOT WAITED FOR\n")[2].splitlines()
    assert [row.split(None, 2)[1:] for row in rows] == [
        ["::", "/etc/a.conf:1, it stands for all addresses, so it can always be bound"],
        ["::1", "/etc/a.conf:2, it is loopback, so it can always be bound"],
        ["192.0.2.1", "/etc/a.conf:3, nothing waits for IPv4 without Families=ipv6 ipv4"],
        ["ff02::1", "/etc/a.conf:4, it is multicast, so it can always be bound"]]

    (root / "etc/dadwait.conf").write_text(
        "[dadwait]\nFamilies=ipv6\n[a.service]\nFormat=directive\nConfig=/etc/a.conf\n"
        "Directive=bind\nIgnoreAddress=192.0.2.3\nAddress=192.0.2.2\n[b.service]\nEnable=no\n")
    (root / "etc/a.conf").write_text("bind 192.0.2.1\nbind 192.0.2.2\nbind 192.0.2.3\n")
    rows = plan(f"--root={root}", "a").stdout.partition("NOT WAITED FOR\n")[2].splitlines()
    assert [row.split(None, 2)[1:] for row in rows] == [
        ["192.0.2.1", "/etc/a.conf:1, left out by Families=ipv6 in /etc/dadwait.conf:2"]]
    assert "NOT WAITED FOR" not in plan(f"--root={root}", "b").stdout


def test_reason_names_what_is_not_waited_for(plan, root: Path) -> None:
    (root / "etc/a.conf").write_text("bind [::]:80 [::]:81\n" + "".join(
        f"bind 192.0.2.{i}:80\n" for i in range(1, 7)))
    (root / "etc/dadwait.conf").write_text(
        "[a.service]\nFormat=directive\nConfig=/etc/a.conf\nDirective=bind\n")
    reason = plan(f"--root={root}").stdout.splitlines()[1]
    assert reason == (
        "a.service  listens on no address that could be tentative, but on ::; nothing waits for "
        "IPv4 without Families=: 192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4 and others")


def test_file_that_is_not_read(plan, root: Path) -> None:
    """Only *.conf is read. What editors, dpkg and people leave beside it is no mistake."""
    directory = root / "etc/dadwait.d"
    directory.mkdir()
    others = ("README", "a.conf~", "a.conf.dpkg-old", "a.conf.bak", ".a")
    for name in (*others, "apache2", "a.service"):
        (directory / name).write_text("[a.service]\nTimeoutSec=5s\n")
    result = plan(f"--root={root}", "--check")
    assert sorted(result.stderr.splitlines()) == [
        f"dadwait-plan: /etc/dadwait.d/{name}: Not read, since its name does not end with .conf."
        for name in ("a.service", "apache2")]
    assert result.returncode == 1


def test_check(plan, root: Path) -> None:
    result = plan(f"--root={root}", "--check")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    with (root / "etc/dadwait.conf").open("a") as file:
        file.write("Adress=2001:db8::3\n")
    result = plan(f"--root={root}", "--check")
    assert (result.returncode, result.stdout) == (1, "")
    assert "/etc/dadwait.conf:5: Unknown key" in result.stderr


def test_check_finds_a_section_for_no_unit(plan, root: Path) -> None:
    with (root / "etc/dadwait.conf").open("a") as file:
        file.write("[apache.service]\nTimeoutSec=5s\n[apache2.service]\nAddress=2001:db8::3\n")
    (root / "usr/lib/systemd/system/apache2.service").write_text(UNIT)
    result = plan(f"--root={root}", "--check")
    assert result.returncode == 1
    assert result.stdout == ("apache.service: no such unit (/etc/dadwait.conf:6), "
                             "did you mean apache2.service?\n")


def test_mask(plan, root: Path) -> None:
    """A link to /dev/null that is in force for the tree, whatever /dev/null is there."""
    mask = root / "etc/systemd/system-generators/dadwait-generator"
    mask.parent.mkdir(parents=True)
    mask.symlink_to("/dev/null")
    shown = f"/{mask.relative_to(root)}"
    assert plan(f"--root={root}").stdout.startswith("Nothing of this takes effect: ")
    assert shown in plan(f"--root={root}").stdout
    result = plan(f"--root={root}", "--check")
    assert result.returncode == 1
    assert result.stdout == f"{shown}: systemd does not run dadwait-generator\n"


@pytest.mark.parametrize("arguments, complaint", [
    (["--nosuch"], "unrecognized option"),
    (["--root"], "requires an argument"),
    (["--root="], "without a directory"),
    (["--boot", "--json"], "--boot has no"),
    (["--boot", "--check"], "--boot has no"),
    (["--boot", "--root=/"], "--boot has no"),
])
def test_wrong_options(plan, arguments: list[str], complaint: str) -> None:
    result = plan(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert complaint in result.stderr


@pytest.mark.parametrize("directories, complaint", [
    (["apache2"], '"apache2" is no absolute path.'),
    (["/etc"], '"/etc" holds the configuration'),
    (["/usr/lib"], '"/usr/lib" holds the configuration'),
    (["/run/../etc"], '"/run/../etc" holds the configuration'),
    (["/"], '"/" holds the configuration'),
    (["{here}", "early", "late"], '"early" is no absolute path.'),
    (["{here}", "{here}"], "Usage:"),
])
def test_wrong_directories(tmp_path: Path, directories: list[str], complaint: str) -> None:
    """In /etc the first one wrote into /etc/apache2. Nothing is written, and it says what was meant."""
    (tmp_path / "apache2").mkdir()
    result = subprocess.run(
        [generator(), *(name.format(here=tmp_path) for name in directories)],
        cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (2, "")
    assert complaint in result.stderr
    assert list((tmp_path / "apache2").iterdir()) == []


def test_messages_of_a_run_by_hand(root: Path, tmp_path: Path) -> None:
    """They are on standard error, although it is no terminal."""
    (root / "etc/dadwait.conf").write_text("[a.service]\nAdress=::2\n")
    (tmp_path / "output").mkdir()
    result = subprocess.run([generator(), f"--root={root}", tmp_path / "output"],
                            capture_output=True, text=True, timeout=60)
    assert result.returncode == 0
    assert "/etc/dadwait.conf:2: Unknown key" in result.stderr


def test_help_and_version(plan) -> None:
    assert plan("-h").stdout == plan("--help").stdout
    assert "--check" in plan("--help").stdout
    assert plan("--version").stdout.startswith("dadwait-plan ")


@pytest.mark.parametrize("arguments", [["--json"], ["--check", "a"], ["--json", "/nonexistent"]])
def test_the_generator_by_hand_is_the_plan(plan, root: Path, arguments: list[str]) -> None:
    """In 0.1.0 there was one program."""
    by_hand = subprocess.run([generator(), f"--root={root}", *arguments], capture_output=True,
                             text=True, timeout=60)
    asked = plan(f"--root={root}", *arguments)
    assert (by_hand.returncode, by_hand.stdout) == (asked.returncode, asked.stdout)
    assert by_hand.stderr == asked.stderr


def test_a_link_to_the_generator(root: Path, tmp_path: Path) -> None:
    """Of that name it is the plan; beside the generator it would execute itself."""
    link = tmp_path / "dadwait-plan"
    link.symlink_to(generator())
    done = subprocess.run([link, f"--root={root}"], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("UNIT")

    copy = tmp_path / "dadwait-generator"
    shutil.copy(generator(), copy)
    link.unlink()
    link.symlink_to(copy)
    done = subprocess.run([link, "--version"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.count("\n")) in ((0, 1), (2, 0))


def test_help_of_the_generator() -> None:
    said = subprocess.check_output([generator(), "--help"], text=True, timeout=60)
    assert said.startswith("Usage: dadwait-generator ")
