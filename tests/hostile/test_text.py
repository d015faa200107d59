# SPDX-License-Identifier: LGPL-2.1-or-later
"""Text with a meaning for a shell, a terminal or systemd: the drop-ins have exactly the addresses of the
configuration, read by checks/unit_file.py and by systemd."""

import ipaddress
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from checks import unit_file
from checks.drop_in import canonical
from lab import plan
from tree import CANARY, CANARY_ADDRESS, Tree, needs_root

SIGNS = " \t\"'\\$%#;:=[]{}()<>|&!*?~`,/@-+._\x01\x07\x1b\x7f\u0085\u00a0\u202e\u00e9\U0001f4a3"
SCOPE_SIGNS = "abcXYZ019_.@:-"
NAMES = ["a b", "a\tb", "a\nb", 'a"b', "a'b", "a%b", "a%%b", "%i", "$HOME", "${PATH}", "$(reboot)",
         "`reboot`", "a\\", "a\\nb", "a\\x0ab", "-x", "--help", "-", ";", "a;b", "a|b", "#a", "[a]",
         "a]b", "*", "?", "\x1b[31m", "\x9b31m", "\u2028", "a,b", "a" * 250, "\xff", "=", "{a}"]


def scope(rng: random.Random) -> str:
    return "".join(rng.choice(SCOPE_SIGNS) for _ in range(rng.randint(1, 15)))


def address(rng: random.Random) -> ipaddress.IPv6Address:
    """A random address of a shape that RFC 5952 treats specially, and that needs a wait."""
    mask = sum(rng.choice((0, 0xffff)) << 16 * i for i in range(7))
    start = rng.choice((0x20010db8, 0xfe800000, 0xfd000000, 0x64ff9b)) << 96
    return ipaddress.IPv6Address(start | rng.getrandbits(96) & mask)


def spell(rng: random.Random, value: ipaddress.IPv6Address) -> str:
    text = rng.choice((str(value), value.exploded, value.exploded.replace("0000", "0")))
    return rng.choice((text, text.upper()))


def ipv4_pattern(rng: random.Random) -> tuple[str, str]:
    """An IPv4 address or prefix, perhaps written as the IPv4-mapped one, and its canonical form."""
    value = ipaddress.IPv4Address(rng.choice((0x0a000000, 0xc0000200)) + rng.getrandbits(8))
    mapped = 96 if rng.random() < 0.3 else 0
    canon, length = str(value), ""
    if rng.random() < 0.5:
        network = ipaddress.IPv4Network((value, rng.randint(0, 32)), strict=False)
        length = f"/{network.prefixlen + mapped}"
        if rng.random() < 0.5:
            value = network.network_address
        # With bits behind the prefix it is the address of an interface.
        canon = str(network if network.network_address == value else value)
    text = f"::{rng.choice(('ffff', 'FFFF'))}:{value}" if mapped else str(value)
    return text + length, "any-ipv4" if canon == "0.0.0.0/0" else canon


def noise(rng: random.Random) -> str:
    return "".join(rng.choice(SIGNS) for _ in range(rng.randint(0, 30)))


def patterns(rng: random.Random) -> tuple[list[str], list[str]]:
    """Patterns as an administrator writes them in Address=, and their canonical forms."""
    spelt, wanted = [], []
    for _ in range(rng.randint(1, 30)):
        value = address(rng)
        text, canon = spell(rng, value), str(value)
        if rng.random() < 0.2:
            length = rng.randint(0, 128)
            if rng.random() < 0.5:
                value = ipaddress.IPv6Network((value, length), strict=False).network_address
                text = spell(rng, value)
            text += f"/{length}"
            network = ipaddress.IPv6Network((value, length), strict=False)
            # With bits behind the prefix it is the address of an interface.
            canon = str(network if network.network_address == value else value)
            canon = "any" if canon == "::/0" else canon
        elif rng.random() < 0.1:
            text = canon = rng.choice(("any", "any-ipv4"))
        elif rng.random() < 0.3:
            text, canon = ipv4_pattern(rng)
        if rng.random() < 0.4:
            name = scope(rng)
            text, canon = f"{text}%{name}", f"{canon}%{name}"
        spelt.append(text)
        if canon not in wanted:
            wanted.append(canon)
    return spelt, wanted


