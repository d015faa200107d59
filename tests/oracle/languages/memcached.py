# SPDX-License-Identifier: LGPL-2.1-or-later
"""memcached: Debian's script takes the options from a file."""

from random import Random

from languages import ADDRESSES, A, B, C, Choices, Configuration, Language


def conf(text: str) -> Configuration:
    return Configuration({"/etc/memcached/memcached.conf": "-u memcache\n" + text})


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    lines = []
    for address in rng.sample(ADDRESSES, rng.randint(1, 3)):
        value = address
        if choices.chosen("port", 25):
            value = f"[{address}]:{rng.randint(11212, 11300)}"
        elif choices.chosen("list", 25):
            value += rng.choice([",127.0.0.1", f",{rng.choice(ADDRESSES)}"])
        option = f"-l {value}"
        if choices.chosen("no blank", 20):
            option = f"-l{value}"
        elif choices.chosen("long", 20):
            option = rng.choice([f"--listen={value}", f"--listen {value}"])
        if choices.chosen("indented", 15):
            option = f"  {option}"
        if choices.chosen("another in front", 20):
            option = f"-m 64 {option}"
        lines.append(option)
        if choices.chosen("comment", 30):
            lines.append(f"# -l {rng.choice(ADDRESSES)}")
        if choices.chosen("another", 30):
            lines.append(rng.choice(["-c 1024", "-v", "-t 2", "-I 2m", "-p 11311"]))
    configuration = conf("\n".join(lines) + "\n")
    return Configuration(configuration.files, constructs=frozenset(choices.constructs))


def memcached(name: str, cases: dict[str, Configuration], **more) -> Language:
    return Language(
        name=name,
        unit="memcached.service",
        packages={"bookworm": ("memcached",), "trixie": ("memcached",)},
        directories=("/etc/memcached",),
        command=("/usr/share/memcached/scripts/systemd-memcached-wrapper",
                 "/etc/memcached/memcached.conf"),
        definition="[memcached.service]\nConfig=\nConfig=/etc/memcached/memcached.conf\n",
        cases=cases,
        **more,
    )


LANGUAGES = [
    memcached(
        "memcached",
        {
            "blank": conf(f"-l {A}\n"),
            "no-blank": conf(f"-l{A}\n"),
            "list": conf(f"-l {A},{B}\n"),
            "brackets": conf(f"-l [{A}]:11212\n"),
            "long": conf(f"--listen={A}\n"),
            "several": conf(f"-l {A}\n-l {B}\n"),
            "comment": conf(f"# -l {C}\n-l {A}\n"),
            "behind-another": conf(f"-m 64 -l {A}\n"),
            "comment-in-a-word": conf(f"-l {A}#x\n"),
            "quotes": conf(f'-l "{A}"\n'),
            "skipped-lines": conf(f"-d -l {B}\n-l {A}\nlisten -l {C}\n"),
            "blanks-in-front": conf(f"  -l {A}\n"),
            "protocol": conf(f"-l proto[ascii]:[{A}]:11211\n"),
        },
        random=random,
        constructs=("port", "list", "no blank", "long", "indented", "another in front", "comment",
                    "another"),
    ),
    # These bind no address.
    memcached(
        "memcached-socket",
        {
            "socket": conf(f"-l {A}\n-s /tmp/memcached.sock\n"),
            "behind-flags": conf(f"-vs /tmp/memcached.sock\n-l {A}\n"),
        },
        ready=r"\blisten\(",
        syscalls="bind,listen",
    ),
]
