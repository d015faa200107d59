# SPDX-License-Identifier: LGPL-2.1-or-later
"""Dovecot 2.3 and 2.4: listeners of services, in blocks that come again."""

from random import Random

from languages import A, ADDRESSES, B, C, D, Configuration, Language

CONF = "/etc/dovecot/dovecot.conf"
START_2_3 = "ssl = no\nprotocols = imap\n"
START_2_4 = ("dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
             "ssl = no\nprotocols = imap\n")


def service(name: str, listener: str, *lines: str) -> str:
    inner = "".join(f"    {line}\n" for line in lines)
    return f"service {name} {{\n  inet_listener {listener} {{\n{inner}  }}\n}}\n"


def cases(start: str, key: str) -> dict[str, Configuration]:
    """Those that both languages have. key: the setting of a listener for its addresses."""
    def conf(text: str, environment: dict[str, str] | None = None, **files: str) -> Configuration:
        more = {f"/etc/dovecot/{name}": content for name, content in files.items()}
        return Configuration({CONF: start + text, **more}, environment=environment or {})

    return {
        "default": conf(""),
        "listen": conf(f"listen = {A}, {B} [{C}]\n"),
        "listen-last": conf(f"listen = {A}\nlisten = {B}\n"),
        "listen-wildcards": conf(
            "listen = *, ::\n" + service("imap-login", "x", f"{key} = {A}", "port = 99")),
        "listen-localhost": conf(
            "listen = localhost\n"
            + service("imap-login", "x", f"{key} = localhost {A}", "port = 99")),
        "own-address": conf(f"listen = {A}\n" + service("imap-login", "imap", f"{key} = {B}, {C}")),
        "own-address-everywhere": conf(
            f"listen = {A}\n" + service("imap-login", "imap", f"{key} = {B}")
            + service("imap-login", "imaps", "port = 0")),
        "port-0": conf(f"listen = {A}\n" + service("imap-login", "imap", f"{key} = {B}", "port = 0")
                       + service("imap-login", "x", f"{key} = {C}", "port = 1143")),
        "merged-port-0": conf(service("imap-login", "imap", f"{key} = {B}")
                              + "!include more.conf\n", **{
                                  "more.conf": service("imap-login", "imap", "port = 0")}),
        "merged": conf(service("imap-login", "imap", f"{key} = {B}", "port = 0")
                       + service("imap-login", "imap", "port = 1143")),
        "merged-address": conf(service("imap-login", "imap", f"{key} = {B}")
                               + service("imap-login", "imap", f"{key} = {A}")),
        "protocol-off": conf(service("imap-login", "imap", f"{key} = {A}")
                             + service("pop3-login", "pop3", f"{key} = {B}")
                             + service("lmtp", "lmtp", f"{key} = {C}", "port = 24")),
        "protocols-none": conf(f"protocols =\nlisten = {A}\n"
                               + service("doveadm", "x", f"{key} = {B}", "port = 2424")),
        "without-protocol": conf(service("doveadm", "x", f"{key} = {A}", "port = 2424")),
        "unknown-service": conf(service("nothing", "x", f"{key} = {B}", "port = 2424")
                                + service("imap-login", "imap", f"{key} = {A}")),
        "own-service": conf(service("mine", "x", f"{key} = {A}", "port = 2424")
                            + "service mine {\n  executable = script /bin/true\n}\n"),
        "own-protocol": conf(service("mine", "x", f"{key} = {B}", "port = 2424")
                             + "service mine {\n  executable = script /bin/true\n"
                             "  protocol = pop3\n}\n"),
        "without-port": conf(service("doveadm", "x", f"{key} = {A}")
                             + service("imap-login", "imap", f"{key} = {B}")),
        "submissions": conf(f"protocols = submission\nssl = yes\nlisten = {A}\n"
                            + service("submission-login", "submission", "port = 0")
                            + service("doveadm", "x", f"{key} = {B}", "port = 99")),
        "ssl-listener": conf(service("imap-login", "imaps", f"{key} = {A}")
                             + service("imap-login", "x", f"{key} = {B}", "port = 99", "ssl = yes")
                             + service("imap-login", "y", f"{key} = {C}", "port = 98", "ssl = no")),
        "ssl": conf(f"ssl = yes\nlisten = {A}\n" + service("imap-login", "imap", "port = 0")),
        "quotes": conf(f'listen = "{A}, {B}"\n' + service("imap-login", '"imap"', f"{key} = '{C}'")),
        "comments": conf(f"listen = {A} # {B}\n#listen = {C}\n  # listen = {D}\n"),
        "comment-joined": conf(f"listen = {A}# {B}\n"),
        "continued": conf(f"listen = {A}, \\\n  {B}\\\n {C}\n"),
        "continued-comment": conf(f"listen = {A}\nx_y \\\n# lost\nlisten = {B}\n"),
        "include": conf("!include conf.d/*.conf\n!include_try nothing.conf\n"
                        "!include_try nothing/*.conf\n",
                        **{"conf.d/1.conf": f"listen = {A}\n",
                           "conf.d/2.conf": "!include ../2.inc\n", "2.inc": f"listen = {B}\n"}),
        "include-braces": conf("!include /etc/dovecot/{b,a}.conf\n!include_try {no,c?}.conf\n",
                               **{"a.conf": f"listen = {A}\n", "b.conf": f"listen = {B}\n",
                                  "c1.conf": service("imap-login", "imap", f"{key} = {C}")}),
        "include-in-block": conf("service imap-login {\n  !include imap.inc\n}\n",
                                 **{"imap.inc": f"inet_listener imap {{\n{key} = {A}\n}}\n"}),
        "include-nested-braces": conf("!include {2,x{y,1}}.inc\n", **{
            "2.inc": f"listen = {A}\n", "x1.inc": f"listen = {B}\n", "xy.inc": f"listen = {C}\n"}),
        "filters": conf(f"listen = {A}\nprotocol imap {{\n  mail_max_userip_connections = 3\n}}\n"
                        f"remote {B} {{\n  mail_max_userip_connections = 3\n}}\n"
                        f"local {C} {{\n  mail_max_userip_connections = 3\n}}\n"),
        "environment": conf("listen = $ENV:V6 ::1\n", {"V6": A}),
        "carriage-returns": conf(f"listen = {A} \\\r\n {B}\r\nservice imap-login {{\r\n"
                                 f"inet_listener imap {{\r\n{key} = {C}\r\n}}\r\n}}\r\n"),
        "port-by-name": conf(f"listen = {B}\n" + service("imap-login", "imap", f"{key} = {A}")
                             + service("imap-login", "x", f"{key} = {C}", "port = 00")),
        "empty-address": conf(f"listen = {A}\n" + service("imap-login", "imap", f"{key} =")),
        "quote-in-a-comment": conf(f"listen = {A} # don't\n"
                                   + service("imap-login", "imap", f"{key} = {B}")),
        "report-auth-and-doveadm": conf(
            "service auth {\n  unix_listener auth-userdb {\n    mode = 0600\n  }\n"
            f"  inet_listener auth {{\n    {key} = {A}\n    port = 12345\n  }}\n}}\n"
            "service doveadm {\n  inet_listener http {\n    port = 8080\n"
            f"    {key} = {B}\n  }}\n}}\n"
            f"service lmtp {{\n  inet_listener lmtp {{\n    {key} = {C}\n    port = 24\n  }}\n}}\n"
            f"service stats {{\n  inet_listener http {{\n    {key} = {D}\n"
            "    port = 9900\n  }\n}\n"),
        "report-haproxy": conf(
            f"listen = 127.0.0.1, ::1\nhaproxy_trusted_networks = {C}/128\n"
            "service imap-login {\n  inet_listener imap_haproxy {\n    port = 10143\n"
            "    haproxy = yes\n"
            f"    {key} = {A}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n"),
        "blanks": conf(f"listen={A}\nservice   imap-login   {{\n\tinet_listener imap {{\n"
                       f"\t{key}={B}\n}}\n}}\n"),
    }


