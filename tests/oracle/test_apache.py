# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator reads Apache's configuration as Apache does: httpd is the judge, both directions."""

from pathlib import Path

import apache_cases
import apache_trees
import pytest
from httpd import Tree

CASES = {
    name: ("debian", case if isinstance(case, dict) else {"apache2.conf": case})
    for group in (apache_cases.LINES, apache_cases.ADDRESSES, apache_cases.VARIABLES,
                  apache_cases.SECTIONS, apache_cases.MODULES_AND_VERSIONS, apache_trees.INCLUDES,
                  apache_trees.MACROS)
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
