# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator reads units as systemd does: both read random trees of units.

For every name of a tree, what the generator finds is compared with `systemctl show` after a
daemon-reload. Then with generated drop-ins in the tree, to see which of them are replaced.
DADWAIT_UNIT_TREES is the number of trees for each release; a failure names its seed.
"""

import os
import re
import subprocess
from collections import Counter

import pytest
from lab import build
from lab.base_system import BOOT, base_system
from lab.container import Container
from unit_trees import ELSEWHERE, Tree, drop_in_directories, random_tree

TREES = int(os.environ.get("DADWAIT_UNIT_TREES", "60"))
FAMILIES = 10  # in one tree on the disk; the families are independent of each other

PROPERTIES = (
    *("Id", "Names", "LoadState", "FragmentPath", "DropInPaths", "TimeoutStartUSec"),
    *("JobTimeoutUSec", "JobRunningTimeoutUSec", "Before", "DefaultDependencies"),
    *("PrivateNetwork", "NetworkNamespacePath", "JoinsNamespaceOf", "RootDirectory", "RootImage"),
    *("RootDirectoryStartOnly", "BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem"),
    *("MountImages", "ExtensionImages", "ExtensionDirectories"),
)
USEC = {"y": 31557600000000, "month": 2629800000000, "w": 604800000000, "d": 86400000000,
        "h": 3600000000, "min": 60000000, "s": 1000000, "ms": 1000, "us": 1}  # fmt: skip
EARLY = {
    *("network.target", "network-pre.target", "sysinit.target", "networking.service"),
    *("systemd-networkd.service", "NetworkManager.service", "wickedd.service"),
}
RELEASES = {"bullseye": 247, "bookworm": 252, "trixie": 257}  # the seed has the version of systemd, too
# The share of names that may be left out, by version.
SKIPPED_MAX = {247: 0.2, 252: 0.05, 257: 0.05}

# In the order in which the generator names them. With RootDirectoryStartOnly= the first two do not
# apply to ExecStartPre=.
VIEWS = (
    *("RootImage", "RootDirectory", "ExtensionImages", "ExtensionDirectories", "MountImages"),
    *("BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem"),
)

# The names of the drop-ins that dadwait generates, and generated in release 0.1.0.
GENERATED = ("zz-dadwait.conf", "50-dadwait.conf")
NORMAL_DIR = "/run/systemd/generator"
GENERATOR = f"""\
#!/bin/sh
[ ! -d {ELSEWHERE}/generated ] || cp -r {ELSEWHERE}/generated/. "$1"
"""


@pytest.fixture(scope="module", params=RELEASES)
def machine(request):
    with Container(base_system(request.param, BOOT)) as machine:
        machine.write("/etc/systemd/system-generators/test", GENERATOR, mode=0o755)
        assert machine.boot(), machine.console()
        machine.version = RELEASES[request.param]
        yield machine


def usec(text: str) -> int | None:
    """A time span as systemctl(1) prints it; None if infinite."""
    if text == "infinity":
        return None
    return round(sum(float(n) * USEC["month" if unit.startswith("month") else unit]
                     for n, unit in re.findall(r"([\d.]+)([a-z]+)", text)))  # fmt: skip


def ask_systemd(machine, tree: Tree, real_names: set[str]) -> list[dict[str, dict[str, str]]]:
    """What systemd shows of each name, without and with generated drop-ins for real_names. The tree is
    removed again."""
    names = " ".join(tree.names())
    generated = " ".join(f"{name}.d/{conf}" for name in sorted(real_names) for conf in GENERATED)
    script = f"""
        base64 -d | tar -x -C / --no-same-owner || exit
        systemctl daemon-reload
        systemctl show --property={",".join(PROPERTIES)} {names}
        echo =
        mkdir -p {ELSEWHERE}/generated
        cd {ELSEWHERE}/generated || exit
        for conf in {generated}; do
            mkdir -p "${{conf%/*}}"
            echo "# generated" > "$conf"
        done
        systemctl daemon-reload
        systemctl show --property=Id,LoadState,DropInPaths {names}
        rm -rf {ELSEWHERE} {" ".join(f"'{top}'" for top in sorted(tree.tops()))}
    """
    return [
        parse_shown(tree, text)
        for text in machine.shell("sh", "-c", script, input=tree.base64(), timeout=300).split("\n=\n")
    ]


def parse_shown(tree: Tree, text: str) -> dict[str, dict[str, str]]:
    blocks = [dict(line.split("=", 1) for line in block.splitlines())
              for block in text.strip("\n").split("\n\n")]  # fmt: skip
    assert len(blocks) == len(tree.names()), text
    return dict(zip(tree.names(), blocks, strict=True))


def ask_generator(machine, tree: Tree, root) -> dict[str, dict[str, list[str]]]:
    root.mkdir()
    if machine.file("/lib").is_symlink():
        (root / "usr/lib").mkdir(parents=True)
        (root / "lib").symlink_to("usr/lib")
    subprocess.run(["tar", "-x", "-C", root], input=tree.archive(), check=True)
    done = subprocess.run([build() / "tests/print-units", root, *tree.names()], capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = {}
    for block in done.stdout.strip("\n").split("\n\n"):
        unit = {}
        for line in block.splitlines():
            key, value = line.split("=", 1)
            unit.setdefault(key, []).append(value)
        found[unit["asked"][0]] = unit
    return found


def first_view(systemd: dict[str, str]) -> str:
    """The first setting because of which an ExecStartPre= with '+' sees other files than the machine's."""
    for key in VIEWS[2:] if systemd["RootDirectoryStartOnly"] == "yes" else VIEWS:
        if systemd.get(key, "") not in ("", "/"):
            return one_name(key)
    return ""