def old_cases() -> dict[str, Configuration]:
    def conf(text: str, **files: str) -> Configuration:
        more = {f"/etc/dovecot/{name}": content for name, content in files.items()}
        return Configuration({CONF: START_2_3 + text, **more})

    return {
        "variable": conf(f"listen = {A}\nlisten = $listen {B}\n"),
        "host-and-port": conf(f"listen = localhost [{A}]:1143\n"),
        "variable-in-block": conf(f"listen = {A}\n"
                                  + service("imap-login", "imap", f"address = $listen {B}")),
        "protocols-variable": conf(f"protocols = $protocols pop3\nlisten = {A}\n"
                                   + service("imap-login", "imap", "port = 0")
                                   + service("imap-login", "imaps", "port = 0")),
        "protocols-word-none": conf(f"protocols = none\nlisten = {A}\n"),
        "unnamed": conf(f"service imap-login {{\n  inet_listener {{\n    port = 99\n"
                        f"    address = {A}\n  }}\n  inet_listener {{\n    port = 98\n"
                        f"    address = {B}\n  }}\n}}\n"),
        "file": conf("listen = <list\n", list=f"{A}, {B}"),
        "dovecot-1-port": conf(f"listen = {B}\nprotocol imap {{\n  listen = [{A}]:1143\n}}\n"),
        "dovecot-1-two": conf(f"listen = {B}\nprotocol imap {{\n  listen = {A}, {C}\n}}\n"),
        "dovecot-1-of-another": conf(f"listen = {B}\nprotocol pop3 {{\n  listen = {A}\n}}\n"
                                     f"protocol lda {{\n  listen = {C}\n}}\n"),
        "dovecot-1-ssl": conf(f"ssl = yes\nlisten = {B}\nprotocol imap {{\n"
                              f"  ssl_listen = [{A}]:1993\n  listen = [{C}]:1143\n}}\n"),
        "dovecot-1-ssl-of-all": conf(f"ssl = yes\nlisten = {B}\nssl_listen = {A}\n"),
        "dovecot-1-empty": conf(f"listen = {B}\nprotocol imap {{\n  listen =\n}}\n"),
        "dovecot-1-port-of-all": conf(f"listen = [{B}]:1143\nprotocol imap {{\n"
                                      f"  ssl_listen = {A}\n}}\n"),
        "dovecot-1-in-local": conf(f"listen = {B}\nlocal {A} {{\n  protocol imap {{\n"
                                   f"    listen = {C}\n  }}\n}}\n"),
        "dovecot-1": conf(f"listen = {B}\nprotocol imap {{\n  listen = {A}\n}}\n"),
    }