@pytest.mark.parametrize("seed", range(40))
def test_addresses_that_went_in_come_out(tree: Tree, seed: int) -> None:
    rng = random.Random(seed)
    spelt, wanted = patterns(rng)
    lines = ["[x.service]"]
    for text in spelt:
        lines.append(f"Address={text}")
        # after each an invalid one, which has to cause a warning and nothing else
        bad = f"{rng.choice(spelt)}{noise(rng)}"
        if re.split(r"[ \t];", bad)[0].strip() not in spelt:
            try:
                canonical(re.split(r"[ \t];", bad)[0])  # libinih takes the rest for a comment
            except ValueError:
                lines.append(f"Address={bad}{rng.choice(['', '%', '%%', '%' + noise(rng)])}x%y%z")
    tree.unit("x.service")
    tree.write("etc/dadwait.conf", "\n".join(lines) + "\n")

    assert tree.patterns("x.service") == wanted


@pytest.mark.parametrize("seed", range(20))
def test_addresses_of_services_come_out(tree: Tree, seed: int) -> None:
    rng = random.Random(seed)
    values = list(dict.fromkeys(address(rng) for _ in range(20)))
    text = ""
    for value in values:
        # no backslash at the end, which would continue the line
        text += f"Listen [{spell(rng, value)}]:80\n# {noise(rng)}.\nServerName x{noise(rng)}.\n"
    tree.apache(text)

    assert tree.patterns("apache2.service") == [str(v) for v in values]


@pytest.mark.parametrize("line", ["Listen [fe80::1%{}]:80", "Listen fe80::1%{}:80",
                                  "Listen 2001:db8::1 {}", "Listen {}", "Include {}", "Use {}",
                                  "ServerRoot {}", "Define {} {}", "LoadModule {} {}", "<{}>"])
@pytest.mark.parametrize("sign", ['"', "'", "\\", "%", "$", "${", ";", "\x1b[31m", "\x07", "\xff",
                                  " ", "\u202e", "/", "-", "\x7f"], ids=repr)
def test_signs_in_apache(tree: Tree, line: str, sign: str) -> None:
    for name in (sign, f"a{sign}", f"{sign}a", f"a{sign}b", f"a{sign}{sign}b", f"{sign}a{sign}"):
        tree.apache("Listen [2001:db8::a]:80\n" + line.replace("{}", name) + "\n")

        found = tree.patterns("apache2.service")

        assert found[0] == "2001:db8::a"
        assert all(f.partition("%")[0] in ("2001:db8::a", "2001:db8::1", "fe80::1") for f in found)


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_names_of_files(tree: Tree, name: str) -> None:
    """Names of files appear in comments and warnings."""
    tree.apache("IncludeOptional /etc/sites/*\n")
    tree.write(f"etc/sites/{name}", "Listen [2001:db8::a]:80\nListen [oops\n")
    os.symlink("/nowhere", tree.root / "etc/sites" / (name[:200] + "zz"))
    tree.write(f"etc/dadwait.d/{name[:240]}.conf", "[x\nNonsense\n[y.service]\nNonsense=1\n")
    tree.write(f"etc/systemd/system/apache2.service.d/{name[:240]}.conf", "[Service]\nType=simple\n")

    assert tree.patterns("apache2.service") == ["2001:db8::a"]


@pytest.mark.parametrize("name", [
    "/etc/passwd", "../../etc/passwd.service", "/x.service", "x/y.service", "..service", ".service",
    "...service", "x.service/", "x.service\\", "a b.service", "a%i.service", "$x.service",
    'a".service', "x.socket", "x.service.d", "@.service", "@a.service", "a@b@c.service",
    "a\x1b.service", "\xff.service", "-.service", "--help.service", "x" * 41 + ".service",
    "x" * 255 + ".service", "dadwait", "Service", "x.service]", "[x.service", "\\x2f.service",
])
def test_names_of_sections(tree: Tree, name: str) -> None:
    """There is a drop-in if there is a unit of that name and a directory can have it. run() checks that
    nothing is written elsewhere."""
    tree.write("etc/dadwait.conf", f"[{name}]\nAddress=2001:db8::1\nConfig=/etc/%i\nFormat=apache\n")
    if "/" not in name and len(name) < 255:
        tree.unit(name)

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins.pop(CANARY) == [CANARY_ADDRESS]
    # What is behind the first "]" is ignored, with a warning.
    name = name.removesuffix("]")
    assert set(outcome.drop_ins) <= {name}
    if re.fullmatch(r"[a-zA-Z0-9:_.\\-][a-zA-Z0-9:_.\\@-]*\.service", name) and len(name) < 50:
        assert outcome.drop_ins == {name: ["2001:db8::1"]}
    else:
        assert not outcome.drop_ins


