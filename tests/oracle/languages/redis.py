# SPDX-License-Identifier: LGPL-2.1-or-later
"""redis-server: words with quotes, the last `bind` counts."""

from random import Random

from languages import ADDRESSES, A, B, C, Choices, Configuration, Language

CONF = "/etc/redis/redis.conf"
CONSTRUCTS = ("quotes", "single quotes", "case", "several", "include",
              "comment", "indented", "command line", "command line with several")


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/redis/{name}.conf": content for name, content in files.items()}
    return Configuration({CONF: "dir /tmp\n" + text, **more}, arguments=arguments)


def line(choices: Choices) -> str:
    words = []
    hosts = [*ADDRESSES, "127.0.0.1", "-127.0.0.1", "-::1"]
    for word in choices.rng.sample(hosts, choices.rng.randint(1, 3)):
        if choices.chosen("quotes", 20):
            word = f'"{word}"'
        elif choices.chosen("single quotes", 20):
            word = f"'{word}'"
        words.append(word)
    keyword = "BIND" if choices.chosen("case", 20) else "bind"
    indent = " \t" if choices.chosen("indented", 15) else ""
    return f"{indent}{keyword} {' '.join(words)}\n"


def random(rng: Random, directory: str = "/etc/redis", name: str = "redis") -> Configuration:
    choices = Choices(rng)
    files = {}
    text = "dir /tmp\n" + line(choices)
    if choices.chosen("comment", 30):
        text += f"# bind {rng.choice(ADDRESSES)}\n"
    if choices.chosen("include", 30):
        files[f"{directory}/more.conf"] = line(choices)
        text += f"include {directory}/more.conf\n"
    if choices.chosen("several", 30):
        text += line(choices)
    arguments = []
    if choices.chosen("command line", 15):
        arguments += ["--bind", rng.choice(ADDRESSES)]
    if choices.chosen("command line with several", 15):
        arguments += ["--bind", *rng.sample([*ADDRESSES, "127.0.0.1", "-::1"], 2), "--port", "7000"]
    return Configuration({f"{directory}/{name}.conf": text, **files}, arguments=tuple(arguments),
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
            "option": conf(f"bind {A}\n", "--bind", B),
            "options": conf("", "--bind", A, "--bind", B),
            "option-with-several": conf("", "--bind", A, B, "--port", "7000"),
            "option-with-several-in-a-word": conf("", "--bind", f"{A} {B}"),
            "include": conf(f"bind {A}\ninclude /etc/redis/more.conf\n", more=f'BIND "{B}"\n'),
        },
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
]
