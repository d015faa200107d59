# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run gcc -fanalyzer on the programs, and print what it finds.

    gcc_analyzer.py BUILD FALSE

BUILD is a build directory of gcc, whose commands are used. FALSE is a file with the findings that are
known to be wrong: file, function and warning on a line, the reasons in comments. Exits with 1 if
there is any other.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAMS = ("common/", "generator/", "helper/", "network/")
# Without the optimiser, which would rearrange the code.
OPTIONS = ("-O0", "-U_FORTIFY_SOURCE", "-Wno-error", "-fanalyzer",
           "-fdiagnostics-plain-output")
OUTPUTS = ("-o", "-MF")
FUNCTION = re.compile(r"In function '(\w+)'")
WARNING = re.compile(r"warning: .*\[-Wanalyzer-([a-z-]+)\]$")


def analyze(entry: dict) -> str:
    """The output of gcc for one file."""
    command = shlex.split(entry["command"])
    for option in OUTPUTS:
        command[command.index(option) + 1] = os.devnull
    done = subprocess.run([*command, *OPTIONS], cwd=entry["directory"],
                          env=os.environ | {"LC_ALL": "C"}, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stderr


def findings(source: str, output: str) -> list[tuple[str, tuple[str, str, str]]]:
    """The findings in that output: the line, and the file, function and warning."""
    found, function = [], ""
    for line in output.splitlines():
        if match := FUNCTION.search(line):
            function = match[1]
        elif match := WARNING.search(line):
            found.append((line, (source, function, match[1])))
    return found


def main() -> int:
    build, false = Path(sys.argv[1]), Path(sys.argv[2])
    known = {tuple(line.split()) for line in false.read_text().splitlines()
             if line and not line.startswith("#")}
    top = Path.cwd()
    entries = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = os.path.relpath(Path(entry["directory"], entry["file"]).resolve(), top)
        if source.startswith(PROGRAMS):
            entries[source] = entry
    wrong = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for source, output in zip(entries, pool.map(analyze, entries.values())):
            for line, finding in findings(source, output):
                if finding not in known:
                    print(f"{line}\n    {' '.join(finding)}")
                    wrong += 1
    print(f"{len(entries)} files, {wrong} findings")
    return 1 if wrong or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
