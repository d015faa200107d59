# SPDX-License-Identifier: LGPL-2.1-or-later
"""Parse a drop-in as systemd does, by systemd.syntax(7), systemd.unit(5) and systemd.service(5).

It is written from those pages and shares nothing with generator/. What systemd would warn about, or
read as something else than plain words, is a ValueError.
"""

ESCAPES = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11,
           "\\": 92, '"': 34, "'": 39, "s": 32}


def settings(data: bytes) -> list[tuple[str, str, str]]:
    """Every (section, key, value) in a unit file."""
    found, section, pending = [], "", ""
    for line in data.decode("utf-8").split("\n"):
        if line.lstrip(" \t\r").startswith(("#", ";")):
            continue  # also between the lines of a continued one
        if line.endswith("\\"):
            pending += line[:-1] + " "
            continue
        line, pending = (pending + line).strip(" \t\r\n"), ""
        if not line:
            continue
        if line.startswith("["):
            if not line.endswith("]"):
                raise ValueError(f"bad section header: {line!r}")
            section = line[1:-1]
            continue
        key, equals, value = line.partition("=")
        if not equals or not section:
            raise ValueError(f"no setting, or outside of a section: {line!r}")
        found.append((section, key.strip(" \t"), value.strip(" \t")))
    if pending:
        raise ValueError("ends in a continuation")
    return found


def words(text: str) -> list[str]:
    """The words of a command line, without quotes and C escapes."""
    result, word, quote, i = [], None, "", 0
    while i < len(text):
        c = text[i]
        i += 1
        if c == "\\":
            escape = text[i:i + 1]
            if escape == "x":
                value, i = chr(int(text[i + 1:i + 3], 16)), i + 3
            elif escape in ESCAPES:
                value, i = chr(ESCAPES[escape]), i + 1
            else:
                raise ValueError(f"unknown escape in {text!r}")
            word = (word or "") + value
        elif quote:
            if c == quote:
                quote = ""
            else:
                word += c
        elif c in "\"'":
            quote, word = c, word or ""
        elif c in " \t\n\r":
            if word is not None:
                result.append(word)
            word = None
        else:
            word = (word or "") + c
    if quote:
        raise ValueError(f"unbalanced quote in {text!r}")
    return result if word is None else [*result, word]


def _undouble(word: str, sign: str) -> str:
    """Undo the doubling of `sign`. A single one, which begins a specifier or a variable, is an error."""
    if sign in word.replace(2 * sign, ""):
        raise ValueError(f"a single {sign!r} in {word!r}")
    return word.replace(2 * sign, sign)


def command(value: str) -> tuple[str, list[str]]:
    """The prefixes ("-+") and the arguments of an Exec…= setting."""
    arguments = words(value)
    if ";" in arguments:
        raise ValueError("two commands in one line")
    path = arguments[0].lstrip("@-:+!|")
    prefixes = arguments[0][:len(arguments[0]) - len(path)]
    return prefixes, [_undouble(_undouble(word, "%"), "$") for word in [path, *arguments[1:]]]
