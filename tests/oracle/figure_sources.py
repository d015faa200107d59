# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where language_figures.py has its configurations from: random ones of each language."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import daemon_run
import generator_run
import ntp_rules
from daemon_answers import Answer, key_of
from httpd import Tree
from lab.container import Container
from language_run import ask_daemon, is_accepted, make_tree, on_release
from languages import Language
from ntp_rules import RandomRules
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
    """A language on a release. question(seed, path): makes that of a seed, in a tree."""

    name: str
    release: str
    version: str  # of the daemon
    constructs: tuple[str, ...]
    question: Callable[[int, Path], Question]

    def __str__(self) -> str:
        return f"{self.release} {self.name}"


def version_of(machine: Container, package: str) -> str:
    return machine.chroot("dpkg-query", "-W", "-f", "${Version}", package).strip()


def installed_version(system: Path, package: str) -> str:
    status = (system / "var/lib/dpkg/status").read_text()
    return status.partition(f"\nPackage: {package}\n")[2].partition("\nVersion: ")[2].split()[0]


def of_ipv6(addresses: Iterable[str]) -> frozenset[str]:
    """What the generator finds without Families=."""
    return frozenset(address for address in addresses if not daemon_run.is_ipv4(address))


def of_language(machine: Container, release: str, language: Language) -> Source:
    version = version_of(machine, language.packages[release][0])

    def question(seed: int, path: Path) -> Question:
        configuration = language.random(Random(seed))
        tree = make_tree(path / "root", language, configuration)
        found = frozenset(generator_run.patterns(tree, language.unit))

        def ask() -> Answer:
            # A daemon whose last step shows in no system call may be slow.
            expected = frozenset() if language.ready else found
            run = ask_daemon(machine, tree, language, configuration, expected)
            return Answer(is_accepted(language, run), of_ipv6(run.waits()))

        key = key_of(release, language.name, version, language.command, language.prepare,
                     language.user, language.directories, configuration.files,
                     configuration.environment, configuration.arguments)
        return Question(key, path, configuration.files, found, configuration.constructs, ask)

    return Source(language.name, release, version, language.constructs, question)


def of_apache() -> Source:
    """Of random_config.py, which has another way to run its daemon."""
    version = installed_version(daemon_run.system(), "apache2")

    def question(seed: int, path: Path) -> Question:
        config = Config(seed)
        tree = Tree(path / "root", config.files)

        def ask() -> Answer:
            verdict = tree.ask_httpd()
            return Answer(verdict.started, of_ipv6(verdict.addresses))

        return Question(key_of("bookworm", "apache", version, config.files), path, config.files,
                        tree.ask_generator_by_default(), frozenset(config.constructs), ask)

    return Source("apache", "bookworm", version, CONSTRUCTS, question)


def of_ntp(release: str) -> Source:
    """Of ntp_rules.py: rules that choose among the addresses of a machine."""
    version = installed_version(daemon_run.system(release), "ntpsec")

    def question(seed: int, path: Path) -> Question:
        # The first of a thousand that patterns can say. Few have options, so one of eight has to.
        made = next(made for made in map(RandomRules, count(1000 * seed))
                    if made.can_be_said() and (made.options or seed % 8))
        root = generator_run.make_root(path / "root", "ntpsec.service")
        config = ntp_rules.make_tree(root, made.config, made.options, made.files)
        found = frozenset(ntp_rules.waited_for(generator_run.patterns(root, "ntpsec.service")))

        def ask() -> Answer:
            run = ntp_rules.run_ntpd(config, made.options, release)
            return Answer(run.seen, of_ipv6(run.waits()))

        files = {"ntp.conf": made.config, "options": made.options, **made.files}
        return Question(key_of(release, "ntp", version, files), path, files, found,
                        frozenset(made.constructs), ask)

    return Source("ntp", release, version, ntp_rules.CONSTRUCTS, question)


def sources(machines: dict[str, Container]) -> Iterator[Source]:
    """machines: of each release, with its daemons; language_run.machine_of()."""
    for release, machine in machines.items():
        for language in on_release(release):
            if language.random:
                yield of_language(machine, release, language)
        yield of_ntp(release)
    yield of_apache()