# "group @more x" has a listener.
GROUP = ("group @more x {\n  service imap-login {\n    inet_listener extra {\n      port = 99\n"
         f"      listen = {C}\n    }}\n  }}\n}}\n")


def new_cases() -> dict[str, Configuration]:
    def conf(text: str, environment: dict[str, str] | None = None, **files: str) -> Configuration:
        more = {f"/etc/dovecot/{name}": content for name, content in files.items()}
        return Configuration({CONF: START_2_4 + text, **more}, environment=environment or {})

    return {
        "list-block": conf(f"listen = {C}\nlisten {{\n  {A} = yes\n}}\n"),
        "listen-in-service-block": conf(
            f"listen = {B}\nservice imap-login {{\n  listen {{\n    {A} = yes\n  }}\n}}\n"),
        "listen-in-both": conf(f"listen = {B}\nservice imap-login {{\n  listen = {C}\n"
                               f"  inet_listener imap {{\n    listen = {A}\n  }}\n}}\n"),
        "listen-in-service": conf(f"listen = {B}\nservice imap-login {{\n  listen = {A}\n}}\n"),
        "list-added": conf(f"listen = {A} {B}\nlisten {{\n  {C} = yes\n  {B} = no\n}}\n"),
        "list-of-listener": conf(f"listen = {A}\nservice imap-login {{\n  inet_listener imap {{\n"
                                 f"    listen {{\n      {B} = yes\n    }}\n  }}\n}}\n"),
        "protocols-block": conf("protocols {\n  pop3 = yes\n  imap = no\n}\n"
                                + service("imap-login", "imap", f"listen = {A}")
                                + service("pop3-login", "pop3", f"listen = {B}")),
        "group": conf(f"{GROUP}listen = {A}\n@more = x\n"),
        "group-of-addresses": conf(f"group @more x {{\n  listen = {A}\n}}\n@more = x\n"),
        "group-in-service": conf(f"group @more x {{\n  inet_listener y {{\n    port = 99\n    listen = {C}\n"
                                 f"  }}\n}}\nlisten = {A}\nservice imap-login {{\n  @more = x\n}}\n"),
        "group-in-listener": conf(f"group @more x {{\n  listen = {C}\n}}\nlisten = {A}\n"
                                  "service imap-login {\n  inet_listener imap {\n    @more = x\n  }\n}\n"),
        "group-unused": conf(f"{GROUP}listen = {A}\n"),
        "path": conf(f"listen = {A}\nservice/imap-login/inet_listener/imap/listen = {B}\n"
                     "service/imap-login/inet_listener/imaps/port = 0\n"),
        "path-in-service": conf(f"service imap-login {{\n  inet_listener/imap/listen = {B}\n"
                                "  inet_listener/imaps/port = 0\n}\n"),
        "path-of-list": conf(f"listen = {A}\nlisten/{B} = yes\n"),
        "link-local": conf("listen = fe80::1%lo\n"
                           + service("imap-login", "x", f"listen = fe80::2%lo {A}", "port = 99")),
        "path-of-a-setting": conf(f"service/imap-login/inet_listener/imap/listen = {A}\n"),
        # A path makes no service and no listener.
        "path-of-nothing": conf(
            "service/mine/executable = script /bin/true\nservice/mine/inet_listener/x/port = 99\n"
            f"service/mine/inet_listener/x/listen = {B}\n"
            f"service/imap-login/inet_listener/x/port = 98\n"
            f"service/imap-login/inet_listener/x/listen = {C}\nlisten = {A}\n"),
        "path-before-the-block": conf(
            f"service/mine/inet_listener/x/listen = {B}\nlisten = {A}\nservice mine {{\n"
            "  executable = script /bin/true\n  inet_listener x {\n    port = 99\n  }\n}\n"),
        "path-behind-the-block": conf(
            "service mine {\n  executable = script /bin/true\n  inet_listener x {\n    port = 99\n"
            f"  }}\n}}\nservice/mine/inet_listener/x/listen = {A}\n"
            f"service/mine/inet_listener/y/port = 98\nservice/mine/inet_listener/y/listen = {B}\n"),
        "path-in-a-service": conf(f"service imap-login {{\n  inet_listener/imap/listen = {A}\n}}\n"),
        "path-of-a-list": conf(f"listen = {A}\nlisten/{B} = yes\n"),
        "path-of-protocols": conf("protocols/pop3 = yes\nprotocols/imap = no\n"
                                  + service("imap-login", "imap", f"listen = {A}")
                                  + service("pop3-login", "pop3", f"listen = {B}")),
        "group-of-other-settings": conf(f"listen = {A}\ngroup @mail big {{\n  mail_plugins {{\n"
                                        "    acl = yes\n  }\n}\n"
                                        + service("imap-login", "imap", f"listen = {B}")),
        "report-lmtp-and-sieve": conf(
            "protocols {\n  lmtp = yes\n  sieve = yes\n}\nlisten = ::1\nmail_driver = maildir\n"
            "passdb pam {\n}\nuserdb passwd {\n}\n"
            + service("lmtp", "lmtp", f"listen = {A} ::1", "port = 24")
            + service("managesieve-login", "sieve", f"listen = {B}")
            + service("auth", "auth", f"listen = {C}", "port = 12345")),
        "prefix": conf(service("imap-login", "imap", f"listen = {A}")
                       + service("imap-login", "imaps", f"listen = {B}", "inet_listener_port = 0")),
    }