def one_name(key: str) -> str:
    """systemd shows both settings of bind mounts as one list."""
    return key.replace("BindReadOnlyPaths", "BindPaths")


def is_masked(tree: Tree, path: str) -> bool:
    entry = tree.entries.get(path)
    return entry is not None and getattr(entry, "target", None) == "/dev/null"


def expected(systemd: dict[str, str], tree: Tree) -> dict:
    """What systemd shows, in the form that found() has."""
    if systemd["LoadState"] != "loaded":
        return {"state": {"not-found": "missing", "masked": "masked"}.get(systemd["LoadState"])}
    job = [t for t in (usec(systemd["JobTimeoutUSec"]), usec(systemd["JobRunningTimeoutUSec"]))
           if t is not None]  # fmt: skip
    early = EARLY | {f"ifup@{i}.service" for i in ("eth0", "i", "i-j", "k")}
    joins = systemd["JoinsNamespaceOf"] != ""
    private = systemd["PrivateNetwork"] == "yes" and not systemd["NetworkNamespacePath"]
    return {
        "state": "found",
        "id": systemd["Id"],
        "file": merged(systemd["FragmentPath"]),
        "names": set(systemd["Names"].split()),
        "drop-ins": [merged(p) for p in systemd["DropInPaths"].split() if not is_masked(tree, p)],
        "start-timeout": usec(systemd["TimeoutStartUSec"]),
        "job-timeout": min(job, default=None),
        "early": bool(early & set(systemd["Before"].split()))
                 or systemd["DefaultDependencies"] == "no",
        "private": private and not joins,
        "joins": private and joins,
        "namespace": systemd["NetworkNamespacePath"],
        "view": first_view(systemd),
    }  # fmt: skip


def merged(path: str) -> str:
    """A path with /usr/lib for /lib: where that is a link, the two programs use different names."""
    return path.removeprefix("/usr") if path.startswith("/usr/lib/systemd/") else path


def found(unit: dict[str, list[str]]) -> dict:
    def timeout(key: str) -> int | None:
        return None if unit[key] == ["infinity"] else int(unit[key][0])

    if unit["state"] != ["found"]:
        return {"state": unit["state"][0]}
    return {
        "state": "found",
        "id": unit["id"][0],
        "file": merged(unit["file"][0]),
        "names": set(unit["name"]),
        "drop-ins": [merged(p) for p in unit.get("drop-in", [])],
        "start-timeout": timeout("start-timeout"),
        "job-timeout": timeout("job-timeout"),
        "early": "before" in unit,
        "private": "private-network" in unit,
        "joins": "joins-namespace" in unit,
        "namespace": unit.get("network-namespace-path", [""])[0],
        "view": one_name(unit.get("file-view", [""])[0].partition("=")[0]),
    }


def has_no_order(systemd: dict[str, str], tree: Tree) -> bool:
    """Whether two aliases have drop-ins of one name: which one systemd reads differs from run to run."""
    own = {f"{name}.d" for name in drop_in_directories(systemd["Id"])}
    seen = {}
    for name in systemd["Names"].split():
        directories = {f"{n}.d" for n in drop_in_directories(name)} - own
        for path in tree.entries:
            directory, _, conf = path.rpartition("/")
            if directory.rpartition("/")[2] in directories:
                seen.setdefault(conf, set()).add(path)
    of_own = {path.rpartition("/")[2] for path in tree.entries
              if path.split("/")[-2] in own}  # fmt: skip
    return any(len(paths) > 1 for conf, paths in seen.items() if conf not in of_own)


