# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kea: JSON with comments and files that are included anywhere, names of interfaces."""

from random import Random

from languages import (
    A, ADDRESSES, B, C, LINK_LOCAL, P, Q, Choices, Configuration, Language,
)

DIRECTORY = "/etc/kea"

# Kea does not make the directories that its units have systemd make.
PREPARE = "mkdir -p /run/kea /run/lock/kea /var/lib/kea; export KEA_LOCKFILE_DIR=/run/lock/kea"
LINKS = "; ".join(f"ip -6 addr add {address}/64 dev {link} nodad"
                  for link, address in LINK_LOCAL.items())


def files(name: str, text: str, **more: str) -> Configuration:
    included = {f"{DIRECTORY}/{file}.json": content for file, content in more.items()}
    return Configuration({f"{DIRECTORY}/kea-{name}.conf": text, **included})


def dhcp(version: int, interfaces: str, more: str = "", **included: str) -> Configuration:
    """interfaces: the member of interfaces-config, or all of it if it begins with '<'"""
    section = interfaces if interfaces.startswith("<") else f'{{ "interfaces": {interfaces} }}'
    return files(f"dhcp{version}", f"""{{
        "Dhcp{version}": {{
            "lease-database": {{ "type": "memfile", "persist": false }},
            "subnet{version}": [],
            {more}
            "interfaces-config": {section}
        }}
    }}""", **included)


def dhcp6(interfaces: str, more: str = "", **included: str) -> Configuration:
    return dhcp(6, interfaces, more, **included)


def include(name: str) -> str:
    return f'<?include "{DIRECTORY}/{name}.json"?>'


def agent(text: str, **included: str) -> Configuration:
    return files("ctrl-agent", text, **included)


def random(rng: Random) -> Configuration:
    """Of kea-ctrl-agent, where each form may stand."""
    choices = Choices(rng)
    chosen = choices.chosen
    included = {}
    address = rng.choice(ADDRESSES)
    if chosen("any address", 10):
        address = "::"
    members = ['"http-port": 8000', f'"http-host": "{address}"']
    if chosen("another member", 40):
        other = rng.choice(ADDRESSES)
        members.append(f'"user-context": {{ "http-host": "{other}", "list": [ 1, [], {{}} ] }}')
    if chosen("escapes", 20):
        members.append(r'"authentication": { "type": "basic", "clients": [],'
                       r' "realm": "a \" // \/ # {" }')
    rng.shuffle(members)
    if chosen("comment", 60):
        members.insert(rng.randint(0, len(members) - 1),
                       rng.choice([f'# "http-host": "{C}",\n', f'// "http-host": "{C}",\n',
                                   f'/* "http-host": "{C}",\n }} */']) + members.pop())
    text = (",\n" if chosen("lines", 50) else ",").join(members)
    if chosen("members of a file", 25):
        included["members"] = text
        text = include("members")
    section = "{" + text + "}"
    if chosen("value of a file", 25):
        included["value"] = section
        section = include("value")
    colon = rng.choice([":", " : ", ":\n\t"])
    configuration = agent(f'{{ "Control-agent"{colon}{section} }}\n', **included)
    return Configuration(configuration.files, constructs=frozenset(choices.constructs))


def kea(name: str, cases: dict[str, Configuration], **more) -> Language:
    server = name + ("-server" if name.startswith("dhcp") else "")
    return Language(
        name=f"kea-{name}",
        unit=f"kea-{server}.service",
        packages={release: (f"kea-{server}",) for release in ("bookworm", "trixie")},
        directories=(DIRECTORY,),
        command=(f"/usr/sbin/kea-{name}", "-c", f"{DIRECTORY}/kea-{name}.conf"),
        cases=cases,
        prepare=f"{PREPARE}; {LINKS}",
        refused="CONFIG_LOAD_FAIL|INIT_FAIL|FILE_LOAD_FAIL",
        **more,
    )


DHCP6 = {
    "interface": dhcp6('[ "lan0" ]'),
    "interfaces": dhcp6('[ "lan0", "lan1" ]'),
    "all": dhcp6('[ "*" ]'),
    "none": dhcp6('[ "lan1" ]', f'# "interfaces": [ "lan0", "lan0/{A}" ],\n'),
    "comments": dhcp6('[ /* "lan0", */ "lan1" // "lan0"\n ]'),
    "list-of-a-file": dhcp6(f'[ {include("names")} ]', names='"lan0"'),
    "list-of-a-file-and-more": dhcp6(f'[ "lan1", {include("names")} ]', names='"lan0"'),
    "members-of-a-file": dhcp6('[ "lan1" ]', include("members") + ",",
                               members='"renew-timer": 1000'),
    "value-of-a-file": dhcp6(include("value"), value='{ "interfaces": [ "lan0" ] }'),
    "other-interfaces": dhcp6('[ "lan0" ]',
                              '"option-data": [], "client-classes": [ { "name": "lan1" } ],'),
}
UNICAST = {
    "address": dhcp6(f'[ "lan0/{A}" ]'),
    "addresses": dhcp6(f'[ "lan0", "lan0/{A}", "lan0/{B}" ]'),
    "all-and-an-address": dhcp6(f'[ "*", "lan0/{A}" ]'),
    "list-of-a-file-with-an-address": dhcp6(f'[ {include("names")} ]', names=f'"lan0/{A}", "lan1"'),
    "ddns": dhcp6('[ "lan0" ]', f'"dhcp-ddns": {{ "enable-updates": true, "sender-ip": "{A}",'
                                f' "server-ip": "{B}" }},'),
}
NO_IPV4 = dict.fromkeys(UNICAST, "it serves IPv6")

LANGUAGES = [
    kea("dhcp6", {**DHCP6, **UNICAST}, not_with_ipv4=NO_IPV4),
    kea("dhcp4", {
        "address": dhcp(4, f'[ "lan0/{P}" ]'),
        "addresses": dhcp(4, f'[ "lan0/{P}", "lan0/{Q}" ]'),
        "sockets": dhcp(4, f'[ "lan0/{P}" ], "dhcp-socket-type": "udp"'),
    }),
    kea("ctrl-agent", {
        "address": agent(f'{{ "Control-agent": {{ "http-host": "{A}", "http-port": 8000 }} }}'),
        "comments": agent(f'# "http-host": "{B}"\n{{ "Control-agent": // {{\n'
                          f'{{ /* }} */ "http-host":\n"{A}" }} }}'),
        "other-members": agent(f'{{ "Control-agent": {{ "user-context": {{ "http-host": "{B}" }},'
                               f' "http-host": "{A}" }} }}'),
        "members-of-a-file": agent(f'{{ "Control-agent": {{ {include("members")} }} }}',
                                   members=f'"http-host": "{A}"'),
        "value-of-a-file": agent(f'{{ "Control-agent": {include("value")} }}',
                                 value=f'{{ "http-host": "{A}" }}'),
    }, random=random, constructs=("any address", "another member", "escapes", "comment", "lines",
                                  "members of a file", "value of a file")),
    kea("dhcp-ddns", {
        "address": files("dhcp-ddns", f'{{ "DhcpDdns": {{ "ip-address": "{A}", "port": 53001 }} }}'),
        "servers": files("dhcp-ddns", f'{{ "DhcpDdns": {{ "ip-address": "{A}", "forward-ddns": {{'
                                      ' "ddns-domains": [ { "name": "example.com.", "dns-servers":'
                                      f' [ {{ "ip-address": "{B}" }} ] }} ] }} }} }}'),
    }),
]
