# SPDX-License-Identifier: LGPL-2.1-or-later
"""redis-server, valkey-server and redis-sentinel: words with quotes, the last `bind` counts."""

from dataclasses import replace
from random import Random

from languages import A, ADDRESSES, B, C, P, Q, R, Choices, Configuration, Language

CONF = "/etc/redis/redis.conf"
CONSTRUCTS = ("quotes", "single quotes", "escape", "one value", "case", "several", "include", "dir",
              "comment", "indented", "optional", "port 0",
              "tls-port", "option", "option in one word")

# The certificate is one of Debian's ssl-cert, on which postgresql depends.
TLS = ("tls-port 6380\ntls-cert-file /etc/ssl/certs/ssl-cert-snakeoil.pem\n"
       "tls-key-file /etc/ssl/private/ssl-cert-snakeoil.key\ntls-auth-clients no\n")


def conf(text: str, **files: str) -> Configuration:
    more = {f"/etc/redis/{name}.conf": content for name, content in files.items()}
    return Configuration({CONF: "dir /tmp\n" + text, **more})


def with_options(text: str, *arguments: str, **files: str) -> Configuration:
    return replace(conf(text, **files), arguments=arguments)


def word(choices: Choices, address: str) -> str:
    if choices.chosen("escape", 10):
        return '"' + address.replace(":", r"\x3a", 1).replace("8", r"\8", 1) + '"'
    if choices.chosen("quotes", 20):
        return f'"{address}"'
    if choices.chosen("single quotes", 20):
        return f"'{address}'"
    return address


def hosts(choices: Choices) -> list[str]:
    chosen = choices.rng.sample([*ADDRESSES, "127.0.0.1", "-127.0.0.1"], choices.rng.randint(1, 3))
    if choices.chosen("optional", 20):
        chosen.append("-::1")
    return chosen


def line(choices: Choices) -> str:
    words = [word(choices, host) for host in hosts(choices)]
    if choices.chosen("one value", 10):
        words = [f"'{' '.join(hosts(choices))}'"]
    keyword = "BIND" if choices.chosen("case", 20) else "bind"
    indent = " \t" if choices.chosen("indented", 15) else ""
    return f"{indent}{keyword} {' '.join(words)}\n"


def options(choices: Choices) -> tuple[str, ...]:
    if choices.chosen("option in one word", 10):
        return (f"--bind {' '.join(hosts(choices))}", "--daemonize", "no")
    if choices.chosen("option", 20):
        return ("--daemonize", "no", "--bind", *hosts(choices))
    return ()


def random(rng: Random, directory: str = "/etc/redis", name: str = "redis") -> Configuration:
    choices = Choices(rng)
    files = {}
    text = "dir /tmp\nunixsocket /tmp/socket\n" + line(choices)
    if choices.chosen("comment", 30):
        text += f"# bind {rng.choice(ADDRESSES)}\n"
    if choices.chosen("port 0", 15):
        text += "port 0\n"
        if choices.chosen("tls-port", 70):
            text += TLS
    if choices.chosen("include", 30):
        files[f"{directory}/more.conf"] = line(choices)
        if choices.chosen("dir", 40):
            text += f"dir {directory}\ninclude more.conf\n"
        else:
            text += f"include {directory}/more.conf\n"
    if choices.chosen("several", 30):
        text += line(choices)
    return Configuration({f"{directory}/{name}.conf": text, **files}, arguments=options(choices),
                         constructs=frozenset(choices.constructs))


def random_valkey(rng: Random) -> Configuration:
    return random(rng, "/etc/valkey", "valkey")


