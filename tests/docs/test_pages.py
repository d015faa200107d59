# SPDX-License-Identifier: LGPL-2.1-or-later
"""The manual pages document what the programs accept, and nothing else.

Each string in a program is tried as a key, a format or an option of that program. Those that it
accepts have to be in the manual page.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lab import SOURCE, build, generator, plan, second_stage

DOCS = SOURCE / "docs"
PAGES = sorted(path.stem for path in DOCS.glob("*.scd"))

# Warnings about what scdoc writes on every page.
SCDOC = (
    "skipping paragraph macro",
    "longer than 80 bytes",
    "lower case character in document title",
)


def source(page: str) -> str:
    return (DOCS / f"{page}.scd").read_text()


def section(page: str, title: str) -> str:
    return re.search(rf"^# {re.escape(title)}\n(.*?)(?=^# |\Z)", source(page), re.M | re.S)[1]


def words(program: str, pattern: str) -> set[str]:
    """The strings of a program that match. The linker merges a string with the end of another
    ("Address" with "IgnoreAddress"), so the ends of strings count as well."""
    strings = re.findall(rb"[ -~]+(?=\0)", Path(program).read_bytes())
    ends = {string[i:] for string in strings for i in range(max(0, len(string) - 40), len(string))}
    return {end.decode() for end in ends if re.fullmatch(pattern, end.decode())}


def ask(*command: object) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def warnings(tmp_path: Path, text: str) -> str:
    """The warnings of the generator about a configuration."""
    (tmp_path / "etc").mkdir(exist_ok=True)
    (tmp_path / "etc/dadwait.conf").write_text(text)
    run = ask(generator(), f"--root={tmp_path}")
    assert run.returncode == 0
    return run.stderr


def taken(tmp_path: Path, candidates: set[str], head: str, line: str) -> set[str]:
    """The candidates that the generator accepts without a warning."""
    left = sorted(candidates)
    result = set()
    while left:
        batch, left = left[:90], left[90:]  # it logs no more than 100 warnings
        said = warnings(tmp_path, head + "".join(line.format(word) + "\n" for word in batch))
        refused = {int(n) for n in re.findall(r"dadwait\.conf:(\d+): ", said)}
        first = head.count("\n") + 1
        result |= {word for n, word in enumerate(batch, first) if n not in refused}
    return result


def documented(text: str, pattern: str) -> set[str]:
    """The terms of a definition list, each of which has one paragraph."""
    terms = re.findall(r"^\*.*\*.*$", text, re.M)
    assert sorted(terms) == sorted(set(terms))
    return {name for term in terms for name in re.findall(pattern, term)}


@pytest.mark.parametrize("page", PAGES)
def test_lint(page: str) -> None:
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    if not (build() / "docs" / page).exists():
        pytest.skip("built without scdoc")
    run = ask("mandoc", "-Tlint", build() / "docs" / page)
    lines = run.stdout.splitlines()
    assert [line for line in lines if not any(known in line for known in SCDOC)] == []


def test_keys(tmp_path: Path) -> None:
    known = taken(tmp_path, words(generator(), r"[A-Z][A-Za-z0-9]+"), "[a.service]\n", "{}=")
    assert "TimeoutSec" in known
    pages = [section("dadwait.conf.5", title)
             for title in ("SECTIONS OF SERVICES", "KEYS OF THE FORMAT DIRECTIVE")]
    assert documented("".join(pages), r"\*(\w+)=\*") == known


def test_keys_of_the_defaults(tmp_path: Path) -> None:
    known = taken(tmp_path, words(generator(), r"[A-Z][A-Za-z]+"), "[dadwait]\n", "{}=")
    assert set(re.findall(r"\*(\w+)=\*", section("dadwait.conf.5", "SECTION [dadwait]"))) == known


def test_keys_of_the_sockets(tmp_path: Path) -> None:
    known = taken(tmp_path, words(generator(), r"[A-Z][A-Za-z]+"), "[sockets]\n", "{}=")
    assert documented(section("dadwait.conf.5", "SECTION [sockets]"), r"^\*(\w+)=\*$") == known


def test_formats(tmp_path: Path) -> None:
    known = taken(tmp_path, words(generator(), r"[a-z][a-z0-9-]+"), "[a.service]\n", "Format={}")
    assert "apache" in known
    assert documented(section("dadwait.conf.5", "FORMATS"), r"^\*([\w-]+)\*$") == known


def options(program: str) -> set[str]:
    """The long options that a program accepts. Thousands of words are tried, so it is the build without
    sanitizers, which starts thirty times as fast."""
    program = str(build() / f"tests/faults/plain-{Path(program).name}")

    def is_accepted(option: str) -> bool:
        # --help ends the program, unless the word is no option, or takes --help as its argument.
        said = ask(program, f"--{option}", "--help").stderr
        return not re.search("unrecognized option|ambiguous|not an option", said)

    found = {word for word in words(program, r"[a-z][a-z-]+") if is_accepted(word)}
    # getopt_long(3) accepts abbreviations.
    return {one for one in found if not any(o != one and o.startswith(one) for o in found)}


@pytest.mark.parametrize(
    "program, page", [(second_stage, "dadwait.8"), (plan, "dadwait-plan.8")]
)
def test_options(program, page: str) -> None:
    known = options(program())
    assert "help" in known
    assert documented(section(page, "OPTIONS"), r"\*--([a-z-]+)=?\*") == known
    assert set(re.findall(r"--([a-z-]+)", ask(program(), "--help").stdout)) == known
    synopsis = set(re.findall(r"\*--([a-z-]+)=?\*", section(page, "SYNOPSIS")))
    assert synopsis == known - {"help", "version"}


def test_options_of_the_generator() -> None:
    """With others it is dadwait-plan."""
    listed = documented(section("dadwait-generator.8", "OPTIONS"), r"\*--([a-z-]+)=?\*")
    assert {"root", "help", "version"} == listed


def keys_of(value: object) -> set[str]:
    """The names of all members of objects in JSON."""
    if isinstance(value, list):
        return {key for one in value for key in keys_of(one)}
    if isinstance(value, dict):
        return set(value) | keys_of(list(value.values()))
    return set()


def test_json() -> None:
    """The golden cases together have every member, except those that are unknown with --root=: the
    state of addresses, and what is in force."""
    printed = set()
    for root in (SOURCE / "tests/golden/cases").glob("*/root"):
        printed |= keys_of(json.loads(ask(plan(), f"--root={root}", "--json").stdout))
    text = section("dadwait-plan.8", "JSON OUTPUT")
    assert set(re.findall(r"\b_([a-z_]+?)_(?![a-z])", text)) == printed | {"state", "in_force"}


def test_message_ids() -> None:
    in_page = set(re.findall(r"\b[0-9a-f]{32}\b", source("dadwait.8")))
    assert in_page == words(second_stage(), r"[0-9a-f]{32}")


def examples() -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", section("dadwait.conf.5", "EXAMPLES"), re.M | re.S)


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.splitlines()[1])
def test_examples_are_taken(example: str, tmp_path: Path) -> None:
    assert warnings(tmp_path, example) == ""


def test_pages_lead_to_each_other() -> None:
    names = {re.sub(r"\.(\d)$", r"(\1)", page) for page in PAGES}
    for page in PAGES:
        links = {f"{name}({number})" for name, number in
                 re.findall(r"\*([\w.-]+)\*\((\d)\)", section(page, "SEE ALSO"))}
        assert names - {re.sub(r"\.(\d)$", r"(\1)", page)} <= links
