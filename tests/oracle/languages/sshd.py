# SPDX-License-Identifier: LGPL-2.1-or-later
"""sshd: ListenAddress adds up, the first AddressFamily counts, Include and Match."""

from random import Random

from languages import A, ADDRESSES, B, C, D, Configuration, Language

CONF = "/etc/ssh/sshd_config"


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/ssh/{name}.conf": content for name, content in files.items()}
    return Configuration({CONF: text, **more}, arguments=arguments)


def other(path: str, text: str, *arguments: str) -> Configuration:
    return Configuration({CONF: f"ListenAddress {D}\n", path: text}, arguments=arguments)


CASES = {
    "adds-up": conf(f"ListenAddress {A}\nListenAddress [{B}]:2222\nlistenaddress [{C}]\n"),
    "ports": conf(f"Port 22\nPort 2222\nListenAddress {A}\n"),
    "first-family-any": conf(f"AddressFamily any\nAddressFamily inet\nListenAddress {A}\n"),
    "first-family-in-include": conf(
        f"Include first.conf\nAddressFamily inet\nListenAddress {A}\n", first="AddressFamily any\n"),
    "family-inet": conf("ListenAddress localhost\nListenAddress 127.0.0.1\nAddressFamily inet\n"),
    "family-inet6": conf(f"AddressFamily inet6\nListenAddress {A}\n"),
    "equals": conf(f"ListenAddress={A}\nListenAddress = {B}\nListenAddress\t=\t{C}\n"),
    "quotes": conf(f'ListenAddress "{A}"\n"ListenAddress" {B}\nListenAddress \'{C}\'\n'
                   f'ListenAddress 20"01:db8:4"::4\n'),
    "comments": conf(f"# ListenAddress {B}\n \tListenAddress {A} # {C}\n#ListenAddress {D}\n"),
    "carriage-returns": conf(f"ListenAddress {A}\r\nListenAddress {B} \f\r\n"),
    "include-many": conf("Include one.conf /etc/ssh/t*.conf nothing*.conf\n",
                         one=f"ListenAddress {A}\n", two=f"ListenAddress {B}\n",
                         three=f"ListenAddress {C}\n"),
    "include-nested": conf("Include one.conf\n", one="Include two.conf\n",
                           two=f"ListenAddress {A}\n"),
    "include-quoted": conf('Include "one.conf" two.conf\n', one=f"ListenAddress {A}\n",
                           two=f"ListenAddress {B}\n"),
    "match-all": conf(f"Match user root\nBanner none\nMatch all\nListenAddress {A}\n"),
    "match-in-include": conf(f"Include one.conf\nListenAddress {A}\n",
                             one="Match user root\nBanner none\n"),
    "match-last": conf(f"ListenAddress {A}\nMatch address {B}\nBanner none\n"),
    "option": conf(f"ListenAddress {A}\n", "-o", f"ListenAddress={B}"),
    "option-joined": conf("", f"-oListenAddress [{A}]:2222", "-p", "2022"),
    "option-first-family": conf(f"AddressFamily inet\nListenAddress {A}\n", "-o", "AddressFamily=any"),
    "option-6": conf(f"AddressFamily inet\nListenAddress {A}\n", "-6"),
    "option-6-after-o": conf(f"ListenAddress {A}\n", "-o", "AddressFamily=inet", "-6"),
    "option-4": conf("AddressFamily inet6\nListenAddress localhost\n", "-4"),
    "option-f": other("/etc/ssh/other", f"ListenAddress {A}\n", "-f", "/etc/ssh/other"),
    "option-f-none": conf(f"ListenAddress {A}\n", "-f", "none", "-o", f"ListenAddress={B}"),
    "option-f-last": other("/etc/ssh/other", f"ListenAddress {A}\n", "-f", CONF, "-f/etc/ssh/other"),
    "with-host-port": conf(f"ListenAddress 127.0.0.1:2222\nListenAddress localhost\n"
                           f"ListenAddress {A}\n"),
    "link-local": conf("ListenAddress fe80::1%lo\nListenAddress [fe80::2%lo]:2222\n"),
    "mapped": conf(f"ListenAddress ::ffff:127.0.0.1\nListenAddress {A}\n"),
    "rdomain": conf(f"ListenAddress {A} rdomain lo\nListenAddress [{B}]:2222 rdomain \"lo\" # x\n"),
    "include-in-match-all": conf(f"Match all\nInclude one.conf\nListenAddress {B}\n",
                                 one=f"ListenAddress {A}\nMatch user x\nBanner none\n"),
    "include-in-match": conf(f"ListenAddress {A}\nMatch user x\nInclude one.conf\n",
                             one="Banner none\n"),
    "match-with-equals": conf(f"Match=user=x\nBanner none\nMatch all # {B}\nListenAddress {A}\n"),
    "include-twice": conf("Include one.conf\nInclude one.conf\n", one=f"ListenAddress {A}\n"),
    "blanks-before": conf(f"\r ListenAddress {A}\n\t\r\tListenAddress\t \t[{B}]\t\n"),
    "report-two-ports": conf(
        "Include /etc/ssh/sshd_config.d/*.conf\nPort 22\nPort 2222\n#AddressFamily any\n"
        f"ListenAddress 192.0.2.1:22\nListenAddress [{A}]:22\nListenAddress {A}\n"
        "HostKey /tmp/key\nSubsystem sftp internal-sftp\nMatch group sftp\n ChrootDirectory %h\n"
        " ForceCommand internal-sftp\n",
        **{"sshd_config.d/10-address": f"ListenAddress [{B}]:2200\n",
           "sshd_config.d/20-family": "AddressFamily any\n"}),
    "default": conf("Port 2222\n"),
    "wildcard": conf("ListenAddress ::\nListenAddress 0.0.0.0\n"),
}

