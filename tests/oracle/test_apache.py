# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator finds exactly the addresses that httpd binds."""

import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apache_cases
import apache_trees
import pytest
from apache_refused import REFUSED
from daemon_run import is_ipv4
from httpd import Tree
from random_config import Config

def files_of(case: dict | str | bytes) -> dict:
    return case if isinstance(case, dict) else {"apache2.conf": case}


CASES = {
    name: ("debian", files_of(case))
    for group in (apache_cases.LINES, apache_cases.ADDRESSES, apache_cases.VARIABLES,
                  apache_cases.SECTIONS, apache_cases.MODULES_AND_VERSIONS, apache_trees.INCLUDES,
                  apache_trees.MACROS, apache_trees.CONTAINERS)
    for name, case in group.items()
} | apache_trees.LAYOUTS


@pytest.mark.parametrize("name", CASES)
def test_binds_what_is_waited_for(name: str, tmp_path: Path) -> None:
    layout, files = CASES[name]
    tree = Tree(tmp_path / "root", files, layout)

    verdict = tree.ask_httpd()

    assert verdict.started, verdict.output
    assert verdict.addresses, "a case without an address proves little"
    assert tree.ask_generator() == verdict.addresses, verdict.output
    assert tree.ask_generator_by_default() == {address for address in verdict.addresses
                                               if not is_ipv4(address)}


@pytest.mark.parametrize("name", REFUSED)
def test_keeps_what_it_understands_where_httpd_refuses(name: str, tmp_path: Path) -> None:
    files, kept, expected = REFUSED[name]
    tree = Tree(tmp_path / "root", files_of(files))

    verdict = tree.ask_httpd()
    assert not verdict.started
    # httpd reports the error, so it is not missing something else.
    assert re.search(r"Syntax error|AH\d{5}:|was not closed", verdict.output), verdict.output
    assert tree.ask_generator() == kept

    warnings = tree.warnings()
    assert len(warnings) == len(expected), warnings
    assert all(text in warning for text, warning in zip(expected, warnings)), warnings


def disagreement(seed: int, path: Path) -> tuple[bool, str]:
    """Whether httpd accepts the configuration of a seed, and how the generator differs from it."""
    files = Config(seed).files
    tree = Tree(path, files)
    verdict = tree.ask_httpd()
    found = tree.ask_generator()  # even if httpd refuses it, because the generator must not fail
    shutil.rmtree(path)
    if not verdict.started or found == verdict.addresses:
        return verdict.started, ""
    listing = "\n".join(f"--- {name}\n{content}" for name, content in sorted(files.items()))
    return True, (f"seed {seed}: missing {sorted(verdict.addresses - found)}, "
                  f"too many {sorted(found - verdict.addresses)}\n{listing}")


def test_random_configurations(tmp_path: Path) -> None:
    """DADWAIT_RANDOM=COUNT or COUNT@FIRST sets other seeds than the first 300."""
    count, _, first = os.environ.get("DADWAIT_RANDOM", "300").partition("@")
    seeds = range(int(first or 0), int(first or 0) + int(count))

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda seed: disagreement(seed, tmp_path / str(seed)), seeds))

    print(sum(taken for taken, _ in results), "of", len(results), "taken by httpd")
    assert not [text for _, text in results if text]
    assert sum(taken for taken, _ in results) >= 0.8 * len(results), "too few of them prove anything"
