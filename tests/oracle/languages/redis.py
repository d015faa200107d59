# SPDX-License-Identifier: LGPL-2.1-or-later
"""redis-server: words with quotes, the last `bind` counts."""

from languages import A, B, C, Configuration, Language

CONF = "/etc/redis/redis.conf"


def conf(text: str, **files: str) -> Configuration:
    more = {f"/etc/redis/{name}.conf": content for name, content in files.items()}
    return Configuration({CONF: "dir /tmp\n" + text, **more})


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
        },
    ),
]
