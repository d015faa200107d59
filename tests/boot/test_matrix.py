# SPDX-License-Identifier: LGPL-2.1-or-later
"""The short form of the matrix, see tests/matrix: one cell a release, each with another way to come
by its addresses, and dadwait as that release's own compiler and libraries build it."""

import pytest
from lab import build
from lab.campaign import prepare
from lab.matrix import CELLS, boot
from lab.sandbox import Unavailable

CHOSEN = ("Debian 11, dhcpcd", "Debian 12, networkd", "Debian 13, NetworkManager, router")

# So that a busy machine is not slower than DAD, and the control fails whatever happens.
PROBES = 5


@pytest.fixture(scope="module", params=CHOSEN)
def cell(request):
    return next(cell for cell in CELLS if cell.name == request.param)


@pytest.fixture(scope="module")
def trees(cell, pytestconfig):
    """What `meson install` puts on that release, by release."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        try:
            return prepare([cell], build())
        except Unavailable as why:
            pytest.skip(str(why))


@pytest.fixture
def evidence(tmp_path):
    """The journal of a boot that did not go well, shown if the test fails."""
    journal = tmp_path / "journal"
    yield journal
    if journal.exists():
        print(journal.read_text())


def outcomes(record) -> dict[str, str]:
    assert "error" not in record, record
    return {unit: verdict["outcome"] for unit, verdict in record["daemons"].items()}


def test_without(cell, trees, evidence):
    """The control: all but ntpd fail, save those that wait for network-online.target and those
    that are restarted for so long."""
    found = outcomes(boot(cell, None, evidence, PROBES))
    assert {"apache2", "ssh"} <= {unit for unit, outcome in found.items() if outcome == "failed"}


def test_with(cell, trees, evidence):
    record = boot(cell, trees[cell.suite], evidence, PROBES)
    found = outcomes(record)
    # Where the addresses come after ntpd's start it finds them itself, as soon as DAD lets it.
    assert found.pop(cell.ntpd) in ("started", "failed binds")
    assert set(found.values()) == {"started"}
