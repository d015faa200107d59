# SPDX-License-Identifier: LGPL-2.1-or-later
"""memcached: Debian's script takes the options from a file."""

from languages import A, B, C, Configuration, Language


def conf(text: str) -> Configuration:
    return Configuration({"/etc/memcached/memcached.conf": "-u memcache\n" + text})


LANGUAGES = [
    Language(
        name="memcached",
        unit="memcached.service",
        packages={"bookworm": ("memcached",), "trixie": ("memcached",)},
        directories=("/etc/memcached",),
        command=("/usr/share/memcached/scripts/systemd-memcached-wrapper", "/etc/memcached/memcached.conf"),
        definition="[memcached.service]\nConfig=\nConfig=/etc/memcached/memcached.conf\n",
        cases={
            "blank": conf(f"-l {A}\n"),
            "no-blank": conf(f"-l{A}\n"),
            "list": conf(f"-l {A},{B}\n"),
            "brackets": conf(f"-l [{A}]:11212\n"),
            "long": conf(f"--listen={A}\n"),
            "several": conf(f"-l {A}\n-l {B}\n"),
            "comment": conf(f"# -l {C}\n-l {A}\n"),
            "behind-another": conf(f"-m 64 -l {A}\n"),
            "blanks-in-front": conf(f"  -l {A}\n"),
        },
    ),
]
