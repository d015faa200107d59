# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the files that the generator writes may contain."""

import ipaddress
import re
import unicodedata

from checks import unit_file


def canonical(pattern: str) -> str:
    """The canonical form (RFC 5952) of ADDR[/LEN][%IFACE], by Python's ipaddress. Or ValueError.

    That of an IPv4-mapped address is the IPv4 address.
    """
    body, percent, interface = pattern.partition("%")
    if percent and not re.fullmatch(r"[A-Za-z0-9_.@:-]{1,15}", interface):
        raise ValueError(f"no interface: {interface!r}")
    if body not in ("any", "any-ipv4"):
        body = str(ipaddress.ip_network(body) if "/" in body else ipaddress.ip_address(body))
        address, slash, length = body.partition("/")
        mapped = ":" in address and ipaddress.IPv6Address(address).ipv4_mapped
        if mapped and (not slash or int(length) >= 96):
            body = str(mapped) + (f"/{int(length) - 96}" if slash else "")
    return body + percent + interface


def harmless(text: str) -> bool:
    """Whether a text has no control character, which could end a line or colour a terminal."""
    return all(unicodedata.category(c) != "Cc" for c in text)


def _settings(data: bytes) -> list[tuple[str, str, str]]:
    """The settings of a file, all of whose lines are harmless."""
    assert data.endswith(b"\n")
    assert all(harmless(line) for line in data.decode("utf-8").split("\n")[:-1])
    return unit_file.settings(data)


def _check_command(value: str, prefix: str) -> list[str]:
    """Check that a command is the helper with options and patterns. Returns its patterns."""
    prefixes, (path, *arguments) = unit_file.command(value)
    assert prefixes in (f"-{prefix}", prefix) and path == "/usr/libexec/dadwait"
    options = [a for a in arguments if a.startswith("-")]
    patterns = arguments[len(options):]
    assert all(re.fullmatch(r"--timeout=[0-9]+(s|ms|us)|--timeout=infinity|--strict", o)
               for o in options)
    assert patterns and patterns == [canonical(p) for p in patterns]
    assert len(set(patterns)) == len(patterns)
    return patterns


def check_drop_in(data: bytes) -> list[str] | str:
    """Check that a drop-in has comments, one section and one command, and nothing else.

    Returns the patterns of the command; or the name of the unit that waits in its place.
    """
    lines = data.decode("utf-8").split("\n")[:-1]
    comments = [line for line in lines if line.startswith("# ")]
    settings = _settings(data)
    assert len(lines) == len(comments) + 1 + len(settings)
    if settings[0][0] == "Unit":
        (_, wants, unit), after = settings
        assert wants in ("Wants", "Requires") and after == ("Unit", "After", unit)
        return unit

    [(section, key, value)] = settings
    assert section == "Service" and key in ("ExecStartPre", "ExecCondition")
    return _check_command(value, "+")


def check_wait_unit(data: bytes, service: str) -> list[str]:
    """Check a unit that waits in place of a service. Returns the patterns of its command."""
    *settings, (section, key, value) = _settings(data)
    escaped = service.replace("\\", "\\\\")
    collect = ("Unit", "CollectMode", "inactive-or-failed")
    assert (collect in settings) == (not value.startswith("-"))
    patterns = _check_command(value, "")
    family = "" if any("." in p.partition("%")[0] or "ipv4" in p for p in patterns) else "IPv6 "
    assert [setting for setting in settings if setting != collect] == [
        ("Unit", "Description", f"Wait for the {family}addresses of {service}"),
        ("Unit", "Documentation", "man:dadwait-generator(8)"),
        ("Unit", "DefaultDependencies", "no"),
        ("Unit", "Conflicts", "shutdown.target"),
        ("Unit", "Before", "shutdown.target"),
        ("Unit", "PartOf", service),
        ("Unit", "StartLimitIntervalSec", "0"),
        ("Service", "Type", "oneshot"),
        ("Service", "TimeoutStartSec", "infinity"),
        ("Service", "LogExtraFields", f"OBJECT_SYSTEMD_UNIT={escaped}"),
    ]
    assert (section, key) == ("Service", "ExecStart")
    return patterns


def check_output(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Check all files of an output directory, by their relative paths.

    Returns the patterns that each unit waits for.
    """
    found = {}
    units = {name for name in files if "/" not in name}
    for name, data in files.items():
        if "/" not in name:
            continue
        unit, _, file = name.rpartition(".d/")
        assert file == "zz-dadwait.conf", name
        patterns = check_drop_in(data)
        if isinstance(patterns, str):
            assert patterns == f"dadwait-for@{unit}"
            units.remove(patterns)
            patterns = check_wait_unit(files[patterns], unit)
        found[unit] = patterns
    assert not units
    return found
