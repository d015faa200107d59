# SPDX-License-Identifier: LGPL-2.1-or-later
"""lighttpd: variables, conditions whose sockets are all bound, included files and commands."""

import itertools
from random import Random

from languages import A, ADDRESSES, B, C, D, P, Q, Configuration, Language

CONF = "/etc/lighttpd/lighttpd.conf"
START = 'server.document-root = "/tmp"\nserver.errorlog = "/dev/stderr"\n'


def conf(text: str, more: dict[str, str] | None = None, **options) -> Configuration:
    files = {f"/etc/lighttpd/{name}": content for name, content in (more or {}).items()}
    return Configuration({CONF: START + text, **files}, **options)


def socket(value: str, body: str = "") -> str:
    return f'$SERVER["socket"] == {value} {{ {body} }}\n'


CASES = {
    "bind": conf(f'server.bind = "[{A}]"\n'),
    "bind-with-port": conf(f'server.bind = "[{A}]:8080"\n'),
    "bind-without-brackets": conf(f'server.bind = "{A}" server.use-ipv6 = "enable"\n'),
    "bind-variable": conf(f'var.ip6 = "[{A}]"\nserver.bind = var.ip6\n'
                          + socket('ip6 + ":443"') + socket(f'"[{B}]:" + 81')),
    "bind-again": conf(f'server.bind = "[{A}]"\nserver.bind := "[{B}]"\n'),
    "bind-append": conf(f'server.bind = "["\nserver.bind += "{A}" + "]"\n'),
    "bind-in-condition": conf('$HTTP["host"] == "x" {\n' f'  server.bind = "[{A}]"\n' "}\n"
                              + socket(f'"[{B}]:81"')),
    "global": conf('global {\n' f'server.bind = "[{A}]"\n' "}\n"),
    "sockets": conf(socket(f'"[{A}]:81"') + f'$SERVER["socket"] != "[{B}]:82" {{ }}\n'
                    + f'$SERVER["socket"] =~ "{C.replace(":", ".")}" {{ }}\n'),
    "socket-without-port": conf('server.port = 8080\n' + socket(f'"[{A}]"')),
    "nested": conf('$HTTP["host"] == "x" {\n' + socket(f'"[{A}]:81"') + '}\n'
                   'else $HTTP["host"] == "y" {\n' + socket(f'"[{B}]:82"') + "}\nelse {\n"
                   + socket(f'"[{C}]:83"') + "}\n"),
    "else-socket": conf(f'$SERVER["socket"] == "[{A}]:81" {{ }} else $SERVER["socket"] == "[{B}]:82" '
                        f'{{\n}}\nelse {{ }}\n$SERVER["socket"] != "[{C}]:83" {{ }}\nelse {{ }}\n'),
    "local-variable": conf(f'var.a = "[{A}]:81"\n$HTTP["host"] == "x" {{ var.a = "[{B}]:82"\n'
                           + socket("a") + "}\n" + socket("var.a")),
    "append-in-block": conf(f'var.a = "[{A}]:8"\n$HTTP["host"] == "x" {{ var.a += "1"\n'
                            + socket("a") + "}\n" + socket('var.a + 2')),
    "same-block-again": conf(f'$HTTP["host"] == "x" {{ var.a = "[{A}]:81" }}\n'
                             '$HTTP["host"] == "x" {\n' + socket("a") + "}\n"),
    "force-assign": conf(f'var.a = "[{A}]:81"\nvar.a := "[{B}]:82"\n' + socket("a")),
    "array": conf(f'server.feature-flags = ("a" => ("[{A}]", "b)"), # (\n"server.bind" => "[{B}]")\n'
                  f'server.feature-flags += ( "x" => 1 )\nserver.bind = "[{C}]"\n'),
    "integers": conf('var.port = 80 + 1\n' + socket(f'"[{A}]:" + port')),
    "string-of-integer": conf('server.port = 8081 ' + socket(f'"[{A}]:" + server.port')),
    "environment": conf(socket('"[" + env.VIP + "]:81"'), environment={"VIP": A}),
    "comments": conf(f'#server.bind = "[{A}]"\nvar.a = "#[{B}]"#x\n' + socket(f'"[{C}]:81" # x\n')
                     .replace("# x\n", "")),
    "escapes": conf(f'var.a = "\\"[{A}]:81"\nvar.b = "\\\\x"\n' + socket(f'"[{B}]:81"')),
    "include": conf('include "a.conf"\ninclude conf_dir + "/d/*.x"\n'.replace(
                        "include conf_dir", 'var.conf_dir = "/etc/lighttpd"\ninclude conf_dir'),
                    {"a.conf": f'var.v = "[{A}]"\ninclude "d/y"\n', "d/y": "server.bind = v\n",
                     "d/b.x": socket(f'"[{B}]:81"'), "d/.c.x": socket(f'"[{C}]:81"')}),
    "include-braces": conf('include"{a,b}.x"', {"a.x": socket(f'"[{A}]:81"'),
                                                "b.x": socket(f'"[{B}]:82"')}),
    "include-in-block": conf('$HTTP["host"] == "x" { include "a" }\n',
                             {"a": f'server.bind = "[{B}]"\n' + socket(f'"[{A}]:81"')}),
    "include-nothing": conf(f'include "nothing/*.conf"\nserver.bind = "[{A}]"\n'),
    "shell-cat": conf('include_shell "cat d/*.conf /etc/lighttpd/e"\n',
                      {"d/a.conf": socket(f'"[{A}]:81"'), "e": f'server.bind = "[{B}]"\n'}),
    "shell-ipv6": conf(f'server.bind = "[{A}]"\nserver.port = 81\n'
                       'include_shell "/usr/share/lighttpd/use-ipv6.pl 80"\n'),
    "shell-command": conf(f'include_shell "echo \'server.bind = \\"[{A}]\\"\'"\n'),
    "shell-command-of-words": conf(f'v = "[{A}]"\ninclude_shell "/bin/echo server.bind = v"\n'),
    "shell-command-in-a-block": conf(
        f'$SERVER["socket"] == "[{A}]:81" {{\ninclude_shell "echo"\n}}\n'
        f'include_shell "echo \'$SERVER[\\"socket\\"] == \\"[{B}]:82\\" {{}}\'"\n'),
    "shell-mime": conf('include_shell "/usr/share/lighttpd/create-mime.conf.pl"\n'
                       f'server.bind = "[{A}]"\n'),
    "ipv4": conf('server.bind = "127.0.0.1"\n' + socket(f'"[{A}]:81"') + socket('"*:82"')
                 + socket('":83"') + socket('"localhost:84"') + socket('"/tmp/x"')),
    "ipv4-bind": conf(f'server.bind = "{P}"\n' + socket(f'"{Q}:81"') + socket(f'"[{A}]:81"')),
    "ipv4-socket-without-port": conf(f'server.bind = "{P}"\n' + socket(f'"{Q}"')),
    "wildcard": conf('server.bind = "[::]"\n' + socket('"[::1]:81"') + socket(f'"[{A}]:82"')),
    "v4mapped": conf(f'server.bind = "[{A}]" server.v4mapped = "enable"\n'),
    "condition-is-false": conf(f'$SERVER["socket"] == "[{A}]:81" {{ $SERVER["socket"] == '
                               f'"[{B}]:82" {{ }} }}\n'),
    "capitals": conf(socket('"[2001:DB8:1:0::1]:81"')),
    "carriage-returns": conf(f'server.bind = "[{A}]"\r\n'
                             + socket(f'"[{B}]:81"').replace("\n", "\r\n")
                             + '$HTTP["host"] == "x" {\r\n var.x = "y"\r\n}\r\n'),
    "no-break-space": conf(f'\u00a0server.bind\u00a0=\u00a0"[{A}]"\n'
                           + socket(f'\u00a0"[{B}]:81"\u00a0')),
    "no-blanks": conf(f'var.a="[{A}]"server.bind=a+":80"' + '\n$SERVER["socket"]==a+":81"{}\n'),
    "prefix-and-suffix": conf(f'$SERVER["socket"] == "[{A}]:81" {{ $HTTP["host"] == "x" {{ }} '
                              f'$HTTP["url"] =~ "^/[a-z]{{2}}$" {{ }} }}\n'),
    "report-redirect": conf(
        'server.modules += ( "mod_redirect" )\n'
        f'server.bind = "192.0.2.1"\nserver.port = 80\n$SERVER["socket"] == "[{A}]:80" {{\n'
        '  $HTTP["scheme"] == "http" {\n    $HTTP["host"] =~ ".*" {\n'
        '      url.redirect = (".*" => "https://%0$0")\n    }\n  }\n}\n'
        f'$SERVER["socket"] == "[{B}]:8443" {{\n  server.document-root = "/srv"\n}}\n'
        f'$HTTP["remoteip"] == "{C}" {{ server.document-root = "/tmp" }}\n'),
    "report-variables": conf(
        'var.log_root = "/var/log/lighttpd"\nvar.server_root = "/srv/www"\n'
        f'var.addr6 = "[{A}]"\nvar.conf_dir = "/etc/lighttpd"\nserver.port = 8080\n'
        'server.use-ipv6 = "disable"\nserver.bind = "0.0.0.0"\n'
        'include conf_dir + "/vhosts.d/*.conf"\n'
        '$SERVER["socket"] == addr6 + ":" + server.port { }\n',
        {"vhosts.d/a.conf": f'$HTTP["host"] == "a" {{ var.addr6 = "[{B}]"\n'
                            '  $SERVER["socket"] == addr6 + ":8081" { } }\n'}),
    "debian": conf(f'server.port = 8080\nserver.bind = "[{D}]"\n'
                   'include_shell "/usr/share/lighttpd/use-ipv6.pl " + server.port + 1\n'
                   'include_shell "/usr/share/lighttpd/create-mime.conf.pl"\n'
                   'include "/etc/lighttpd/conf-enabled/*.conf"\n',
                   {"conf-enabled/10-a.conf": socket(f'"[{A}]:443"', 'var.x = "y"')}),
}
# Since lighttpd 1.4.70.
ELSE_IF = conf(f'if $SERVER["socket"] == "[{A}]:81" {{ }}\nelse if $SERVER["socket"] == '
                    f'"[{B}]:82" {{ }} elif $SERVER["socket"] == "[{C}]:83" {{ }}\n')
