# SPDX-License-Identifier: LGPL-2.1-or-later
"""The folders of the programs: what may include what, and the table of docs/architecture.md."""

import re
from collections import Counter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
TOP = ("common", "network", "helper", "generator")

# What the files of a folder may not include, not even by way of other headers.
FORBIDDEN = {
    "common": ("network/", "helper/", "generator/"),
    "network": ("helper/", "generator/"),
    "helper": ("generator/",),
    "generator": ("helper/",),
    "generator/input": ("generator/config/", "generator/formats/", "generator/units/",
                        "generator/plan/", "generator/output/", "generator/run/"),
    "generator/formats": ("generator/units/", "generator/plan/", "generator/output/",
                          "generator/run/"),
    "generator/units": ("generator/formats/", "generator/plan/", "generator/run/"),
}


def sources() -> list[Path]:
    return [file.relative_to(SOURCE) for top in TOP for file in sorted((SOURCE / top).rglob("*.[ch]"))]


def folders() -> list[str]:
    return sorted({str(file.parent) for file in sources()})


def included(file: Path) -> set[Path]:
    """The project's headers that a file includes, also by way of other headers."""
    found: set[Path] = set()
    todo = [file]
    while todo:
        for name in re.findall(r'^#include "([^"]+)"', (SOURCE / todo.pop()).read_text(), re.M):
            header = next((path for path in (Path(name), Path("generator") / name)
                           if (SOURCE / path).exists()), None)
            # build-config.h is made by meson.
            assert header or name == "build-config.h", name
            if header and header not in found:
                found.add(header)
                todo.append(header)
    return found


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_what_is_not_included(folder: str) -> None:
    for file in sources():
        if str(file).startswith(f"{folder}/"):
            wrong = [str(header) for header in included(file)
                     if str(header).startswith(FORBIDDEN[folder])]
            assert not wrong, file


def test_every_include_names_its_folder() -> None:
    """Except headers in generator/ itself, such as log.h."""
    plain = {file.name for file in (SOURCE / "generator").glob("*.h")} | {"build-config.h"}
    for file in sources():
        for name in re.findall(r'^#include "([^"]+)"', (SOURCE / file).read_text(), re.M):
            assert "/" in name or name in plain, (file, name)


def test_no_two_files_of_one_name() -> None:
    names = Counter(file.name for file in sources())
    assert [name for name, count in names.items() if count > 1] == []


def test_architecture_has_every_folder() -> None:
    """Each folder has one line in the table, and the table has no other lines."""
    text = (SOURCE / "docs/architecture.md").read_text()
    table = text.partition("## The folders")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| ([a-z/]+)/ \|", table, re.M)
    assert sorted(set(listed)) == sorted(listed)
    for folder in folders():
        assert folder in listed
    for folder in listed:
        assert (SOURCE / folder).is_dir(), folder


def test_readme_of_the_tests_has_every_folder_and_suite() -> None:
    text = (SOURCE / "tests/README.md").read_text()
    suites = text.partition("## The suites")[2].partition("\n## ")[0]
    table = text.partition("## The folders")[2].partition("\n## ")[0]
    for folder in (path.name for path in (SOURCE / "tests").iterdir() if path.is_dir()):
        if not folder.startswith((".", "_")):
            assert f"{folder}/" in table
            if list((SOURCE / "tests" / folder).glob("test[_-]*")):
                assert f"\n| {folder} |" in suites
