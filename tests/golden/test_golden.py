# SPDX-License-Identifier: LGPL-2.1-or-later
"""A tree in, drop-ins out.

Each folder in cases/ is one case:

    root/       the tree for --root=; the definitions of generator/services/ are added to it
    expected/   what has to be in the output directory afterwards, byte for byte; no folder:
                nothing at all
    warnings    what has to be on standard error; no file: nothing
    plan        what has to be on standard output when it is started by hand; no file: not compared
    plan.json   the same with --json

tests/README.md says how to add one.
"""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from lab import SOURCE, generator, plan

CASES = sorted(p for p in (Path(__file__).parent / "cases").iterdir() if p.is_dir())


def contents(directory: Path) -> dict[str, str]:
    """Every file below a directory, by its relative path."""
    return {str(p.relative_to(directory)): p.read_text()
            for p in directory.rglob("*") if not p.is_dir()}


def expected_text(case: Path, name: str) -> str:
    return (case / name).read_text() if (case / name).exists() else ""


@pytest.fixture
def root(case: Path, tmp_path: Path) -> Path:
    root = tmp_path / "root"
    shutil.copytree(case / "root", root, symlinks=True)
    shipped = root / "usr/lib/dadwait.d"
    shipped.mkdir(parents=True, exist_ok=True)
    for definition in (SOURCE / "generator/services").glob("*.conf"):
        shutil.copy(definition, shipped)
    return root


def run(program: str, *arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True,
                          timeout=60, umask=0o077)


every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@every_case
def test_drop_ins(case: Path, root: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()

    result = run(generator(), f"--root={root}", output)

    assert result.stderr == expected_text(case, "warnings")
    assert result.stdout == ""
    assert result.returncode == 0
    assert contents(output) == contents(case / "expected")
    for path in output.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("case", [c for c in CASES if (c / "plan").exists()],
                         ids=lambda case: case.name)
def test_plan(case: Path, root: Path) -> None:
    result = run(plan(), f"--root={root}")

    assert result.stdout == expected_text(case, "plan")
    assert result.returncode == 0


@pytest.mark.parametrize("case", [c for c in CASES if (c / "plan.json").exists()],
                         ids=lambda case: case.name)
def test_plan_as_json(case: Path, root: Path) -> None:
    result = run(plan(), f"--root={root}", "--json")

    assert result.stdout == expected_text(case, "plan.json")
    assert result.returncode == 0
    for service in json.loads(result.stdout)["services"]:
        drop_in = case / "expected" / service.get("path", "")
        assert service.get("drop_in") == (drop_in.read_text() if drop_in.is_file() else None)


def test_plan_as_json_of_text_that_is_none(tmp_path: Path) -> None:
    """Quotes, backslashes, control characters, and bytes that are not UTF-8."""
    unit = tmp_path / "usr/lib/systemd/system/a.service"
    unit.parent.mkdir(parents=True)
    unit.write_text("[Service]\nExecStart=/bin/true\n")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/dadwait.conf").write_text(
        "[a.service]\nFormat=directive\nConfig=/etc/a.conf\nDirective=bind\n")
    (tmp_path / "etc/a.conf").write_bytes(b'bind 2001:db8::1\t"q\\" \x01\x1b \xff \xc3\xa4\n')

    (service,) = json.loads(run(plan(), f"--root={tmp_path}", "--json").stdout)["services"]

    assert service["addresses"][0]["text"] == 'bind 2001:db8::1\t"q\\" ?? ? \xe4'


@every_case
def test_only_the_first_of_three_directories_is_used(case: Path, root: Path,
                                                     tmp_path: Path) -> None:
    directories = [tmp_path / name for name in ("normal", "early", "late")]
    for directory in directories:
        directory.mkdir()

    assert run(generator(), f"--root={root}", *directories).returncode == 0

    assert [contents(d) for d in directories] == [contents(case / "expected"), {}, {}]


@pytest.mark.parametrize("variable, reason", [
    ("SYSTEMD_IN_INITRD=1", "this is the initrd"),
    ("SYSTEMD_SCOPE=user", "this is a user manager"),
    ("SYSTEMD_PROC_CMDLINE=quiet dadwait=no", "dadwait=no on the kernel command line"),
])
def test_refusal(variable: str, reason: str, tmp_path: Path) -> None:
    name, _, value = variable.partition("=")

    def output_of(program: str, *arguments: object) -> str:
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True,
                              timeout=60, env=os.environ | {name: value})
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    assert output_of(plan()) == f"Nothing to do: {reason}.\n"
    printed = json.loads(output_of(plan(), "--json"))
    assert printed["refused"] == reason
    assert not any(printed[part] for part in ("services", "sockets", "stale", "warnings"))
    assert output_of(generator(), tmp_path) == ""
    assert contents(tmp_path) == {}