# Until Debian 12.
DEPRECATED = conf('include_shell "/usr/share/lighttpd/include-conf-enabled.pl"\n',
                  {"conf-enabled/10-a.conf": f'server.bind = "[{A}]"\n'})


class Maker:
    """Writes a configuration; variables are assigned before they are used."""

    def __init__(self, random: Random):
        self.random = random
        self.constructs: set[str] = set()
        self.files: dict[str, str] = {}
        self.addresses = iter(random.sample(ADDRESSES, len(ADDRESSES)))
        self.numbers = itertools.count(1)
        self.environment: dict[str, str] = {}
        self.depth = 0

    def often(self, chance: float, construct: str | None = None) -> bool:
        happens = self.random.random() < chance
        if happens and construct:
            self.constructs.add(construct)
        return happens

    def number(self) -> int:
        return next(self.numbers)

    def expression(self, text: str) -> tuple[str, str]:
        """Statements that come before, and an expression whose value is the text."""
        if self.often(0.3, "+") and len(text) > 1:
            cut = self.random.randrange(1, len(text))
            if "]:" in text and self.often(0.4):
                cut = text.index("]:") + 2
            before, left = self.value(text[:cut])
            more, right = self.value(text[cut:])
            return before + more, f"{left} + {right}"
        return self.value(text)

    def value(self, text: str) -> tuple[str, str]:
        name = f"v{self.number()}"
        if self.often(0.2, "variable"):
            prefix = self.random.choice(["var.", "", "my."])
            use = "var." + name if prefix == "" and self.often(0.5) else prefix + name
            before, expression = self.expression(text)
            return f"{before}{prefix}{name} = {expression}\n", use
        if self.often(0.1, "+="):
            cut = self.random.randrange(len(text) + 1)
            return f'{name} = "{text[:cut]}"\n{name} += "{text[cut:]}"\n', name
        if self.often(0.1, ":="):
            return f'{name} = "[{self.random.choice(ADDRESSES)}]:1"\n{name} := "{text}"\n', name
        if self.often(0.1, "env"):
            self.environment[f"E{name}"] = text
            return "", f"env.E{name}"
        if text.isdigit() and text == str(int(text)) and self.often(0.5, "integer"):
            return "", text
        return "", f'"{text}"'

    def address(self) -> str:
        return f"[{next(self.addresses)}]"

    def socket(self) -> str:
        port = 1000 + self.number()
        before, expression = self.expression(f"{self.address()}:{port}")
        operator = "=="
        if self.often(0.2, "other-operator"):
            operator = self.random.choice(["!=", "=~", "!~"])
        body = self.random.choice([" ", "\n", f' var.x{port} = "x" ', f"\n# }}\nx{port} = 1\n"])
        if self.depth < 2 and self.often(0.1):
            body = "\n" + self.indented()
        return f'{before}$SERVER["socket"] {operator} {expression} {{{body}}}\n'

    def indented(self) -> str:
        self.depth += 1
        text = self.statement()
        self.depth -= 1
        return text

    def condition(self) -> str:
        self.constructs.add("condition")
        number = self.number()
        text = f'$HTTP["host"] == "h{number}" {{\n{self.indented()}}}'
        while self.often(0.3, "else"):
            gap = self.random.choice([" ", "\n"])
            text += f'{gap}else $HTTP["url"] =~ "^/{self.number()}" {{\n{self.indented()}}}'
        if self.often(0.2, "else"):
            text += f" else {{\n{self.indented()}}}"
        return text + "\n"

    def array(self) -> str:
        self.constructs.add("array")
        return (f'var.a{self.number()} = ("server.bind" => "[{self.random.choice(ADDRESSES)}]", # (\n'
                '  "x" => ( "y", 1 + 2 ), )\n')

    def comment(self) -> str:
        self.constructs.add("comment")
        return f'# server.bind = "[{self.random.choice(ADDRESSES)}]"\n'

    def include(self) -> str:
        name = f"f{self.number()}"
        text = self.statement()
        if self.often(0.3, "glob"):
            self.files[f"{name}/a.conf"] = text
            return f'include "{self.random.choice(["", "/etc/lighttpd/"])}{name}/*.conf"\n'
        if self.often(0.25, "braces"):
            self.files[f"{name}.x"] = text
            return f'include "{{{name},nothing}}.x*"\n'
        if self.often(0.3, "cat-glob"):
            self.files[f"{name}/a.conf"] = text
            return f'include_shell "cat {self.random.choice(["", "/etc/lighttpd/"])}{name}/*.conf"\n'
        self.files[name] = text
        if self.often(0.3, "cat"):
            return f'include_shell "cat {name}"\n'
        self.constructs.add("include")
        before, expression = self.expression(name)
        return f"{before}include {expression}\n"

    def statement(self) -> str:
        kinds = [self.socket, self.socket, self.comment, self.array]
        if self.depth < 3:
            kinds += [self.condition]
        self.depth += 1
        if self.depth < 5:
            kinds += [self.include, self.include]
        text = self.random.choice(kinds)()
        self.depth -= 1
        return text

    def bind(self) -> str:
        if self.often(0.3, "use-ipv6"):
            before, expression = self.expression(next(self.addresses))
            return f'{before}server.bind = {expression}\nserver.use-ipv6 = "enable"\n'
        before, expression = self.expression(self.address())
        if self.often(0.3, "global"):
            return f"global {{\n{before}server.bind = {expression}\n}}\n"
        return f"{before}server.bind = {expression}\n"

    def make(self) -> Configuration:
        parts = [self.statement() for _ in range(self.random.choice([0, 1, 2, 3]))]
        if self.often(0.6, "bind"):
            parts.append(self.bind())
        if self.often(0.3):
            parts.append("server.port = 8080\n")
        self.random.shuffle(parts)
        return conf("".join(parts), self.files, environment=self.environment,
                    constructs=frozenset(self.constructs))


OPTIONS = {
    "unit": "lighttpd.service",
    "directories": ("/etc/lighttpd",),
    "command": ("/usr/sbin/lighttpd", "-D", "-f", CONF),
    # Its event loop comes after all sockets.
    "ready": r"^\d+ +epoll_create",
    "syscalls": "bind,epoll_create,epoll_create1",
}
LANGUAGES = [
    Language(
        name="lighttpd",
        packages={"bookworm": ("lighttpd",), "trixie": ("lighttpd",)},
        cases=CASES,
        random=lambda random: Maker(random).make(),
        constructs=("+", "variable", "+=", ":=", "env", "integer", "other-operator", "condition",
                    "else", "array", "comment", "glob", "braces", "cat", "cat-glob", "include", "use-ipv6",
                    "global", "bind"),
        **OPTIONS,
    ),
    Language(
        name="lighttpd-else-if",
        packages={"trixie": ("lighttpd",)},
        cases={"else-if": ELSE_IF},
        **OPTIONS,
    ),
    Language(
        name="lighttpd-deprecated",
        packages={"bookworm": ("lighttpd",)},
        cases={"include-conf-enabled": DEPRECATED},
        **OPTIONS,
    ),
]