def group(text: str, label: str = "x", name: str = "more") -> str:
    return f"group @{name} {label} {{\n{text}}}\n"


def listener(name: str, *lines: str) -> str:
    return f"inet_listener {name} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def imap_login(text: str) -> str:
    return f"service imap-login {{\n{text}}}\n"


def group_cases() -> dict[str, Configuration]:
    """What a group says is a default of the block that uses it."""
    use, extra = "@more = x\n", listener("extra", "port = 99", f"listen = {C}")
    listen_a = f"listen = {A}\n"
    less_b = f"listen = {A} {B}\nlisten {{\n{B} = no\n}}\n"
    texts = {
        "behind": use + group(listen_a),
        "weaker": group(f"listen = {B}\n") + use + listen_a,
        "weaker-behind": listen_a + group(f"listen = {B}\n") + use,
        "last-use-counts": group(f"listen = {B}\n") + group(listen_a, "y") + use + "@more = y\n",
        "merged": group(f"listen = {B}\n") + group("mail_driver = maildir\n") + group(listen_a)
                  + use,
        "last-group-counts": group(f"listen = {B}\n", "y", "other") + group(listen_a) + use
                             + "@other = y\n",
        "included": group("!include addresses.inc\n") + use,
        "list": group(f"listen = {C}\nlisten {{\n{B} = yes\n}}\n") + use,
        "weaker-list": listen_a + group(f"listen {{\n{B} = yes\n}}\n") + use,
        "list-less": less_b + group(f"listen = {C}\n") + use,
        "list-less-first": f"listen = {B} {A}\nlisten {{\n{B} = no\n}}\n"
                           + group(f"listen = {C}\n") + use,
        "list-less-and-more": f"listen = {A} {B}\nlisten {{\n{B} = no\n{D} = yes\n}}\n"
                              + group(f"listen = {C}\n") + use,
        "list-less-in-a-service": listen_a + group(f"listen = {C}\n")
                                  + imap_login(f"listen = {B}\nlisten {{\n{D} = no\n}}\n" + use),
        "list-less-two": less_b + group(f"listen = {C}\n") + use
                         + group(f"listen = {D}\n", "y", "other") + "@other = y\n",
        "inner-counts": listen_a + group(f"listen = {B}\n", "y", "inner")
                        + group(listener("imap", f"listen = {C}"))
                        + imap_login(use + listener("imap", "@inner = y")),
        "of-a-service": listen_a + group(imap_login(extra)) + use + imap_login(listener("extra")),
        "of-a-path": listen_a
                     + group(f"service/imap-login/inet_listener/imap/listen = {C}\n") + use,
        "known-listener": listen_a + group(listener("imap", f"listen = {C}")) + imap_login(use),
        "port-0": listen_a + group(listener("imap", "port = 0")) + imap_login(use),
        "listener-declared": listen_a + group(extra) + imap_login(use + listener("extra")),
        "listener-set": listen_a + group(extra)
                        + imap_login(use + listener("extra", f"listen = {B}", "port = 98")),
        "listener-set-in-part": listen_a + group(extra)
                                + imap_login(use + listener("extra", f"listen = {B}")),
        "service-listen": listen_a + group(f"listen = {C}\n" + extra) + imap_login(use),
        "service-list": listen_a + group(f"listen {{\n{C} = yes\n}}\n")
                        + imap_login(use + f"listen {{\n{B} = yes\n}}\n"),
        "two-in-a-service": listen_a + group(f"listen = {C}\n")
                            + group(f"listen = {B}\n", "y", "other")
                            + imap_login("@other = y\n" + use),
        "listener-weaker": listen_a + group(f"listen = {C}\n")
                           + imap_login(listener("imap", f"listen = {B}", "@more = x")),
        "port-by-prefix": listen_a + group("inet_listener_port = 0\n")
                          + imap_login(listener("imap", "@more = x", f"listen = {B}")),
        "path-in-it": listen_a + group(f"inet_listener/imap/listen = {C}\n") + imap_login(use),
        "path-of-no-listener": listen_a + group(
            f"inet_listener/z/listen = {C}\ninet_listener/z/port = 99\n") + imap_login(use),
        "program": listen_a + group("service_executable = script /bin/true\n" + extra)
                   + f"service mine {{\n{use}}}\n",
        "filter": listen_a + group(f"listen = {C}\n") + f"protocol imap {{\n{use}}}\n",
        "other-protocol": listen_a + group("service_protocol = pop3\n" + extra)
                          + f"service mine {{\nexecutable = script /bin/true\n{use}}}\n",
    }
    return {f"group-{name}": Configuration({CONF: START_2_4 + text,
                                            "/etc/dovecot/addresses.inc": listen_a})
            for name, text in texts.items()}


