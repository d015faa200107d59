# SPDX-License-Identifier: LGPL-2.1-or-later
"""haproxy: variables, conditions, sections that are disabled, peers of this host."""

from languages import Language
from languages.haproxy.haproxy_cases import CASES
from languages.haproxy.haproxy_random import CONSTRUCTS, make

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
        random=make,
        constructs=CONSTRUCTS,
    ),
]
