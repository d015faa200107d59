# SPDX-License-Identifier: LGPL-2.1-or-later
"""Wrong usage: exit status 2, and one line with the error and the usage."""

import re

import pytest

from lab import helper, second_stage
from lab.netns import Namespace

USAGE = "usage: dadwait [--timeout=SPAN] [--strict] [--verbose] ADDRESS..."


@pytest.fixture(scope="module")
def namespace():
    namespace = Namespace()
    yield namespace
    namespace.close()


@pytest.fixture(params=[helper, second_stage], ids=["first stage", "second stage"])
def run(request, namespace):
    """Either stage. The second one finds the errors."""
    return lambda *arguments: namespace.run(request.param(), *arguments, check=False)


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        ([], "no address given"),
        (["localhost"], "'localhost' is not an address"),
        (["2001:db8::/129"], "'2001:db8::/129' is not an address"),
        (["192.0.2.0/33"], "'192.0.2.0/33' is not an address"),
        ([""], "'' is not an address"),
        (["::1", "2001:db8::1", "2001:db8:1"], "'2001:db8:1' is not an address"),
        (["fe80::1%"], "'fe80::1%' has an impossible interface name"),
        (["fe80::1%averylonginterface"], "has an impossible interface name"),
        (["--timeout=3x", "::1"], "--timeout=3x is not a time span"),
        (["--timeout=-1", "::1"], "--timeout=-1 is not a time span"),
        (["--timeout=", "::1"], "--timeout= is not a time span"),
        (["--timeout"], "--timeout needs a value"),
        (["--strict=yes", "::1"], "--strict=yes"),
        (["--colour", "::1"], "--colour is not an option"),
        (["-t1", "::1"], "-t is not an option"),
    ],
)
def test_wrong_usage(run, arguments, complaint):
    result = run(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert complaint in result.stderr
    assert USAGE in result.stderr


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(run, option):
    result = run(option)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(USAGE + "\n\n")
    assert "\n  --version " in result.stdout


def test_version(run):
    result = run("--version")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.fullmatch(r"dadwait \d+\.\d+\.\d+\n", result.stdout)


def test_options_may_be_shortened_and_come_last(run):
    """As getopt_long(3) does."""
    result = run("::1", "--time=5 min", "--strict")
    assert (result.returncode, result.stderr) == (0, "")
