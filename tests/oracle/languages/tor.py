# SPDX-License-Identifier: LGPL-2.1-or-later
"""tor: ports with an address, "+" and "/" in front of a keyword, %include."""

from random import Random

from languages import ADDRESSES, A, B, C, Choices, Configuration, Language

KEYWORDS = ["SocksPort", "DNSPort", "TransPort", "HTTPTunnelPort", "ControlPort", "NATDPort",
            "MetricsPort"]


def conf(text: str, **files: str) -> Configuration:
    more = {f"/etc/tor/{name}": content for name, content in files.items()}
    return Configuration({"/etc/tor/torrc": "DataDirectory /tmp/tor\nDisableNetwork 0\nCookieAuthentication 1\n" + text, **more})


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    chosen = choices.chosen
    lines = []
    keywords = rng.sample(KEYWORDS, rng.randint(1, 5))
    for number, keyword in enumerate(keywords):
        for repeated in range(rng.choice([1, 1, 2])):
            address = f"[{rng.choice(ADDRESSES)}]"
            if chosen("loopback or IPv4", 10):
                address = rng.choice(["127.0.0.1", "[::1]"])
            port = 7000 + 10 * number + repeated
            value = f"{address}:{port}"
            if chosen("port alone", 10):
                value = str(port)
            elif chosen("quotes", 15):
                value = f'"{value}"'
            if keyword == "SocksPort" and '"' not in value and chosen("flags", 40):
                value += rng.choice([" IPv6Traffic", " IsolateDestAddr", " NoIPv4Traffic IPv6Traffic"])
            if chosen("case", 20):
                keyword = keyword.lower()
            if chosen("comment behind", 20):
                value += f" # {rng.choice(ADDRESSES)}"
            plus = "+" if chosen("plus", 15) else ""
            lines.append(f"{plus}{keyword} {value}")
        if chosen("comment", 20):
            lines.append(f"#{keyword} [{rng.choice(ADDRESSES)}]:1")
        if chosen("continuation", 20):
            first, _, rest = lines[-1].partition(" ")
            if not lines[-1].startswith("#") and "#" not in rest and '"' not in rest:
                lines[-1] = f"{first} \\\n  {rest}"
    files = {}
    if chosen("clear", 15):
        lines.insert(rng.randint(0, len(lines)), f"/{rng.choice(KEYWORDS)}")
    if chosen("defaults", 25):
        files["defaults"] = "".join(f"{keyword} [{rng.choice(ADDRESSES)}]:{7900 + number}\n"
                                    for number, keyword in enumerate(rng.sample(KEYWORDS, 2)))
    if chosen("include", 30):
        files["more"] = "\n".join(lines) + "\n"
        lines = [rng.choice(["%include /etc/tor/more", '%include "/etc/tor/more"', "%include /etc/tor/mor*"])]
    configuration = conf("\n".join(lines) + "\nMetricsPortPolicy accept [::1]\n", **files)
    return Configuration(configuration.files, constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="tor",
        unit="tor@default.service",
        packages={"bookworm": ("tor",), "trixie": ("tor",)},
        directories=("/etc/tor",),
        command=("/usr/bin/tor", "-f", "/etc/tor/torrc", "--defaults-torrc", "/etc/tor/defaults"),
        ready=r"epoll_wait",
        syscalls="bind,epoll_wait",
        refused=r"\[err\]",
        cases={
            "metrics": conf(f"MetricsPort [{A}]:7010\nMetricsPort [{B}]:7011\n"
                            "MetricsPortPolicy accept [::1]\nSocksPort 0\n"),
            "ports": conf(f"SocksPort [{A}]:9050\nDNSPort [{B}]:53\ncontrolport [{C}]:9051\n"),
            "several": conf(f"SocksPort [{A}]:9050\nSocksPort [{B}]:9050\n"),
            "zero": conf(f"SocksPort 0\nDNSPort [{B}]:53\n"),
            "or-port": conf(f"ORPort [{A}]:9001\nORPort 127.0.0.1:9001\nExitRelay 0\nSocksPort 0\n"),
            "no-listen": conf(f"ORPort [{A}]:9001 NoAdvertise\nORPort [{B}]:443 NoListen\nORPort 127.0.0.1:9001\n"
                              "ExitRelay 0\nSocksPort 0\n"),
            "disable-network": Configuration({"/etc/tor/torrc": "DataDirectory /tmp/tor\nDisableNetwork 1\nCookieAuthentication 1\n"
                                              f"ControlPort [{B}]:9051\nSocksPort [{A}]:9050\n"}),
            "outbound": conf(f"SocksPort [{A}]:1\nOutboundBindAddress [{B}]\n"),
            "include": conf("%include /etc/tor/more\n", more=f"SocksPort [{A}]:9050\n"),
            "include-directory": conf("%include /etc/tor/d\n", **{"d/a": f"SocksPort [{A}]:9050\n",
                                                                "d/.b": f"DNSPort [{B}]:53\n"}),
            "added-to-defaults": conf(f"+SocksPort [{A}]:9050\n", defaults=f"SocksPort [{B}]:9051\n"),
            "added-twice-to-defaults": conf(f"+SocksPort [{A}]:9050\n+SocksPort [{C}]:9052\n",
                                            defaults=f"SocksPort [{B}]:9051\n"),
            "added-after-replacing": conf(f"SocksPort [{A}]:9050\n+SocksPort [{C}]:9052\n",
                                          defaults=f"SocksPort [{B}]:9051\n"),
            "cleared-defaults": conf(f"/SocksPort\nDNSPort [{A}]:53\n", defaults=f"SocksPort [{B}]:9051\n"),
            "cleared": conf(f"SocksPort [{B}]:9050\n/SocksPort\nDNSPort [{A}]:53\n"),
            "defaults": conf(f"SocksPort [{A}]:9050\n", defaults=f"SocksPort [{B}]:9050\n"),
        },
        random=random,
        constructs=("loopback or IPv4", "port alone", "quotes", "flags", "case", "comment behind",
                    "plus", "comment", "continuation", "clear", "defaults", "include"),
    ),
]
