# SPDX-License-Identifier: LGPL-2.1-or-later
"""Too much input, and text that costs more than its length.

tree.run() limits the time of each run, and the length of its warnings.
"""

import sys

import pytest
from checks.drop_in import canonical
from tree import CANARY, CANARY_ADDRESS, Tree, needs_root


MANY = 4 << 20  # bytes: the generator reads no more of one file


def addresses(count: int) -> list[str]:
    """Different addresses in canonical form."""
    return [canonical(f"2001:db8:{i >> 16:x}:{i & 0xffff:x}::1") for i in range(1, count + 1)]


def test_5000_listen_lines(tree: Tree) -> None:
    wanted = addresses(5000)
    tree.apache("".join(f"Listen [{a}]:80\n" for a in wanted))

    assert tree.patterns("apache2.service") == wanted


def test_more_addresses_than_a_command_line_holds(tree: Tree) -> None:
    tree.apache("".join(f"Listen [{a}]:80\n" for a in addresses(12000)))

    outcome = tree.run()

    assert outcome.drop_ins["apache2.service"] == addresses(10000)
    assert "apache2.conf:10001" in outcome.stderr
    assert len(outcome.files["apache2.service.d/zz-dadwait.conf"].split(b"\n")[-2]) < 1 << 20


def test_more_lines_than_are_kept(tree: Tree) -> None:
    tree.apache("Listen [2001:db8::a]:80\n" * 20000 + "Listen [2001:db8::b]:80\n")

    outcome = tree.run()

    assert outcome.drop_ins["apache2.service"] == ["2001:db8::a"]
    assert "apache2.conf:20000: apache2.service listens 20000 times" in outcome.stderr


def test_more_instances_than_are_listed(tree: Tree) -> None:
    tree.unit("many@.service")
    tree.write("etc/dadwait.conf", "[many@.service]\nAddress=2001:db8::a\nConfig=/etc/many/%i\n")
    for i in range(20001):
        tree.write(f"etc/many/{i}", "")

    outcome = tree.run()

    assert outcome.drop_ins == {CANARY: [CANARY_ADDRESS]}
    assert "dadwait.conf:3: Config=/etc/many/%i: more than 20000 names" in outcome.stderr


def test_10000_files_in_a_directory(tree: Tree) -> None:
    tree.apache("IncludeOptional /etc/apache2/sites/*.conf\n")
    for i, address in enumerate(addresses(10000)):
        tree.write(f"etc/apache2/sites/{i:05}.conf", f"Listen [{address}]:80\n")

    assert tree.patterns("apache2.service") == addresses(10000)


@pytest.mark.parametrize("directory", ["etc/systemd/system/apache2.service.d",
                                       "etc/systemd/system/sockets.target.wants",
                                       "etc/dadwait.d", "etc/apache2/sites", "etc/ntpsec/ntp.d"])
def test_more_files_than_are_read(tree: Tree, directory: str) -> None:
    tree.apache("Listen [2001:db8::a]:80\nIncludeOptional /etc/apache2/sites/*.conf\n")
    tree.ntp("interface listen 2001:db8::a\n")
    for i in range(21000):
        tree.write(f"{directory}/{i:05}.conf", "Listen [2001:db8::c]:80\n")

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]
    assert outcome.drop_ins["ntpsec.service"] == ["2001:db8::a"]
    assert outcome.drop_ins["apache2.service"][0] == "2001:db8::a"
    if "wants" not in directory:
        assert f"/{directory}" in outcome.stderr or "too many" in outcome.stderr


@pytest.mark.parametrize("text", [
    "Include /etc/apache2/apache2.conf\n" * 3,
    "Include /etc/apache2\n" * 3,
    "IncludeOptional /etc/*/*.conf\n" * 3,
    "IncludeOptional /*/*/*/*/*/*/*\n",
    "Include /etc/apache2/loop\n",
    "Include " + "/etc/apache2/loop" + "/.." * 1000 + "\n",
    "IncludeOptional /" + "*a" * 2000 + "b\n",
    "IncludeOptional /etc/" + "[!b]*" * 500 + "\n",
])
def test_include_loops(tree: Tree, text: str) -> None:
    tree.apache("Listen [2001:db8::a]:80\n" + text)
    tree.path("etc/apache2/loop").symlink_to(".")
    (tree.root / "etc/up").symlink_to("../etc")
    for name in ("a" * 255, "ab" * 127, "etc/" + "a" * 255):
        tree.write(name, "Listen [2001:db8::b]:80\n")

    assert tree.patterns("apache2.service")[0] == "2001:db8::a"