@pytest.mark.parametrize("name", [*NAMES, "..", "a" * 255, "a" * 240, "b@c", "\\x2f", "a-b"],
                         ids=repr)
def test_names_of_instances(tree: Tree, name: str) -> None:
    """%i is the name of a directory, which may contain any character but "/"."""
    tree.unit("x@.service")
    tree.write("etc/dadwait.conf",
               "[x@.service]\nFormat=apache\nConfig=/etc/i/%i/x.conf\nAddress=2001:db8::1\n")
    if name != "..":
        tree.write(f"etc/i/{name}/x.conf", "Listen [2001:db8::2]:80\n")
    tree.write("etc/i/fine/x.conf", "Listen [2001:db8::2]:80\n")

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins.pop(CANARY) == [CANARY_ADDRESS]
    assert outcome.drop_ins.pop("x@fine.service") == ["2001:db8::2", "2001:db8::1"]
    assert set(outcome.drop_ins) <= {f"x@{name}.service"}


@pytest.mark.parametrize("length", [240, 244, 245, 246, 247])
def test_longest_names_of_units(tree: Tree, length: int) -> None:
    """NAME_MAX, 255, is the limit for the name of a unit, and for its drop-in directory, which is two bytes
    longer."""
    (tree.path("etc/systemd/system/x.service")).symlink_to("a" * (length - 1) + "x.service")
    tree.write("etc/systemd/system/" + "a" * (length - 1) + "x.service", "[Service]\n")
    tree.write("etc/dadwait.conf", "[x.service]\nAddress=2001:db8::1\n")

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]
    longest = length + len(".service.d") <= 255
    # systemd reads the drop-ins of an alias too
    assert ("a" * (length - 1) + "x.service" if longest else "x.service") in outcome.drop_ins
    assert len(outcome.drop_ins) == 2


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_names_of_files_that_are_watched(tree: Tree, name: str) -> None:
    """The drop-in of dadwait-reload.path, if that is enabled, has the names of the files."""
    tree.write("usr/lib/systemd/system/dadwait-reload.path", "[Path]\nPathChanged=/etc\n")
    tree.write("etc/systemd/system/multi-user.target.wants/dadwait-reload.path", "")
    tree.apache("Include /etc/sites/*\n")
    tree.write(f"etc/sites/{name}", "Listen [2001:db8::a]:80\n")
    for i in range(3):
        (tree.path(f"etc/sites/z{i}.conf")).symlink_to(f"/etc/elsewhere{i}/{name}")
        tree.write(f"etc/elsewhere{i}/{name}", "\n")

    assert tree.run_anyhow().status == 0

    data = (tree.output / "dadwait-reload.path.d/zz-dadwait.conf").read_bytes()
    settings = unit_file.settings(data)
    assert {(section, key) for section, key, _ in settings} == {("Path", "PathChanged")}
    watched = {value.replace("%%", "%") for _, _, value in settings}
    assert all("%" not in value.replace("%%", "") for _, _, value in settings)
    assert "/etc/sites" in watched
    # an absolute path, whether it exists or not
    assert all(path.startswith("/") for path in watched)
    elsewhere = {path for path in watched if path.startswith("/etc/elsewhere")}
    assert elsewhere <= {f"/etc/elsewhere{i}/{name}" for i in range(3)}
    assert elsewhere or not name.isprintable() or name[-1] in " \\"


def units_for_systemd(tree: Tree) -> Path:
    """The units and the drop-ins in one directory, for the systemd of this machine."""
    rng = random.Random(5)
    tree.unit("other.service")
    spelt, _ = patterns(rng)
    tree.write("etc/dadwait.conf", "[other.service]\nOnTimeout=fail\nTimeoutSec=7\n"
               + "".join(f"Address={p}\n" for p in spelt))
    tree.apache("".join(f"Listen [2001:db8::{i:x}]:80\n" for i in range(1, 5001))
                + "Listen [fe80::1%a@b:c-d._9]:81\n"
                + "".join(f"Listen [2001:db8::a:1]:80 {sign}\\\n" for sign in "\"'$%"))
    outcome = tree.run()
    assert len(outcome.drop_ins["apache2.service"]) >= 5000

    directory = tree.base / "units"
    shutil.copytree(tree.root / "usr/lib/systemd/system", directory)
    shutil.copytree(tree.output, directory, dirs_exist_ok=True)
    return directory


