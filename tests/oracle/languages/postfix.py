# SPDX-License-Identifier: LGPL-2.1-or-later
"""Postfix: parameters of main.cf that name others, and the services of master.cf."""

from random import Random

from languages import A, ADDRESSES, B, C, D, Configuration, Language

MAIN = "/etc/postfix/main.cf"
MASTER = "/etc/postfix/master.cf"
OTHER = "/etc/postfix-two"  # the files of another instance
SMTP = "smtp inet n - y - - smtpd\n"

# Whatever else master needs. The spool is on a file system of the run.
START = """\
compatibility_level = 3.6
queue_directory = /tmp/spool
data_directory = /tmp/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
"""


def conf(text: str, master: str = SMTP) -> Configuration:
    return Configuration({MAIN: START + text, MASTER: master})


def interfaces(value: str, *more: str) -> Configuration:
    return conf(f"inet_interfaces = {value}\n" + "".join(f"{line}\n" for line in more))


CASES = {
    "addresses": interfaces(f"{A}, [{B}] {C},127.0.0.1"),
    "all": interfaces("all"),
    "default": conf(""),
    "loopback-only": interfaces("loopback-only"),
    "localhost": interfaces(f"localhost, {A}"),
    "last-one-counts": conf(f"inet_interfaces = {A}\ninet_interfaces = {B}\n"),
    "continued": interfaces(f"{A},\n# a comment, {D}\n\n   {B}\n \t# another\n\t{C}"),
    "no-comment-in-line": conf(f"#inet_interfaces = {D}\n  # {D}\ninet_interfaces={A}\n"),
    "protocols-both": interfaces(A, "inet_protocols = ipv4, ipv6"),
    "protocols-swapped": interfaces(A, "inet_protocols = ipv6 ipv4"),
    "protocols-all": interfaces(A, "inet_protocols = all"),
    "protocols-ipv6": interfaces(A, "inet_protocols = ipv6"),
    "protocols-ipv4": interfaces("127.0.0.1", "inet_protocols = ipv4"),
    "protocols-variable": interfaces(A, "p = ipv4", "inet_protocols = $p, ipv6"),
    "variable": interfaces("$my_v6, 127.0.0.1", f"my_v6 = {A}"),
    "variable-braces": interfaces("${my_v6} $(other)", f"my_v6 = {A}", f"other = {B}"),
    "variable-nested": interfaces("$one", "one = $two", f"two = {A} $three", f"three = {B}"),
    "variable-last": interfaces("$one", f"one = {B}", f"one = {A}"),
    "unset": interfaces(f"$nothing {A}"),
    "if-set": interfaces(f"${{yes?{A}}} ${{no?{B}}}", "yes = 1"),
    "if-empty": interfaces(f"${{yes:{A}}} ${{no:{B}}}", "yes = 1"),
    "if-else": interfaces(f"${{yes?{{{A}}}:{{{B}}}}} ${{no?{{{C}}}:{{{D}}}}}", "yes = 1"),
    "test-of-raw": interfaces(f"${{x?{A}}} ::1", "x = $empty", "empty ="),
    "equal": interfaces(f"${{{{$x}} == {{1}} ? {{{A}}} : {{{B}}}}}", "x = 1"),
    "less": interfaces(f"${{{{$x}} < {{10}}?{{{A}}}:{{{B}}}}}", "x = 9"),
    "text-compare": interfaces(f"${{{{$x}} > {{b}}?{{{A}}}:{{{B}}}}}", "x = aa"),
    "level": interfaces(f"${{{{$compatibility_level}} >=level {{3.5}} ? {{{A}}} : {{{B}}}}}"),
    "choice-nested": interfaces("${yes?{${more?{$v6}}}:{x}}", "yes = 1", "more = 1", f"v6 = {A}"),
    "no-inet-service": conf(f"inet_interfaces = {A}\n", f"[{B}]:25 inet n - y - - smtpd\n"),
    "hosts": conf(f"inet_interfaces = {A}\n",
                  f"[{B}]:25 inet n - y - - smtpd\n{C}:25 inet n - y - - smtpd\n"
                  f"[IPv6:{D}]:25 inet n - y - - smtpd\n127.0.0.1:26 inet n - y - - smtpd\n"
                  "smtp inet n - y - - smtpd\n"),
    "own-options": conf(f"inet_interfaces = {A}\n",
                        f"smtp inet n - y - - smtpd\n  -o inet_interfaces={B}\n"
                        f"  -o inet_protocols=ipv4\n# {C}\n  -o smtp_bind_address6={C}\n"),
    "own-options-all": conf("inet_interfaces = all\n",
                            f"smtp inet n - y - - smtpd\n  -o inet_interfaces={B}\n"),
    "other-types": conf(f"inet_interfaces = {A}\n",
                        f"[{B}]:26 inet n - y - - smtpd\n#[{C}]:27 inet n - y - - smtpd\n"
                        f"smtp unix - - y - - smtp\n  -o smtp_bind_address6={D}\n"),
    "disabled": conf(f"inet_interfaces = {A}\nmaster_service_disable = [{B}]:25/inet\n",
                     f"[{B}]:25 inet n - y - - smtpd\n[{C}]:25 inet n - y - - smtpd\n"),
    "disabled-type": conf(f"inet_interfaces = {A}\nmaster_service_disable = !2525.inet, inet\n",
                          f"2525 inet n - y - - smtpd\n[{C}]:25 inet n - y - - smtpd\n"),
    "carriage-returns": conf(f"inet_interfaces = {A}, {B}\r\n",
                             "smtp inet n - y - - smtpd\r\n  -o x=y\r\n"
                             f"[{C}]:26 inet n - n - - smtpd\r\n"),
    "host-without-brackets": conf(f"inet_interfaces = {A}\n",
                                  f"{B}:smtp inet n - y - - smtpd\n"
                                  "::1:2526 inet n - n - - smtpd\n"),
    "port-with-a-colon": conf(f"inet_interfaces = {A}\n", ":2525 inet n - y - - smtpd\n"),
    "comments-in-master": conf(f"inet_interfaces = {A}\n",
                               f"2525 inet n - y - - smtpd\n# [{B}]:26 inet n - y - - smtpd\n"
                               f"  # [{B}]:26\n  -o smtpd_banner={C}\n\n  -o a=b\n"
                               f"[{D}]:27\n inet n - y - - smtpd\n"),
    "report-postscreen": conf(
        f"inet_interfaces = 127.0.0.1, [::1], [{A}]\n",
        "smtp inet n - y - 1 postscreen\nsmtpd pass - - y - - smtpd\n"
        "dnsblog unix - - y - 0 dnsblog\n"
        f"[{A}]:submission inet n - y - - smtpd\n  -o syslog_name=postfix/submission\n"
        "  -o { smtpd_recipient_restrictions = permit_sasl_authenticated, reject }\n"
        "127.0.0.1:10025 inet n - n - - smtpd\n  -o content_filter=\n"
        f"  -o smtp_bind_address6={B}\n"),
    "report-addresses-for-senders": conf(
        f"inet_interfaces = {A} {B}\nsmtp_bind_address6 = {C}\n",
        f"smtp inet n - y - - smtpd\nout1 unix - - y - - smtp\n  -o smtp_bind_address6={A}\n"
        f"  -o smtp_helo_name=one.example.org\n#[{D}]:465 inet n - y - - smtpd\n"
        f"[::1]:10026 inet n - - - 2 smtpd\n"),
    "client-addresses": conf(f"inet_interfaces = all\nsmtp_bind_address6 = {A}\n"
                             f"proxy_interfaces = {B}\n"),
    "client-address-named": interfaces("$smtp_bind_address6", f"smtp_bind_address6 = {A}"),
}

