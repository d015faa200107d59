# SPDX-License-Identifier: LGPL-2.1-or-later
"""Random configurations of haproxy."""

from random import Random

from languages import ADDRESSES, A, Configuration
from languages.haproxy.haproxy_cases import CONF, DEFAULTS

CONSTRUCTS = (
    "setenv", "presetenv", "unsetenv", "resetenv", "unit", "default", "list-variable",
    "unquoted-variable", "quotes", "escape", "comment", "comma", "prefix", "bare", "port-range",
    "option", "if", "elif", "else", "nested-if", "defined", "streq", "strneq", "feature", "version",
    "not", "and", "or", "parentheses", "message", "disabled", "enabled", "disabled-defaults",
    "named-defaults", "defaults-from", "peer", "peers-bind", "peer-of-another", "stats-socket",
    "log-forward", "listen", "several-files", "directory")


class Maker:
    """A random configuration that haproxy accepts. Each listener has a port of its own."""

    def __init__(self, random: Random, has_strstr: bool) -> None:
        """has_strstr: whether the version has this predicate."""
        self.random = random
        self.has_strstr = has_strstr
        self.constructs: set[str] = set()
        self.port = iter(range(2000, 9000))
        self.names = iter(range(1000))
        self.variables: dict[str, str] = {}  # assigned for certain, and what
        self.depth = 0

    def chance(self, share: float, name: str) -> bool:
        if self.random.random() >= share:
            return False
        self.constructs.add(name)
        return True

    def literal(self) -> str:
        return self.random.choice(ADDRESSES)

    def host(self) -> str:
        """An address in brackets, whether literal or from a variable."""
        name = self.random.choice(sorted(self.variables) or [""])
        if name and self.random.random() < 0.5:
            if self.chance(0.2, "unquoted-variable"):
                return self.random.choice((f"[${{{name}}}]", f"[${name}]"))
            if self.chance(0.2, "default"):
                return f'"[${{{name}-{self.literal()}}}]"'
            return self.random.choice((f'"[${{{name}}}]"', f'"[${name}]"'))
        if self.chance(0.1, "default"):
            return f'"[${{NOPE-{self.literal()}}}]"'
        address = self.literal()
        if self.chance(0.15, "quotes"):
            return self.random.choice((f"'[{address}]'", f'"[{address}"]'))
        return f"[{address}]"

    def address(self) -> str:
        port = str(next(self.port))
        if self.chance(0.1, "port-range"):
            port = f"{port}-{next(self.port)}"
        if self.chance(0.1, "bare"):
            text = f"{self.literal()}:{port}"
        else:
            text = f"{self.host()}:{port}"
        if self.chance(0.15, "prefix"):
            text = self.random.choice(("ipv6@", "ip@", "tcp6@", "tcp@", "stream+ipv6@")) + text
        if self.chance(0.05, "escape"):
            text = text.replace(":" + port, f"\\x3a{port}")
        return text

    def others(self) -> str:
        return self.random.choice((f"127.0.0.1:{next(self.port)}", f"[::1]:{next(self.port)}",
                                   f"/run/{next(self.names)}.sock", f"abns@n{next(self.names)}",
                                   f"localhost:{next(self.port)}"))

    def addresses(self) -> str:
        if not self.chance(0.2, "comma"):
            return self.address()
        parts = [self.address(), self.address() if self.random.random() < 0.5 else self.others()]
        self.random.shuffle(parts)
        return ",".join(parts)

    def option(self) -> str:
        if not self.chance(0.25, "option"):
            return ""
        return self.random.choice((" name x", " interface lo", " backlog 7", " maxconn 9",
                                   " v6only", " name bind"))

    def comment(self) -> str:
        return f" # bind [{self.literal()}]:80" if self.chance(0.1, "comment") else ""

    def bind(self, keyword: str = "bind") -> list[str]:
        if self.chance(0.06, "list-variable"):
            name = f"L{next(self.names)}"
            self.lists[name] = f"[{self.literal()}]:{next(self.port)} name x{next(self.names)}"
            return [f' {keyword} "${{{name}[*]}}"']
        if self.random.random() < 0.1:
            return [f" {keyword} {self.others()}"]
        if self.chance(0.05, "escape"):
            keyword = keyword.replace("b", "\\x62", 1)
        return [f" {keyword} {self.addresses()}{self.option()}{self.comment()}"]

    def term(self, nesting: int) -> str:
        random = self.random
        if self.chance(0.25, "not"):
            return "!" + random.choice(("", " ")) + self.term(nesting)
        if nesting < 2 and self.chance(0.2, "parentheses"):
            return f"({self.expression(nesting + 1)})"
        kind = random.randrange(7 if self.has_strstr else 6)
        if kind == 0:
            return random.choice("01")
        if kind == 1:
            self.constructs.add("defined")
            return f"defined({random.choice([*self.variables, 'NOPE'])})"
        if kind == 2:
            self.constructs.add("streq")
            return f"streq({self.text()},{self.text()})"
        if kind == 3:
            self.constructs.add("strneq")
            return f"strneq({self.text()},{self.text()})"
        if kind == 4:
            self.constructs.add("feature")
            return f"feature({random.choice(('EPOLL', 'OPENSSL', 'KQUEUE', 'LUA', 'CLOSEFROM'))})"
        if kind == 6:
            self.constructs.add("strstr")
            return f"strstr({self.text()},{self.text()})"
        self.constructs.add("version")
        return random.choice(("version_atleast(2.4)", "version_before(2.6)", "version_atleast(9.9)",
                              "version_before(12.1)", "version_atleast(1.8.3)"))

    def text(self) -> str:
        return self.random.choice(("a", "'a'", '"a"', '"${NOPE-a}"', '"$FIX"', "ab", "\"b\"", "b"))

    def expression(self, nesting: int = 0) -> str:
        text = self.term(nesting)
        for _ in range(self.random.randrange(3)):
            operator = self.random.choice(("&&", "||"))
            self.constructs.add("and" if operator == "&&" else "or")
            blank = self.random.choice(("", " "))
            text += f"{blank}{operator}{blank}{self.term(nesting)}"
        return text

    def lines(self, keyword: str = "bind") -> list[str]:
        lines: list[str] = []
        for _ in range(self.random.randint(1, 2)):
            if self.depth < 2 and self.chance(0.2, "if"):
                lines += self.conditional(keyword)
            elif self.chance(0.05, "message"):
                lines.append(self.random.choice((" .notice 'bind'", " .warning \"x y\"", " .diag x")))
            else:
                lines += self.bind(keyword)
        return lines

    def conditional(self, keyword: str) -> list[str]:
        if self.depth > 0:
            self.constructs.add("nested-if")
        self.depth += 1
        lines = [f" .if {self.expression()}", *self.lines(keyword)]
        if self.chance(0.3, "elif"):
            lines += [f" .elif {self.expression()}", *self.lines(keyword)]
        if self.chance(0.5, "else"):
            lines += ["\t.else", *self.lines(keyword)]
        self.depth -= 1
        return [*lines, " .endif"]

    def global_section(self) -> list[str]:
        random = self.random
        lines = ["global", " setenv FIX a"]
        for _ in range(random.randrange(5)):
            name = f"V{random.randrange(6)}"
            value = self.literal()
            kind = random.random()
            if kind < 0.2:
                self.constructs.add("presetenv")
                lines.append(f" presetenv {name} {value}")
                self.variables.setdefault(name, value)
            elif kind < 0.4 and self.variables:
                name = random.choice(sorted(self.variables))
                self.constructs.add("unsetenv")
                lines.append(f" unsetenv NOPE {name}")
                del self.variables[name]
            elif kind < 0.46:
                self.constructs.add("resetenv")
                lines += [f" resetenv PATH {name}", " setenv FIX a"]
                self.variables = {key: self.variables[key] for key in self.variables if key == name}
            else:
                self.constructs.add("setenv")
                lines.append(f" setenv {name} {value}")
                self.variables[name] = value
        if self.chance(0.25, "stats-socket"):
            lines.append(f" stats socket {self.address()} level admin")
        return lines

    def defaults(self) -> list[str]:
        name = f"d{next(self.names)}"
        is_named = self.chance(0.5, "named-defaults")
        lines = [f"defaults {name}" if is_named else "defaults"]
        if self.named and self.chance(0.5, "defaults-from"):
            lines[0] += f" from {self.random.choice(self.named)}"
        lines += DEFAULTS.splitlines()[1:]
        if self.chance(0.2, "disabled-defaults"):
            lines.append(" disabled")
        elif self.random.random() < 0.1:
            lines.append(" enabled")
        if is_named:
            self.named.append(name)
        return lines

    def proxy(self) -> list[str]:
        is_listen = self.chance(0.2, "listen")
        lines = [f"{'listen' if is_listen else 'frontend'} p{next(self.names)}"]
        if self.named and self.random.random() < 0.4:
            lines[0] += f" from {self.random.choice(self.named)}"
        lines += self.lines()
        if self.chance(0.15, "disabled"):
            lines.insert(self.random.randint(1, len(lines)) if not any(
                ".if" in line for line in lines) else 1, " disabled")
        if self.chance(0.15, "enabled"):
            lines.append(" enabled")
        if is_listen:
            lines.append(f" server s [{self.literal()}]:80")
        return lines

    def peers(self) -> list[str]:
        lines = [f"peers q{next(self.names)}"]
        if self.chance(0.4, "peers-bind"):
            address = f"{self.host()}:{next(self.port)}"
            lines += [f" bind {address}", " server me", f" server other [{self.literal()}]:9"]
        elif self.chance(0.7, "peer"):
            lines += [f" peer me {self.host()}:{next(self.port)}",
                      f" peer other [{self.literal()}]:9"]
            self.constructs.add("peer-of-another")
        else:
            self.constructs.add("peer-of-another")
            lines.append(f" peer other [{self.literal()}]:9")
        if self.random.random() < 0.1:
            lines.insert(1, " disabled")
        return lines

    def log_forward(self) -> list[str]:
        self.constructs.add("log-forward")
        lines = [f"log-forward l{next(self.names)}", " log 127.0.0.1:1 local0"]
        if self.random.random() < 0.7:
            lines.append(f" dgram-bind [{self.literal()}]:{next(self.port)}")
        return lines + [f" bind {self.addresses()}"]

    def make(self) -> Configuration:
        random = self.random
        self.named: list[str] = []
        self.lists: dict[str, str] = {}
        environment = {}
        for i in range(2):
            if self.chance(0.4, "unit"):
                environment[f"U{i}"] = self.variables[f"U{i}"] = self.literal()
        sections = [self.global_section(), self.defaults()]
        for _ in range(random.randint(1, 4)):
            kind = random.random()
            if kind < 0.2:
                sections.append(self.defaults())
            elif kind < 0.25:
                sections.append(self.global_section())
            elif kind < 0.4:
                sections.append(self.peers())
            elif kind < 0.5:
                sections.append(self.log_forward())
            else:
                sections.append(self.proxy())
        sections.append(self.proxy())
        texts = ["\n".join(lines) + "\n" for lines in sections]
        return self.spread(texts, environment | self.lists)

    def spread(self, texts: list[str], environment: dict[str, str]) -> Configuration:
        """To one file, several, or a directory of them."""
        if "resetenv" in self.constructs and self.lists:
            texts = [text.replace("resetenv", "resetenv " + " ".join(self.lists))
                     for text in texts]
        kind = self.random.random()
        if kind < 0.7:
            groups = {CONF: "".join(texts)}
            named = ("-f", CONF)
        elif kind < 0.85:
            self.constructs.add("several-files")
            groups = {CONF: texts[0], "/etc/haproxy/b.cfg": texts[1],
                      "/etc/haproxy/a.cfg": "".join(texts[2:])}
            named = ("-f", CONF, "-f", "/etc/haproxy/b.cfg", "-f", "/etc/haproxy/a.cfg")
        else:
            self.constructs.add("directory")
            groups = {f"/etc/haproxy/d/{i:02}.cfg": text for i, text in enumerate(texts)}
            groups["/etc/haproxy/d/99.off"] = f"frontend no\n bind [{A}]:80\n"
            named = ("-f", "/etc/haproxy/d")
        return Configuration(groups, environment, arguments=(*named, "-L", "me"),
                             constructs=frozenset(self.constructs))


def make(random: Random) -> Configuration:
    return Maker(random, False).make()


def make_with_strstr(random: Random) -> Configuration:
    return Maker(random, True).make()