@pytest.mark.parametrize("line", ["includefile /etc/ntpsec/ntp.conf\n", "includefile /etc/ntpsec\n"])
def test_ntp_include_loops(tree: Tree, line: str) -> None:
    tree.ntp("interface listen 2001:db8::a\n" + 3 * line)

    assert tree.patterns("ntpsec.service") == ["2001:db8::a"]


@pytest.mark.parametrize("text", [
    # each has twice the length of the one before
    "".join(f"Define x{i + 1} ${{x{i}}}${{x{i}}}\n" for i in range(64)) + "Listen ${x64}\n",
    "Define x0 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
    + "".join(f"Define x{i + 1} ${{x{i}}}${{x{i}}}\n" for i in range(64)),
    "<Macro M $a>\nUse M $a$a\nUse M $a$a\n</Macro>\nUse M 1\n",
    "".join(f"<Macro M{i + 1}>\nUse M{i}\nUse M{i}\n</Macro>\n" for i in range(64)) + "Use M64\n",
    # its last line continues after its end: httpd reads this for ever
    '<Macro M $a>\nUse M "\\\\"$a\n</Macro>\nUse M "\\\\"',
    "<Macro M $a $aa>\n" + "$a $aa\n" * 100000 + "</Macro>\nUse M x y\n" * 10,
    "<IfDefine !x>\n" * 300000,
    "<IfDefine x>\n" * 300000,
    "<VirtualHost *:80>\n" * 200000,
    "</VirtualHost>\n" * 200000,
    "LoadModule a b\n" * 250000,
    "".join(f"LoadModule a{i} b{i}\n" for i in range(200000)),
    "".join(f"Define a{i} b{i}\n" for i in range(200000)),
    "".join(f"<Macro a{i}>\n</Macro>\n" for i in range(150000)),
    "Define x y\n" + "${x}" * 30000 + "\n",
    "${x" * 1000000,
    "${" * 2000000,
    "Listen " + '"' * 4000000,
    "Listen " + "\\" * 4000000,
    "Listen " + "a " * 2000000,
    "<IfVersion ~ " + "(a*)*" * 1000 + "b>\n",
    "<IfVersion ~ \"" + "(" * 100000 + "\">\n",
    "<IfVersion ~ \"(((((x{1,255}){1,255}){1,255}){1,255}){1,255})\">\n",
    "<IfFile " + "/a" * 100000 + ">\n",
    "ServerRoot /" + "a/../" * 100000 + "\n",
], ids=lambda text: text[:20].replace("\n", " "))
def test_text_that_costs_more_than_its_length(tree: Tree, text: str) -> None:
    tree.apache(("Listen [2001:db8::a]:80\n" + text)[:MANY])

    assert tree.patterns("apache2.service")[:1] == ["2001:db8::a"]


@pytest.mark.parametrize("text", [
    "interface listen " + "a " * 1000000 + "\n",
    "interface ignore all\n" * 150000,
    "interface listen 2001:db8::b/64\n" * 100000,
    "".join(f"interface listen 2001:db8:{i >> 16:x}:{i & 0xffff:x}::1\n" for i in range(60000)),
    "".join(f"interface drop eth{i}\n" for i in range(150000)),
    '"' * 2000000,
], ids=lambda text: text[:20].replace("\n", " "))
def test_ntp_text_that_costs_more_than_its_length(tree: Tree, text: str) -> None:
    tree.ntp("interface listen 2001:db8::a\n" + text)

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]


@pytest.mark.parametrize("text", [
    "".join(f"[s{i}.service]\nEnable=1\n" for i in range(180000)),
    "".join(f"[good@{i}.service]\nEnable=1\n" for i in range(150000)),
    "[good.service]\n" + "Enable=1\n" * 450000,
    "[x@.service]\n" + "".join(f"Config=/e{i}/%i\n" for i in range(250000)),
    "[x@.service]\n" + "Config=/*/*/*/*/*/%i.conf\n" * 100,
    "[good.service]\n" + "IgnoreAddress=2001:db8::/128\n" * 140000 + "Address=::2\n",
    "[good.service]\n" + "Address=2001:db8::5\n" * 200000,
    "[good.service]\n" + "".join(f"Address={a}\n" for a in addresses(100000))
    + "".join(f"IgnoreAddress={a}\n" for a in addresses(50000)),
    "[good.service]\nFormat=apache\n" + "Config=/etc/apache2/big.conf\n" * 120000,
    "[" * 4000000,
    "[x]\n" * 1000000,
    "a=b\n" * 1000000,
    "[good.service]\n" + " " * 4000000,
], ids=lambda text: text[:20].replace("\n", " "))
def test_configuration_of_our_own(tree: Tree, text: str) -> None:
    tree.unit("good@.service")
    tree.unit("x@.service")
    tree.write("etc/apache2/big.conf", "# \n" * 1000000)
    for i in range(20):
        tree.write(f"x/{i}/a/b/c/d.conf", "")
    tree.write("etc/dadwait.d/x.conf", text[:MANY])
    tree.write("etc/dadwait.conf", "[good.service]\nAddress=2001:db8::7\n")

    outcome = tree.run()

    assert outcome.status == 0
    assert CANARY_ADDRESS in outcome.drop_ins[CANARY]
    assert "2001:db8::7" in outcome.drop_ins[CANARY]


