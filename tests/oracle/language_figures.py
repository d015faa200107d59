#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Count how often the generator agrees with each daemon, and write docs/language-figures.md.

    language_figures.py [--count N] [--at-a-time N] [--no-page] [LANGUAGE...]

As root, with the build in DADWAIT_BUILD. Of each language and release it makes random configurations, from
seed 0 on, until the daemon has accepted N of them (1000). It prints each that the generator reads
otherwise. What the daemons answered is kept in DADWAIT_BUILD/daemon-answers.json: a run that was
interrupted goes on, and after a change of the generator only that is asked again.
"""

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "oracle")]

from daemon_answers import Answers  # noqa: E402
from figure_sources import Source, sources  # noqa: E402
from lab import build  # noqa: E402
from language_page import Figures, write_page  # noqa: E402
from language_run import RELEASES, machine_of  # noqa: E402

# Of the configurations that are made, as test_languages.py wants it.
ACCEPTED_AT_LEAST = 0.7


def count(source: Source, wanted: int, answers: Answers, path: Path) -> Figures:
    figures = Figures(source.name, source.release, source.version, source.constructs)
    while figures.accepted < wanted:
        if figures.made >= 100 and figures.accepted < ACCEPTED_AT_LEAST * figures.made:
            print(f"{source}: only {figures.accepted} of {figures.made} are accepted", flush=True)
            break
        seed = figures.made
        question = source.question(seed, path / str(seed))
        answer = answers.get(question.key)
        if answer is None:
            answer = question.ask()
            answers.add(question.key, answer)
        difference = figures.add(answer, question.found, question.constructs)
        if difference:
            print(f"{source}: seed {seed}: {difference}\n{question.listing()}", flush=True)
        question.remove()
    print(f"{source}: {figures.agreed} of {figures.accepted}", flush=True)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--at-a-time", type=int, default=4)
    parser.add_argument("--no-page", action="store_true")
    parser.add_argument("languages", nargs="*")
    options = parser.parse_args()

    answers = Answers(build() / "daemon-answers.json")
    with ExitStack() as stack:
        machines = {release: stack.enter_context(machine_of(release)) for release in RELEASES}
        chosen = [source for source in sources(machines)
                  if not options.languages or source.name in options.languages]
        path = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pool = stack.enter_context(ThreadPoolExecutor(options.at_a_time))
        counted = list(pool.map(
            lambda numbered: count(numbered[1], options.count, answers, path / str(numbered[0])),
            enumerate(chosen)))
    if not options.no_page:
        write_page(counted)
    return 0 if all(figures.agreed == figures.accepted >= options.count for figures in counted) else 1


if __name__ == "__main__":
    sys.exit(main())
