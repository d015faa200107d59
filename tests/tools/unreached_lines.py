# SPDX-License-Identifier: LGPL-2.1-or-later
"""Print the lines that no test reaches.

    unreached_lines.py COVERAGE.json

The argument is a report of gcovr(1), made at the top of the tree.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    report = json.loads(Path(sys.argv[1]).read_text())
    for file in sorted(report["files"], key=lambda file: file["file"]):
        source = Path(file["file"]).read_text().splitlines()
        counts = {}  # a function in a header is counted once for each file that includes it
        for line in file["lines"]:
            if not line["gcovr/noncode"]:
                counts.setdefault(line["line_number"], []).append(line["count"])
        for number in sorted(number for number, found in counts.items() if not any(found)):
            print(f"{file['file']}:{number}: {source[number - 1].strip()}")


if __name__ == "__main__":
    main()
