# SPDX-License-Identifier: LGPL-2.1-or-later
"""The output directory, which all generators share, already has something of the same name."""

import os
from pathlib import Path

import pytest
from tree import CANARY, CANARY_ADDRESS, Tree, needs_root

DROP_IN = f"{CANARY}.d/zz-dadwait.conf"


@pytest.fixture
def place(tree: Tree) -> Path:
    """Where the drop-in of the service CANARY is written."""
    path = tree.output / DROP_IN
    path.parent.mkdir(mode=0o755)
    return path


def victim(tree: Tree) -> Path:
    path = tree.outside / "victim"
    path.write_text("dear\n")
    return path


@pytest.mark.parametrize("name", ["zz-dadwait.conf", ".zz-dadwait.conf.new"])
@pytest.mark.parametrize("kind", ["file", "link", "dangling", "hard-link", "fifo"])
def test_something_under_the_names_that_are_written(tree: Tree, place: Path, name: str,
                                                    kind: str) -> None:
    dear = victim(tree)
    path = place.with_name(name)
    match kind:
        case "file":
            path.write_text("[Service]\nExecStartPre=/bin/false\n" * 1000)
            path.chmod(0o666)
        case "link":
            path.symlink_to(dear)
        case "dangling":
            path.symlink_to(tree.outside / "made")
        case "hard-link":
            os.link(dear, path)
        case "fifo":
            os.mkfifo(path)

    assert tree.run(changes=True).drop_ins == {CANARY: [CANARY_ADDRESS]}
    assert dear.read_text() == "dear\n"
    assert sorted(tree.outside.iterdir()) == [dear]


def test_link_in_place_of_the_drop_in_directory(tree: Tree) -> None:
    (tree.output / f"{CANARY}.d").symlink_to(tree.outside)

    outcome = tree.run_anyhow()

    assert outcome.status == 1
    assert "No drop-in for good.service" in outcome.stderr
    assert list(tree.outside.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "fifo"])
def test_no_directory_in_place_of_the_drop_in_directory(tree: Tree, kind: str) -> None:
    path = tree.output / f"{CANARY}.d"
    path.write_text("") if kind == "file" else os.mkfifo(path)

    outcome = tree.run_anyhow()

    assert outcome.status == 1
    assert "No drop-in for good.service" in outcome.stderr


def test_one_failure_does_not_cost_the_others(tree: Tree) -> None:
    tree.unit("other.service")
    tree.write("etc/dadwait.conf", "[other.service]\nAddress=2001:db8::2\n")
    (tree.output / f"{CANARY}.d").write_text("")

    outcome = tree.run_anyhow()

    assert outcome.status == 1
    assert (tree.output / "other.service.d/zz-dadwait.conf").exists()


def test_something_in_place_of_the_directories_for_other_units(tree: Tree) -> None:
    tree.unit("dadwait-reload.path")
    tree.write("etc/systemd/system/multi-user.target.wants/dadwait-reload.path", "")
    tree.write("usr/lib/systemd/system/web.socket", "[Socket]\nListenStream=[2001:db8::2]:80\n")
    tree.write("etc/dadwait.conf", "[sockets]\nFreeBind=yes\n")
    tree.apache("Listen [2001:db8::1]:80\n")
    for unit in ("dadwait-reload.path", "web.socket"):
        (tree.output / f"{unit}.d").write_text("")

    outcome = tree.run_anyhow()

    assert outcome.status == 1
    assert "No drop-in for web.socket: Not a directory" in outcome.stderr
    assert "Changes to configuration files will not be noticed: Not a directory" in outcome.stderr
    assert (tree.output / "apache2.service.d/zz-dadwait.conf").exists()


def test_output_directory_is_missing(tree: Tree) -> None:
    tree.output.rmdir()

    outcome = tree.run_anyhow()

    assert outcome.status == 1
    assert "Cannot be written to" in outcome.stderr
    assert not tree.output.exists()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_modes_do_not_depend_on_the_umask(tree: Tree, umask: int) -> None:
    """run() checks the modes."""
    prefix = ("sh", "-c", f"umask {umask:04o}; exec \"$@\"", "sh")

    assert tree.patterns("good.service", prefix=prefix) == []


@needs_root
def test_directory_of_another_generator_keeps_its_mode(tree: Tree, place: Path) -> None:
    place.parent.chmod(0o750)

    assert tree.run_anyhow().status == 0
    assert place.parent.stat().st_mode & 0o777 == 0o750
