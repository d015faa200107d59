# SPDX-License-Identifier: LGPL-2.1-or-later
"""unbound and nsd: free form, sections, and files included anywhere, even before a value."""

import itertools
from random import Random

from languages import A, ADDRESSES, B, C, D, P, Q, R, Configuration, Language

UNBOUND = "/etc/unbound/unbound.conf"
NSD = "/etc/nsd/nsd.conf"
# Behind each configuration: no keys, no user, no chroot.
UNBOUND_END = '\nserver: chroot: "" username: "" use-syslog: no logfile: ""\n' \
              "remote-control: control-use-cert: no\n"
NSD_END = '\nserver: username: "" pidfile: "" zonelistfile: "/run/zones" xfrdir: "/run"\n' \
          'remote-control: server-key-file: "/run/key" server-cert-file: "/run/cert"\n' \
          'control-key-file: "/run/key" control-cert-file: "/run/cert"\n'
NSD_PREPARE = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=nsd " \
              "-keyout /run/key -out /run/cert >/dev/null 2>&1"


def unbound(text: str, more: dict[str, str] | None = None, **options) -> Configuration:
    files = {f"/etc/unbound/{name}": content for name, content in (more or {}).items()}
    return Configuration({UNBOUND: text + UNBOUND_END, **files}, **options)


def nsd(text: str, more: dict[str, str] | None = None, **options) -> Configuration:
    files = {f"/etc/nsd/{name}": content for name, content in (more or {}).items()}
    return Configuration({NSD: text + NSD_END, **files}, **options)