LANGUAGES = [
    Language(
        name="redis",
        unit="redis-server.service",
        packages={"bookworm": ("redis-server",), "trixie": ("redis-server",)},
        directories=("/etc/redis",),
        command=("/usr/bin/redis-server", CONF),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        cases={
            "last-one-counts": conf(f"bind {A}\nbind {B} {C}\n"),
            "include": conf(f"bind {A}\ninclude /etc/redis/more.conf\n", more=f'BIND "{B}"\n'),
            "include-wildcard": conf(f"bind {A}\ninclude /etc/redis/m*.conf\n", more=f"bind {B}\n"),
            "include-beside-dir": conf(f"bind {A}\ndir /etc\ndir redis\ninclude more.conf\n",
                                       more=f"bind {B}\n"),
            "escapes": conf(r'bind "' + A.replace(":", r"\x3A") + '" ' + f"'{B}'\n"),
            "escape-without-quotes": conf(f"unixsocket /tmp/a\\x3a\nbind {A}\n"),
            "one-value": conf(f'bind "{A} {B}"\n'),
            "optional": conf(f"bind -{A} {B}\n"),
            "optional-loopback": conf(f"bind -127.0.0.1 {B} -::1\n"),
            "source": conf(f"bind {A}\nbind-source-addr {B}\n"),
            "report-replica": conf(
                f"bind {A} 127.0.0.1 -::1\nbind-source-addr {B}\nreplica-announce-ip {C}\n"
                f"cluster-announce-ip {C}\nprotected-mode no\nreplicaof {B} 6379\n"),
            "port-0": conf(f"bind {A}\nport 0\nunixsocket /tmp/socket\n"),
            "tls-port": conf(f"bind {A}\nport 0\n{TLS}"),
            "no-address": conf(f'bind {A}\nbind ""\nunixsocket /tmp/socket\n'),
            "ipv4": conf(f"bind {P} -127.0.0.1 {Q}\nbind-source-addr {R}\n"),
            "ipv4-wildcard": conf("bind * -::*\n"),
            "localhost": conf(f"bind localhost {A}\n"),
            "quoted-keyword": conf(f'"bind" {A} "{B}"\n'),
            "backslash": conf(f"bind {B}\nlogfile /tmp/log\\\nbind {A}\n"),
            "port-again": conf(f"port 0\nbind {A}\nport 7000\n"),
            "option": with_options(f"bind {A}\n", "--bind", B, C),
            "option-in-one-word": with_options(f"bind {A}\n", f"--bind {B} {C}", "--daemonize", "no"),
            "option-of-one-value": with_options(f"bind {A}\n", "--bind", f"{B} {C}"),
            "option-port-0": with_options(f"bind {A}\n", "--unixsocket", "/tmp/socket", "--port", "0"),
            "option-include": with_options(f"bind {A}\ndir /etc/redis\n", "--include", "more.conf",
                                           more=f"bind {B}\n"),
        },
        not_with_ipv4={"optional": "an IPv4 address that is assigned is ready"},
        random=random,
        constructs=CONSTRUCTS,
    ),
    Language(
        name="valkey",
        unit="valkey-server.service",
        packages={"trixie": ("valkey-server",)},
        directories=("/etc/valkey",),
        command=("/usr/bin/valkey-server", "/etc/valkey/valkey.conf"),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        cases={"last-one-counts": Configuration({"/etc/valkey/valkey.conf":
                                                 f"dir /tmp\nbind {A}\nbind {B} {C}\n"})},
        random=random_valkey,
        constructs=CONSTRUCTS,
    ),
    Language(
        name="redis-sentinel",
        unit="redis-sentinel.service",
        packages={"bookworm": ("redis-server",), "trixie": ("redis-server",)},
        directories=("/etc/redis",),
        command=("/usr/bin/redis-server", "/etc/redis/sentinel.conf", "--sentinel"),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        cases={
            "bind": Configuration({"/etc/redis/sentinel.conf": f"dir /tmp\nbind {A}\nbind {B} {C}\n"
                                   "sentinel monitor one 127.0.0.1 6379 2\n"}),
            "port-0": Configuration({"/etc/redis/sentinel.conf": f"bind {A}\nport 0\n"
                                     "unixsocket /tmp/socket\n"}),
        },
    ),
]
