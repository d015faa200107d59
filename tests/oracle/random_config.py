# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random configurations of Apache, made of the constructs of apache_cases.py and apache_trees.py.

Most are valid. httpd refuses a few, because only httpd knows what a branch defines or loads.
"""

import random

from httpd import MODULES

FLAGS = ["A", "B", "a", "Flag", "SSL"]
VARIABLES = ["V", "w", "Host", "NET"]
LOADABLE = ["status", "headers", "expires", "alias", "env", "ssl", "dir", "rewrite"]
BUILT_IN = ["core.c", "mod_so.c", "http_core.c", "version_module", "mod_unixd.c", "unixd_module"]
DIRECTIVES = ["ServerName", "SSLEngine", "ExtendedStatus", "Header", "RewriteRule", "KeepAlive",
              "Nonsense", "expiresactive", "SetEnv"]
SECTIONS = ["VirtualHost", "Proxy", "directory", "IfVersion", "Macro", "Nonsense"]
OPERATORS = ["", "=", "==", "<", "<=", ">", ">=", "!=", "!<", "!>=", "!>"]
VERSIONS = ["2", "2.4", "2.4.1", "2.4.999", "2.5", "3", "2.2.34", "2.4.0"]
EXPRESSIONS = ["~ ^2\\.4", "!~ ^2\\.[0-3]", "= /^2\\.4\\.\\d+$/", "~ [5-9]$", "= /2\\.(4|6)/"]


# What Config.constructs may have.
CONSTRUCTS = ("IfDefine", "IfModule", "IfVersion", "IfFile", "IfDirective", "IfSection", "negation",
              "version pattern", "skipped", "VirtualHost", "Define", "UnDefine", "variable", "Include",
              "IncludeOptional", "pattern", "Macro", "Use", "LoadModule", "continuation", "quotes",
              "letter case", "carriage return", "protocol", "zone")


class Config:
    """One configuration; the same for the same seed."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.files: dict[str, str] = {}
        self.constructs: set[str] = set()
        self.ports = iter(range(1024, 65000))
        self.names = iter(range(1, 10000))
        self.macros: list[tuple[str, int]] = []  # and how many ports each needs
        self.left = self.random.randint(10, 80)  # statements
        start = [self.line("LoadModule", "macro_module", f"{MODULES}/mod_macro.so")]
        # A variable always has a value that completes an address.
        start += [self.line("Define", name, self.digits()) for name in VARIABLES]
        body = self.body(0)
        end = [self.line("Listen", f"[2001:db8::{self.digits()}]:{next(self.ports)}")]
        self.put("apache2.conf", start + body + end)

    # How a line looks

    def note(self, construct: str) -> None:
        self.constructs.add(construct)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def case(self, word: str) -> str:
        if self.chance(80):
            return word
        self.note("letter case")
        return "".join(self.random.choice([c.lower(), c.upper()]) for c in word)

    def quoted(self, word: str) -> str:
        quote = self.random.choice(["", "", "", '"', "'"])
        if quote:
            self.note("quotes")
        return quote + word + quote if word else '""'

    def blanks(self) -> str:
        return self.random.choice([" ", " ", "  ", "\t", " \t "])

    def line(self, name: str, *words: str) -> str:
        return self.broken(self.blanks().join([self.case(name), *map(self.quoted, words)]))

    def broken(self, text: str) -> str:
        """The line with random blanks and continuations."""
        while self.chance(6):
            at = self.random.randint(1, len(text))
            text = text[:at] + "\\\n" + text[at:]
            self.note("continuation")
        return self.random.choice(["", "", "\t", "    "]) + text + self.random.choice(["", " "])

    def put(self, path: str, lines: list[str]) -> None:
        text = "\n".join(lines) + self.random.choice(["\n", "\n", ""])
        if self.chance(15):
            self.note("carriage return")
            text = text.replace("\n", "\r\n")
        self.files[path] = text

    # What it says

    def digits(self) -> str:
        return f"{self.random.randrange(1, 0xffff):x}"

    def host(self) -> str:
        digits = self.random.choice([self.digits(), f"${{{self.random.choice(VARIABLES)}}}"])
        if digits.startswith("$"):
            self.note("variable")
        return self.random.choice([
            f"[2001:db8::{digits}]", f"[2001:db8::{digits}]", f"[2001:DB8:0:0::{digits}]",
            f"2001:db8::{digits}", f"[fe80::{digits}%eth0]", "192.0.2.1", "*", "[::]", "",
        ])

    def listen(self, port: str = "") -> str:
        host = self.host()
        words = [host + (":" if host else "") + (port or str(next(self.ports)))]
        if "%" in host:
            self.note("zone")
        if self.chance(20):
            self.note("protocol")
            words.append(self.random.choice(["http", "https"]))
        return self.line("Listen", *words)

    def condition(self) -> tuple[str, str]:
        kind = self.random.choice(["Define"] * 4 + ["Module"] * 2 + ["Version", "File", "Directive",
                                                                     "Section"])
        module = self.random.choice(LOADABLE)
        words = {
            "Define": self.random.choice(FLAGS),
            "Module": self.random.choice([f"{module}_module", f"mod_{module}.c",
                                          self.random.choice(BUILT_IN)]),
            "File": self.random.choice([*self.files, "none.conf", "/etc/apache2"]),
            "Directive": self.random.choice(DIRECTIVES),
            "Section": self.random.choice(SECTIONS),
        }
        self.note(f"If{kind}")
        if kind == "Version":
            if self.chance(30):
                self.note("version pattern")
                return "IfVersion", self.random.choice(EXPRESSIONS)
            return "IfVersion", (f"{self.random.choice(OPERATORS)} "
                                 f"{self.random.choice(VERSIONS)}").strip()
        negation = self.random.choice(["", "", "!"])
        if negation:
            self.note("negation")
        return f"If{kind}", negation + self.quoted(words[kind])

    def section(self, depth: int) -> list[str]:
        name, condition = self.condition()
        begin = self.broken(f"<{self.case(name)}{self.blanks()}{condition}>")
        return [begin, *self.body(depth + 1), self.broken(f"</{self.case(name)}>")]

    def dead(self, depth: int) -> list[str]:
        """A section that httpd skips."""
        self.note("skipped")
        nonsense = self.random.choice(["Listen nonsense", "Nonsense ${NO}", "Include none.conf",
                                       "Listen [2001:db8::dead]:80", "</ \\", "# </IfDefine>"][:5])
        lines = [nonsense] if not nonsense.startswith("</") else ["#" + nonsense, ""]
        return ["<IfDefine NEVER>", *lines, *self.body(depth + 1), "</IfDefine>"]

    def container(self, depth: int) -> list[str]:
        self.note("VirtualHost")
        inside = [self.line("ServerName", "www.example.org"), self.define()]
        if self.chance(40):
            inside += ["<IfDefine !A>", self.define(), "</IfDefine>"]
        return [self.broken(f"<{self.case('VirtualHost')} *:80>"), *inside,
                self.broken(f"</{self.case('VirtualHost')}>")]

    def define(self) -> str:
        words = self.random.choice([
            lambda: ("Define", self.random.choice(FLAGS)),
            lambda: ("UnDefine", self.random.choice(FLAGS)),
            lambda: ("Define", self.case(self.random.choice(VARIABLES)), self.digits()),
            lambda: ("Define", self.random.choice(FLAGS), self.digits()),
        ])()
        self.note(words[0])
        return self.line(*words)

    def include(self, depth: int) -> list[str]:
        number = next(self.names)
        if self.chance(50):
            path = f"{number}.conf"
            self.put(path, self.body(depth + 1))
        else:
            self.note("pattern")
            path = f"{number}.d/{self.random.choice(['*', '*.conf', '[a-z].conf', '?.c*', ''])}"
            for name in self.random.sample(["a.conf", "b.conf", "c.conf", "B.conf", ".d.conf"], 2):
                self.put(f"{number}.d/{name}", self.body(depth + 1))
            self.put(f"{number}.d/z.conf", self.body(depth + 1))
        name = self.random.choice(["Include", "IncludeOptional"])
        self.note(name)
        return [self.line(name, self.random.choice(["", "/etc/apache2/", "./x/../"]) + path)]

    def macro(self, depth: int) -> list[str]:
        self.note("Macro")
        sign = self.random.choice("$%@")
        name, ports = f"Macro{next(self.names)}", self.random.randint(1, 2)
        parameters = [f"{sign}{p}" for p in ("port", "portable")[:ports]]
        lines = [self.listen(p) if sign != "@" else f"Listen {p}" for p in parameters]
        if self.chance(50):
            lines = [f"<IfDefine {self.random.choice(FLAGS)}>", *lines, "</IfDefine>"]
        if self.chance(30):
            lines.append(self.define())
        if self.chance(30):
            lines.insert(0, "# nothing \\\nat all")
        self.macros.append((name, ports))
        return [self.broken(f"<{self.case('Macro')} {' '.join([self.case(name), *parameters])}>"),
                *lines, self.broken(f"</{self.case('Macro')}>"), *self.use()]

    def use(self) -> list[str]:
        if not self.macros:
            return []
        self.note("Use")
        name, ports = self.random.choice(self.macros)
        return [self.line("Use", self.case(name), *(str(next(self.ports)) for _ in range(ports)))]

    def load(self) -> str:
        self.note("LoadModule")
        module = self.random.choice(LOADABLE)
        return self.line("LoadModule", f"{module}_module", f"{MODULES}/mod_{module}.so")

    def body(self, depth: int) -> list[str]:
        lines = []
        for _ in range(self.random.randint(1 if depth else 4, 8)):
            self.left -= 1
            if self.left < 0:
                break
            lines += self.statement(depth)
        return lines

    def statement(self, depth: int) -> list[str]:
        simple = [
            (8, lambda: [self.listen()]),
            (4, lambda: [self.define()]),
            (1, lambda: [self.broken("# nothing [2001:db8::dead]:80")]),
            (1, lambda: ["#" + self.listen().replace("\\\n", "")]),
            (1, lambda: [self.line("IncludeOptional", self.random.choice(["no.conf", "no*/x"]))]),
            (2, lambda: [self.load()]),
            (2, self.use),
        ]
        nested = [
            (6, lambda: self.section(depth)),
            (1, lambda: self.dead(depth)),
            (1, lambda: self.container(depth)),
            (3, lambda: self.include(depth)),
            (2, lambda: self.macro(depth)),
        ]
        weights, makers = zip(*(simple + (nested if depth < 5 else [])))
        return self.random.choices(makers, weights)[0]()