CONSTRUCTS = ("listen", "listener", "merged", "port 0", "protocol off", "include", "comment",
              "continued", "quotes", "own service", "filter", "ssl")
PROTOCOLS = ("imap", "pop3", "submission", "sieve", "lmtp")
LISTENERS = (("imap-login", "imap"), ("imap-login", "imaps"), ("imap-login", "more"),
             ("pop3-login", "pop3"), ("pop3-login", "pop3s"), ("submission-login", "submission"),
             ("managesieve-login", "sieve"), ("lmtp", "lmtp"), ("doveadm", "remote"),
             ("mine", "x"))


class Writer:
    """Writes one configuration."""

    def __init__(self, rng: Random, new: bool) -> None:
        self.rng = rng
        self.new = new
        self.files: dict[str, str] = {}
        self.constructs: set[str] = set()
        self.ports = iter(range(2000, 3000))
        self.seen: set[tuple[str, str]] = set()

    def chance(self, probability: float, construct: str = "") -> bool:
        happens = self.rng.random() < probability
        if happens and construct:
            self.constructs.add(construct)
        return happens

    def addresses(self) -> str:
        chosen = self.rng.sample([*ADDRESSES, "::1", "127.0.0.1"], self.rng.randint(1, 3))
        words = [f"[{word}]" if ":" in word and not self.new and self.chance(0.2, "brackets") else word
                 for word in chosen]
        return self.rng.choice((", ", " ", ",")).join(words)

    def value(self, key: str, value: str, indent: str = "") -> str:
        if self.chance(0.15, "quotes"):
            quote = self.rng.choice("\"'")
            value = f"{quote}{value}{quote}"
        elif self.chance(0.15, "continued"):
            value = value.replace(" ", " \\\n   ", 1)
        end = f" # {self.rng.choice(ADDRESSES)}" if self.chance(0.15, "comment") else ""
        return f"{indent}{key}{self.rng.choice((' = ', '=', '  =  '))}{value}{end}\n"

    def listen(self) -> str:
        self.constructs.add("listen")
        if self.new and self.chance(0.3, "list block"):
            items = "".join(f"  {address} = {self.rng.choice(('yes', 'yes', 'no'))}\n"
                            for address in self.rng.sample(ADDRESSES, 2))
            return self.value("listen", self.addresses()) + f"listen {{\n{items}}}\n"
        if not self.new and self.chance(0.2, "variable"):
            # The default, which has the wildcards, cannot be bound beside an address.
            return self.value("listen", self.addresses()) + "listen = $listen ::1\n"
        return self.value("listen", self.addresses())

    def listener(self) -> str:
        pair = self.rng.choice(LISTENERS)
        self.constructs.add("merged" if pair in self.seen else "listener")
        lines = ""
        if self.chance(0.7):
            lines += self.value("listen" if self.new else "address", self.addresses(), "    ")
        if self.chance(0.2, "port 0"):
            lines += "    port = 0\n"
        elif pair not in self.seen or self.chance(0.5):
            lines += f"    port = {next(self.ports)}\n"
        if self.chance(0.2, "ssl"):
            lines += f"    ssl = {self.rng.choice(('yes', 'no'))}\n"
        self.seen.add(pair)
        more = ""
        if pair[0] == "mine":
            self.constructs.add("own service")
            more = "  executable = script /bin/true\n" if self.chance(0.8) else ""
        return f"service {pair[0]} {{\n{more}  inet_listener {pair[1]} {{\n{lines}  }}\n}}\n"

    def group(self) -> str:
        """Used outside of all blocks, by a service or by a listener."""
        name = f"g{next(self.ports)}"
        kind = self.rng.choice(("root", "service", "service", "listener"))
        self.constructs.add(f"group of a {kind}" if kind != "root" else "group of addresses")
        text = ""
        if kind != "service" or self.chance(0.3):
            text = self.value("listen", self.addresses())
        pair = self.rng.choice(LISTENERS)
        if kind == "service":
            text += (f"inet_listener {pair[1]} {{\n" + self.value("listen", self.addresses())
                     + (f"port = {next(self.ports)}\n" if self.chance(0.7) else "") + "}\n")
        group, use = f"group @{name} x {{\n{text}}}\n", f"@{name} = x\n"
        if kind == "listener":
            use = f"inet_listener {pair[1]} {{\n{use}}}\n"
        if kind != "root":
            use = f"service {pair[0]} {{\n{use}}}\n"
        return use + group if self.chance(0.5) else group + use

    def protocols(self) -> str:
        chosen = self.rng.sample(PROTOCOLS, self.rng.randint(1, 4))
        if len(chosen) < len(PROTOCOLS):
            self.constructs.add("protocol off")
        return f"protocols = {' '.join(chosen)}\n"

    def text(self, depth: int = 0) -> str:
        lines = []
        for _ in range(self.rng.randint(2, 6)):
            match self.rng.randint(0, 9 if self.new else 8):
                case 0 | 1:
                    lines.append(self.listen())
                case 2 | 3 | 4 | 5:
                    lines.append(self.listener())
                case 6 if depth < 2:
                    self.constructs.add("include")
                    name = f"more{len(self.files)}.conf"
                    self.files[f"/etc/dovecot/{name}"] = ""
                    self.files[f"/etc/dovecot/{name}"] = self.text(depth + 1)
                    lines.append(f"{self.rng.choice(('!include', '!include_try'))} {name}\n")
                case 9:
                    lines.append(self.group())
                case 7:
                    self.constructs.add("filter")
                    lines.append(f"local {self.rng.choice(ADDRESSES)} {{\n"
                                 "  mail_max_userip_connections = 3\n}\n")
                case _:
                    self.constructs.add("comment")
                    lines.append(f"# listen = {self.rng.choice(ADDRESSES)}\n")
        return "".join(lines)


