# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random trees of units: files, links, masks, templates, instances and drop-ins at every level.

A tree is a dict from absolute paths to texts or Link objects. It has several families of names, which
are independent of each other but for drop-ins of the type.
"""

import base64
import io
import random
import tarfile
from dataclasses import dataclass, field

ETC, RUN = "/etc/systemd/system", "/run/systemd/system"
USR, LOCAL = "/usr/lib/systemd/system", "/usr/local/lib/systemd/system"
CONTROL = "/etc/systemd/system.control"
DIRECTORIES = (ETC, ETC, RUN, USR, USR, LOCAL, CONTROL)
ELSEWHERE = "/srv/units"  # out of the search path

# {} is the family.
PLAIN = ("{}.service", "{}-x.service", "{}-x-y.service", "{}z.service", "{}--d.service")
TEMPLATES = ("{}@.service", "{}-t@.service", "{}z@.service")
INSTANCES = ("{}@i.service", "{}@i-j.service", "{}-t@i.service", "{}z@i.service", "{}-t@k.service")
OTHER_DROP_INS = (
    *("{}-.service", "{}-x-.service", "{}-@.service", "{}-@i.service", "{}@i-.service"),
    *("{}--.service", "{}-x@.service", "{}.socket"),
)
CONF = (
    *("10-a.conf", "20-b.conf", "50-dadwait.conf", "override.conf", "zz-dadwait.conf"),
    *("zz-last.conf", "zzz.conf", ".hidden.conf", "no.txt", "x.conf~"),
)

SPANS = ("11", "12s", "13000ms", "14s 500ms", "1min 15s", "0", "infinity", "16 s", "nonsense", "", "-1")
BEFORE = (
    *("network.target", "network-pre.target", "sysinit.target", "networking.service"),
    *("systemd-networkd.service", "NetworkManager.service", "wickedd.service", "ifup@eth0.service"),
    *("network-online.target", "multi-user.target", "other.service", "a.service network.target"),
    *("ifup@%i.service", '"networking.service"', "NetworkManager-wait-online.service", ""),
)
SETTINGS = (
    ("Service", "TimeoutStartSec", SPANS),
    ("Service", "TimeoutStartSec", SPANS),
    ("Service", "TimeoutSec", SPANS),
    ("Service", "Type", ("simple", "oneshot", "exec", "nonsense", "")),
    ("Unit", "JobTimeoutSec", SPANS),
    ("Unit", "JobRunningTimeoutSec", SPANS),
    ("Unit", "Before", BEFORE),
    ("Unit", "DefaultDependencies", ("no", "yes", "maybe", "")),
    ("Unit", "JoinsNamespaceOf", ("other.service", "")),
    ("Service", "PrivateNetwork", ("yes", "no", "1", "nonsense", "")),
    ("Service", "NetworkNamespacePath", ("/run/netns/a", "")),
    ("Service", "RootDirectory", ("/srv/jail", "/", "")),
    ("Service", "RootImage", ("/srv/image", "")),
    ("Service", "RootDirectoryStartOnly", ("yes", "no", "nonsense", "")),
    ("Service", "RootDirectoryStartOnly", ("yes",)),
    ("Service", "BindPaths", ("/srv/a:/srv/b", "")),
    ("Service", "BindReadOnlyPaths", ("/srv/c", "")),
    ("Service", "TemporaryFileSystem", ("/srv/d:ro", "")),
    ("Service", "MountImages", ("/srv/image:/srv/e", "")),
    ("Service", "ExtensionImages", ("/srv/image", "")),
    ("Service", "ExtensionDirectories", ("/srv/f", "")),
    ("Service", "ExecStartPre", ("/bin/true", "-+/bin/true", "")),
    ("Service", "ExecCondition", ("/bin/true", "")),
)

# The first release of systemd that knows a setting. Older ones ignore it.
SINCE = {"ExtensionImages": 248, "ExtensionDirectories": 251}


@dataclass(frozen=True)
class Link:
    target: str


@dataclass
class Tree:
    version: int  # of systemd that it is for
    entries: dict = field(default_factory=dict)
    families: list = field(default_factory=list)

    def names(self) -> list[str]:
        """Every name under which a unit of the tree can be loaded."""
        return [form.format(f) for f in self.families for form in (*PLAIN, *INSTANCES)]

    def archive(self) -> bytes:
        """The tree as a tar file."""
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            for path, entry in self.entries.items():
                info = tarfile.TarInfo(path.lstrip("/"))
                if isinstance(entry, Link):
                    info.type, info.linkname = tarfile.SYMTYPE, entry.target
                    tar.addfile(info)
                else:
                    data = entry.encode()
                    info.size = len(data)
                    tar.addfile(info, io.BytesIO(data))
        return buffer.getvalue()

    def base64(self) -> str:
        return base64.b64encode(self.archive()).decode()

    def tops(self) -> set[str]:
        """The paths whose removal removes the tree."""
        tops = set()
        for path in self.entries:
            parts = path.split("/")
            depth = next((i for i, part in enumerate(parts) if part.endswith(".d")), len(parts) - 1)
            tops.add("/".join(parts[: depth + 1]))
        return tops


def _assignment(dice: random.Random, version: int) -> list[str]:
    section, key, values = dice.choice(SETTINGS)
    value = dice.choice(values)
    if version < SINCE.get(key, 0):
        key = f"X-{key}"
    forms = (
        [f"{key}={value}"],
        [f"{key}={value}"],
        [f"  {key} =  {value} "],
        [f"{key}=\\", "# in between", f"  {value}"],
        [f"#{key}={value}"],
        ["X-Comment=a\\\\", f"{key}={value}"],  # an even number of backslashes joins nothing
        [f"{key}={value}", "no assignment at all", f"{key.lower()}=17"],
    )
    return [f"[{section}]", *dice.choice(forms)]


def _text(dice: random.Random, tree: Tree, main: bool) -> str:
    """A unit's file, or a drop-in."""
    lines = ["[Service]", "ExecStart=/bin/true"] if main else []
    if not main and dice.random() < 0.06:
        return ""
    for _ in range(dice.randrange(4)):
        lines += _assignment(dice, tree.version)
    if not main and dice.random() < 0.05:
        lines += ["[Service] what follows is not read", "TimeoutStartSec=18"]
    if dice.random() < 0.05:
        lines += ["[X-Other]", "TimeoutStartSec=19"]
    if dice.random() < 0.05:
        lines.insert(0, "TimeoutStartSec=21")
    return "\n".join(lines) + ("\n" if dice.random() < 0.9 else "")


