# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a drop-in of the generator's may hold."""

import ipaddress
import re
import unicodedata

from . import unit_file


def canonical(pattern: str) -> str:
    """An ADDR[/LEN][%IFACE] as RFC 5952 has it, by Python's own reading; ValueError if it is none."""
    body, percent, interface = pattern.partition("%")
    if percent and not re.fullmatch(r"[A-Za-z0-9_.@:-]{1,15}", interface):
        raise ValueError(f"no interface: {interface!r}")
    if body != "any":
        body = str(ipaddress.IPv6Network(body) if "/" in body else ipaddress.IPv6Address(body))
    return body + percent + interface


def harmless(text: str) -> bool:
    """No control character, which could end a line or colour a terminal."""
    return all(unicodedata.category(c) != "Cc" for c in text)


def check_drop_in(data: bytes) -> list[str]:
    """Nothing but comments, one section and one command. Return: the command's patterns."""
    assert data.endswith(b"\n")
    lines = data.decode("utf-8").split("\n")[:-1]
    comments = [line for line in lines if line.startswith("# ")]
    assert all(harmless(line) for line in lines)
    assert lines[len(comments)] == "[Service]" and len(lines) == len(comments) + 2

    [(section, key, value)] = unit_file.settings(data)
    assert section == "Service" and key in ("ExecStartPre", "ExecCondition")
    prefixes, (path, *arguments) = unit_file.command(value)
    assert prefixes in ("-+", "+") and path == "/usr/libexec/dadwait"
    options = [a for a in arguments if a.startswith("-")]
    patterns = arguments[len(options):]
    assert all(re.fullmatch(r"--timeout=[0-9]+(s|ms|us)|--timeout=infinity|--strict", o)
               for o in options)
    assert patterns and patterns == [canonical(p) for p in patterns]
    assert len(set(patterns)) == len(patterns)
    return patterns
