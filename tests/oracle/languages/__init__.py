# SPDX-License-Identifier: LGPL-2.1-or-later
"""The languages of the daemons: hand-made and random configurations, and how the daemon is run.

Each module of this package has one or more `Language` in `LANGUAGES`. test_languages.py runs the real
daemon on each configuration, and compares what it binds with what the generator finds.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from random import Random

# Every one is assigned where the daemons run.
ADDRESSES = [f"2001:db8:{digit}::{digit}" for digit in "123456789abcdef"]
A, B, C, D = ADDRESSES[:4]
# So is each of these, one for each of the others. None begins with another: memcached would skip that.
IPV4 = [f"192.0.2.{100 + number}" for number in range(1, len(ADDRESSES) + 1)]
P, Q, R, S = IPV4[:4]
# The links of the network namespace, and their addresses.
LINKS = {"lan0": [*ADDRESSES, *IPV4], "lan1": ["2001:db8:1ab::1", "192.0.2.99"]}
# What a language may add to them.
LINK_LOCAL = {"lan0": "fe80::10", "lan1": "fe80::11"}


@dataclass(frozen=True)
class Configuration:
    """One configuration of a daemon."""

    files: dict[str, str]  # absolute paths below Language.directories, and their texts
    environment: dict[str, str] = field(default_factory=dict)  # Environment= of the unit
    arguments: tuple[str, ...] = ()  # added to the command line
    constructs: frozenset[str] = frozenset()  # of Language.constructs, those that occur in it


class Choices:
    """What a random configuration has, and the names of it for Configuration.constructs."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.constructs: set[str] = set()

    def chosen(self, construct: str, percent: int) -> bool:
        if self.rng.randrange(100) >= percent:
            return False
        self.constructs.add(construct)
        return True


@dataclass(frozen=True)
class Language:
    """How one daemon is run, and configurations for it."""

    name: str
    unit: str
    packages: dict[str, tuple[str, ...]]  # release: packages of Debian
    directories: tuple[str, ...]  # replaced by the files of a configuration
    command: tuple[str, ...]  # runs the daemon in the foreground; its arguments are those of the unit
    cases: dict[str, Configuration]
    # Of `cases`, those where the generator finds something else than the daemon binds, and why. Such a case
    # fails if they agree.
    differs: dict[str, str] = field(default_factory=dict)
    random: Callable[[Random], Configuration] | None = None
    constructs: tuple[str, ...] = ()  # what random() makes, by name
    # A system call, as strace prints it, that comes after the last bind() of a daemon that accepts its
    # configuration: the end of a run. None: it has traced nothing new for a second.
    ready: str | None = None
    syscalls: str = "bind"  # what strace has to trace, for `ready`
    # What a daemon that refuses its configuration prints. A daemon that ends by itself refuses it too.
    refused: str | None = None
    prepare: str = ":"  # shell commands in the machine before the daemon is started
    user: str = ""  # that runs it, if it refuses to run as root
    definition: str = ""  # a definition that generator/services does not have
    private: tuple[str, ...] = ()  # of `directories`, those with mode 0600 files
    # What says IPv6 in front of an address (a regular expression), and what would say IPv4.
    ipv4_words: dict[str, str] = field(default_factory=dict)
    # Of `cases`, those that mean something else with IPv4 addresses, and what.
    not_with_ipv4: dict[str, str] = field(default_factory=dict)


def with_ipv4(language: Language, configuration: Configuration,
              addresses: Iterable[str] = ADDRESSES) -> Configuration:
    """The same with IPv4 addresses in place of some of the others."""
    ipv4 = dict(zip(ADDRESSES, IPV4, strict=True))
    choice = "|".join(addresses)
    bare = re.compile(rf"\[({choice})\]|({choice})(?![0-9a-f])")

    def change(text: str) -> str:
        for word, other in language.ipv4_words.items():
            text = re.sub(rf"(?:{word})(?=\[?(?:{choice})(?![0-9a-f]))", other, text)
        text = re.sub(rf"({choice})/(?:128|64)\b", r"\1/32", text)
        return bare.sub(lambda match: ipv4[match[1] or match[2]], text)

    return replace(
        configuration,
        files={name: change(text) for name, text in configuration.files.items()},
        environment={name: change(text) for name, text in configuration.environment.items()},
        arguments=tuple(map(change, configuration.arguments)))


def languages() -> list[Language]:
    modules = [importlib.import_module(f"{__name__}.{module.name}")
               for module in pkgutil.iter_modules(__path__)]
    return [language for module in modules for language in module.LANGUAGES]
