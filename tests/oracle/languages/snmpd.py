# SPDX-License-Identifier: LGPL-2.1-or-later
"""snmpd: agentAddress lists, and addresses on the command line."""

from random import Random

from languages import ADDRESSES, A, B, C, D, Choices, Configuration, Language


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/snmp/{name}": content for name, content in files.items()}
    return Configuration({"/etc/snmp/snmpd.conf": text, **more}, arguments=arguments)


def address(choices: Choices, ports: list[int]) -> str:
    ports[0] += 1
    host = choices.rng.choice(ADDRESSES)
    if choices.chosen("IPv4", 10):
        return f"udp:127.0.0.1:{ports[0]}"
    if choices.chosen("bare with a seeming port", 15):
        host = f"{host}:{ports[0]}"
    elif not choices.chosen("bare", 10):
        host = f"[{host}]:{ports[0]}"
    if host.startswith("[") and choices.chosen("no transport", 15):
        return host
    transport = choices.rng.choice(["udp6", "udpv6", "udpipv6", "ipv6"])
    if choices.chosen("TCP", 25):
        transport = choices.rng.choice(["tcp6", "tcpv6", "tcpipv6"])
    if choices.chosen("case", 15):
        transport = transport.upper()
    return f"{transport}:{host}"


def line(choices: Choices, ports: list[int]) -> str:
    keyword = choices.rng.choice(["agentAddress", "agentaddress", "AGENTADDRESS"])
    values = [address(choices, ports)]
    while choices.chosen("list", 30):
        values.append(address(choices, ports))
    indent = "  " if choices.chosen("indented", 15) else ""
    return f"{indent}{keyword} {','.join(values)}\n"


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    ports = [1161]
    text, files, arguments = line(choices, ports), {}, []
    if choices.chosen("comment", 30):
        text += f"# agentaddress udp6:[{rng.choice(ADDRESSES)}]:99\n"
    if choices.chosen("several", 30):
        text += line(choices, ports)
    if choices.chosen("other section", 15):
        text += f"[snmp]\nagentaddress udp6:[{rng.choice(ADDRESSES)}]:99\n[snmpd]\n"
    if choices.chosen("section of a line", 15):
        text += f"[snmp] agentaddress udp6:[{rng.choice(ADDRESSES)}]:99\n[snmpd] {line(choices, ports)}"
    if choices.chosen("includeFile", 20):
        files["more.conf"] = line(choices, ports)
        text += rng.choice(["includeFile more.conf\n", "includeFile /etc/snmp/more.conf\n"])
    if choices.chosen("includeDir", 20):
        files["d/a.conf"] = line(choices, ports)
        text += "includeDir /etc/snmp/d\n"
    if choices.chosen("command line", 20):
        arguments.append(address(choices, ports))
    configuration = conf(text, *arguments, **files)
    return Configuration(configuration.files, arguments=tuple(arguments),
                         constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="snmpd",
        unit="snmpd.service",
        packages={"bookworm": ("snmpd",), "trixie": ("snmpd",)},
        directories=("/etc/snmp",),
        ipv4_words={"(?i:udp6|udpv6|udpipv6|ipv6):": "udp:", "(?i:tcp6|tcpv6|tcpipv6):": "tcp:"},
        command=("/usr/sbin/snmpd", "-Lo", "-f"),
        ready=r"\bp?select6?\(",
        syscalls="bind,select,pselect6",
        cases={
            "list": conf(f"agentAddress udp6:[{A}]:161,tcp6:[{B}]:161\n"),
            "several": conf(f"agentaddress udp6:[{A}]:161\nagentaddress udp6:[{B}]:161\n"),
            "no-protocol": conf(f"agentaddress [{A}]:161\n"),
            "no-port": conf(f"agentaddress udp6:[{A}]\n"),
            "bare": conf(f"agentaddress udp6:{A}\n"),
            "udpv6": conf(f"agentaddress udpv6:[{A}]:1161\n"),
            "udpipv6": conf(f"agentaddress udpipv6:[{A}]:1161,tcpv6:[{C}]:161\n"),
            "command-line": conf(f"agentaddress udp6:[{B}]:161\n", f"udp6:[{A}]:161"),
            "command-line-x": conf(f"agentaddress udp6:[{B}]:161\n", "-x", "/tmp/agentx", f"udp6:[{A}]:1"),
            "include": conf("includeFile more.conf\nincludeDir /etc/snmp/d\n",
                            **{"more.conf": f"agentaddress udp6:[{A}]:161\n",
                               "d/a.conf": f"agentaddress udp6:[{B}]:161\n",
                               "d/b": f"agentaddress udp6:[{C}]:161\n"}),
            "local": conf(f"agentaddress udp6:[{A}]:161\n",
                          **{"snmpd.local.conf": f"agentaddress udp6:[{D}]:161\n"}),
            "section": conf(f"[snmp]\nagentaddress udp6:[{B}]:161\n[snmpd]\nagentaddress udp6:[{A}]:161\n"),
            "agentx-socket": conf(f"agentaddress udp6:[{A}]:161\nmaster agentx\n"
                                  f"agentXSocket tcp6:[{B}]:705\n"),
            "trap": conf(f"agentaddress udp6:[{A}]:161\ntrap2sink udp6:[{B}]:162 public\n"),
            "bare-that-ends-like-a-port": conf(f"agentaddress udp6:{A}:1161\n"),
            "section-with-capitals": conf(f"[SNMPD]\nagentaddress udp6:[{B}]:161\n"
                                          f"[snmpd]\nagentaddress udp6:[{A}]:161\n"),
            "case": conf(f"agentaddress UDP6:[{A}]:161\n"),
            "section-of-a-line": conf(f"[snmp] agentaddress udp6:[{B}]:161\n"
                                      f"agentaddress udp6:[{A}]:161\n"),
        },
        random=random,
        constructs=("IPv4", "bare with a seeming port", "bare", "no transport", "TCP", "case", "list",
                    "indented", "comment", "several", "other section", "section of a line",
                    "includeFile", "includeDir", "command line"),
    ),
]