UNBOUND_CASES = {
    "one-line": unbound(f"server: interface: {A} interface: {B}"),
    "interface-name": unbound("server: interface: lan0\n"),
    "loopback-interface": unbound("server: interface: lo\n"),
    "next-line": unbound(f"server:\n  interface:\n\n  # where\n  {A}\n  ip-address:\n{B}@5353\n"),
    "no-blank": unbound(f"server:interface:{A} interface:\"{B}\"interface:'{C}'#x\n"),
    "word-with-comment-sign": unbound(f"server: interface: {A} # {B}\n#interface: {C}\n"),
    "carriage-return": unbound(f"server:\r\n interface: {A}\r\n"),
    "include-toplevel": unbound(
        f'server: interface: {A}\ninclude-toplevel: "/etc/unbound/d/*.conf"\n',
        {"d/b.conf": f"server: interface: {B}\n", "d/a.conf": "view: name: x\n",
         "d/c.txt": f"server: interface: {C}\n", "d/.d.conf": f"server: interface: {D}\n"}),
    "include-inside-section": unbound(
        f"server: include: /etc/unbound/a interface: {B}", {"a": f"interface: {A} do-ip4: no\n"}),
    "include-is-value": unbound("server: interface: include: /etc/unbound/a", {"a": A}),
    "include-path-on-next-line": unbound("server: include:\n /etc/unbound/a\n",
                                         {"a": f"interface: {A}\n"}),
    "include-braces": unbound("server: include: /etc/unbound/{a,b{c,d}}.x\n",
                              {"a.x": f"interface: {A}", "bd.x": f"interface: {B}",
                               "bc.x": f"interface: {C}"}),
    "include-relative": unbound('server: directory: "/etc/unbound" include: a\n',
                                {"a": f"interface: {A}\n"}),
    "include-nothing": unbound(f'server: include: "/etc/unbound/*.nothing" interface: {A}\n'),
    "automatic": unbound(f"server: interface: {A} interface-automatic: yes\n"),
    "automatic-without-udp": unbound(
        f"server: interface: {A} interface-automatic: yes do-udp: no\n"),
    "automatic-no": unbound(f"server: interface: {A} interface-automatic: yes\n"
                            "interface-automatic: no"),
    "no-ip6": unbound(f"server: do-ip6: no interface: {A} interface: 127.0.0.1\n"
                      f"remote-control: control-enable: yes control-interface: {B}\n"),
    "ip6-again": unbound(f"server: do-ip6: no interface: {A}\nserver: do-ip6: yes\n"),
    "control": unbound(f"remote-control: control-enable: yes control-interface: {A}\n"
                       f"control-interface: /run/x control-interface: {B}\n"),
    "control-default": unbound(f"remote-control: control-interface: {A}\n"),
    "control-off": unbound(f"server: interface: {B}\nremote-control: control-interface: {A}\n"
                           "control-enable: yes control-enable: no"),
    "not-listeners": unbound(
        f"server: interface: {A}\ninterface-action: {A} allow\ninterface-view: {A} v\n"
        f"outgoing-interface: {D}\naccess-control: {D}/128 allow\nview: name: v\n"
        f"local-data: 'x. TXT \"interface: {D}\"'\nforward-zone: name: x forward-addr: {D}\n"),
    "two-values": unbound(f"server: local-zone: interface: static\ninterface: {A}\n"),
    "no-ip4": unbound(f"server: do-ip4: no interface: {A} interface: 192.0.2.1\n"),
    "link-local": unbound("server: interface: fe80::1%lo interface: fe80::2%lo@5353\n"),
    "automatic-ports": unbound(f'server: interface: {A} interface-automatic: yes\n'
                               'interface-automatic-ports: "53 5353"\n'),
    "escapes": unbound(f'server: interface: "{A}" local-data: "a. TXT \\" interface: {B}"\n'
                       f"local-data: 'b. TXT \\' interface: {C}'\n"),
    "report-pfsense": unbound(
        "server:\nchroot: /etc/unbound\nverbosity: 1\nport: 53\ndo-ip4: yes\ndo-ip6: yes\n"
        f"# Interface IP(s) to bind to\ninterface: 192.0.2.1\ninterface: 192.0.2.1@853\n"
        f"interface: {A}\ninterface: {A}@853\ninterface: ::1\n"
        f"outgoing-interface: {D}\naccess-control: 2001:db8::/32 allow\n"
        f"private-address: fd00::/8\nlocal-data-ptr: \"{B} host.example.org\"\n"
        f"remote-control:\ncontrol-enable: yes\ncontrol-interface: ::1\n"
        f"control-interface: {C}\n"),
    "report-views": unbound(
        f"server:\n  interface: {A}@853 # DoT\n  view: \n    name: \"v\"\n"
        f"    local-zone: \"x.\" static\n"
        f"forward-zone:\n  name: .\n  forward-addr: {B}@853#dns.example\n"
        f"server:\n  interface: \"{C}\"\n  access-control-view: {D}/128 v\n"),
    "default": unbound("server: do-udp: yes\n"),
    "ipv4-only": unbound(f"server: do-ip6: no interface: {P} interface: {Q}@5353 interface: {A}\n"),
    "ipv4-control": unbound(f"server: do-ip4: no interface: {A}\n"
                            f"remote-control: control-enable: yes control-interface: {P}\n"),
    "ipv4-automatic": unbound(f"server: interface-automatic: yes interface: {P}\n"),
    "ipv4-automatic-without-udp": unbound(
        f"server: interface-automatic: yes do-udp: no interface: {P}\n"),
    "ipv4-outgoing": unbound(f"server: interface: {P} outgoing-interface: {Q}\n"
                             f"stub-zone: name: x stub-addr: {R}\n"),
    "ipv4": unbound(f"server: interface: 0.0.0.0 interface: {A}\n"),
    "mapped": unbound(f"server: interface: ::ffff:127.0.0.1 interface: {A}\n"),
    "loopback": unbound("server: interface: ::1 interface: ::0@5353\n"),
}

