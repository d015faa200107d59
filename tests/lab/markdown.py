# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tables in the pages of docs/, written by the programs that measure."""

import re
from pathlib import Path


def write_section(file: Path, name: str, text: str) -> None:
    """Put text between the marks of a section of the file, which must be there."""
    begin, end = f"<!-- {name}: written by the test -->", f"<!-- end of {name} -->"
    whole = file.read_text()
    pattern = re.compile(f"({re.escape(begin)}\n).*?({re.escape(end)})", re.DOTALL)
    whole, count = pattern.subn(lambda match: match[1] + text + match[2], whole)
    if count != 1:
        raise LookupError(f"{file}: {count} sections named {name}")
    file.write_text(whole)


def table(header: list[str], rows: list[list[str]], texts: int = 1) -> str:
    """In Markdown; the first columns, as many as `texts`, are text, the others are figures."""
    ruler = ["---"] * texts + ["--:"] * (len(header) - texts)
    return "".join(f"| {' | '.join(row)} |\n" for row in (header, ruler, *rows))
