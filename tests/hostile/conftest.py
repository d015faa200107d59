# SPDX-License-Identifier: LGPL-2.1-or-later
import os
from pathlib import Path

import pytest
from tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    os.chmod(tmp_path, 0o755)
    return Tree(tmp_path)


@pytest.fixture
def traced(tree: Tree) -> Tree:
    """A tree for runs under strace, where the leak sanitizer does not work."""
    options = tree.environment.get("ASAN_OPTIONS", "")
    tree.environment["ASAN_OPTIONS"] = f"{options}:detect_leaks=0"
    return tree
