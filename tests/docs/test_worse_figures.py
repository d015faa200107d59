# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests/bench/compare.py finds worse in a page of figures than it was."""

import sys

from lab import SOURCE

sys.path.insert(0, str(SOURCE / "tests/bench"))

from compare import tables, worse  # noqa: E402

PAGE = """\
<!-- helper, provenance: written by the test -->

Measured on 2026-11-27: A Processor, 2 processors, Linux 6.1, a load of 1.0.

<!-- end of helper, provenance -->
<!-- late: written by the test -->

|  | median | least | largest |
| --- | --: | --: | --: |
| floor | 0.200 ms | 0.100 ms | 0.300 ms |
| dadwait | 0.400 ms | 0.300 ms | 0.600 ms |
| loop | 400.00 ms | 40.00 ms | 800.00 ms |

<!-- end of late -->
<!-- ready: written by the test -->

| addresses | processor time | instructions | system calls |
| --- | --: | --: | --: |
| 1,000 | 4.00 ms | 816,637 | 3,017 |

<!-- end of ready -->
"""


def changed(*changes):
    page = PAGE
    for old, new in changes:
        assert old in page
        page = page.replace(old, new)
    return list(worse(PAGE, page))


def test_nothing_is_worse():
    assert changed() == []
    assert changed(("816,637", "816,636"), ("4.00 ms", "3.00 ms"), ("| 0.400", "| 0.300")) == []


def test_counts_are_compared_exactly():
    assert changed(("3,017", "3,018"), ("816,637", "816,640")) == [
        "ready, 1,000: 816,640 instructions, were 816,637",
        "ready, 1,000: 3,018 system calls, were 3,017",
    ]


def test_times_are_worse_beyond_the_noise():
    assert changed(("| 0.400", "| 0.490"), ("4.00 ms", "4.90 ms")) == []
    assert changed(("| 0.400", "| 0.510"), ("4.00 ms", "5.10 ms")) == [
        "late, dadwait: 2.55 times floor, was 2.00",
        "ready, 1,000, processor time: 1.27 times what it was",
    ]


def test_a_slower_hour_changes_all_contenders():
    assert changed(("| 0.400", "| 0.800"), ("| 0.200", "| 0.400")) == []
    assert changed(("| 400.00", "| 900.00")) == [], "another program's"


def test_times_of_another_machine_are_compared_with_its_contender():
    other = ("A Processor", "Another Processor")
    assert changed(other, ("4.00 ms", "40.00 ms")) == []
    assert changed(other, ("| 0.200", "| 0.100")) == ["late, dadwait: 4.00 times floor, was 2.00"]


def test_new_figures_are_mentioned():
    assert changed(("| loop", "| dadwait, with a journal")) == [
        "late, dadwait, with a journal, median: not compared, it is new"]


def test_the_pages_have_figures_to_compare():
    for name in "helper", "generator":
        page = (SOURCE / f"docs/{name}-figures.md").read_text()
        assert sum(map(len, tables(page).values())) > 10
        assert list(worse(page, page)) == []
