# SPDX-License-Identifier: LGPL-2.1-or-later
"""haproxy: variables, conditions, sections that are disabled, peers of this host."""

from random import Random

from languages import ADDRESSES, A, B, C, D, Configuration, Language

CONF = "/etc/haproxy/haproxy.cfg"
DEFAULTS = "defaults\n mode tcp\n timeout client 9s\n timeout server 9s\n timeout connect 9s\n"


def files(*texts: str, arguments: tuple[str, ...] = (), names: tuple[str, ...] = (),
          **environment: str) -> Configuration:
    """One configuration of several files, all named on the command line."""
    paths = names or (CONF, *(f"/etc/haproxy/{i}.cfg" for i in range(1, len(texts))))
    named = tuple(word for path in paths for word in ("-f", path))
    return Configuration(dict(zip(paths, texts, strict=True)), dict(environment),
                         arguments=(*(arguments or named),))


def conf(text: str, *arguments: str, **environment: str) -> Configuration:
    return files(text, arguments=("-f", CONF, *arguments), **environment)


def frontend(text: str, before: str = "", *arguments: str, **environment: str) -> Configuration:
    return conf(f"{before}{DEFAULTS}frontend web\n{text}\n", *arguments, **environment)


def setenv(value: str, text: str, **environment: str) -> Configuration:
    return frontend(text, f"global\n setenv VIP {value}\n", **environment)


def condition(text: str, **environment: str) -> Configuration:
    """A if it holds, B if not."""
    return frontend(f" bind [{C}]:80\n .if {text}\n bind [{A}]:80\n .else\n bind [{B}]:80\n .endif",
                    **environment)


CONDITIONS = {
    "empty": "", "number": "1", "zero": "0", "negative-number": "-1", "octal": "00",
    "not": "!0", "not-not": "!!1", "not-with-blanks": "! ! 0",
    "and": "1 && 0", "or": "0||1", "and-before-or": "1 || 0 && 0", "or-after-and": "0 && 0 || 1",
    "parentheses": "(1 || 1) && 0", "nested-parentheses": "( (0) || ( ! (0 ) ) )",
    "defined": "defined(VIP)", "defined-not": "defined(NOPE)", "not-defined": "!defined(NOPE)",
    "defined-quoted": "defined(\"VIP\")",
    "streq": 'streq("$VIP",x)', "streq-differs": 'streq("$VIP",y)', "strneq": 'strneq("$VIP","y")',
    "streq-blank": 'streq("$VIP" , x)', "streq-unquoted": "streq($VIP,x)",
    "streq-empty": 'streq("${NOPE-}",)', "streq-escaped": "streq(a\\\\ b,'a b')",
    "strneq-and-defined": "strneq(a,b) && defined(VIP)",
    "feature": "feature(EPOLL)", "feature-absent": "feature(KQUEUE)", "feature-not": "!feature(LUA)",
    "version": "version_atleast(2.4)", "version-before": "version_before(2.4)",
    "version-long": "version_atleast(2.4.3-dev5)", "version-future": "version_atleast(99.1)",
    "version-before-future": "version_before(99)", "version-0": "version_atleast(2.6.0)",
}