CONSTRUCTS = ("variable", "default", "choice", "comparison", "continued", "protocols", "host", "options",
              "comment", "disabled", "repeated", "brackets", "instance", "MAIL_CONFIG")


class Writer:
    """Writes one configuration."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.variables: dict[str, str] = {}
        self.constructs: set[str] = set()

    def note(self, construct: str) -> None:
        self.constructs.add(construct)

    def address(self) -> str:
        address = self.rng.choice([*ADDRESSES, *ADDRESSES, "::1", "127.0.0.1", "localhost"])
        if ":" in address and self.rng.random() < 0.3:
            self.note("brackets")
            return f"[{address}]"
        return address

    def variable(self, value: str) -> str:
        name = f"my_{len(self.variables)}"
        self.variables[name] = value
        self.note("variable")
        return name

    def reference(self, name: str) -> str:
        return self.rng.choice((f"${name}", f"${{{name}}}", f"$({name})", f"${{ {name} }}"))

    def choice(self, depth: int) -> str:
        """Text that expands to one of two values."""
        one, other = self.value(depth + 1), self.value(depth + 1)
        name = self.variable(self.rng.choice(("", "1", "yes", "$my_0")))
        self.note("choice")
        return self.rng.choice((
            f"${{{name}?{{{one}}}:{{{other}}}}}", f"${{{name}?{one}}}", f"${{{name}:{one}}}",
            f"${{{name}?{{{one}}}}}", f"${{{name} ? {{{one}}} : {{{other}}}}}"))

    def comparison(self, depth: int) -> str:
        one, other = self.value(depth + 1), self.value(depth + 1)
        left, right = self.rng.choices(("1", "2", "10", "a", "b", ""), k=2)
        if self.rng.random() < 0.5:
            left = "$" + self.variable(left)
        operator = self.rng.choice(("==", "!=", "<", "<=", ">", ">="))
        self.note("comparison")
        return f"${{{{{left}}} {operator} {{{right}}}?{{{one}}}:{{{other}}}}}"

    def value(self, depth: int = 0) -> str:
        kind = self.rng.random()
        if depth < 3 and kind < 0.2:
            return self.reference(self.variable(self.value(depth + 1)))
        if depth < 3 and kind < 0.35:
            return self.choice(depth)
        if depth < 3 and kind < 0.45:
            return self.comparison(depth)
        if kind < 0.5:
            self.note("default")
            return self.rng.choice(("$proxy_interfaces", "$smtp_bind_address6", "${nothing}"))
        return self.address()

    def interfaces(self) -> str:
        values = [self.value() for _ in range(self.rng.randint(1, 4))] + ["::1"]
        text = values[0]
        for value in values[1:]:
            separator = self.rng.choice((", ", ",", " ", "\t"))
            if self.rng.random() < 0.15:
                self.note("continued")
                separator += self.rng.choice(("\n  ", "\n# 2001:db8:9::9\n\t", "\n\n "))
            text += separator + value
        return text

    def protocols(self) -> str:
        self.note("protocols")
        value = self.rng.choice(("all", "ipv6, ipv4", "ipv4 ipv6", "ipv4,ipv6", "all, ipv4"))
        if self.rng.random() < 0.3:
            value = self.reference(self.variable(value))
        return f"inet_protocols = {value}\n"

    def main(self) -> str:
        parts = [f"inet_interfaces = {self.interfaces()}\n"]
        if self.rng.random() < 0.2:
            self.note("repeated")
            parts.insert(0, f"inet_interfaces = {self.address()}\n")
        if self.rng.random() < 0.3:
            parts.append(self.protocols())
        if self.rng.random() < 0.2:
            self.note("disabled")
            parts.append("master_service_disable = " + self.rng.choice(
                ("587/inet", "587.inet", "!smtp/inet 587/inet", "unix", "!inet")) + "\n")
        if self.rng.random() < 0.3:
            self.note("comment")
            parts.append(f"# inet_interfaces = {self.rng.choice(ADDRESSES)}\n")
        parts += [f"{name}{self.rng.choice((' = ', '=', ' =  '))}{value}\n"
                  for name, value in self.variables.items()]
        last = parts[:2] if "repeated" in self.constructs else parts[:1]
        rest = parts[len(last):]
        self.rng.shuffle(rest)
        return "".join([*rest, *last] if self.rng.random() < 0.5 else [*last, *rest])

    def master(self) -> str:
        services = []
        for port in self.rng.sample(("smtp", "587", "465", "2525"), self.rng.randint(1, 3)):
            name = port
            if self.rng.random() < 0.4:
                self.note("host")
                address = self.rng.choice(ADDRESSES)
                name = self.rng.choice((f"[{address}]:{port}", f"{address}:{port}",
                                        f"[ipv6:{address}]:{port}"))
            service = self.rng.choice(("", "# [2001:db8:9::9]:9 inet n - y - - smtpd\n"))
            service += f"{name} inet n - y - - smtpd\n"
            if self.rng.random() < 0.4:
                self.note("options")
                service += f"  -o inet_interfaces={self.rng.choice(ADDRESSES)}\n"
            services.append(service)
        return "".join(services)


def make(rng: Random) -> Configuration:
    writer = Writer(rng)
    files = {MAIN: START + writer.main(), MASTER: writer.master()}
    environment, arguments = {}, ()
    if rng.random() < 0.3:
        files = {path.replace("/etc/postfix", OTHER): text for path, text in files.items()}
        files |= conf(f"inet_interfaces = {rng.choice(ADDRESSES)}\n").files
        if rng.random() < 0.5:
            writer.note("instance")
            arguments = ("-c", OTHER)
        else:
            writer.note("MAIL_CONFIG")
            environment = {"MAIL_CONFIG": OTHER}
    return Configuration(files, environment, arguments, frozenset(writer.constructs))


LANGUAGES = [
    Language(
        name="postfix",
        unit="postfix@-.service",
        packages={"bookworm": ("postfix",), "trixie": ("postfix",)},
        directories=("/etc/postfix", OTHER),
        command=("/usr/lib/postfix/sbin/master",),
        ready=r"rt_sigaction\(SIGCHLD",  # set when all are bound
        syscalls="bind,rt_sigaction",
        prepare="mkdir -p /tmp/spool/pid /tmp/spool/public /tmp/spool/private /tmp/data;"
                " chown postfix: /tmp/spool/p* /tmp/data",
        cases=CASES,
        random=make,
        constructs=CONSTRUCTS,
    ),
]
