# SPDX-License-Identifier: LGPL-2.1-or-later
"""PowerDNS: assignments that replace or extend, an included directory, the command line."""

import itertools
from random import Random

from languages import ADDRESSES, A, B, C, D, Choices, Configuration, Language

SERVER = "/etc/powerdns/pdns.conf"
RECURSOR = "/etc/powerdns/recursor.conf"
END = {
    SERVER: "\nlaunch=bind\nbind-config=/dev/null\nsocket-dir=/run\nsecurity-poll-suffix=\n",
    RECURSOR: "\nsocket-dir=/run\nsecurity-poll-suffix=\nhint-file=no\nthreads=1\nsetuid=\n"
              "pdns-distributes-queries=no\n",
}


def conf(path: str, text: str, more: dict[str, str] | None = None, **options) -> Configuration:
    files = {f"/etc/powerdns/{name}": content for name, content in (more or {}).items()}
    return Configuration({path: END[path].lstrip() + text, **files}, **options)


def common(path: str) -> dict[str, Configuration]:
    return {
        "list": conf(path, f"local-address={A}, [{B}]:5353 {C},127.0.0.1\n"),
        "replace": conf(path, f"local-address={A}\nlocal-address={B}\n"),
        "link-local": conf(path, f"local-address=fe80::1%lo [fe80::2%lo]:5353 {A}\n"),
        "append": conf(path, f"local-address={A}\nlocal-address+={B}\n"),
        "append-then-replace": conf(path, f"local-address+={A}\nlocal-address={B}\n"),
        "blanks": conf(path, f"  local-address \t=  {A}  \n local-address += {B}\r\n"),
        "comments": conf(path, f"#local-address={A}\nlocal-address={B} # {C}\n  # x\n"
                         f"local-port=5300 #local-address={D}\n"),
        "continued": conf(path, f"local-address={A}, \\\n{B}\\\n , {C}\n#local-address= \\\n{D}\n"),
        "continued-at-end": conf(path, f"local-address={A}\nlocal-address={B} \\"),
        "webserver": conf(path, f"local-address={A}\nwebserver=yes\nwebserver-address={B}\n"),
        "webserver-off": conf(path, f"local-address={A}\nwebserver-address={B}\nwebserver=yes\n"
                              "webserver=off\n"),
        "webserver-switch": conf(path, f"local-address={A}\nwebserver-address={B}\nwebserver\n"),
        "include-dir": conf(path, f"include-dir=/etc/powerdns/d\nlocal-address={C}\n",
                            {"d/b.conf": f"local-address+={B}\n", "d/A.conf": f"local-address={A}\n",
                             "d/c.txt": f"local-address={D}\n", "d/.e.conf": f"local-address={D}\n"}),
        "include-dir-relative": conf(path, "include-dir=etc/powerdns/d\n",
                                     {"d/a.conf": f"local-address={A}\n"}),
        "include-dir-of-included": conf(path, "include-dir=/etc/powerdns/d\n",
                                        {"d/a.conf": f"local-address={A}\ninclude-dir=/etc/powerdns/e\n",
                                         "e/b.conf": f"local-address={B}\n"}),
        "command-line": conf(path, f"local-address={A}\n", arguments=(f"--local-address={B}",)),
        "command-line-list": conf(path, f"local-address={A}\n",
                                  arguments=(f"--local-address={B} {C}", "--webserver",
                                             f"--webserver-address={D}")),
    }