CASES = {
    **{f"if-{name}": condition(text, VIP="x") for name, text in CONDITIONS.items()},
    "if-some-packages": condition("feature(PCRE2_JIT)"),
    "bind": frontend(f" bind [{A}]:80\n bind {B}:81 name x\n bind :::82\n bind 127.0.0.1:83"),
    "list": frontend(f" bind [{A}]:80,[{B}]:80-82,127.0.0.1:80,{C}:80,:81,*:82,[::]:83"),
    "prefixes": frontend(f" bind ipv6@[{A}]:80,tcp6@{B}:80,ip@{C}:80,tcp@[{D}]:80,ipv4@*:81,"
                         "unix@/run/x.sock,abns@y,/run/z.sock,ipv6@*:82,stream+ipv6@[::1]:83"),
    "localhost": frontend(f" bind localhost:80\n bind [{A}]:80"),
    "options": frontend(f" bind [{A}]:80 interface lo\n bind [{B}]:80 v6only backlog 5 maxconn 4"),
    "port-range": frontend(f" bind [{A}]:8000-8003"),
    "range-of-bare": frontend(f" bind {A}:8000-8003"),
    "listen": conf(f"{DEFAULTS}listen l\n bind [{A}]:80\n server s [{B}]:80\n"),
    "backend": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\n default_backend b\n"
                    f"backend b\n bind [{A}]:80\n server s 127.0.0.1:1\n"),
    "bind-outside": frontend(f" bind [{A}]:80\n acl bind src {B}\n"),
    # Variables
    "setenv": setenv(A, ' bind "[${VIP}]:443"'),
    "setenv-without-braces": setenv(f"[{A}]:80", ' bind "$VIP"'),
    "setenv-unquoted-address": setenv(A, " bind [${VIP}]:443\n bind [$VIP]:444"),
    "setenv-single-quotes": setenv(A, " bind '[${VIP}]:443'"),
    "setenv-keyword": setenv("bind", f' "$VIP" [{A}]:80'),
    "setenv-twice": frontend(' bind "[$V]:80"', f"global\n setenv V {A}\n setenv V {B}\n"),
    "setenv-of-variable": frontend(' bind "[$W]:80"',
                                   f'global\n setenv V {A}\n setenv W "${{V}}"\n'),
    "presetenv": frontend(' bind "[$V]:80"', f"global\n presetenv V {A}\n presetenv V {B}\n"),
    "presetenv-of-the-unit": frontend(' bind "[$V]:80"', f"global\n presetenv V {B}\n", V=A),
    "unit": frontend(' bind "[$V]:80"', V=A),
    "unsetenv": frontend(' bind "[${V-' + B + '}]:80"',
                         f"global\n setenv V {A}\n unsetenv X V\n"),
    "resetenv": frontend(' bind "[${V-' + B + '}]:80"\n bind "[${W-' + D + '}]:80"',
                         "global\n resetenv W PATH\n", V=A, W=C),
    "default": frontend(' bind "[${NOPE-' + A + '}]:80"'),
    "default-not-used": setenv(A, ' bind "[${VIP-' + B + '}]:80"'),
    "default-of-empty": frontend(' bind "${V-x}[' + A + ']:80"', V=""),
    "list-variable": setenv(f'"[{A}]:80 name x"', ' bind "${VIP[*]}"'),
    "list-variable-default": frontend(' bind "${NOPE[*]-[' + A + ']:80 name y}"'),
    "list-with-commas": setenv(f"[{A}]:80,[{B}]:80", ' bind "$VIP"'),
    "unset-in-a-word": frontend(f' bind "[{A}]:80${{NOPE}}"'),
    "setenv-in-a-later-section": files(
        f'global\n setenv V {A}\n{DEFAULTS}frontend f\n bind "[$V]:80"\n'
        f'global\n setenv V {B}\nfrontend g\n bind "[$V]:81"\n'),
    "setenv-only-in-global": frontend(
        f' bind "[${{V-{A}}}]:80"\n http-request set-header setenv V\n'.replace(
            "http-request set-header", "acl x src 1.1.1.1 #")),
    "pseudo-variables": frontend(f' .if streq("${{.SECTION}}",web)\n bind [{A}]:80\n .endif\n'
                                 f' .if streq("${{.FILE}}",{CONF})\n bind [{B}]:80\n .endif\n'
                                 f' .if streq("${{.LINE}}",13)\n bind [{C}]:80\n .endif\n'),
    # Words
    "quotes": frontend(f" 'bind' \"[{A}]:80\"\n b\"in\"d '['{B}']':80"),
    "escapes": frontend(f" \\x62ind [{A}]:80\n bind [{B}]\\x3a81\n bind\\ [{C}]:80 # no\n"
                        .replace(f"bind\\ [{C}]:80", f"acl a\\ b src {C}")
                        .replace("acl a\\ b", "acl a_b")),
    "comments": frontend(f" bind [{A}]:80#x\n # bind [{B}]:80\n#bind [{B}]:80\n"
                         f" bind [{C}]:81 name x\\#y\n"),
    "carriage-return": frontend(f" bind [{A}]:80\r\n bind [{B}]:80\r"),
    "tabs": frontend(f"\tbind\t\t[{A}]:80\t\tname\tx\t"),
    # Conditions
    "elif": frontend(f" .if 0\n bind [{A}]:80\n .elif streq(a,a)\n bind [{B}]:80\n .elif 1\n"
                     f" bind [{C}]:80\n .else\n bind [{D}]:80\n .endif"),
    "nested": frontend(f" .if 1\n .if 0\n bind [{A}]:80\n .else\n bind [{B}]:80\n .endif\n .else\n"
                       f" .if 1\n bind [{C}]:80\n .endif\n .endif\n bind [{D}]:80"),
    "sections-in-branches": conf(f"{DEFAULTS}.if 0\nfrontend f\n bind [{A}]:80\n.else\n"
                                 f"frontend g\n bind [{B}]:80\n.endif\n bind [{C}]:80\n"),
    "setenv-in-a-branch": frontend(' bind "[$V]:80"', f"global\n.if 0\n setenv V {A}\n.else\n"
                                                      f" setenv V {B}\n.endif\n"),
    "messages": frontend(f" .notice 'bind'\n .diag \"x\"\n .warning bind\n bind [{A}]:80"),
    # Sections
    "disabled": conf(f"{DEFAULTS}frontend f\n bind [{A}]:80\n disabled\n bind [{A}]:81\n"
                     f"frontend g\n bind [{B}]:80\n"),
    "disabled-defaults": conf(f"{DEFAULTS} disabled\nfrontend f\n bind [{A}]:80\n"
                              f"frontend g\n bind [{B}]:80\n enabled\n"),
    "defaults-again": conf(f"{DEFAULTS} disabled\nfrontend f\n bind [{A}]:80\n"
                           f"{DEFAULTS}frontend g\n bind [{B}]:80\n"),
    "named-defaults": conf(f"{DEFAULTS.replace('defaults', 'defaults off')} disabled\n"
                           f"{DEFAULTS.replace('defaults', 'defaults on')}"
                           f"frontend f from off\n bind [{A}]:80\n"
                           f"frontend g from on\n bind [{B}]:80\nfrontend h\n bind [{C}]:80\n"),
    "defaults-from": conf(f"{DEFAULTS.replace('defaults', 'defaults off')} disabled\n"
                          f"defaults more from off\n timeout tunnel 1s\n"
                          f"frontend f from more\n bind [{A}]:80\n"
                          f"defaults on from off\n enabled\nfrontend g from on\n bind [{B}]:80\n"),
    "peer": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n peer me [{A}]:1024\n"
                 f" peer other [{C}]:1024\n", "-L", "me"),
    "peer-of-localpeer": conf(f"global\n localpeer me\n{DEFAULTS}frontend f\n bind [{B}]:80\n"
                              f"peers p\n peer other [{C}]:1024\n peer me [{A}]:1024\n"),
    "peer-of-localpeer-and-option": conf(
        f"global\n localpeer other\n{DEFAULTS}frontend f\n bind [{B}]:80\n"
        f"peers p\n peer me [{A}]:1024\n peer other [{C}]:1024\n", "-L", "me"),
    "peer-variable": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                          f' peer "$HAPROXY_LOCALPEER" [{A}]:1024\n', "-L", "me"),
    "peers-bind": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n bind [{A}]:1024\n"
                       f" server me\n server other [{C}]:1024\n", "-L", "me"),
    "peers-bind-without-me": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                                  f" bind [{A}]:1024\n server other [{C}]:1024\n", "-L", "me"),
    "peers-without-me": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                             f" peer other [{C}]:1024\n", "-L", "me"),
    "peers-disabled": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n disabled\n"
                           f" peer me [{A}]:1024\n", "-L", "me"),
    "peers-default-bind": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                               f" default-bind backlog 5\n peer me [{A}]:1024\n", "-L", "me"),
    "stats-socket": frontend(f" bind [{B}]:80",
                             f"global\n stats socket ipv6@[{A}]:9999 level admin\n"
                             " stats socket /run/x.sock\n stats timeout 30s\n"),
    "stats-socket-list": frontend(f" bind [{B}]:80",
                                  f"global\n stats socket [{A}]:9999,[{C}]:9999\n"),
    "log-forward": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\nlog-forward l\n"
                        f" dgram-bind [{A}]:514\n bind [{C}]:514\n log 127.0.0.1:1 local0\n"),
    "ring-and-mailers": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\n"
                             f"ring r\n format raw\n server s [{A}]:1\n"
                             f"mailers m\n mailer x [{C}]:25\n"
                             f"resolvers d\n nameserver n [{D}]:53\n"),
    "master-socket": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\n", "-W",
                          "-S", f"ipv6@[{A}]:9999"),
    # Files
    "two-files": files(f"global\n setenv V {A}\n{DEFAULTS}", 'frontend f\n bind "[$V]:80"\n'),
    "two-files-defaults": files(f"{DEFAULTS} disabled\nfrontend f\n bind [{A}]:80\n",
                                f"frontend g\n bind [{B}]:80\nfrontend h\n enabled\n"
                                f" bind [{C}]:80\n"),
    "directory": Configuration({
        "/etc/haproxy/conf.d/10.cfg": DEFAULTS + f"frontend f\n bind [{A}]:80\n",
        "/etc/haproxy/conf.d/20.cfg": f"frontend g\n bind [{B}]:80\n",
        "/etc/haproxy/conf.d/30.cfg.off": f"frontend h\n bind [{C}]:80\n",
        "/etc/haproxy/conf.d/.40.cfg": f"frontend h\n bind [{C}]:80\n",
        "/etc/haproxy/conf.d/50.cfg.cfg": f"frontend h\n bind [{C}]:80\n",
    }, arguments=("-f", "/etc/haproxy/conf.d")),
    "file-and-directory": Configuration({
        CONF: f'global\n setenv V "[{A}]"\n' + DEFAULTS,
        "/etc/haproxy/conf.d/b.cfg": 'frontend b\n bind "$V:80"\n',
        "/etc/haproxy/conf.d/a.cfg": f'global\n setenv V "[{B}]"\nfrontend a\n bind "$V:81"\n',
    }, arguments=("-f", CONF, "-f", "/etc/haproxy/conf.d")),
    "after-dashes": files(DEFAULTS, f"frontend f\n bind [{A}]:80\n",
                          arguments=("-f", CONF, "--", "/etc/haproxy/1.cfg")),
    "empty-host": frontend(f" bind ipv6@:443,:::80\n bind [{A}]:80 id 7 nice 3"),
    "brackets-without-address": frontend(f" bind [::]:80 v4v6\n bind [{A}]:81\n"
                                         f" bind *:82,[{B}]:83"),
    "shards": frontend(f" bind [{A}]:80 shards 2\n bind ipv6@[{B}]:81-82 interface lo"),
    "mapped": frontend(f" bind [::ffff:127.0.0.1]:80\n bind [{A}]:81"),
    "environment-with-port": frontend(' bind "${LISTEN6}"\n bind "${LISTEN4-:82}"',
                                      LISTEN6=f"[{A}]:80"),
    "server-source": conf(f"{DEFAULTS}frontend f\n bind [{A}]:80\nbackend b\n source [{B}]\n"
                          f" server s [{C}]:80 source [{D}]:1024-2048\n"),
    "if-workers": frontend(f" .if defined(HAPROXY_MWORKER)\n bind [{A}]:80\n .else\n"
                           f" bind [{B}]:80\n .endif"),
    "if-files": frontend(f" .if defined(HAPROXY_CFGFILES)\n bind [{A}]:80\n .else\n"
                         f" bind [{B}]:80\n .endif"),
    "peers-in-two-sections": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\npeers p\n"
                                  f" peer me [{A}]:1024\npeers q\n peer other [{C}]:1024\n"
                                  f" peer me [{D}]:1025\n", "-L", "me"),
    "userlist-and-cache": conf(f"{DEFAULTS}userlist u\n user bind password [{B}]:80\n"
                               f"cache c\n total-max-size 4\nfrontend f\n bind [{A}]:80\n"),
    "log-forward-again": conf(f"{DEFAULTS}frontend f\n bind [{B}]:80\nlog-forward l\n"
                              f" dgram-bind udp6@[{C}]:514 interface lo\n"
                              " log 127.0.0.1:1 local0\n"),
    # As people reported them, in other words
    "report-plain-colons": conf(
        f"{DEFAULTS}frontend https-in\n bind *:443\n bind :::443 v6only\n"
        f" bind {A}:444 # no brackets\n"
        f" bind [{B}]:444 name [{B}]:444\n option forwardfor except {C}\n"),
    "report-kubernetes": conf(
        f"global\n setenv API6 [{A}]\n setenv PORT 6443\n{DEFAULTS}"
        'frontend api\n bind "${API6}:${PORT}" interface lo\n bind "${API4-127.0.0.1}:$PORT"\n'
        f" default_backend masters\nbackend masters\n option tcp-check\n balance roundrobin\n"
        f' server m1 [{B}]:6443 check fall 3 rise 2\n server m2 "[{C}]:$PORT" check backup\n'),
    "report-mail": conf(
        f"{DEFAULTS}listen smtp\n bind [{A}]:25,[{A}]:587 defer-accept\n bind [{B}]:25\n"
        f" server mail [{C}]:10024 send-proxy\nlisten imap\n bind [{B}]:143 accept-proxy tfo\n"
        f" server mail [{C}]:10143 send-proxy-v2\n"),
    # As people reported them, in other words
    "report-keepalived": conf(
        "global\n log /dev/log local0\n user root\n maxconn 1000\n"
        f" presetenv HA_VIP {A}\n"
        "defaults\n log global\n mode http\n option httplog\n option dontlognull\n"
        " timeout connect 5s\n timeout client 50s\n timeout server 50s\n"
        'frontend http_in\n bind "[${HA_VIP}]:80"\n bind 192.0.2.10:80\n'
        ' bind "$HA_VIP:81" # behind the last colon is the port\n'
        " http-request redirect scheme https unless { ssl_fc }\n default_backend pool\n"
        f"backend pool\n balance roundrobin\n server one [{B}]:80 check\n"
        f" server two [{C}]:80 check disabled\n"),
    "report-stats-page": conf(
        f"{DEFAULTS}listen stats\n mode http\n bind [{A}]:8404\n stats enable\n stats uri /\n"
        f" stats refresh 10s\nlisten galera\n bind [{B}]:3306\n option tcpka\n"
        f" server n1 [{C}]:3306 check inter 10s\n"),
}

CONSTRUCTS = (
    "setenv", "presetenv", "unsetenv", "resetenv", "unit", "default", "list-variable",
    "unquoted-variable", "quotes", "escape", "comment", "comma", "prefix", "bare", "port-range",
    "option", "if", "elif", "else", "nested-if", "defined", "streq", "strneq", "feature", "version",
    "not", "and", "or", "parentheses", "message", "disabled", "enabled", "disabled-defaults",
    "named-defaults", "defaults-from", "peer", "peers-bind", "peer-of-another", "stats-socket",
    "log-forward", "listen", "several-files", "directory")


class Maker:
    """A random configuration that haproxy accepts. Each listener has a port of its own."""

    def __init__(self, random: Random) -> None:
        self.random = random
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
        kind = random.randrange(6)
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
    return Maker(random).make()


LANGUAGES = [
    Language(
        name="haproxy",
        unit="haproxy.service",
        packages={"bookworm": ("haproxy",), "trixie": ("haproxy",)},
        directories=("/etc/haproxy",),
        command=("/usr/sbin/haproxy", "-db"),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        cases=CASES,
        differs={"if-some-packages": "not all packages have it; a warning names both addresses"},
        random=make,
        constructs=CONSTRUCTS,
    ),
]
