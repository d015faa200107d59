# SPDX-License-Identifier: LGPL-2.1-or-later
"""stunnel: an ini file of services, `accept = ADDRESS:PORT` at the last colon, `include` of a directory."""

from random import Random

from languages import ADDRESSES, A, B, C, Choices, Configuration, Language

START = "foreground = yes\npid =\n"


def service(accept: str, name: str = "one") -> str:
    return f"[{name}]\nclient = yes\n{accept}\nconnect = 127.0.0.1:443\n"


def conf(text: str, files: dict[str, str] | None = None) -> Configuration:
    more = {f"/etc/stunnel/{name}": content for name, content in (files or {}).items()}
    return Configuration({"/etc/stunnel/test.conf": START + text, **more})


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    chosen = choices.chosen

    def one(number: int) -> str:
        lines = []
        address = rng.choice(ADDRESSES)
        if chosen("loopback or IPv4", 10):
            address = rng.choice(["127.0.0.1", "::1", "localhost"])
        key = rng.choice(["Accept", "ACCEPT"]) if chosen("case", 50) else "accept"
        blank = rng.choice(["", " ", "\t"])
        if chosen("comment", 30):
            lines.append(f"{rng.choice('#;')} accept = {rng.choice(ADDRESSES)}:1")
        if chosen("connect", 30):
            lines.append(f"connect = {rng.choice(ADDRESSES)}:443")
        if chosen("repeated", 20):
            lines.append(f"accept = {rng.choice(ADDRESSES)}:77")
        lines.append(f"{key}{blank}={blank}{address}:{8000 + number}{rng.choice(['', ' '])}")
        return service("\n".join(lines), f"s{number}")

    services = [one(number) for number in range(rng.randint(1, 5))]
    files = {}
    text = ""
    if chosen("include", 40):
        files = {f"conf.d/{number}.conf": part for number, part in enumerate(services[1:])}
        files.setdefault("conf.d/none", "")
        text = "include = /etc/stunnel/conf.d\n" if chosen("include in front", 50) else ""
        services = services[:1] + ([] if text else ["include = /etc/stunnel/conf.d\n"])
        if text:
            services, text = [], text + "".join(services)
    configuration = conf(text + "".join(services), files)
    return Configuration(configuration.files, constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="stunnel",
        unit="stunnel@test.service",
        packages={"bookworm": ("stunnel4",), "trixie": ("stunnel4",)},
        directories=("/etc/stunnel",),
        command=("/usr/bin/stunnel4", "/etc/stunnel/test.conf"),
        refused="Configuration failed|errors",
        cases={
            "last-colon": conf(service(f"accept = {A}:8443")),
            "two": conf(service(f"accept = {A}:8443") + service(f"accept = {B}:8443", "two")),
            "last-one-counts": conf(service(f"accept = {A}:8443\naccept = {B}:8443")),
            "include": conf("include = /etc/stunnel/conf.d\n",
                            {"conf.d/a.conf": service(f"accept = {A}:8443"),
                             "conf.d/b": service(f"accept = {B}:8443", "b")}),
            "case": conf(service(f"ACCEPT={A}:8443")),
            "comments": conf(service(f";accept = {C}:1\n# accept = {B}:1\n accept = {A}:8443")),
            "local-is-no-listener": conf(service(f"accept = {A}:8443\nlocal = {B}")),
            "default-of-services": conf(f"TIMEOUTclose = 0\n{service(f'accept = {A}:8443')}"),
        },
        random=random,
        constructs=("loopback or IPv4", "comment", "connect", "case", "include",
                    "include in front", "repeated"),
    ),
]
