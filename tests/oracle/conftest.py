# SPDX-License-Identifier: LGPL-2.1-or-later
import pytest
from daemon_run import system
from lab.sandbox import Unavailable


@pytest.fixture(scope="session", autouse=True)
def debian(pytestconfig):
    """Skip, with the reason, if this machine cannot run the daemons of a base system."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        try:
            system()
        except Unavailable as why:
            pytest.skip(str(why))
