# SPDX-License-Identifier: LGPL-2.1-or-later
"""The default build: hardened, and reproducible in any directory."""

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

PROGRAMS = ("helper/dadwait-wait", "generator/dadwait-generator", "generator/dadwait-plan")
GENERATOR = "generator/dadwait-generator"
FIRST_STAGE = "helper/dadwait"  # linked statically


def build(directory: Path, *options: str, targets: tuple[str, ...] = ()) -> Path:
    """Builds a copy of the sources in `directory`, without flags of the environment."""
    source = directory / "source"
    for name in ("meson.build", "meson_options.txt", "common", "docs", "generator", "helper",
                 "network", "tests", "units"):
        path = SOURCE / name
        if path.is_dir():
            shutil.copytree(path, source / name, symlinks=True)
        elif path.exists():
            shutil.copy(path, source / name)
    environment = {k: v for k, v in os.environ.items()
                   if k not in ("CFLAGS", "LDFLAGS", "CPPFLAGS", "DESTDIR")}
    for command in (["meson", "setup", "-Dtests=false", "-Dman=disabled", *options,
                     directory / "build"],
                    ["ninja", "-C", directory / "build", *targets]):
        subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True,
                       timeout=300)
    return directory / "build"


def with_sources(directory: Path) -> Path:
    """The directory, with one for the sources."""
    (directory / "source").mkdir(parents=True)
    return directory


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(with_sources(tmp_path_factory.mktemp("first") / "a"))


def fortify_level(command: list[str]) -> int:
    """The highest _FORTIFY_SOURCE of this compiler with this C library."""
    defined = subprocess.run(
        [command[0], "-O2", "-D_FORTIFY_SOURCE=3", "-dM", "-E", "-include", "features.h", "-"],
        input="", capture_output=True, text=True, check=True)
    return int(re.search(r"^#define __USE_FORTIFY_LEVEL (\d)$", defined.stdout, re.M)[1])


def readelf(program: Path, *options: str) -> str:
    return subprocess.check_output(["readelf", "-W", *options, program], text=True)


def assert_hardened(program: Path) -> None:
    dynamic = readelf(program, "--dynamic")
    assert "PIE" in dynamic.partition("(FLAGS_1)")[2].partition("\n")[0]
    assert "NOW" in dynamic.partition("(FLAGS_1)")[2].partition("\n")[0]
    segments = readelf(program, "--segments")
    assert "GNU_RELRO" in segments
    stack = next(line for line in segments.splitlines() if "GNU_STACK" in line)
    assert "RWE" not in stack
    symbols = readelf(program, "--symbols")
    assert "__stack_chk_fail" in symbols
    assert re.search(r" __(?!stack)\w+_chk\b", symbols)  # _FORTIFY_SOURCE
    if platform.machine() == "x86_64":
        # The start files of Debian 12's C library are not marked, so the whole program is not. Each
        # function that can be called indirectly begins with endbr64.
        assert program.read_bytes().count(b"\xf3\x0f\x1e\xfa") > 10


@pytest.mark.parametrize("name", (*PROGRAMS, FIRST_STAGE))
def test_hardened(built: Path, name: str) -> None:
    assert_hardened(built / name)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="looks for instructions of x86-64")
@pytest.mark.parametrize("name", PROGRAMS)
def test_stack_clash_protection(built: Path, name: str) -> None:
    """Each page of a large stack frame is touched in order. The first stage has no large frame."""
    code = subprocess.check_output(["objdump", "-d", built / name], text=True)
    assert re.search(r"\bor[qlb]? +\$0x0,(0x[0-9a-f]+)?\(%rsp\)", code)


def libraries(program: Path) -> list[str]:
    return re.findall(r"Shared library: \[(.*)\]", readelf(program, "--dynamic"))


def test_generator_is_static(built: Path) -> None:
    """Each boot waits for it, and a dynamic loader takes a fifth of its time."""
    assert libraries(built / GENERATOR) == []
    assert "INTERP" not in readelf(built / GENERATOR, "--segments")


def test_generator_without_a_static_library(tmp_path: Path) -> None:
    """It does without the libraries that only dadwait-plan needs."""
    directory = build(with_sources(tmp_path), "-Dstatic_generator=disabled", targets=(GENERATOR,))

    assert_hardened(directory / GENERATOR)
    assert set(libraries(directory / GENERATOR)) == {"libinih.so.1", "libc.so.6"}


def helper_is_static(directory: Path) -> bool:
    config = (directory / "build-config.h").read_text()
    return re.search(r"^#define HELPER_IS_STATIC (\d)$", config, re.M)[1] == "1"


def test_first_stage_is_static(built: Path) -> None:
    """It needs no library and no dynamic loader, and empties the environment before its C library runs."""
    program = built / FIRST_STAGE

    assert libraries(program) == []
    assert "INTERP" not in readelf(program, "--segments")
    assert "__wrap___libc_start_main" in readelf(program, "--symbols")
    assert helper_is_static(built)


@pytest.mark.parametrize("options", [["-Db_sanitize=address,undefined"], ["-Db_coverage=true"]],
                         ids=["sanitizers", "coverage"])
def test_first_stage_has_no_sanitizer(tmp_path: Path, options: list[str]) -> None:
    directory = build(with_sources(tmp_path), *options, targets=(FIRST_STAGE,))

    assert libraries(directory / FIRST_STAGE) == []
    assert not re.search("__(asan|ubsan|gcov)_", readelf(directory / FIRST_STAGE, "--symbols"))


def test_first_stage_without_a_static_library(tmp_path: Path) -> None:
    """The program is linked dynamically, and build-config.h says so."""
    directory = build(with_sources(tmp_path), "-Dstatic_helper=disabled", targets=(FIRST_STAGE,))

    assert_hardened(directory / FIRST_STAGE)
    assert libraries(directory / FIRST_STAGE) == ["libc.so.6"]
    assert not helper_is_static(directory)


def test_fortified(built: Path) -> None:
    """All files are compiled at the highest level. The symbols above would be there at level 1, too."""
    commands = [shlex.split(entry["command"])
                for entry in json.loads((built / "compile_commands.json").read_text())]

    assert len(commands) > 50
    level = fortify_level(commands[0])
    for command in commands:
        assert f"-D_FORTIFY_SOURCE={level}" in command


def test_reproducible(built: Path, tmp_path: Path) -> None:
    again = build(with_sources(tmp_path / "quite" / "another" / "directory"))

    for name in (*PROGRAMS, FIRST_STAGE):
        assert (built / name).read_bytes() == (again / name).read_bytes()
