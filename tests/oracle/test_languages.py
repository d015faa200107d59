# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator finds exactly the addresses that each daemon binds, on Debian 12 and 13.

With Families=ipv6 ipv4 of both families, and else of IPv6.

DADWAIT_RANDOM=COUNT or COUNT@FIRST sets other seeds than the first ones.
"""

import os
import random
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from language_run import RELEASES, Verdict, ask, machine_of, on_release
from languages import ADDRESSES, Language, with_ipv4
from machines import Machines

# Random configurations of each language, on each release.
RANDOM = 10
LANGUAGES = [(release, language) for release in RELEASES for language in on_release(release)]


@pytest.fixture(scope="module")
def machines():
    with Machines(machine_of) as machines:
        yield machines


@pytest.fixture
def machine(machines, request):
    return machines.get(request.param)


# Runs at a time: a daemon that has started is watched for a while, which takes no processor.
AT_A_TIME = 8


of_each_language = pytest.mark.parametrize(
    "machine, language", LANGUAGES, indirect=["machine"],
    ids=[f"{release}-{language.name}" for release, language in LANGUAGES])


@of_each_language
def test_cases(machine, language: Language, tmp_path) -> None:
    def try_case(name: str) -> str:
        verdict = ask(machine, tmp_path / name / "root", language, language.cases[name])
        shutil.rmtree(tmp_path / name)
        if not verdict.accepted:
            return f"{name}: refused\n{verdict.output}"
        difference = verdict.difference()
        if name in language.differs:
            return "" if difference else f"{name}: no longer differs ({language.differs[name]})"
        return f"{name}: {difference}\n{verdict.output}" if difference else ""

    assert set(language.differs) <= set(language.cases)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        results = list(pool.map(try_case, language.cases))
    assert not [text for text in results if text], "\n".join(text for text in results if text)


@of_each_language
def test_cases_with_ipv4(machine, language: Language, tmp_path) -> None:
    """Every second address is of IPv4. A daemon may refuse that: "listen6 192.0.2.1"."""
    def try_case(name: str) -> Verdict:
        configuration = with_ipv4(language, language.cases[name], ADDRESSES[::2])
        verdict = ask(machine, tmp_path / name / "root", language, configuration)
        shutil.rmtree(tmp_path / name)
        return verdict

    names = set(language.cases) - set(language.differs) - set(language.not_with_ipv4)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        verdicts = dict(zip(names, pool.map(try_case, names)))
    assert not [f"{name}: {verdict.difference()}\n{verdict.output}"
                for name, verdict in verdicts.items() if verdict.difference()]
    accepted = sum(verdict.accepted for verdict in verdicts.values())
    assert accepted >= 0.7 * len(verdicts), "too few of them prove anything"


MADE = [(release, language) for release, language in LANGUAGES if language.random]


@pytest.mark.parametrize("machine, language", MADE, indirect=["machine"],
                         ids=[f"{release}-{language.name}" for release, language in MADE])
def test_random(machine, language: Language, tmp_path) -> None:
    count, _, first = os.environ.get("DADWAIT_RANDOM", str(RANDOM)).partition("@")
    seeds = range(int(first or 0), int(first or 0) + int(count))

    def try_seed(seed: int):
        configuration = language.random(random.Random(seed))
        if seed % 2:
            some = random.Random(seed).sample(ADDRESSES, len(ADDRESSES) // 2)
            configuration = with_ipv4(language, configuration, some)
        path = tmp_path / str(seed)
        verdict = ask(machine, path / "root", language, configuration)
        shutil.rmtree(path)
        return seed, configuration, verdict

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        results = list(pool.map(try_seed, seeds))
    accepted = [(configuration, verdict) for _, configuration, verdict in results
                if verdict.accepted]
    unknown = {construct for configuration, _ in accepted for construct in configuration.constructs}
    assert unknown <= set(language.constructs), "constructs that Language.constructs does not have"
    occurred = Counter(construct for configuration, verdict in accepted if verdict.bound
                       for construct in configuration.constructs)
    print(f"{language.name}: {len(accepted)} of {len(results)} accepted;",
          ", ".join(f"{name} {occurred[name]}" for name in language.constructs))
    assert not [f"seed {seed}: {verdict.difference()}\n{listing(configuration)}"
                for seed, configuration, verdict in results if verdict.difference()]
    assert len(accepted) >= 0.7 * len(results), "too few of them prove anything"


def listing(configuration) -> str:
    return "\n".join(f"--- {name}\n{text}" for name, text in sorted(configuration.files.items()))
