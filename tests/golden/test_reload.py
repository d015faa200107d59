# SPDX-License-Identifier: LGPL-2.1-or-later
"""The drop-in of dadwait-reload.path, beyond the case `reload` in cases/."""

import subprocess
from pathlib import Path

import pytest
from lab import SOURCE, generator

UNIT = "usr/lib/systemd/system/dadwait-reload.path"
LINK = "etc/systemd/system/multi-user.target.wants/dadwait-reload.path"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for path, text in {
        UNIT: (SOURCE / "units/dadwait-reload.path").read_text(),
        "usr/lib/systemd/system/a.service": "[Service]\nExecStart=/bin/true\n",
        "etc/dadwait.conf": "[a.service]\nFormat=directive\nConfig=/etc/a.conf\n"
        "Directive=bind\nInclude=include\n",
        "etc/a.conf": "bind 2001:db8::1\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / LINK).parent.mkdir(parents=True)
    (root / LINK).symlink_to(f"/{UNIT}")
    return root


def generate(root: Path) -> tuple[list[str] | None, str]:
    """The lines of the drop-in, None if there is none; standard error."""
    output = root.parent / "output"
    output.mkdir(exist_ok=True)
    run = subprocess.run(
        [generator(), f"--root={root}", output], capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0
    drop_in = output / "dadwait-reload.path.d/zz-dadwait.conf"
    return drop_in.read_text().splitlines()[2:] if drop_in.exists() else None, run.stderr


def test_nothing_without_the_unit(root: Path) -> None:
    (root / UNIT).unlink()
    assert generate(root) == (None, "")


def test_nothing_for_a_masked_unit(root: Path) -> None:
    mask = root / "etc/systemd/system/dadwait-reload.path"
    mask.symlink_to("/dev/null")
    assert generate(root) == (None, "")


def test_nothing_where_it_is_not_enabled(root: Path) -> None:
    (root / LINK).unlink()
    assert generate(root) == (None, "")


def test_nothing_where_nothing_was_read(root: Path) -> None:
    (root / "etc/dadwait.conf").write_text("[a.service]\nAddress=2001:db8::1\n")
    assert generate(root) == (None, "")


@pytest.mark.parametrize("name", ["a\tb", "blank ", "backslash\\", "a\x7fb"])
def test_a_name_that_no_unit_file_can_hold(root: Path, name: str) -> None:
    # By a link, because configuration languages have rules of their own for such names.
    (root / "etc/a.conf").rename(root / "etc" / name)
    (root / "etc/a.conf").symlink_to(name)

    lines, warnings = generate(root)

    assert lines == ["PathChanged=/etc/a.conf"]
    assert warnings.endswith(": Changes will not be noticed: a unit file cannot hold this path.\n")


def test_too_many(root: Path) -> None:
    text = "bind 80\n"
    for n in range(60):
        file = root / f"etc/d{n:02}/file"
        file.parent.mkdir()
        file.write_text("")
        text += f"include /etc/d{n:02}/file\n"
    (root / "etc/a.conf").write_text(text)

    lines, warnings = generate(root)

    assert lines == ["PathChanged=/etc/a.conf"] + [
        f"PathChanged=/etc/d{n:02}/file" for n in range(47)
    ]
    assert warnings == (
        "dadwait-generator: /etc/d47/file: Changes to this and 12 more will not be noticed: "
        "too many to watch.\n"
    )
