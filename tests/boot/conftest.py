# SPDX-License-Identifier: LGPL-2.1-or-later
"""Boots of a Debian with systemd as process 1; lab/container.py does them."""

import pytest
from lab import build
from lab.apache_machine import PACKAGES, ApacheMachine
from lab.base_system import base_system
from lab.install_tree import install_tree
from lab.sandbox import Unavailable, require

SUITE = "bookworm"


@pytest.fixture(scope="session", autouse=True)
def installed(pytestconfig):
    """The tree that `meson install` makes there. Skips, with the reason, if this machine cannot boot
    containers. It takes a minute the first time, so its progress is printed at once."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        try:
            require("systemd-nspawn")
            base_system(SUITE, PACKAGES)
            return install_tree(SUITE, build())
        except Unavailable as why:
            pytest.skip(str(why))


@pytest.fixture(scope="module")
def apache_machine():
    """The machine, switched off. A test that fails shows its journal."""
    with ApacheMachine(SUITE) as machine:
        yield machine
        units = ("networking", "apache2", "ntpsec", "init.scope")
        print(machine.journal(*(f"--unit={unit}" for unit in units), output="short-monotonic"))


@pytest.fixture(scope="module")
def machine_with_dadwait(apache_machine, installed):
    apache_machine.unpack(installed)
    return apache_machine