# Of OpenSSH 10. Where the version is another one, sshd does not start.
CASES_10 = {
    "match-version": conf(f"Match version OpenSSH_10*\nListenAddress {A}\n"
                          f"Match version=OpenSSH_* version=*\nListenAddress {B}\n"
                          "Match user x\nBanner none\n"),
    "match-version-include": conf("Match version OpenSSH_*\nInclude one.conf\n",
                                  one=f"ListenAddress {A}\nMatch user x\nBanner none\n"),
}

CONSTRUCTS = ("include", "nested include", "match", "match all", "family", "quotes", "equals", "port",
              "brackets", "option", "-6", "-4 before -6", "comment", "-f")


class Writer:
    """Writes one configuration."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.files: dict[str, str] = {}
        self.constructs: set[str] = set()

    def chance(self, probability: float, construct: str = "") -> bool:
        happens = self.rng.random() < probability
        if happens and construct:
            self.constructs.add(construct)
        return happens

    def host(self) -> str:
        address = self.rng.choice([*ADDRESSES, "::1", "127.0.0.1", "localhost"])
        if ":" not in address:
            return address + self.rng.choice(("", ":2222"))
        if self.chance(0.4, "brackets"):
            return f"[{address}]" + self.rng.choice(("", ":2222", ":22"))
        return address

    def statement(self, keyword: str, value: str) -> str:
        keyword = self.rng.choice((keyword, keyword.lower(), keyword.upper()))
        if self.chance(0.2, "quotes"):
            quote = self.rng.choice("\"'")
            value = f"{quote}{value}{quote}"
        blank = self.rng.choice(("=", " = ", "\t=")) if self.chance(0.2, "equals") else \
            self.rng.choice((" ", "\t", "  "))
        end = " # " + self.rng.choice(ADDRESSES) if self.chance(0.1, "comment") else ""
        return self.rng.choice(("", " ", "\t")) + keyword + blank + value + end + "\n"

    def family(self) -> str:
        self.constructs.add("family")
        # Mostly one that lets sshd start.
        return self.statement("AddressFamily",
                              self.rng.choices(("any", "inet6", "inet"), (8, 1, 1))[0])

    def include(self, depth: int) -> str:
        self.constructs.add("nested include" if depth else "include")
        names = []
        for _ in range(self.rng.randint(1, 2)):
            name = f"more{len(self.files)}.conf"
            self.files[f"/etc/ssh/{name}"] = ""
            self.files[f"/etc/ssh/{name}"] = self.text(depth + 1)
            names.append(self.rng.choice((name, f"/etc/ssh/{name}", name.replace("more", "m?re"))))
        return f"Include {' '.join(names)}\n"

    def text(self, depth: int) -> str:
        lines = []
        for _ in range(self.rng.randint(1, 5)):
            match self.rng.randint(0, 9):
                case 0 | 1 | 2 | 3 | 4:
                    lines.append(self.statement("ListenAddress", self.host()))
                case 5:
                    lines.append(self.family())
                case 6:
                    self.constructs.add("port")
                    lines.append(self.statement("Port", self.rng.choice(("22", "2022"))))
                case 7 if depth < 2:
                    lines.append(self.include(depth))
                case 8:
                    self.constructs.add("comment")
                    lines.append(f"# ListenAddress {self.rng.choice(ADDRESSES)}\n")
                case _:
                    lines.append(self.rng.choice(("\n", "PermitRootLogin no\n", " \t\n")))
        if self.chance(0.15, "match"):
            lines.append(f"Match address {self.rng.choice(ADDRESSES)}\nPermitRootLogin yes\n")
            if self.chance(0.6, "match all"):
                lines.append("Match all\n" + self.statement("ListenAddress", self.host()))
        return "".join(lines)

    def arguments(self) -> tuple[str, ...]:
        words = []
        if self.chance(0.2, "option"):
            words += ["-o", self.rng.choice((f"ListenAddress={self.host()}",
                                             f"ListenAddress {self.host()}", "AddressFamily=any"))]
        if self.chance(0.2, "-6"):
            words += ["-4"] * self.chance(0.6, "-4 before -6") + ["-6"]
        return tuple(words)


def make(rng: Random) -> Configuration:
    writer = Writer(rng)
    path, arguments = CONF, writer.arguments()
    if writer.chance(0.15, "-f"):
        path = "/etc/ssh/other"
        arguments += ("-f", path)
        writer.files[CONF] = writer.text(2)
    writer.files[path] = ""
    writer.files[path] = writer.text(0)
    return Configuration(writer.files, arguments=arguments, constructs=frozenset(writer.constructs))


PACKAGES = ("openssh-server",)
RUN = {
    "unit": "ssh.service",
    "directories": ("/etc/ssh",),
    "command": ("/usr/sbin/sshd", "-D", "-e", "-h", "/tmp/key"),
    "ready": r"sshd\.pid",  # written when all are bound
    "syscalls": "bind,openat",
    "prepare": "mkdir -p /run/sshd; chmod 755 /run/sshd;"
               " ssh-keygen -q -t ed25519 -N '' -f /tmp/key",
}

LANGUAGES = [
    Language(name="sshd", packages={"bookworm": PACKAGES, "trixie": PACKAGES}, cases=CASES,
             random=make, constructs=CONSTRUCTS, **RUN),
    Language(name="sshd-10", packages={"trixie": PACKAGES}, cases=CASES_10, **RUN),
]