def make(rng: Random, new: bool) -> Configuration:
    writer = Writer(rng, new)
    text = writer.protocols()
    if writer.chance(0.3, "ssl"):
        text += "ssl = yes\n"
    start = START_2_4 if new else START_2_3
    writer.files[CONF] = start + text + writer.text()
    return Configuration(writer.files, constructs=frozenset(writer.constructs))


PACKAGES = ("dovecot-imapd", "dovecot-pop3d", "dovecot-lmtpd", "dovecot-submissiond",
            "dovecot-managesieved")


def language(release: str, its_cases: dict[str, Configuration], new: bool,
             constructs: tuple[str, ...]) -> Language:
    return Language(
        name="dovecot",
        unit="dovecot.service",
        packages={release: PACKAGES},
        directories=("/etc/dovecot",),
        command=("/usr/sbin/dovecot", "-F"),
        ready=r'master\.pid", O_WRONLY',  # written when all are bound
        syscalls="bind,openat",
        refused="Fatal",
        cases=its_cases,
        random=lambda rng: make(rng, new),
        constructs=(*CONSTRUCTS, *constructs),
    )


LANGUAGES = [
    language("bookworm", cases(START_2_3, "address") | old_cases(), False,
             ("brackets", "variable")),
    language("trixie", cases(START_2_4, "listen") | new_cases() | group_cases(), True,
             ("list block", "group of addresses", "group of a service", "group of a listener")),
]
