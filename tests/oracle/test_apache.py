# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator reads Apache's configuration as Apache does: httpd is the judge, in both directions."""

from pathlib import Path

import apache_cases
import pytest
from httpd import Tree

CASES = {name: case for group in apache_cases.GROUPS for name, case in group.items()}


def files_of(case):
    return case if isinstance(case, dict) else {"apache2.conf": case}


@pytest.mark.parametrize("name", CASES)
def test_binds_what_is_waited_for(name: str, tmp_path: Path) -> None:
    tree = Tree(tmp_path / "root", files_of(CASES[name]))

    verdict = tree.ask_httpd()

    assert verdict.started, verdict.output
    assert verdict.addresses, "a case without an address proves little"
    assert tree.ask_generator() == verdict.addresses, verdict.output
