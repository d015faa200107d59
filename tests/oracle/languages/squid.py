# SPDX-License-Identifier: LGPL-2.1-or-later
"""squid: if/else, include, ports with a mode, and the addresses of ICP and SNMP."""

from random import Random

from languages import ADDRESSES, A, B, C, D, Choices, Configuration, Language


def conf(text: str, *, arguments: tuple[str, ...] = ("-N",), **files: str) -> Configuration:
    more = {f"/etc/squid/{name}": content for name, content in files.items()}
    return Configuration({"/etc/squid/squid.conf": text + "pid_filename none\ncache_log /dev/stderr\n"
                          "access_log none\ncoredump_dir /tmp\nvisible_hostname debian\n", **more}, arguments=arguments)


def condition(choices: Choices) -> str:
    if choices.chosen("process", 25):
        return f"${{process_number}} = {choices.rng.randint(0, 1)}"
    if choices.chosen("comparison", 40):
        return f"{choices.rng.randint(1, 2)} = {choices.rng.randint(1, 2)}"
    return choices.rng.choice(["true", "false"])


def lines(choices: Choices, ports: list[int], depth: int = 0) -> list[str]:
    """Some ports, and conditions with others in them."""
    rng = choices.rng
    made = []
    for _ in range(rng.randint(1, 3)):
        if depth < 3 and choices.chosen("nested condition" if depth else "condition", 35):
            made += [f"if {condition(choices)}", *lines(choices, ports, depth + 1)]
            if choices.chosen("else", 50):
                made += ["else", *lines(choices, ports, depth + 1)]
            made += ["endif"]
            continue
        ports[0] += 1
        host = f"[{rng.choice(ADDRESSES)}]:"
        if choices.chosen("no address", 15):
            host = rng.choice(["", "127.0.0.1:", "[::1]:"])
        port = f"http_port {host}{ports[0]}"
        if choices.chosen("options", 20):
            port += rng.choice([" accel vhost defaultsite=x", " ignore-cc accel", f" name=[{B}]"
                                f"{ports[0]}"])
        if choices.chosen("continuation", 10):
            port = port.replace(" ", " \\\n  ", 1)
        if choices.chosen("comment behind", 15):
            port += f" # {rng.choice(ADDRESSES)}"
        if choices.chosen("indented", 15):
            port = f"  {port}"
        made.append(port)
        if choices.chosen("comment", 15):
            made.append(f"#http_port [{rng.choice(ADDRESSES)}]:{ports[0]}")
    return made


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    ports = [3128]
    text = f"http_port 127.0.0.1:{ports[0]}\n" + "\n".join(lines(choices, ports)) + "\n"
    files = {}
    if choices.chosen("include", 25):
        files["d/a.conf"] = "\n".join(lines(choices, ports)) + "\n"
        text += rng.choice(["include /etc/squid/d/a.conf\n", "include /etc/squid/d/*.conf\n"])
    if choices.chosen("udp_incoming_address", 15):
        text += f"icp_port 3130\nudp_incoming_address {rng.choice(ADDRESSES)}\n"
    arguments = () if choices.chosen("without -N", 30) else ("-N",)
    configuration = conf(text, **files)
    return Configuration(configuration.files, arguments=arguments, constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="squid",
        unit="squid.service",
        packages={"bookworm": ("squid",), "trixie": ("squid",)},
        directories=("/etc/squid",),
        command=("/usr/sbin/squid", "--foreground", "-C"),
        ready=r"epoll_wait",
        syscalls="bind,epoll_wait",
        refused="FATAL",
        cases={
            "brackets": conf(f"http_port [{A}]:3128\n"),
            "if-true": conf(f"if true\nhttp_port [{A}]:3128\nelse\nhttp_port [{B}]:3128\nendif\n"),
            "if-false": conf(f"if false\nhttp_port [{A}]:3128\nelse\nhttp_port [{B}]:3128\nendif\n"),
            "if-equal": conf(f"if 1 = 2\nhttp_port [{A}]:1\nendif\nif 2 = 2\nhttp_port [{B}]:1\nendif\n"),
            "if-process": conf(f"if ${{process_number}} = 0\nhttp_port [{A}]:1\nelse\nhttp_port [{B}]:1\nendif\n"),
            "if-else-again": conf(f"if true\nhttp_port [{A}]:1\nelse\nhttp_port [{B}]:2\nelse\n"
                                  f"http_port [{C}]:3\nendif\n"),
            "nested": conf(f"if true\nif false\nhttp_port [{A}]:1\nelse\nhttp_port [{B}]:1\nendif\n"
                           f"http_port [{C}]:1\nendif\n"),
            "innermost-condition": conf(f"if false\nif true\nhttp_port [{A}]:1\nendif\n"
                                        f"http_port [{B}]:1\nendif\nhttp_port 2\n"),
            "include-in-a-condition": conf(
                f"if true\ninclude /etc/squid/a\nhttp_port [{B}]:1\nendif\n",
                a=f"http_port [{A}]:2\nif false\nhttp_port [{C}]:3\nendif\n"),
            "include": conf("include /etc/squid/d/*.conf\n", **{"d/a.conf": f"http_port [{A}]:3128\n"}),
            "options": conf(f"http_port [{A}]:3128 accel vhost defaultsite=x\n"),
            "continuation": conf(f"http_port \\\n [{A}]:3128\n"),
            "if-without-blanks": conf(f"if 1=1\nhttp_port [{A}]:1\nelse\nhttp_port [{B}]:1\nendif\n"
                                      f"if ${{process_number}}=1\nhttp_port [{C}]:2\nendif\n"),
            "if-hexadecimal": conf(f"if 0x10 = 16\nhttp_port [{A}]:1\nelse\n"
                                   f"http_port [{B}]:1\nendif\n"),
            "include-quoted": conf('include "/etc/squid/a" /etc/squid/b\n',
                                   a=f"http_port [{A}]:1\n", b=f"http_port [{B}]:2\n"),
            "continued-comment": conf(f"http_port \\\n# [{B}]:1\n\n [{A}]:3128\n# x \\\n"
                                      f"http_port [{C}]:3129\n"),
            "continued-behind-a-comment": conf(f"http_port [{A}]:3128 # x \\\nhttp_port [{B}]:1\n"),
            "continued-in-a-word": conf(f"http_port [{A[:8]}\\\n  {A[8:]}]:3128\n"),
            "blank-behind-backslash": conf(f"http_port [{A}]:3128\n# \\ \nhttp_port [{B}]:1\n"),
            "carriage-returns": conf(f"http_port [{A}]:3128\r\nhttp_port \\\r\n [{B}]:1\r\n"),
            "quoted-values": conf("configuration_includes_quoted_values on\n"
                                  f'http_port "[{A}]:3128"\n'
                                  f"http_port '[{B}]:1' name=x\n"
                                  "configuration_includes_quoted_values off\n"),
            "htcp": conf(f"http_port [{A}]:3128\nhtcp_port 4827\nudp_incoming_address {B}\n"
                         f"udp_outgoing_address {C}\n"),
            "snmp": conf(f"http_port [{A}]:3128\nsnmp_port 3401\nsnmp_incoming_address {B}\n"
                         f"snmp_outgoing_address {C}\n"),
            "report-two-modes": conf(
                "acl localnet src 2001:db8::/32\nhttp_access allow localnet\nhttp_access deny all\n"
                f"http_port 127.0.0.1:3128\nhttp_port [::1]:3128\nhttp_port [{A}]:3128 name=v6\n"
                f"http_port [{B}]:80 accel defaultsite=www.example.org no-vhost\n"
                f"cache_peer {C} parent 80 0 no-query originserver name=www\n"
                f"acl v6 myportname v6\ntcp_outgoing_address {D} v6\nforwarded_for delete\n"),
            "udp": conf(f"http_port [{A}]:3128\nicp_port 3130\nudp_incoming_address {B}\n"),
            "tcp-outgoing": conf(f"http_port [{A}]:3128\ntcp_outgoing_address {B}\n"),
            "comment": conf(f"http_port [{A}]:3128 # {D}\n#http_port [{B}]:1\n"),
            "name": conf(f"http_port [{A}]:3128 name=[{C}]\n"),
        },
        random=random,
        constructs=("condition", "nested condition", "else", "process", "comparison", "no address",
                    "options", "continuation", "comment behind", "indented", "comment", "include",
                    "udp_incoming_address", "without -N"),
    ),
]