@pytest.mark.parametrize("text", [
    "A=aaaaaaaa\n" + "A=$A$A\n" * 64,
    "A=aaaaaaaa\n" * 2000 + "B=" + "$A" * 100000,
    "".join(f"A{i}=\n" for i in range(20000)) + "B=" + "$C" * 30000,
    "A=" + "a" * 60000 + "\n",
    "A='" + "a\n" * 100000,
    "A=" + "\\" * 200000,
    "A=" + "${" * 100000,
], ids=lambda text: text[:20].replace("\n", " "))
def test_environment(tree: Tree, text: str) -> None:
    tree.write("etc/default/x", text)
    tree.write("etc/x.conf", "bind 2001:db8::a $A\n" + "bind $A $B\n" * 100000)
    tree.apache("Listen [2001:db8::a]:80\nListen ${A}${B}\n")
    tree.write("etc/apache2/envvars", text)
    tree.ntp("interface listen 2001:db8::a\n")
    tree.write("etc/default/ntpsec", text)
    tree.unit("x.service")
    tree.write("etc/dadwait.conf", "[x.service]\nFormat=directive\nConfig=/etc/x.conf\n"
               "Directive=bind\nEnvironmentFile=/etc/default/x\n")

    drop_ins = tree.run().drop_ins

    assert drop_ins == {CANARY: [CANARY_ADDRESS], "apache2.service": ["2001:db8::a"],
                        "ntpsec.service": ["2001:db8::a"], "x.service": ["2001:db8::a"]}


FIRST, LAST = "2001:db8::a", "2001:db8::b"


@pytest.mark.parametrize("language, text, found", [
    ("pdns-recursor",
     f"incoming:\n  listen: [{FIRST},\n" + "\n" * 400000 + f"{LAST}]\n", [FIRST, LAST]),
    ("pdns-recursor",
     f"incoming:\n  listen: [{FIRST},\n" + "  # a\n" * 400000 + f"{LAST}]\n", [FIRST, LAST]),
    ("dovecot",
     f"dovecot_config_version = 2.4.0\nprotocols = imap\nlisten {{\n{FIRST} = yes\n" +
     "".join(f"a{i} = yes\n" for i in range(200000)) + "}\n", [FIRST]),
    ("dovecot",
     f"dovecot_config_version = 2.4.0\nprotocols = imap\nlisten {{\n{FIRST} = yes\n" +
     "".join(f"a{i} = no\n" for i in range(200000)) + "}\n", [FIRST]),
], ids=["empty lines", "comments", "items that are added", "items that are removed"])
def test_lists_of_many_lines(tree: Tree, language: str, text: str, found: list[str]) -> None:
    tree.write("usr/lib/systemd/system/x.service", f"[Service]\nExecStart=/usr/sbin/{language}\n")
    tree.write("etc/dadwait.conf", f"[x.service]\nFormat={language}\nConfig=/etc/x.conf\n")
    tree.write("etc/x.conf", text)

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]
    assert sorted(outcome.drop_ins["x.service"]) == found


