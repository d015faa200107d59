# SPDX-License-Identifier: LGPL-2.1-or-later
"""snmpd: agentAddress lists, and addresses on the command line."""

from languages import A, B, C, D, Configuration, Language


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/snmp/{name}": content for name, content in files.items()}
    return Configuration({"/etc/snmp/snmpd.conf": text, **more}, arguments=arguments)


LANGUAGES = [
    Language(
        name="snmpd",
        unit="snmpd.service",
        packages={"bookworm": ("snmpd",), "trixie": ("snmpd",)},
        directories=("/etc/snmp",),
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
        },
    ),
]
