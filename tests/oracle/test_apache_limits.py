# SPDX-License-Identifier: LGPL-2.1-or-later
"""Configurations that are too large to read during a boot: the generator ends, with one warning.

httpd does not run: with some of these it would use all memory of the machine.
"""

import time
from pathlib import Path

import pytest
from lab import HANG
from httpd import Link, Tree

ONE = "Listen [2001:db8::1]:80\n"
DOUBLED = range(1, 40)

# (files, the warning)
ENDLESS = {
    "variable of two of itself": (
        {"apache2.conf": ONE + "Define V x\n" + "Define V ${V}${V}\n" * 40},
        "apache2.conf:28: nothing more is read: variables and macros expand to more than 128 MiB"),
    "macros of two of the next": (
        {"apache2.conf": ONE + "<Macro M0>\nServerName www\n</Macro>\n" + "".join(
            f"<Macro M{i}>\nUse M{i - 1}\nUse M{i - 1}\n</Macro>\n" for i in DOUBLED) + "Use M39\n"},
        "nothing more is read: variables and macros expand to more than 128 MiB"),
    "chain of macros": (
        {"apache2.conf": ONE + "<Macro M0>\n</Macro>\n" + "".join(
            f"<Macro M{i}>\nUse M{i - 1}\n</Macro>\n" for i in range(1, 1000)) + "Use M999\n"},
        "nothing more is read: macros use each other 128 deep"),
    "many parameters in long lines": (
        {"apache2.conf": ONE + "<Macro M " + " ".join(f"${i:02}" for i in range(100)) + ">\n" +
         (" ".join(f"${i:02}" for i in range(100)) * 10 + "\n") * 200 + "</Macro>\n" +
         ("Use M " + "a " * 100 + "\n") * 1000},
        "nothing more is read: variables and macros expand to more than 128 MiB"),
    "one directory, again and again": (
        {"apache2.conf": ONE + "IncludeOptional d/*.conf\n" * 300} |
        {f"d/{i}": "" for i in range(1000)},
        "nothing more is read: too many files, or too many bytes"),
    "one file, again and again": (
        {"apache2.conf": ONE + "Include a.conf\n" * 25000, "a.conf": ""},
        "nothing more is read: too many files, or too many bytes"),
    "one question, again and again": (
        {"apache2.conf": ONE + "Include a*.conf\n"} |
        {f"a{i}.conf": "IncludeOptional x\n" * 200000 for i in range(3)},
        "nothing more is read: too many files, or too many bytes"),
    "two links to each other's directories": (
        {"apache2.conf": ONE + "Include d\n", "d/a": Link("../e"), "e/a": Link("../d"),
         "d/b": Link("../e"), "e/b": Link("../d")},
        "nothing more is read: directories too deep"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_ends_with_a_warning(name: str, tmp_path: Path) -> None:
    files, expected = ENDLESS[name]
    tree = Tree(tmp_path / "root", files)

    started = time.monotonic()
    warnings = tree.warnings()

    assert time.monotonic() - started < HANG  # it has to end; tests/bench measures how soon
    assert expected in warnings[0]
    assert len(warnings) == 1, warnings
    assert tree.ask_generator() == {"2001:db8::1"}


def test_ten_thousand_files(tmp_path: Path) -> None:
    files = {f"sites-enabled/{i}.conf": f"Define HOST{i} {i:x}\nListen [2001:db8::${{HOST{i}}}]:80\n"
                                        f"<VirtualHost *:80>\nServerName host{i}\n</VirtualHost>\n"
             for i in range(1, 10001)}
    tree = Tree(tmp_path / "root", files | {"apache2.conf": "Include sites-enabled/*.conf\n"})

    assert tree.ask_generator() == {f"2001:db8::{i:x}" for i in range(1, 10001)}
