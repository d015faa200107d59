# SPDX-License-Identifier: LGPL-2.1-or-later
"""openvpn: `local` and `management`, in files and on the command line."""

from random import Random

from languages import A, ADDRESSES, B, C, P, Q, Choices, Configuration, Language

DIRECTORY = "/etc/openvpn/server"
KEY = ("-----BEGIN OpenVPN Static key V1-----\n" + f"{'0123456789abcdef' * 2}\n" * 16
       + "-----END OpenVPN Static key V1-----\n")
START = "proto udp\ndev null\nsecret test.key\ncipher AES-256-CBC\n"


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"{DIRECTORY}/{name}.inc": content for name, content in files.items()}
    return Configuration({f"{DIRECTORY}/test.conf": text + START, f"{DIRECTORY}/test.key": KEY,
                          **more}, arguments=arguments)


def option(choices: Choices, keyword: str, *values: str) -> str:
    first, *rest = values
    if choices.chosen("quotes", 20):
        first = f'"{first}"'
    elif choices.chosen("single quotes", 20):
        first = f"'{first}'"
    if choices.chosen("dashes", 15):
        keyword = f"--{keyword}"
    if choices.chosen("indented", 15):
        keyword = f" \t{keyword}"
    behind = choices.rng.choice("#;") + choices.rng.choice(ADDRESSES)
    return " ".join([keyword, first, *rest, *[behind] * choices.chosen("comment behind", 20)])


def random(rng: Random) -> Configuration:
    choices = Choices(rng)
    lines, files, arguments = [], {}, []
    if choices.chosen("comment", 30):
        lines.append(rng.choice("#;") + f"local {rng.choice(ADDRESSES)}")
    if choices.chosen("local", 85):
        lines.append(option(choices, "local", rng.choice(ADDRESSES)))
    if choices.chosen("inline", 20):
        lines += ["<extra-certs>", f"local {rng.choice(ADDRESSES)}", "</extra-certs>"]
    if choices.chosen("connection", 25):
        for _ in range(rng.randint(1, 2)):
            lines += ["<connection>", "remote ::1 1194",
                      *[option(choices, "local", rng.choice(ADDRESSES))]
                      * choices.chosen("local of a connection", 60), "</connection>"]
    if choices.chosen("several", 20):
        lines.append(option(choices, "local", rng.choice(ADDRESSES)))
    if choices.chosen("management", 40):
        lines.append(option(choices, "management", rng.choice(ADDRESSES), "7505"))
    if choices.chosen("include", 20):
        files["more"] = option(choices, "local", rng.choice(ADDRESSES)) + "\n"
        lines.insert(rng.randint(0, len(lines)) if "<" not in "".join(lines) else 0,
                     "config more.inc")
    if choices.chosen("command line", 20):
        arguments += ["--local", rng.choice(ADDRESSES)]
    configuration = conf("\n".join(lines) + "\n", *arguments, **files)
    return Configuration(configuration.files, arguments=tuple(arguments),
                         constructs=frozenset(choices.constructs))


LANGUAGES = [
    Language(
        name="openvpn-client",
        unit="openvpn-client@test.service",
        packages={"bookworm": ("openvpn",), "trixie": ("openvpn",)},
        directories=("/etc/openvpn",),
        command=("/usr/sbin/openvpn", "--cd", "/etc/openvpn/client", "--config", "test.conf"),
        ready=r"\bp?poll\(|epoll_wait",
        syscalls="bind,epoll_wait,poll",
        refused="Options error|Cannot resolve|fatal error",
        cases={
            "management": Configuration({
                "/etc/openvpn/client/test.conf": f"management {A} 7505\n" + START,
                "/etc/openvpn/client/test.key": KEY,
            }),
        },
    ),
    Language(
        name="openvpn",
        unit="openvpn-server@test.service",
        packages={"bookworm": ("openvpn",), "trixie": ("openvpn",)},
        directories=("/etc/openvpn",),
        command=("/usr/sbin/openvpn", "--cd", DIRECTORY, "--config", "test.conf"),
        ready=r"\bp?poll\(|epoll_wait",
        syscalls="bind,epoll_wait,poll",
        refused="Options error|Cannot resolve|fatal error",
        cases={
            "local": conf(f"local {A}\n"),
            "two-local": conf(f"local {B}\nlocal {A}\n"),
            "quotes": conf(f'local "{A}" # {B}\n'),
            "single-quotes": conf(f"local '{A}' ; {B}\n"),
            "dashes": conf(f"--local {A}\n"),
            "management": conf(f"local {A}\nmanagement {B} 7505\n"),
            "two-management": conf(f"local {A}\nmanagement {C} 7505\nmanagement {B} 7505\n"),
            "management-alone": conf(f"management {A} 7505\n"),
            "management-socket": conf(f"local {A}\nmanagement /tmp/sock unix\n"),
            "management-client": conf(f"local {A}\nmanagement 127.0.0.1 7505\n"),
            "command-line": conf("", "--local", A),
            "command-line-last": conf(f"local {B}\n", "--local", A),
            "ipv4": conf(f"local {P}\nmanagement {Q} 7505\n"),
            "ipv4-protocol": conf(f"local {P}\n", "--proto", "udp4"),
            "nobind": conf(f"nobind\nremote ::1 1194\nmanagement {A} 7505\n"),
            "include": conf("config more.inc\n", more=f"local {A}\n"),
            "inline": conf(f"local {A}\n<connection>\nremote ::1 1194\n</connection>\n"),
            "inline-text": conf(f"local {A}\n<extra-certs>\nlocal {B}\n</extra-certs>\n"),
            "connection-local": conf(f"<connection>\nlocal {A}\nremote ::1 1194\n</connection>\n"),
            "local-behind-a-connection": conf(
                f"local {A}\n<connection>\nremote ::1 1194\n</connection>\nlocal {B}\n"),
            "comments": conf(f";local {B}\n#local {C}\nlocal\t{A}\n"),
            "byte-order-mark": conf(f"\ufefflocal {A}\r\n"),
            "setenv-opt": conf(f"setenv opt local {A}\nsetenv opt management {B} 7505\n"),
            "connection-in-include": conf("config more.inc\n", more="<connection>\n"
                                          f"remote ::1 1194\nlocal {A}\n</connection>\n"),
        },
        random=random,
        constructs=("quotes", "single quotes", "dashes", "indented", "comment behind",
                    "comment", "local", "inline", "connection", "local of a connection", "several",
                    "management", "include", "command line"),
    ),
]
