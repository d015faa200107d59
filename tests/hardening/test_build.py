# SPDX-License-Identifier: LGPL-2.1-or-later
"""The programs as they are built by default: hardened, and the same wherever they are built."""

import json
import os
import platform
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from lab import SOURCE

PROGRAMS = ("helper/dadwait", "generator/dadwait-generator")


def build(directory: Path) -> Path:
    """Builds a copy of the sources in `directory`, without what the environment would add."""
    source = directory / "source"
    for name in ("meson.build", "meson_options.txt", "common", "docs", "generator", "helper",
                 "tests", "units"):
        path = SOURCE / name
        if path.is_dir():
            shutil.copytree(path, source / name, symlinks=True)
        elif path.exists():
            shutil.copy(path, source / name)
    environment = {k: v for k, v in os.environ.items()
                   if k not in ("CFLAGS", "LDFLAGS", "CPPFLAGS", "DESTDIR")}
    for command in (["meson", "setup", "-Dtests=false", "-Dman=disabled", directory / "build"],
                    ["ninja", "-C", directory / "build"]):
        subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True,
                       timeout=300)
    return directory / "build"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = tmp_path_factory.mktemp("first") / "a"
    (first / "source").mkdir(parents=True)
    return build(first)


def fortify_level(command: list[str]) -> int:
    """Of _FORTIFY_SOURCE, the highest that this compiler has with this C library."""
    defined = subprocess.run(
        [command[0], "-O2", "-D_FORTIFY_SOURCE=3", "-dM", "-E", "-include", "features.h", "-"],
        input="", capture_output=True, text=True, check=True)
    return int(re.search(r"^#define __USE_FORTIFY_LEVEL (\d)$", defined.stdout, re.M)[1])


def readelf(program: Path, *options: str) -> str:
    return subprocess.check_output(["readelf", "-W", *options, program], text=True)


@pytest.mark.parametrize("name", PROGRAMS)
def test_hardened(built: Path, name: str) -> None:
    program = built / name

    dynamic = readelf(program, "--dynamic")
    assert "PIE" in dynamic.partition("(FLAGS_1)")[2].partition("\n")[0]
    assert "NOW" in dynamic.partition("(FLAGS_1)")[2].partition("\n")[0]
    segments = readelf(program, "--segments")
    assert "GNU_RELRO" in segments
    stack = next(line for line in segments.splitlines() if "GNU_STACK" in line)
    assert "RWE" not in stack
    symbols = readelf(program, "--dyn-syms")
    assert "__stack_chk_fail" in symbols
    assert "_chk@" in symbols.replace("__stack_chk_fail", "")  # _FORTIFY_SOURCE
    if platform.machine() == "x86_64":
        # The C library's start files decide whether the whole is marked (Debian 12's are not);
        # ours begin each function that can be called indirectly with endbr64.
        assert program.read_bytes().count(b"\xf3\x0f\x1e\xfa") > 10
        # Of a large frame each page is touched, in order (-fstack-clash-protection).
        code = subprocess.check_output(["objdump", "-d", program], text=True)
        assert re.search(r"\bor[qlb]? +\$0x0,(0x[0-9a-f]+)?\(%rsp\)", code)


def test_fortified(built: Path) -> None:
    """All of it, and as much as there is: the symbols above would be there at level 1, too."""
    commands = [shlex.split(entry["command"])
                for entry in json.loads((built / "compile_commands.json").read_text())]

    assert len(commands) > 50
    level = fortify_level(commands[0])
    for command in commands:
        assert f"-D_FORTIFY_SOURCE={level}" in command


def test_reproducible(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "quite" / "another" / "directory"
    (other / "source").mkdir(parents=True)
    again = build(other)

    for name in PROGRAMS:
        assert (built / name).read_bytes() == (again / name).read_bytes()