SERVER_CASES = {
    **common(SERVER),
    "api": conf(SERVER, f"local-address={A}\napi=yes\napi-key=x\nwebserver-address={B}\n"),
    "tcp-control": conf(SERVER, f"local-address={A}\ntcp-control-address={B}\n"),
    "primary": conf(SERVER, f"local-address={A}\nprimary=yes\nquery-local-address={B}\n"),
    "no-primary": conf(SERVER, f"local-address={A}\nquery-local-address={B}\n"),
    "primary-list": conf(SERVER, f"local-address={A}\nprimary=yes\n"
                         f"query-local-address={B};0.0.0.0\n"),
    "resolver": conf(SERVER, f"local-address={A}\nresolver=[{C}]:53\nquery-local-address={B}\n"),
    "report-two-views": conf(SERVER,
                             f"# MASTER\nlocal-address=192.0.2.1,[{A}]:53, {B}\nlocal-port=5300\n"
                             "local-address-nonexist-fail=no\nreuseport=yes\nserver-id=ns\n"
                             f"allow-axfr-ips={C},{D}\nalso-notify={C}\nwebserver-allow-from={D}\n"
                             "webserver=yes\napi=no\n"),
    "config-name": Configuration({"/etc/powerdns/pdns-x.conf": END[SERVER] + f"local-address={A}\n",
                                  SERVER: f"local-address={B}\n"}, arguments=("--config-name=x",)),
    "config-dir": Configuration({"/etc/powerdns/y/pdns.conf": END[SERVER] + f"local-address={A}\n",
                                 SERVER: f"local-address={B}\n"},
                                arguments=("--config-dir=/etc/powerdns/y",)),
}
# The server reads its file twice, so there it binds the address twice, and fails.
RECURSOR_CASES = {
    **common(RECURSOR),
    "append-to-default": conf(RECURSOR, f"local-address+={A}\n"),
}


class Maker:
    def __init__(self, random: Random, path: str):
        self.random = random
        self.path = path
        self.constructs: set[str] = set()
        self.addresses = iter(random.sample(ADDRESSES, len(ADDRESSES)))
        self.numbers = itertools.count()
        self.arguments: list[str] = []
        self.files: dict[str, str] = {}

    def often(self, chance: float, construct: str | None = None) -> bool:
        happens = self.random.random() < chance
        if happens and construct:
            self.constructs.add(construct)
        return happens

    def address(self) -> str:
        address = next(self.addresses)
        if self.often(0.3, "port"):
            return f"[{address}]:{5300 + next(self.numbers)}"
        return f"[{address}]" if self.often(0.2) else address

    def values(self) -> str:
        count = 1
        if self.often(0.3, "list"):
            count = 2
        separators = [" ", ",", ", ", " , "]
        if self.often(0.2, "continued"):
            separators = [" \\\n", ",\\\n  "]
        return "".join(self.address() + (self.random.choice(separators) if i + 1 < count else "")
                       for i in range(count)) + (" " if self.often(0.1) else "")

    def line(self, name: str, value: str, operator: str = "=") -> str:
        left, right = (self.random.choice(["", "", " ", "\t"]) for _ in range(2))
        text = f"{name}{left}{operator}{right}{value}"
        if self.often(0.15, "comment"):
            text += f" # {self.random.choice(ADDRESSES)}"
        return ("  " if self.often(0.1) else "") + text + "\n"

    def listeners(self) -> list[str]:
        lines = []
        for index in range(self.random.choice([1, 1, 2, 3])):
            # The server cannot bind more than its default, the wildcards.
            append = index > 0 and self.often(0.6, "+=")
            lines.append(self.line("local-address", self.values(), "+=" if append else "="))
        return lines

    def others(self) -> list[str]:
        lines = []
        if self.often(0.4, "webserver"):
            lines.append(self.line("webserver", self.random.choice(["yes", "yes", "no", "off"])))
            lines.append(self.line("webserver-address", next(self.addresses)))
        if self.often(0.2):
            lines.append(self.line("local-port", "5300"))
        if self.often(0.3, "comment"):
            lines.append(f"#local-address={self.random.choice(ADDRESSES)}\n")
        if self.path == SERVER:
            if self.often(0.2, "api"):
                lines += ["api=yes\n", "api-key=x\n"]
            if self.often(0.15, "tcp-control"):
                lines.append(self.line("tcp-control-address", next(self.addresses)))
            if self.often(0.2, "primary"):
                lines.append(self.line(self.random.choice(["primary", "secondary"]),
                                       self.random.choice(["yes", "no"])))
                lines.append(self.line("query-local-address", next(self.addresses)))
        return lines

    def make(self) -> Configuration:
        lines = self.listeners() + self.others()
        self.random.shuffle(lines)
        text = "".join(lines)
        if self.often(0.4, "include-dir"):
            text = self.line("include-dir", "/etc/powerdns/d") + text
            for name in self.random.sample(["a.conf", "B.conf", "c.conf", "d.txt", ".e.conf"], 3):
                operator = "+=" if self.often(0.5, "+=") else "="
                self.files[f"d/{name}"] = self.line("local-address", self.values(), operator)
        if self.often(0.2, "command-line"):
            self.arguments.append(f"--local-address={next(self.addresses)}")
        return conf(self.path, text, self.files, arguments=tuple(self.arguments),
                    constructs=frozenset(self.constructs))


