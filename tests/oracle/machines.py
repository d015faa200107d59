# SPDX-License-Identifier: LGPL-2.1-or-later
"""Machines that are made when a test first asks for them, and kept.

A fixture with a parameter would not do: pytest makes it anew for each test if another parameter of
parametrize() comes with it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from lab.container import Container


class Machines(ExitStack):
    def __init__(self, make: Callable[[str], AbstractContextManager[Container]]) -> None:
        super().__init__()
        self._make = make
        self._made: dict[str, Container] = {}

    def get(self, name: str) -> Container:
        if name not in self._made:
            self._made[name] = self.enter_context(self._make(name))
        return self._made[name]
