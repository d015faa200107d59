# SPDX-License-Identifier: LGPL-2.1-or-later
"""tor: ports with an address, "+" and "/" in front of a keyword, %include."""

from random import Random

from languages import A, ADDRESSES, B, C, P, Q, Choices, Configuration, Language

KEYWORDS = ["SocksPort", "DNSPort", "TransPort", "HTTPTunnelPort", "ControlPort", "NATDPort",
            "MetricsPort"]


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/tor/{name}": content for name, content in files.items()}
    start = "DataDirectory /tmp/tor\nDisableNetwork 0\nCookieAuthentication 1\n"
    return Configuration({"/etc/tor/torrc": start + text, **more}, arguments=arguments)


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
            "report-relay-and-service": conf(
                f"SocksPort [{A}]:9050\nSocksPolicy accept6 [{B}]/64\n"
                f"HiddenServiceDir /tmp/tor/hs\nHiddenServicePort 80 [{C}]:80\n"
                f"OutboundBindAddressExit [{C}]\nMetricsPort [{B}]:9035\n"
                f"MetricsPortPolicy accept6 [{C}]\n"),
            "metrics": conf(f"MetricsPort [{A}]:7010\nMetricsPort [{B}]:7011\n"
                            "MetricsPortPolicy accept [::1]\nSocksPort 0\n"),
            "ports": conf(f"SocksPort [{A}]:9050\nDNSPort [{B}]:53\ncontrolport [{C}]:9051\n"),
            "ipv4": conf(f"SocksPort {P}:9050\nDNSPort {Q}:53\nTransPort 9040\nORPort 9001 IPv4Only\n"
                         "ExitRelay 0\n"),
            "ipv4-outbound": conf(f"SocksPort {P}:9050\nOutboundBindAddress {Q}\n"),
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
            "client-only": conf(f"SocksPort [{A}]:9050\nClientOnly 1\nORPort [{B}]:9001\n"
                                "ORPort 127.0.0.1:9001\n"),
            "not-saved": conf(f"SocksPort 0\n__ControlPort [{A}]:9051\nDNSPort [{B}]:53\n"),
            "abbreviation": conf(f"SocksPor [{A}]:9050\n"),
            "comment-in-joined-lines": conf(f"SocksPort \\\n# \\\n  # x\n [{A}]:9050\n"),
            "hidden-service": conf(f"SocksPort [{A}]:9050\nHiddenServiceDir /tmp/hs\n"
                                   f"HiddenServicePort 80 [{B}]:80\n"),
            "option": conf(f"SocksPort [{B}]:9050\n", "--SocksPort", f"[{A}]:9050"),
            "option-without-dashes": conf(f"SocksPort [{B}]:9050\n", "SocksPort", f"[{A}]:9050"),
            "option-plus": conf(f"SocksPort [{B}]:9050\n", "+SocksPort", f"[{A}]:9050"),
            "option-clears": conf(f"SocksPort [{B}]:9050\nDNSPort [{A}]:53\n", "--/SocksPort"),
            "option-behind-a-switch": conf(f"SocksPort [{B}]:9050\n", "--quiet", "--SocksPort",
                                           f"[{A}]:9050"),
        },
        random=random,
        constructs=("loopback or IPv4", "port alone", "quotes", "flags", "case", "comment behind",
                    "plus", "comment", "continuation", "clear", "defaults", "include"),
    ),
]
