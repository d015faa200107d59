# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where language_figures.py has its configurations from: the random ones of each language, on each release."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import daemon_run
import generator_run
from daemon_answers import Answer, key_of
from httpd import Tree
from lab.container import Container
from language_run import ask_daemon, is_accepted, make_tree, on_release
from languages import Language
from random_config import CONSTRUCTS, Config


@dataclass(frozen=True)
class Question:
    """One configuration, and what the generator found in it."""

    key: str
    path: Path  # of its tree
    files: dict[str, str]
    found: frozenset[str]
    constructs: frozenset[str]
    ask: Callable[[], Answer]  # the daemon

    def listing(self) -> str:
        return "\n".join(f"--- {name}\n{text}" for name, text in sorted(self.files.items()))

    def remove(self) -> None:
        shutil.rmtree(self.path)


@dataclass(frozen=True)
class Source:
    """A language on a release. question(seed, path): makes the configuration of a seed, in a tree."""

    name: str
    release: str
    version: str  # of the daemon
    constructs: tuple[str, ...]
    question: Callable[[int, Path], Question]

    def __str__(self) -> str:
        return f"{self.release} {self.name}"


def version_of(machine: Container, package: str) -> str:
    return machine.chroot("dpkg-query", "-W", "-f", "${Version}", package).strip()


def of_language(machine: Container, release: str, language: Language) -> Source:
    version = version_of(machine, language.packages[release][0])

    def question(seed: int, path: Path) -> Question:
        configuration = language.random(Random(seed))
        tree = make_tree(path / "root", language, configuration)
        generator_run.ask_for_both_families(tree)
        found = frozenset(generator_run.patterns(tree, language.unit))

        def ask() -> Answer:
            # A daemon whose last step shows in no system call may be slow.
            expected = frozenset() if language.ready else found
            run = ask_daemon(machine, tree, language, configuration, expected)
            return Answer(is_accepted(language, run), frozenset(run.waits()))

        key = key_of("both families", release, language.name, version, language.command, language.prepare,
                     language.user, language.directories, configuration.files, configuration.environment,
                     configuration.arguments)
        return Question(key, path, configuration.files, found, configuration.constructs, ask)

    return Source(language.name, release, version, language.constructs, question)


def of_apache() -> Source:
    """Of random_config.py, which has another way to run its daemon."""
    version = (daemon_run.system() / "var/lib/dpkg/status").read_text()
    version = version.partition("\nPackage: apache2\n")[2].partition("\nVersion: ")[2].split()[0]

    def question(seed: int, path: Path) -> Question:
        config = Config(seed)
        tree = Tree(path / "root", config.files)

        def ask() -> Answer:
            verdict = tree.ask_httpd()
            return Answer(verdict.started, verdict.addresses)

        return Question(key_of("both families", "bookworm", "apache", version, config.files), path, config.files,
                        tree.ask_generator(), frozenset(config.constructs), ask)

    return Source("apache", "bookworm", version, CONSTRUCTS, question)


def sources(machines: dict[str, Container]) -> Iterator[Source]:
    """machines: of each release, with its daemons; language_run.machine_of()."""
    for release, machine in machines.items():
        for language in on_release(release):
            if language.random:
                yield of_language(machine, release, language)
    yield of_apache()
