# SPDX-License-Identifier: LGPL-2.1-or-later
"""haproxy: variables, conditions, sections that are disabled, peers of this host."""

from languages import Language
from languages.haproxy.haproxy_cases import CASES, STRSTR
from languages.haproxy.haproxy_random import CONSTRUCTS, make, make_with_strstr


def language(release: str, **options) -> Language:
    return Language(
        name="haproxy",
        unit="haproxy.service",
        packages={release: ("haproxy",)},
        directories=("/etc/haproxy",),
        ipv4_words={"(ip|tcp|udp)(v?)6@": r"\g<1>\g<2>4@"},
        command=("/usr/sbin/haproxy", "-db"),
        ready=r"^\d+ +epoll_(p?wait)",
        syscalls="bind,epoll_wait,epoll_pwait",
        differs={"if-some-packages": "not all packages have it; a warning names both addresses"},
        **options,
    )


LANGUAGES = [
    language("bookworm", cases=CASES, random=make, constructs=CONSTRUCTS),
    language("trixie", cases=CASES | STRSTR, random=make_with_strstr,
             constructs=(*CONSTRUCTS, "strstr")),
]