def depends_on_the_first(name: str, systemd: dict[str, dict[str, str]]) -> bool:
    """Whether systemd loads another unit if it loads another of the names first. For example, an alias
    of an instance is a link to a template, and the instance has a file of its own."""
    own = systemd[name]
    others = [systemd[other] for other in own["Names"].split() if other in systemd]
    return any(
        other["Id"] != own["Id"]
        or other["FragmentPath"] != own["FragmentPath"]
        or set(other["Names"].split()) != set(own["Names"].split())
        for other in others
    )


def is_read_otherwise_by_247(names: set[str], tree: Tree) -> bool:
    """systemd 247 names a unit after the target of a link out of the search path, and ignores links
    from an instance to a template. 252 and later do neither."""
    files = {path.rpartition("/")[2] for path in tree.entries if not path.startswith(ELSEWHERE)}
    for path, entry in tree.entries.items():
        name, target = path.rpartition("/")[2], getattr(entry, "target", "")
        base = target.rpartition("/")[2]
        if target == "/dev/null" or name not in names | {f"{n.partition('@')[0]}@.service" for n in names}:
            continue
        to_template = "@." in base or ("@" in base and base not in files)
        if (target.startswith(ELSEWHERE) and base != name) or (to_template and "@." not in name):
            return True
    return False


def replacement(systemd: dict[str, str], tree: Tree) -> set[str]:
    """The files that systemd may read in place of a generated one."""
    shown = systemd["DropInPaths"].split()
    missing = [conf for conf in GENERATED
               if f"{NORMAL_DIR}/{systemd['Id']}.d/{conf}" not in shown]  # fmt: skip
    masks = [path for path in tree.entries if is_masked(tree, path)]
    return {path for path in (*shown, *masks) if path.rpartition("/")[2] in missing}


def compare_replacement(systemd: dict[str, str], unit: dict[str, list[str]], tree: Tree) -> dict:
    want, have = replacement(systemd, tree), unit.get("replaced-by", [""])[0]
    shown = [f"{NORMAL_DIR}/{systemd['Id']}.d/{conf}" in systemd["DropInPaths"].split()
             for conf in GENERATED]  # fmt: skip
    if have not in want if not all(shown) else have:
        return {"replaced-by": (sorted(want), have)}
    return {}


def why_not(machine, name: str, systemd, want: dict, have: dict, tree: Tree) -> str | None:
    """Why a name is not compared."""
    if want["state"] is None:
        return systemd[name]["LoadState"]
    if want["state"] == "found" and depends_on_the_first(name, systemd):
        return "depends on which name is asked for first"
    if want["state"] == "found" and has_no_order(systemd[name], tree):
        return "drop-ins of aliases without an order"
    names = want.get("names", set()) | have.get("names", {name})
    if machine.version == 247 and is_read_otherwise_by_247(names, tree):
        return "links that only 247 reads so"
    return None


def compare(machine, seed: str, root, counts: Counter) -> list[str]:
    """Returns what differs, by name. Counts what was compared, and what was not, by reason."""
    tree = random_tree(seed, FAMILIES, machine.version)
    units = ask_generator(machine, tree, root)
    real_names = {each["id"][0] for each in units.values() if each["state"] == ["found"]}
    systemd, with_generated = ask_systemd(machine, tree, real_names)
    differences = []
    for name in tree.names():
        want, have = expected(systemd[name], tree), found(units[name])
        why = why_not(machine, name, systemd, want, have, tree)
        counts[f"skipped: {why}" if why else f"compared: {want['state']}"] += 1
        if why:
            continue
        if machine.version == 247 and want.get("file", "").startswith(ELSEWHERE):
            want["file"] = have.get("file")  # systemd shows the target of the link
        wrong = {key: (want[key], have.get(key)) for key in want if want[key] != have.get(key)}
        if want["state"] == "found" == have["state"]:
            counts["of these with a replaced drop-in"] += "replaced-by" in units[name]
            wrong |= compare_replacement(with_generated[name], units[name], tree)
        if wrong:
            differences.append(f"{machine.version} {seed} {name}: {wrong}")
    return differences


def test_units_are_as_systemd_has_them(machine, tmp_path, capsys):
    differences, counts = [], Counter()
    for i in range(0, TREES, FAMILIES):
        differences += compare(machine, str(i), tmp_path / str(i), counts)
    with capsys.disabled():
        print(f"\nsystemd {machine.version}:", dict(counts.most_common()))
    assert not differences, "\n".join(differences)
    skipped = sum(count for what, count in counts.items() if what.startswith("skipped"))
    compared = sum(count for what, count in counts.items() if what.startswith("compared"))
    # Few names may be left out, and the others have to be of all kinds.
    assert skipped < SKIPPED_MAX[machine.version] * (skipped + compared)
    assert counts["compared: found"] > compared / 4
    assert counts["compared: missing"] and counts["compared: masked"]
    assert counts["of these with a replaced drop-in"]
