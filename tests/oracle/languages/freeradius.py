# SPDX-License-Identifier: LGPL-2.1-or-later
"""freeradius: nested blocks, `listen { ipv6addr = … }` in radiusd.conf and in virtual servers."""

from random import Random

from languages import A, ADDRESSES, B, C, P, Q, Choices, Configuration, Language

DIRECTORY = "/etc/freeradius/3.0"
SERVER = "server default {\n%sauthorize {\n}\nauthenticate {\n}\n}\n"
MAIN = ("prefix = /usr\nname = freeradius\nsysconfdir = /etc\nlocalstatedir = /var\nsbindir = /usr/sbin\n"
        "confdir = /etc/freeradius/3.0\nlogdir = /tmp\nraddbdir = /etc/freeradius/3.0\n"
        "radacctdir = /tmp\nrun_dir = /tmp\nlibdir = /usr/lib/freeradius\n"
        "log {\ndestination = stdout\n}\nsecurity {\nallow_core_dumps = no\n}\n"
        "thread pool {\nstart_servers = 1\nmax_servers = 1\n}\nmodules {\n}\n")


def listen(line: str, port: int = 1812, kind: str = "auth") -> str:
    return f"listen {{\n\ttype = {kind}\n\t{line}\n\tport = {port}\n}}\n"


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"{DIRECTORY}/{name}": content for name, content in files.items()}
    return Configuration({f"{DIRECTORY}/radiusd.conf": MAIN + text, **more}, arguments=arguments)


def setting(choices: Choices, variables: dict[str, str]) -> str:
    address = choices.rng.choice(ADDRESSES)
    name = choices.rng.choice(["ipv6addr", "ipaddr"])
    if choices.chosen("variable", 20):
        variables["v6"] = address
        address = "${v6}"
    elif choices.chosen("variable of a section", 15):
        variables["mine.v6"] = address
        address = "${mine.v6}"
    elif choices.chosen("environment", 10):
        address = "$ENV{V6}"
    if choices.chosen("quotes", 20):
        address = f'"{address}"'
    elif "$" not in address and choices.chosen("single quotes", 20):
        address = f"'{address}'"
    if choices.chosen("no blanks", 15):
        return f"{name}={address}"
    if choices.chosen("other operator", 10):
        return f"{name} := {address}"
    return f"{name} = {address}"