def yaml(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/powerdns/{name}.yml": content for name, content in files.items()}
    return Configuration({RECURSOR: text + YAML_END, **more}, arguments=arguments)


# Behind each configuration: where it may write, and from which files it reads more.
YAML_END = "recursor:\n  socket_dir: /run\n  include_dir: /etc/powerdns\n"
YAML_CASES = {
    "list": yaml(f"incoming:\n  listen:\n  - '{A}'\n    # - '{C}'\n  - \"[{B}]:5353\" # {D}\n"),
    "plain": yaml(f"incoming:\n  listen:\n    - {A}\n    - {B}\n  port: 53\n"),
    "flow": yaml(f"---\nincoming:\n  listen: ['{A}', {B}, 127.0.0.1]\n"),
    "same-indent": yaml(f"incoming:\n listen:\n - {A}\n allow_from:\n - '{B}/128'\n"),
    "none": yaml("dnssec:\n  validation: process\nincoming:\n"),
    "others": yaml(f"outgoing:\n  source_address: ['{B}']\nincoming:\n  listen: ['{A}']\n"
                   f"  allow_from: ['{C}/128']\n"),
    "webserver": yaml(f"incoming:\n  listen: ['{A}']\nwebservice:\n  webserver: true\n"
                      f"  address: '{B}'\n"),
    "webserver-off": yaml(f"incoming:\n  listen: ['{A}']\nwebservice:\n  address: '{B}'\n"),
    "included": yaml(f"incoming:\n  listen: ['{A}']\n", a=f"incoming:\n  listen: ['{B}']\n",
                     b="dnssec:\n  validation: process\n"),
    "override": yaml(f"incoming:\n  listen: ['{A}']\n", a=f"incoming:\n  listen: ['{B}']\n",
                     b=f"incoming:\n  listen: !override\n  - {C}\n  - {D}\n"),
    "override-flow": yaml(f"incoming:\n  listen: ['{A}']\n", a=f"incoming:\n  listen: !override ['{B}']\n"),
    "included-alone": yaml("incoming:\n  port: 53\n", a=f"incoming:\n  listen: ['{A}']\n"),
    "command-line": yaml(f"incoming:\n  listen: ['{A}']\n", f"--local-address={B}"),
    "flow-of-lines": yaml(f"incoming:\n  listen: ['{A}',\n    '{B}']\n"),
    "map-in-a-line": yaml(f"incoming: {{listen: ['{A}']}}\n"),
    "map-of-lines": yaml(f"incoming: {{\n  port: 53, # {C}\n  listen: [\n    '{A}',\n    {B},\n"
                         "  ],\n}\n"),
    "quoted-keys": yaml(f"'incoming':\n  \"listen\": ['{A}']\n"),
    "json": Configuration({RECURSOR: '{\n"recursor":{"socket_dir":"/run"},\n"incoming":{"listen":\n'
                                     f'["{A}", "{B}"]}}}}\n'}),
    "anchor-of-a-section": yaml(f"incoming: &in\n  listen: &list\n  - &one '{A}'\n"),
    "override-of-lines": yaml(f"incoming:\n  listen: ['{A}']\n",
                              a=f"incoming:\n  listen: !override [\n  '{B}'\n  ]\n"),
    "anchor": yaml(f"incoming:\n  listen: &a ['{A}']\n"),
}
YAML_CONSTRUCTS = ("lines", "map", "anchor", "quotes", "double quotes", "plain", "flow",
                   "same indent", "comment", "webserver", "include", "override", "others")


def random_yaml(rng: Random) -> Configuration:
    choices = Choices(rng)
    addresses = iter(rng.sample(ADDRESSES, len(ADDRESSES)))

    def scalar(text: str) -> str:
        if choices.chosen("quotes", 40):
            return f"'{text}'"
        if choices.chosen("double quotes", 30):
            return f'"{text}"'
        choices.constructs.add("plain")
        return text

    def listen(tag: str = "") -> str:
        values = [scalar(next(addresses)) for _ in range(rng.randint(1, 3))]
        if choices.chosen("flow", 30):
            separator, end = ", ", ""
            if choices.chosen("lines", 40):
                separator, end = rng.choice([(",\n    ", ""), (",  # x\n  ", ",\n  ")])
            items = f"[{separator.join(values)}{end}]"
            if not tag and choices.chosen("map", 30):
                return f"incoming: {{port: 53, listen: {items}}}\n"
            return f"incoming:\n  listen:{tag} {items}\n"
        if choices.chosen("anchor", 15):
            tag += " &all"
        indent = "  " if choices.chosen("same indent", 40) else "    "
        lines = "".join(f"{indent}- {value}\n" for value in values)
        if choices.chosen("comment", 30):
            lines += f"{indent}# - {next(addresses)}\n"
        return f"incoming:\n  listen:{tag}\n{lines}  port: 53\n"

    text, files = listen(), {}
    if choices.chosen("others", 30):
        text += f"outgoing:\n  source_address:\n  - {next(addresses)}\n"
    if choices.chosen("webserver", 30):
        text += f"webservice:\n  address: {scalar(next(addresses))}\n  webserver: {rng.choice(['true', 'false'])}\n"
    if choices.chosen("include", 40):
        files["a"] = listen(" !override" if choices.chosen("override", 40) else "")
    configuration = yaml(text, **files)
    return Configuration(configuration.files, constructs=frozenset(choices.constructs))


CONSTRUCTS = ("port", "list", "continued", "comment", "+=", "webserver", "include-dir",
              "command-line")
RECURSOR_OPTIONS = {
    "unit": "pdns-recursor.service",
    "directories": ("/etc/powerdns",),
    "ready": r"\bwrite\(.*Enabled multiplexer",
    "syscalls": "bind,write",
    "cases": RECURSOR_CASES,
    "random": lambda random: Maker(random, RECURSOR).make(),
    "constructs": CONSTRUCTS,
}
LANGUAGES = [
    Language(
        name="pdns",
        unit="pdns.service",
        packages={"bookworm": ("pdns-server", "pdns-backend-bind"),
                  "trixie": ("pdns-server", "pdns-backend-bind")},
        directories=("/etc/powerdns",),
        command=("/usr/sbin/pdns_server", "--guardian=no", "--daemon=no", "--write-pid=no"),
        ready=r"\bwrite\(.*Done launching threads",
        syscalls="bind,write",
        cases=SERVER_CASES,
        not_with_ipv4={"primary-list": "of several addresses of a family it binds one, at random"},
        random=lambda random: Maker(random, SERVER).make(),
        constructs=(*CONSTRUCTS, "api", "tcp-control", "primary"),
    ),
    Language(
        name="pdns-recursor",
        packages={"bookworm": ("pdns-recursor",)},
        command=("/usr/sbin/pdns_recursor", "--daemon=no", "--write-pid=no"),
        **RECURSOR_OPTIONS,
    ),
    Language(
        name="pdns-recursor-yaml",
        packages={"trixie": ("pdns-recursor",)},
        command=("/usr/sbin/pdns_recursor", "--daemon=no", "--write-pid=no"),
        **(RECURSOR_OPTIONS | {"cases": YAML_CASES, "random": random_yaml,
                               "constructs": YAML_CONSTRUCTS}),
    ),
    Language(
        name="pdns-recursor",
        packages={"trixie": ("pdns-recursor",)},
        command=("/usr/sbin/pdns_recursor", "--daemon=no", "--write-pid=no",
                 "--enable-old-settings"),
        **RECURSOR_OPTIONS,
    ),
]