def _link(dice: random.Random, family: str, directory: str, name: str) -> Link:
    """A link to another name, mostly one that systemd accepts as an alias."""
    at = "@" in name
    template = "@." in name
    forms = TEMPLATES if template else (*INSTANCES, *TEMPLATES) if at else PLAIN
    if dice.random() < 0.1:
        forms = (*PLAIN, *TEMPLATES, *INSTANCES)
    target = dice.choice(forms).format(family)
    place = dice.choice(DIRECTORIES)
    return Link(
        dice.choice(
            (
                f"{place}/{target}",
                f"{place}/{target}",
                target,
                target,
                f"../{directory.rsplit('/', 1)[1]}/{target}",
                f"/lib/systemd/system/{target}",
                f"{ELSEWHERE}/{target}",
                f"{ELSEWHERE}/{name}",
                "/dev/null",
            )
        )
    )


def _add_family(dice: random.Random, family: str, tree: Tree) -> None:
    forms = (*PLAIN, *TEMPLATES, *INSTANCES)
    for form in forms:
        name = form.format(family)
        # Not a set: its order differs between runs of Python.
        for directory in dict.fromkeys(dice.choice(DIRECTORIES) for _ in range(dice.randrange(3))):
            roll = dice.random()
            if roll < 0.45:
                entry = _text(dice, tree, main=True)
            elif roll < 0.48:
                entry = ""
            else:
                entry = _link(dice, family, directory, name)
            tree.entries[f"{directory}/{name}"] = entry
        if dice.random() < 0.2:
            tree.entries[f"{ELSEWHERE}/{name}"] = _text(dice, tree, main=True)
    for _ in range(dice.randrange(12)):
        form = dice.choice((*forms, *forms, *OTHER_DROP_INS))
        _add_drop_in(dice, f"{dice.choice(DIRECTORIES)}/{form.format(family)}.d", tree)


def _add_drop_in(dice: random.Random, directory: str, tree: Tree) -> None:
    path = f"{directory}/{dice.choice(CONF)}"
    roll = dice.random()
    if roll < 0.08:
        tree.entries[path] = Link("/dev/null")
    elif roll < 0.12:
        tree.entries[f"{ELSEWHERE}/drop-in.conf"] = _text(dice, tree, main=False)
        tree.entries[path] = Link(f"{ELSEWHERE}/drop-in.conf")
    else:
        tree.entries[path] = _text(dice, tree, main=False)


def random_tree(seed: str, families: int, version: int) -> Tree:
    """The tree of a seed, always the same."""
    dice = random.Random(seed)
    tree = Tree(version)
    for i in range(families):
        tree.families.append(f"f{chr(ord('a') + i)}")
        _add_family(dice, tree.families[-1], tree)
    for _ in range(dice.randrange(3)):
        _add_drop_in(dice, f"{dice.choice(DIRECTORIES)}/service.d", tree)
    return tree


def drop_in_directories(name: str) -> list[str]:
    """The names, without ".d", under which systemd looks for drop-ins of a unit's name."""
    found = [name]
    prefix, at, rest = name.partition("@")
    instance, dot, suffix = rest.rpartition(".") if at else ("", "", "")
    if not at:
        prefix, dot, suffix = name.rpartition(".")
    if at and instance:
        found += drop_in_directories(f"{prefix}@.{suffix}")
    shorter = prefix[:-1] if prefix.endswith("-") else prefix
    dash = shorter.rfind("-")
    if dash > 0:
        middle = f"@{instance}" if at and instance else ""
        found += drop_in_directories(f"{shorter[: dash + 1]}{middle}.{suffix}")
    return found