def section(choices: Choices, port: int, variables: dict[str, str]) -> str:
    rng = choices.rng
    kind = rng.choice(["auth", "acct"])
    if choices.chosen("one line", 15):
        return f"listen {{ type = {kind}, {setting(choices, variables)}, port = {port} }}\n"
    if choices.chosen("commas", 10):
        return f"listen {{\ntype = {kind}, {setting(choices, variables)}\nport = {port},\n}}\n"
    text = listen(setting(choices, variables), port, kind)
    if choices.chosen("comment", 20):
        text = text.replace("\n", f" # ipaddr = {rng.choice(ADDRESSES)}\n", 2)
    if choices.chosen("continuation", 10):
        text = text.replace("\tport =", "\tport \\\n =")
    return text


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    variables: dict[str, str] = {}
    port = rng.randint(2000, 3000)
    listeners = "".join(section(choices, port + number, variables)
                        for number in range(rng.randint(1, 3)))
    files = {}
    if choices.chosen("included listener", 20):
        files["listeners.conf"] = listeners
        listeners = "$INCLUDE ${confdir}/listeners.conf\n"
    text = SERVER % listeners
    if choices.chosen("top", 15):
        text += section(choices, port + 10, variables)
    if choices.chosen("client", 20):
        text += f"client x {{\nipaddr = {rng.choice(ADDRESSES)}\nsecret = x\n}}\n"
    if choices.chosen("included directory", 20):
        files["sites-enabled/default"] = text
        text = rng.choice(["$INCLUDE sites-enabled/\n", "$INCLUDE ${confdir}/sites-enabled/\n"])
    settings = "".join(f"v6 = {value}\n" if name == "v6" else f"mine {{\nv6 = {value}\n}}\n"
                       for name, value in variables.items())
    configuration = conf(settings + text, **files)
    return Configuration(configuration.files, environment={"V6": rng.choice(ADDRESSES)},
                         constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="freeradius",
        unit="freeradius.service",
        packages={"bookworm": ("freeradius",), "trixie": ("freeradius",)},
        directories=("/etc/freeradius",),
        ipv4_words={r"ipv6addr(\s*:?=\s*[\"']?)": r"ipv4addr\1"},
        command=("/usr/sbin/freeradius", "-f", "-l", "stdout"),
        ready="Ready to process requests",
        syscalls="bind,write",
        cases={
            "other-name": Configuration({
                f"{DIRECTORY}/other.conf": MAIN + SERVER % listen(f"ipv6addr = {A}"),
                f"{DIRECTORY}/radiusd.conf": MAIN + SERVER % listen(f"ipv6addr = {B}"),
            }, arguments=("-n", "other")),
            "in-server": conf(SERVER % listen(f"ipv6addr = {A}")),
            "in-radiusd.conf": conf(listen(f"ipv6addr = {A}") + SERVER % ""),
            "ipaddr": conf(SERVER % listen(f"ipaddr = {A}")),
            "ipv4": conf(SERVER % (listen(f"ipaddr = {P}") + listen(f"ipv4addr = {Q}", 1813, "acct"))),
            "ipv4-wildcard": conf(SERVER % (listen("ipaddr = *") + listen(f"ipv4addr = {P}", 1813))),
            "client": conf(SERVER % listen(f"ipv6addr = {A}")
                           + f"client x {{\nipv6addr = {B}\nsecret = x\n}}\n"),
            "client-in-listen": conf(SERVER % listen(
                f"ipv6addr = {A}\nclients = x") + "clients x {\nclient y {\n"
                f"ipaddr = {B}\nsecret = x\n}}\n}}\n"),
            "include": conf("$INCLUDE sites-enabled/\n",
                            **{"sites-enabled/default": SERVER % listen(f"ipv6addr = {A}")}),
            "dollar-minus-include": conf("$-INCLUDE missing\n$INCLUDE ${confdir}/x.conf\n",
                                         **{"x.conf": SERVER % listen(f"ipv6addr = {A}")}),
            "variable": conf(f"v6 = {A}\n" + SERVER % listen("ipv6addr = ${v6}")),
            "variable-of-a-section": conf(f"mine {{\nv6 = {A}\n}}\n"
                                          + SERVER % listen("ipv6addr = ${mine.v6}")),
            "quotes": conf(SERVER % listen(f'ipv6addr = "{A}"')),
            "two": conf(SERVER % (listen(f"ipv6addr = {A}") + listen(f"ipv6addr = {B}", 1813, "acct"))),
            "name-of-a-listener": conf(SERVER % f"listen mine {{\ntype=auth\nipaddr={A}\nport=1812\n}}\n"),
            "condition": conf((SERVER % listen(f"ipaddr = {A}")).replace(
                "authorize {\n", "authorize {\nif (&User-Name =~ /[{]/) {\n}\n"
                'elsif ("%{User-Name}" == "{") {\n}\n')),
            "literal-text": conf(f'x = "listen {{ ipaddr = {B} "\n' + SERVER % listen(f"ipaddr = {A}")),
            "variable-of-the-listener": conf(SERVER % listen(f"v6 = {A}\nipaddr = ${{.v6}}")),
            "nearest-variable": conf(f"v6 = {B}\n" + SERVER % listen(f"v6 = {A}\nipaddr = ${{v6}}")),
            "comment": conf(SERVER % listen(f"ipv6addr = {A} # {C}")),
            "one-line": conf(SERVER % f"listen {{ type = auth, ipv6addr = {A}, port = 1812 }}\n"),
            "template": conf(f"templates {{\nmine {{\nipaddr = {A}\n}}\n}}\n" + SERVER
                             % "listen {\n$template mine\ntype = auth\nport = 1812\n}\n"),
            "weaker-template": conf(
                f"templates {{\nmine {{\nipaddr = {B}\n}}\n}}\n" + SERVER
                % f"listen {{\n$template mine\ntype = auth\nipaddr = {A}\nport = 1812\n}}\n"),
            "option": conf(SERVER % listen(f"ipaddr = {B}"), "-i", A, "-p", "1812"),
            "mask": conf(SERVER % listen(f"ipaddr = {A}/128")),
            "types": conf(SERVER % listen(f"ipaddr = {A}", kind="auth+acct")),
            "proxy": conf(SERVER % listen(f"ipaddr = {A}") + listen(f"ipaddr = {B}", 0, "proxy")),
            "proxy-without-port": conf(
                f"listen {{\nipaddr = {B}\ntype = proxy\n}}\n" + SERVER % listen(f"ipaddr = {A}")),
            "proxy-with-port": conf(SERVER % listen(f"ipaddr = {A}")
                                    + listen(f"ipaddr = {B}", 1814, "proxy")),
            "port-0": conf(SERVER % listen(f"ipaddr = {A}", 0)),
            "report-proxy": conf(
                f"home_server h {{\ntype = auth\nipv6addr = {C}\nport = 1812\nsecret = x\n"
                f"src_ipaddr = {B}\n}}\nhome_server_pool p {{\nhome_server = h\n}}\n"
                "realm r {\nauth_pool = p\n}\n" + SERVER % listen(f"ipv6addr = {A}")),
            "report-coa": conf(SERVER % (listen(f"ipv6addr = {A}", 3799, "coa")
                                         + listen(f"ipv6addr = {B}", 1813, "acct"))),
            "skipped-files": conf("$INCLUDE sites-enabled/\n", **{
                "sites-enabled/a": SERVER % listen(f"ipaddr = {A}"),
                "sites-enabled/b~": SERVER % listen(f"ipaddr = {B}")}),
            "parent-variable": conf((SERVER % listen("ipaddr = ${..mine}")).replace(
                "default {\n", f"default {{\nmine = {A}\n")),
        },
        random=random,
        constructs=("variable", "variable of a section", "environment", "quotes", "single quotes",
                    "no blanks", "other operator", "one line", "commas", "comment", "continuation",
                    "included listener", "top", "client", "included directory"),
    ),
]