NSD_CASES = {
    "interface-name": nsd("server: ip-address: lan0\n"),
    "loopback-interface": nsd("server: ip-address: lo\n"),
    "one-line": nsd(f"server: ip-address: {A} interface: {B}@5353\n"),
    "next-line": nsd(f"server:\n ip-address:\n\n# where\n {A}\n"),
    "quotes": nsd(f'server: ip-address: "{A}"ip-address: "{B}" #{C}\n'),
    "socket-options": nsd(f"server: ip-address: {A} servers=1 ip-address: {B} setfib=0\n"
                          'server-count: 1 server-1-cpu-affinity: 0\n'),
    "ends-with-colons": nsd("server: ip-address: 2001:db8:1:: server-count: 1\n"),
    "include": nsd("server: include: /etc/nsd/a\ninclude: \"/etc/nsd/d/*\"\n",
                   {"a": f"ip-address: {A}\n", "d/b": f"interface: {B}"}),
    "include-is-value": nsd("server: ip-address: include: /etc/nsd/a", {"a": A}),
    "include-braces": nsd("server: include: /etc/nsd/{b,a}\n",
                          {"a": f"ip-address: {A}\n", "b": f"ip-address: {B}"}),
    "ip4-only": nsd(f"server: ip4-only: yes ip-address: 127.0.0.1\n"
                    f"remote-control: control-enable: yes control-interface: {A}\n"),
    "ipv4": nsd(f"server: ip-address: {P} ip-address: {Q}@5353 ip-address: {A}\n"
                f"remote-control: control-enable: yes control-interface: {R}\n"),
    "ipv4-only": nsd(f"server: ip4-only: yes ip-address: {P}\n"),
    "ipv4-option": nsd(f"server: ip-address: {P}\n", arguments=("-4", "-a", Q)),
    "ipv4-zones": nsd(f"server: ip-address: {P}\npattern: name: p outgoing-interface: {Q}\n"),
    "no-ip6": nsd("server: do-ip6: no ip-address: 127.0.0.1\n"
                  f"remote-control: control-enable: yes control-interface: {A}\n"),
    "no-ip4-no-ip6": nsd(f"server: do-ip6: no do-ip4: no ip-address: {A}\n"),
    "ip4-only-no": nsd(f"server: ip4-only: no ip-address: {A}\n"),
    "ip6-only": nsd(f"server: ip6-only: yes ip-address: {A}\n"),
    "control-off": nsd(f"server: ip-address: {A}\nremote-control: control-enable: yes\n"
                       f"control-interface: {B} control-enable: no\n"),
    "control": nsd(f"remote-control: control-enable: yes control-interface: {B}\n"),
    # Debian's default is yes.
    "control-default": nsd(f"server: ip-address: {A}\nremote-control: control-interface: {B}\n"),
    "zones": nsd(f"server: ip-address: {A}\npattern: name: p outgoing-interface: {B}\n"
                 f"notify: {C} NOKEY\nzone: name: x zonefile: /run/x include-pattern: p\n"),
    "option": nsd(f"server: ip-address: {A}\n", arguments=("-a", B, f"-da{C}")),
    "option-at-port": nsd("server: server-count: 1\n", arguments=("-p", "5353", "-a", f"{A}@54")),
    "option-level": nsd("server: server-count: 1\n", arguments=("-V2", "-a", A)),
    "carriage-returns": nsd(f"server:\r\n\tip-address: {A}\r\n\tip-address:\r\n\t\t{B}\r\n"),
    "link-local": nsd("server: ip-address: fe80::1%lo ip-address: fe80::2%lo@5353\n"),
    "report-anycast": nsd(
        f"server:\n  server-count: 2\n  reuseport: yes\n  ip-address: {A} servers=1\n"
        f"  ip-address: {B}@5353 servers=\"2\"\n  do-ip4: yes\n  hide-version: yes\n"
        "key:\n  name: \"k\"\n  algorithm: hmac-sha256\n  secret: \"c2VjcmV0\"\n"
        f"zone:\n  name: \"example.org\"\n  zonefile: \"/run/x\"\n  notify: {C} k\n"
        f"  provide-xfr: {C} k\n  outgoing-interface: {D}\n"),
    "verify": nsd(f"server: ip-address: {A}\nverify: enable: yes ip-address: {B}\n"
                  "verifier: /bin/true\n"),
    "verify-off": nsd(f"server: ip-address: {A}\nverify: ip-address: {B} verifier: /bin/true\n"),
}
METRICS = nsd(f"server: ip-address: {A} metrics-enable: yes metrics-interface: {B}\n")


