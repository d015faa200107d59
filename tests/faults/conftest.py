# SPDX-License-Identifier: LGPL-2.1-or-later
import os
from collections.abc import Iterator

import pytest
from checks.drop_in import check_drop_in
from lab.netns import Namespace, Net
from small_machine import EXPECTED, OTHERS, Machine, Outcome
from many_runs import COUNTS, Runs
from reliability_page import ROWS, write_figures


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if os.geteuid() != 0:
        pytest.skip("chroot needs root")
    namespace = Namespace()
    yield Machine(tmp_path_factory.mktemp("machine"), namespace)
    namespace.close()


@pytest.fixture(scope="session")
def reference(machine: Machine) -> Outcome:
    """A run without a fault."""
    outcome = machine.run("reference")
    assert (outcome.status, outcome.stderr) == (0, "")
    assert outcome.units == set(EXPECTED) | OTHERS
    for unit, patterns in EXPECTED.items():
        assert check_drop_in(outcome.files[f"{unit}.d/zz-dadwait.conf"]) == patterns
    return outcome


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Whether every call fails with every error, or with one of them."""
    return "DADWAIT_THOROUGH" in os.environ


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> Runs:
    return Runs(f"{request.path.name}::{request.node.name}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-figures", action="store_true",
                     help="write the numbers of runs into docs/reliability.md")


def pytest_terminal_summary(terminalreporter, exitstatus: int, config: pytest.Config) -> None:
    for name, count in COUNTS.items():
        terminalreporter.write_line(f"{name}: {count} runs")
    if not config.getoption("write_figures"):
        return
    if exitstatus != pytest.ExitCode.OK:
        terminalreporter.write_line("No figures written: not every test passed.")
    elif different := sorted(COUNTS.keys() ^ ROWS.keys()):
        # A table of some tests would mix the figures of two versions.
        terminalreporter.write_line(f"No figures written: not run, or without a row: {different}")
    else:
        write_figures(COUNTS, thorough="DADWAIT_THOROUGH" in os.environ)


@pytest.fixture(scope="module")
def net() -> Iterator[Net]:
    if os.geteuid() != 0:
        pytest.skip("network namespaces need root")
    net = Net()
    yield net
    net.close()