# Writes the largest size of a process, in KiB, into the file that is its first argument.
MEASURE = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=open(sys.argv[1], "w"))
sys.exit(status)
"""


@pytest.mark.parametrize("more, text", [
    ("Macros=yes", "A=" + "x" * 100000 + "\nbind " + "$A " * 8000),
    ("EnvironmentFile=/etc/env", "bind " + "{env.A}" * 8000),
    ("EnvironmentFile=/etc/env", "bind " + "$__env{A}" * 8000),
], ids=["macros", "caddy", "grafana"])
def test_variables_that_would_fill_the_memory(tree: Tree, more: str, text: str) -> None:
    """800 MB."""
    tree.unit("x.service")
    tree.write("etc/env", "A=" + "x" * 100000)
    tree.write("etc/x.conf", f"bind 2001:db8::a\n{text}\n")
    tree.write("etc/dadwait.conf", "[x.service]\nFormat=directive\nConfig=/etc/x.conf\n"
               f"Directive=bind\n{more}\n")
    size = tree.base / "size"

    outcome = tree.run(prefix=(sys.executable, "-c", MEASURE, str(size)))

    assert int(size.read_text()) < 400 << 10
    assert outcome.status == 0
    assert outcome.drop_ins == {CANARY: [CANARY_ADDRESS], "x.service": ["2001:db8::a"]}
    assert "Variables expand to more than 64 MiB" in outcome.stderr


@pytest.mark.parametrize("text", [
    "bind " + "2001:db8::a " * 300000,
    "bind " + " ".join(addresses(100000)),
    "bind 2001:db8::a\n" * 200000,
    "section {\n" * 300000,
    "}" * 4000000,
    "{" * 4000000,
    "include /etc/x.conf\n" * 3,
    "include /etc/x*.conf\n" * 3,
    "include /*/*/*/*/*\n" * 100,
    '"' * 4000000,
    "bind " + "[" * 4000000,
    ";" * 4000000,
    "bind " + "2001:db8::a," * 300000,
    "".join(f"s{i} {{ bind ::1; }}\n" for i in range(150000)),
    "[s]\n" * 1000000,
    "if yes\n" * 500000,
], ids=lambda text: text[:20].replace("\n", " "))
@pytest.mark.parametrize("more", ["", "Repeat=replace\nStatements=semicolons\n"])
def test_directive_text_that_costs_more_than_its_length(tree: Tree, text: str, more: str) -> None:
    tree.unit("x.service")
    tree.write("etc/x.conf", ("bind 2001:db8::a\n" + text)[:MANY // 16])
    tree.write("etc/dadwait.conf", "[x.service]\nFormat=directive\nConfig=/etc/x.conf\n"
               "Directive=bind\nDirective=s/bind\nInclude=include\n" + more)

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]


def test_every_service_takes_all_it_may(tree: Tree) -> None:
    """Each service has bounds of its own."""
    tree.write("etc/big.conf", "#" * (MANY - 1) + "\n")
    units = [f"s{i}.service" for i in range(5)]
    for unit in units:
        tree.unit(unit)
    tree.write("etc/dadwait.conf", "".join(
        f"[{unit}]\nFormat=directive\nDirective=x\nAddress=::2\n"
        + "Config=/etc/big.conf\n" * 17
        for unit in units))

    outcome = tree.run()

    assert outcome.status == 0
    assert list(outcome.drop_ins) == [CANARY, *units]
    assert outcome.stderr.count("big.conf: Cannot read: too many files, or too many bytes") == 5


INSTANCES = ("[many@.service]\nFormat=directive\nDirective=x\nAddress=::2\nInclude=include\n"
             "Config=/etc/many/%i/x.conf\n")


def test_instances_take_all_they_may(tree: Tree) -> None:
    """The owner of a directory decides how many instances a template has. Units with a section of their
    own are read first, whatever their names, and each template has a total of its own."""
    tree.unit("many@.service")
    tree.unit("other@.service")
    tree.unit("zz.service")
    tree.write("etc/dadwait.d/00.conf", INSTANCES)
    tree.write("etc/dadwait.d/99.conf", "[zz.service]\nAddress=::3\n"
               + INSTANCES.replace("many", "other"))
    tree.write("etc/big.conf", "#" * (MANY - 1) + "\n")
    tree.write("etc/other/1/x.conf", "")
    for i in range(1, 7):
        tree.write(f"etc/many/{i}/x.conf", "include /etc/big.conf\n" * 15)

    outcome = tree.run()

    assert outcome.status == 0
    assert list(outcome.drop_ins) == [CANARY, *(f"many@{i}.service" for i in range(1, 6)),
                                      "other@1.service", "zz.service"]
    assert ("Too much to read for all of many@.service, ignoring many@6.service and those that follow."
            in outcome.stderr)


def test_instances_write_all_they_may(tree: Tree) -> None:
    """A small file with a long name makes a large drop-in for each instance that includes it. The
    drop-ins are in /run, which is in memory, and systemd fails when it is full."""
    directory = f"/etc/{'d' * 240}"
    tree.unit("many@.service")
    tree.unit("zz.service")
    tree.write("etc/dadwait.d/00.conf", INSTANCES)
    tree.write("etc/dadwait.d/99.conf", "[zz.service]\nAddress=::3\n")
    tree.write(f"{directory}/x.conf", "".join(f"x 2001:db8:{i:x}::1\n" for i in range(10000)))
    for i in range(1, 10):
        tree.write(f"etc/many/{i:02}/x.conf", f"include {directory}/x.conf\n")

    outcome = tree.run()

    assert outcome.status == 0
    assert {CANARY, "many@01.service", "zz.service"} <= outcome.drop_ins.keys()
    assert 16 << 20 < sum(map(len, outcome.files.values())) < 24 << 20
    assert "Too much to write for all of many@.service, ignoring many@" in outcome.stderr


def test_more_instances_than_are_taken(tree: Tree) -> None:
    tree.unit("many@.service")
    tree.unit("zz.service")
    tree.write("etc/dadwait.d/00.conf", INSTANCES)
    tree.write("etc/dadwait.d/99.conf", "[zz.service]\nAddress=::3\n[many@zz.service]\nAddress=::4\n")
    for i in range(1002):
        tree.write(f"etc/many/{i:04}/x.conf", "")
    tree.write("etc/many/zz/x.conf", "")

    outcome = tree.run()

    many = [f"many@{i:04}.service" for i in range(1000)]
    assert outcome.status == 0
    assert list(outcome.drop_ins) == [CANARY, *many, "many@zz.service", "zz.service"]
    assert outcome.drop_ins["many@zz.service"] == ["::2", "::4"]
    assert "00.conf:6: More than 1000 instances, ignoring those that follow." in outcome.stderr


def test_time_has_an_end(tree: Tree) -> None:
    """The bound of the whole run, here a second: what is written by then is complete, and the log names
    the rest."""
    tree.write("etc/x.conf", "{" * MANY)
    for i in range(3):
        tree.unit(f"s{i}.service")
    tree.write("etc/dadwait.conf", "".join(
        f"[s{i}.service]\nFormat=directive\nDirective=x\nAddress=::2\n"
        + "Config=/etc/x.conf\n" * 20
        for i in range(3)))

    outcome = tree.run(prefix=("prlimit", "--cpu=1:60", "--core=0"))

    assert outcome.status == 1
    assert outcome.drop_ins == {CANARY: [CANARY_ADDRESS]}
    for i in range(3):
        assert f"No drop-in for s{i}.service: " in outcome.stderr


def test_time_is_limited(traced: Tree) -> None:
    calls = traced.base / "calls"
    traced.run(prefix=("strace", "-f", "-o", str(calls), "-e", "trace=prlimit64,openat"))

    lines = calls.read_text().splitlines()
    limit = next(i for i, line in enumerate(lines) if "RLIMIT_CPU, {rlim_cur=20," in line)
    assert limit < next(i for i, line in enumerate(lines) if str(traced.output) in line)


def test_alias_loops(tree: Tree) -> None:
    system = tree.path("etc/systemd/system/x").parent
    for i in range(100):
        (system / f"a{i}.service").symlink_to(f"a{(i + 1) % 100}.service")
    tree.write("etc/dadwait.conf", "".join(f"[a{i}.service]\nAddress=2001:db8::{i}\n"
                                           for i in range(100)))

    assert tree.patterns("good.service") == []


def test_a_path_as_long_as_they_get(tree: Tree) -> None:
    """Comments name the file, but not with 4 KiB for each of 10,000 addresses."""
    directory = "etc/" + "/".join(["d" * 250] * 14)
    tree.apache(f"Include /{directory}/x.conf\n")
    tree.write(f"{directory}/x.conf", "".join(f"Listen [{a}]:80\n" for a in addresses(5000)))

    outcome = tree.run()

    assert len(outcome.drop_ins["apache2.service"]) == 5000
    assert len(outcome.files["apache2.service.d/zz-dadwait.conf"]) < 4 << 20


@needs_root
def test_a_tree_of_links(tree: Tree) -> None:
    """There are 2 to the power of 64 paths through these files."""
    tree.apache("Listen [2001:db8::a]:80\nInclude /etc/maze\n")
    for i in range(64):
        directory = tree.path(f"etc/m{i}/x").parent
        for name in ("l", "r"):
            (directory / name).symlink_to(f"../m{i + 1}")
    (tree.root / "etc/maze").symlink_to("m0")

    assert tree.patterns("apache2.service") == ["2001:db8::a"]
