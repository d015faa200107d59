# SPDX-License-Identifier: LGPL-2.1-or-later
import os

import pytest

from lab.netns import Net


@pytest.fixture
def net():
    if os.geteuid() != 0:
        pytest.skip("network namespaces need root")
    machine = Net()
    yield machine
    machine.close()
