# SPDX-License-Identifier: LGPL-2.1-or-later
"""The numbers of runs in docs/reliability.md, between marks; the text around them is kept."""

from collections.abc import Mapping
from datetime import date

from lab import SOURCE
from lab.markdown import table, write_section

PAGE = SOURCE / "docs/reliability.md"

# What each test makes fail, in the order of the table.
ROWS = {
    "test_generator.py::test_every_system_call": "generator: each system call",
    "test_generator.py::test_every_system_call_of_workers":
        "generator: each system call that starts workers or collects their results, each error",
    "test_generator.py::test_every_file_unreadable": "generator: each file unreadable (EACCES)",
    "test_generator.py::test_every_allocation": "generator: each allocation",
    "test_generator.py::test_allocations_with_workers":
        "generator: allocations with workers, including all of the parent",
    "test_generator.py::test_allocations_of_the_plan[table]":
        "generator: allocations while it prints the plan",
    "test_generator.py::test_allocations_of_the_plan[json]":
        "generator: allocations while it prints the plan as JSON",
    "test_limits.py::test_generator_within_limits":
        "generator: RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_DATA, RLIMIT_FSIZE",
    "test_limits.py::test_full_file_system[size]": "generator: file system of 1 to 23 pages",
    "test_limits.py::test_full_file_system[nr_inodes]": "generator: file system of 1 to 23 inodes",
    "test_helper.py::test_every_system_call[]": "helper: each system call",
    "test_helper.py::test_every_system_call[strict]": "helper: each system call, with --strict",
    "test_helper.py::test_every_system_call_where_all_is_ready":
        "helper: each system call where all is ready, without and with --strict",
    "test_helper.py::test_every_system_call_of_the_first_stage":
        "helper: each system call of the first stage, each error, without and with --strict",
    "test_helper.py::test_every_allocation[]": "helper: each allocation",
    "test_helper.py::test_every_allocation[strict]": "helper: each allocation, with --strict",
    "test_limits.py::test_helper_within_limits":
        "helper: RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_DATA, RLIMIT_FSIZE, without and with --strict",
}


def write_figures(counts: Mapping[str, int], *, thorough: bool) -> None:
    """counts: of each test in ROWS."""
    rows = [[what, f"{counts[test]:,}"] for test, what in ROWS.items()]
    write_section(PAGE, "faults, thorough" if thorough else "faults",
                  f"\n{table([f'on {date.today()}', 'runs'], rows)}\n")