def systemd(tree: Tree, directory: Path, *command: str) -> str:
    """Runs a program of systemd on those units, in a mount namespace that has the helper."""
    script = ("mount -t tmpfs tmpfs /usr/libexec; ln -s /bin/true /usr/libexec/dadwait; "
              "chmod -R a+rX \"$0\"; export SYSTEMD_UNIT_PATH=\"$0\":; exec \"$@\"")
    result = subprocess.run(["unshare", "--mount", "sh", "-ec", script, directory, *command],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                            stdin=subprocess.DEVNULL)
    return result.stdout.decode("utf-8", "replace")


def verify(tree: Tree, directory: Path) -> list[str]:
    """What systemd-analyze prints about these units, and not about others of the machine."""
    said = systemd(tree, directory, "systemd-analyze", "verify", "--man=no", "apache2.service",
                   "other.service", CANARY)
    return [line for line in said.splitlines() if "dadwait" in line or ".service" in line
            and line.startswith((str(directory), "apache2", "other", "good"))]


@needs_root
def test_systemd_finds_nothing_wrong(tree: Tree) -> None:
    directory = units_for_systemd(tree)

    assert verify(tree, directory) == []

    # systemd-analyze does find errors; otherwise the test would prove nothing.
    drop_in = directory / f"{CANARY}.d/zz-dadwait.conf"
    for wrong in (' "', " %x", "\nNonsense=1"):
        text = drop_in.read_text()
        drop_in.write_text(text[:-1] + wrong + "\n")
        assert verify(tree, directory) != []
        drop_in.write_text(text)


@needs_root
def test_systemd_reads_what_was_meant(tree: Tree) -> None:
    """`systemd --test` (not as root) lists the commands of each unit as it has parsed them."""
    directory = units_for_systemd(tree)
    tree.let_others_in()
    listed = systemd(tree, directory, "setpriv", "--reuid=65534", "--regid=65534",
                     "--clear-groups", "/lib/systemd/systemd", "--test", "--system",
                     "--unit=apache2.service", "--no-pager")

    [block] = re.findall(r"-> Unit apache2\.service:\n.*?(?=-> Unit |\Z)", listed, re.S)
    [line] = re.findall(r"Command Line: (/usr/libexec/dadwait .*)", block)
    drop_in = (tree.output / "apache2.service.d/zz-dadwait.conf").read_bytes()
    [(_, _, value)] = unit_file.settings(drop_in)
    assert line.split(" ") == unit_file.command(value)[1]


CONTROL = "\x1b]0;title\x07\x1b[2Jx.conf\nroot.service  ::1  ready"


@pytest.mark.parametrize("more", [[], ["--check"]], ids=["table", "check"])
@pytest.mark.parametrize("exists", [False, True], ids=["missing", "existing"])
def test_plan_has_no_control_characters(tree: Tree, exists: bool, more: list[str]) -> None:
    """The user of a service writes what its unit reads; root looks at the plan in a terminal."""
    tree.write("etc/x.env", f'CONF="/etc/{CONTROL}"\nOPTIONS="-l {CONTROL}.example"\n')
    if exists:
        tree.write(f"etc/{CONTROL}", f"listen 2001:db8::1\nlisten {CONTROL}\n")
    for name in ("x", "y"):
        tree.write(f"etc/systemd/system/{name}.service", "[Service]\nEnvironmentFile=/etc/x.env\n"
                   f"RootDirectory=/srv/\x1b[1m{name}\x07\n"
                   "ExecStart=/bin/x -c ${CONF} $OPTIONS\n")
    language = "Format=directive\nDirective=listen\nConfigOption=-c\n"
    tree.write("etc/dadwait.conf",
               f"[x.service]\n{language}Option=-l\nAddress=2001:db8::2\n[y.service]\n{language}"
               "[z\x1b[2J.service]\nAddress=2001:db8::3\n")

    result = subprocess.run([plan(), f"--root={tree.root}", *more], text=True,
                            capture_output=True, timeout=60)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.stdout + result.stderr)
    assert not re.search(r"^root\.service", result.stdout, re.M)
    assert more or "x.service" in result.stdout
