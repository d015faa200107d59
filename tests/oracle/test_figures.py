# SPDX-License-Identifier: LGPL-2.1-or-later
"""language_figures.py goes on where it was interrupted, and counts both directions."""

from collections import Counter
from pathlib import Path

from daemon_answers import Answer, Answers, key_of
from language_page import Figures, by_construct, by_language
from languages import A, B, Configuration, languages

ONE, OTHER = Answer(True, frozenset([A])), Answer(False, frozenset())


def test_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "answers"
    Answers(path).add("one", ONE)
    with path.open("a") as file:
        file.write('\n{"key": "torn", "acc')
    Answers(path).add("other", OTHER)
    answers = Answers(path)
    assert answers.get("one") == ONE
    assert answers.get("other") == OTHER
    assert answers.get("torn") is None


def test_each_part_of_a_question_counts() -> None:
    configuration = Configuration({"/a": "x"}, {"V": "1"}, ("-a",), frozenset("ab"))
    keys = {key_of("bookworm", configuration), key_of("trixie", configuration),
            key_of("bookworm", Configuration({"/a": "x"}, {"V": "2"}, ("-a",), frozenset("ab"))),
            key_of("bookworm", Configuration({"/a": "x"}, {"V": "1"}, ("-b",), frozenset("ab")))}
    assert len(keys) == 4
    assert key_of("bookworm", configuration) in keys


def test_counts_both_directions() -> None:
    figures = Figures("daemon", "bookworm", "1", ("a", "b"))
    assert figures.add(ONE, frozenset([A]), frozenset("a")) == ""
    assert "missing" in figures.add(ONE, frozenset([B]), frozenset("ab"))
    assert "too many" in figures.add(ONE, frozenset([A, B]), frozenset())
    assert figures.add(OTHER, frozenset([B]), frozenset("b")) == ""
    assert "| daemon | Debian 12 | 1 | 4 | 3 | 1 | 1 | 2 |" in by_language([figures])
    assert "| daemon | a | **2** |  |" in by_construct([figures])
    assert "| daemon | b | **1** |  |" in by_construct([figures])
    newer = Figures("daemon", "trixie", "2", ("a", "c"), occurred=Counter({"a": 30, "c": 20}))
    assert "| daemon | a | 2 | 30 |" in by_construct([figures, newer])
    assert "| daemon | c |  | 20 |" in by_construct([figures, newer])


def test_names_are_of_one_language_on_a_release() -> None:
    names = [(release, language.name) for language in languages() if language.random
             for release in language.packages]
    assert len(names) == len(set(names))
