# SPDX-License-Identifier: LGPL-2.1-or-later
"""freeradius: nested blocks, `listen { ipv6addr = … }` in radiusd.conf and in virtual servers."""

from languages import A, B, C, Configuration, Language

DIRECTORY = "/etc/freeradius/3.0"
SERVER = "server default {\n%sauthorize {\n}\nauthenticate {\n}\n}\n"
MAIN = ("prefix = /usr\nname = freeradius\nsysconfdir = /etc\nlocalstatedir = /var\nsbindir = /usr/sbin\n"
        "confdir = /etc/freeradius/3.0\nlogdir = /tmp\nraddbdir = /etc/freeradius/3.0\n"
        "radacctdir = /tmp\nrun_dir = /tmp\nlibdir = /usr/lib/freeradius\n"
        "log {\ndestination = stdout\n}\nsecurity {\nallow_core_dumps = no\n}\n"
        "thread pool {\nstart_servers = 1\nmax_servers = 1\n}\nmodules {\n}\n")


def listen(line: str, port: int = 1812, kind: str = "auth") -> str:
    return f"listen {{\n\ttype = {kind}\n\t{line}\n\tport = {port}\n}}\n"


def conf(text: str, **files: str) -> Configuration:
    more = {f"{DIRECTORY}/{name}": content for name, content in files.items()}
    return Configuration({f"{DIRECTORY}/radiusd.conf": MAIN + text, **more})


LANGUAGES = [
    Language(
        name="freeradius",
        unit="freeradius.service",
        packages={"bookworm": ("freeradius",), "trixie": ("freeradius",)},
        directories=("/etc/freeradius",),
        command=("/usr/sbin/freeradius", "-f", "-l", "stdout"),
        ready="Ready to process requests",
        syscalls="bind,write",
        cases={
            "in-server": conf(SERVER % listen(f"ipv6addr = {A}")),
            "in-radiusd.conf": conf(listen(f"ipv6addr = {A}") + SERVER % ""),
            "ipaddr": conf(SERVER % listen(f"ipaddr = {A}")),
            "client": conf(SERVER % listen(f"ipv6addr = {A}")
                           + f"client x {{\nipv6addr = {B}\nsecret = x\n}}\n"),
            "client-in-listen": conf(SERVER % listen(
                f"ipv6addr = {A}\nclients = x") + "clients x {\nclient y {\n"
                f"ipaddr = {B}\nsecret = x\n}}\n}}\n"),
            "include": conf("$INCLUDE sites-enabled/\n",
                            **{"sites-enabled/default": SERVER % listen(f"ipv6addr = {A}")}),
            "dollar-minus-include": conf("$-INCLUDE missing\n$INCLUDE ${confdir}/x.conf\n",
                                         **{"x.conf": SERVER % listen(f"ipv6addr = {A}")}),
            "variable": conf(f"v6 = {A}\n" + SERVER % listen("ipv6addr = ${v6}")),
            "variable-of-a-section": conf(f"mine {{\nv6 = {A}\n}}\n"
                                          + SERVER % listen("ipv6addr = ${mine.v6}")),
            "quotes": conf(SERVER % listen(f'ipv6addr = "{A}"')),
            "two": conf(SERVER % (listen(f"ipv6addr = {A}") + listen(f"ipv6addr = {B}", 1813, "acct"))),
            "comment": conf(SERVER % listen(f"ipv6addr = {A} # {C}")),
        },
    ),
]
