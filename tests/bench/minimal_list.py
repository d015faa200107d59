# SPDX-License-Identifier: LGPL-2.1-or-later
"""The least that any generator has to read that knows services by the programs of their units.

    minimal_list.py ROOT

Prints the unit files with drop-ins that are started in a tree: that a link in a directory .wants,
.requires or .upholds leads to, and what these pull in or activate. It is written without a look at
the generator, so that both can be compared. Units of systemd itself ("systemd-..." and its targets)
cannot run another package's daemon: they are no part of the list, unless they have drop-ins.
"""

import re
import sys
from pathlib import Path

SEARCH_PATH = ("etc/systemd/system", "run/systemd/system", "usr/local/lib/systemd/system",
               "usr/lib/systemd/system")
SUFFIXES = (".service", ".socket", ".timer", ".path", ".target")
PULLED_IN = re.compile(r"^(?:Wants|Requires|Requisite|BindsTo|Upholds|Sockets) *= *(.*)$", re.M)
ACTIVATED = re.compile(r"^(?:Unit|Service) *= *(\S+)$", re.M)


def template(name: str) -> str:
    return re.sub(r"@.*(\.\w+)$", r"@\1", name)


class Units:
    """The units of a tree."""

    def __init__(self, root: Path):
        self.directories = [root / path for path in SEARCH_PATH if (root / path).is_dir()]
        self.root = root

    def file(self, name: str) -> Path | None:
        """Behind aliases; inside the tree."""
        for wanted in dict.fromkeys((name, template(name))):
            for directory in self.directories:
                path = directory / wanted
                if path.is_symlink():
                    target = path.readlink()
                    path = (self.root / str(target).lstrip("/") if target.is_absolute()
                            else directory / target)
                    return path if path.is_file() else None
                if path.is_file():
                    return path
        return None

    def drop_ins(self, name: str) -> list[Path]:
        return [file for directory in self.directories for wanted in {name, template(name)}
                for file in sorted(directory.glob(f"{wanted}.d/*.conf"))]

    def links(self) -> list[str]:
        return [link.name for directory in self.directories
                for kind in ("wants", "requires", "upholds")
                for link in directory.glob(f"*.{kind}/*")]

    def bus_names(self) -> list[str]:
        return [path.name for directory in self.directories for path in directory.glob("dbus-*")
                if path.is_symlink()]


def is_of_systemd(file: Path) -> bool:
    return file.name.startswith("systemd-") or file.suffix == ".target"


def started(root: Path) -> list[Path]:
    """The files, each once."""
    units = Units(root)
    queue = ["default.target", *units.links(), *units.bus_names()]
    seen: set[str] = set()
    files: dict[Path, None] = {}
    while queue:
        name = queue.pop()
        file = units.file(name)
        if name in seen or not name.endswith(SUFFIXES) or not file:
            continue
        seen.add(name)
        # Those of the file's name count, where the name is an alias.
        drop_ins = units.drop_ins(name) or units.drop_ins(file.name)
        if is_of_systemd(file) and not drop_ins:
            continue
        text = "\n".join(path.read_text(errors="replace") for path in (file, *drop_ins))
        files |= dict.fromkeys((file, *drop_ins))
        queue += " ".join(PULLED_IN.findall(text)).split()
        if file.suffix in (".timer", ".path", ".socket"):
            queue += ACTIVATED.findall(text) or [name.removesuffix(file.suffix) + ".service"]
    return list(files)


def minimal_list(root: Path, read: list[str]) -> list[str]:
    """What is started, and of what the generator reads what is no unit, each once."""
    def is_unit(path: str) -> bool:
        return "/systemd/system/" in path or "/dbus-1/" in path

    units = [f"/{path.relative_to(root)}" for path in started(root)]
    return [*units, *dict.fromkeys(path for path in read
                                   if not is_unit(path) and not path.startswith("/proc/"))]


if __name__ == "__main__":
    print(*minimal_list(Path(sys.argv[1]), []), sep="\n")