class Maker:
    """Writes a configuration word by word, each construct with its name."""

    def __init__(self, random: Random, is_nsd: bool):
        self.random = random
        self.is_nsd = is_nsd
        self.constructs: set[str] = set()
        self.files: dict[str, str] = {}
        self.addresses = iter(random.sample(ADDRESSES, len(ADDRESSES)))
        self.numbers = itertools.count()
        self.directory = "/etc/nsd" if is_nsd else "/etc/unbound"

    def often(self, chance: float, construct: str | None = None) -> bool:
        happens = self.random.random() < chance
        if happens and construct:
            self.constructs.add(construct)
        return happens

    def address(self) -> str:
        return next(self.addresses)

    def gap(self) -> str:
        if self.often(0.2, "comment"):
            return f" # interface: {self.random.choice(ADDRESSES)}\n\t"
        return self.random.choice([" ", " ", "\t", "\n", "\n  ", "\r\n "])

    def quoted(self, value: str) -> str:
        if self.often(0.3, "quotes"):
            return f'"{value}"'
        if not self.is_nsd and self.often(0.2, "single-quotes"):
            return f"'{value}'"
        return value

    def include_path(self, text: str) -> str:
        name = f"i{next(self.numbers)}"
        if self.often(0.3, "glob"):
            self.files[f"{name}/a.conf"] = text
            self.files[f"{name}/b.conf.old"] = f"interface: {self.random.choice(ADDRESSES)}\n"
            return f"{self.directory}/{name}/*.conf"
        if self.often(0.3, "braces"):
            self.files[f"{name}.x"] = text
            return f"{self.directory}/{{{name},nothing*}}.x"
        self.files[name] = text
        return f"{self.directory}/{name}"

    def included(self, text: str) -> str:
        if not self.often(0.15, "include"):
            return text
        path = self.include_path(text)
        return f"include:{self.random.choice([' ', chr(10), '  '])}{self.random.choice([path, self.string(path)])}\n"

    @staticmethod
    def string(value: str) -> str:
        return f'"{value}"'

    def statement(self, keyword: str, *values: str) -> str:
        text = f"{keyword}:"
        for index, value in enumerate(values):
            if self.often(0.05, "include-is-value"):
                text += f" include: {self.quoted_path(value)}\n"
                continue
            gap = self.gap()
            if "\n" in gap:
                self.constructs.add("value-on-next-line")
            if index == 0 and not self.is_nsd and self.often(0.1, "no-blank"):
                gap = ""
            text += gap + self.quoted(value)
        return self.included(text + self.gap())

    def quoted_path(self, value: str) -> str:
        name = f"v{next(self.numbers)}"
        self.files[name] = self.gap() + value + "\n"
        return f"{self.directory}/{name}"

    def listener(self, keyword: str | None = None) -> str:
        value = self.address()
        if keyword is None and self.often(0.3, "port"):
            value += f"@{self.random.choice(['53', '5353', '8053'])}"
        return self.statement(keyword or self.random.choice(["interface", "ip-address"]), value)

    def yes_or_no(self) -> str:
        return self.random.choice(["yes", "no"])

    def other(self) -> str:
        if self.is_nsd:
            return self.random.choice([
                lambda: f'identity: "interface: {self.random.choice(ADDRESSES)}"\n',
                lambda: self.statement("server-count", "1"),
                lambda: self.statement("hide-version", self.yes_or_no()),
            ])()
        address = self.random.choice(ADDRESSES)
        return self.random.choice([
            lambda: self.statement("access-control", f"{address}/64", "allow"),
            lambda: self.statement("outgoing-interface", address),
            lambda: self.statement("local-zone", "interface:", "static"),
            lambda: f'local-data: "x. TXT \'interface: {address}\'"\n',
            lambda: self.statement("num-threads", "1"),
        ])()

    def switches(self) -> list[str]:
        made = []
        if self.is_nsd:
            if self.often(0.15, "ip6-only"):
                made.append(self.statement("ip6-only", self.yes_or_no()))
            if self.often(0.15, "ip4-only"):
                made.append(self.statement("ip4-only", "no"))
            if self.often(0.1, "do-ip6"):
                made.append(self.statement("do-ip6", "yes"))
            return made
        if self.often(0.2, "interface-automatic"):
            made.append(self.statement("interface-automatic", self.yes_or_no()))
        if self.often(0.2, "do-ip6"):
            made.append(self.statement("do-ip6", self.yes_or_no()) + "interface: 127.0.0.1\n")
        if self.often(0.1, "do-udp"):
            made.append(self.statement("do-udp", self.yes_or_no()))
        return made

    def server(self) -> str:
        parts = [self.listener() for _ in range(self.random.choice([0, 1, 1, 2, 3]))]
        parts += self.switches()
        parts += [self.other() for _ in range(self.random.choice([0, 0, 1, 2]))]
        self.random.shuffle(parts)
        return "server:" + self.gap() + "".join(parts)

    def control(self) -> str:
        parts = [self.listener("control-interface") for _ in range(self.random.choice([0, 1, 2]))]
        if self.often(0.8, "control-enable"):
            parts.append(self.statement("control-enable", self.random.choice(["yes", "yes", "no"])))
        self.random.shuffle(parts)
        return "remote-control:" + self.gap() + "".join(parts)

    def other_section(self) -> str:
        self.constructs.add("other-section")
        name = f"n{next(self.numbers)}"
        if self.is_nsd:
            return f"pattern: name: {name} outgoing-interface: {self.random.choice(ADDRESSES)}\n"
        return self.random.choice([f"view: name: {name} local-data: 'x. A 127.0.0.1'\n",
                                   f"forward-zone: name: {name} "
                                   f"forward-addr: {self.random.choice(ADDRESSES)}@53\n"])

    def verify(self) -> str:
        self.constructs.add("verify")
        return (f"verify: verifier: /bin/true enable: {self.yes_or_no()}\n"
                + self.listener(self.random.choice(["interface", "ip-address"])))

    def section(self, text: str) -> str:
        if not self.is_nsd and self.often(0.25, "include-toplevel"):
            return f"\ninclude-toplevel: {self.string(self.include_path(text))}\n"
        return "\n" + text

    def make(self) -> Configuration:
        makers = [self.server]
        if self.often(0.4, "sections-again"):
            makers.append(self.server)
        if self.often(0.5):
            makers.append(self.control)
        if self.often(0.4):
            makers.append(self.other_section)
        if self.is_nsd and self.often(0.2):
            makers.append(self.verify)
        self.random.shuffle(makers)
        text = "".join(self.section(make()) for make in makers)
        arguments = ()
        if self.is_nsd and self.often(0.2, "option"):
            address = self.address()
            arguments = self.random.choice([("-a", address), (f"-a{address}",), ("-p", "5300", "-a", address)])
        make = nsd if self.is_nsd else unbound
        return make(text, self.files, arguments=arguments, constructs=frozenset(self.constructs))


