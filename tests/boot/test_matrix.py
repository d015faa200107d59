# SPDX-License-Identifier: LGPL-2.1-or-later
"""The short form of tests/matrix: one cell for each release, each with another way to get addresses,
and dadwait built by that release's own compiler with its own libraries."""

import pytest
from experiments.matrix import CELLS, boot
from experiments.matrix_boots import prepare
from lab import build
from lab.sandbox import Unavailable

CHOSEN = ("Debian 11, dhcpcd", "Debian 12, networkd", "Debian 13, NetworkManager, router")

# The services that do without dadwait.
FAIL = ("apache2", "ssh")
# Of DAD, so that they would wait.
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
def journal(tmp_path):
    """Where the journal of a failed boot is written; shown if the test fails."""
    file = tmp_path / "journal"
    yield file
    if file.exists():
        print(file.read_text())


def outcomes(record) -> dict[str, str]:
    assert "error" not in record, record
    return {unit: daemon["outcome"] for unit, daemon in record["daemons"].items()}


def test_without(cell, trees, journal):
    """The control: Apache and sshd fail. Others wait for network-online.target, or are restarted."""
    found = outcomes(boot(cell, None, journal, until_failed=FAIL))
    assert set(FAIL) <= {unit for unit, outcome in found.items() if outcome == "failed"}


def test_with(cell, trees, journal):
    record = boot(cell, trees[cell.suite], journal, PROBES)
    found = outcomes(record)
    # ntpd finds addresses itself that are assigned after its start, once DAD has ended.
    assert found.pop(cell.ntpd) in ("started", "failed binds")
    assert set(found.values()) == {"started"}