COMMON = ("comment", "quotes", "glob", "braces", "include", "include-is-value",
          "value-on-next-line", "port", "sections-again", "control-enable", "other-section", "do-ip6")

LANGUAGES = [
    Language(
        name="unbound",
        unit="unbound.service",
        packages={"bookworm": ("unbound",), "trixie": ("unbound",)},
        directories=("/etc/unbound",),
        command=("/usr/sbin/unbound", "-d", "-p"),
        # It opens all ports before the first thread has an event loop.
        ready=r"^\d+ +epoll_ctl",
        syscalls="bind,epoll_ctl",
        cases=UNBOUND_CASES,
        random=lambda random: Maker(random, False).make(),
        constructs=(*COMMON, "single-quotes", "no-blank", "interface-automatic", "do-udp",
                    "include-toplevel"),
    ),
    Language(
        name="nsd",
        unit="nsd.service",
        packages={"bookworm": ("nsd", "openssl"), "trixie": ("nsd", "openssl")},
        directories=("/etc/nsd",),
        command=("/usr/sbin/nsd", "-d", "-P", ""),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        prepare=NSD_PREPARE,
        cases=NSD_CASES,
        random=lambda random: Maker(random, True).make(),
        constructs=(*COMMON, "ip6-only", "ip4-only", "option", "verify"),
    ),
    Language(
        name="nsd-metrics",
        unit="nsd.service",
        packages={"trixie": ("nsd", "openssl")},
        directories=("/etc/nsd",),
        command=("/usr/sbin/nsd", "-d", "-P", ""),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        prepare=NSD_PREPARE,
        cases={"metrics": METRICS},
    ),
]
