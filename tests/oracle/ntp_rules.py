# SPDX-License-Identifier: LGPL-2.1-or-later
"""A machine with several addresses for ntpd, and configurations with random rules for it."""

import ipaddress
import random
from pathlib import Path

import daemon_run

NTPD = "/usr/sbin/ntpd"
# A name with capitals, and an address on two interfaces: ntpd has rules for both.
ADDRESSES = {
    "lo": ["2001:db8:f::5"],
    "eth0": ["fe80::1", "2001:db8:1::1", "2001:db8:1::2", "2001:db8:1:1::1"],
    "enP1": ["fe80::1", "2001:db8:2::1", "2001:db8:2::5"],
}
SETUP = " && ".join(
    f"ip link add {name} type veth peer name {name}-peer && ip link set {name}-peer up && "
    f"sysctl -qw net.ipv6.conf.{name}.addr_gen_mode=1 net.ipv6.conf.{name}-peer.addr_gen_mode=1 "
    f"&& ip link set {name} up" for name in ADDRESSES if name != "lo"
) + "".join(
    f" && ip -6 addr add {address}/64 dev {name} nodad"
    for name, addresses in ADDRESSES.items() for address in addresses
)
# Each is assigned to the interface of this name as well.
IPV4 = {"lo": ["192.0.2.5"], "eth0": ["192.0.2.1", "198.51.100.2"], "enP1": ["203.0.113.1"]}
SETUP += "".join(f" && ip -4 addr add {address}/24 dev {name}"
                 for name, addresses in IPV4.items() for address in addresses)
# It opens the routing socket when it has bound all addresses.
READY = r"AF_NETLINK, nl_pid=0, nl_groups=0x"


def assigned():
    """Addresses as in bind(): with a scope if they are link-local."""
    for interface, addresses in ADDRESSES.items():
        for address in addresses:
            local = ipaddress.IPv6Address(address).is_link_local
            yield interface, f"{address}%{interface}" if local else address


def waited_for(patterns: list[str]) -> set[str]:
    """The assigned IPv6 addresses that match the patterns."""
    found = set()
    for pattern in filter(lambda pattern: not daemon_run.is_ipv4(pattern), patterns):
        network, _, scope = pattern.partition("%")
        network = ipaddress.IPv6Network("::/0" if network == "any" else network)
        found |= {address for interface, address in assigned()
                  if ipaddress.IPv6Address(address.partition("%")[0]) in network
                  and scope in ("", interface)}
    return found


def make_tree(root: Path, config: str | None, options: str, files: dict[str, str]) -> Path:
    """What the generator reads. Returns the configuration, which ntpd reads.

    root: of generator_run.make_root()
    """
    path = root / "etc/ntpsec/ntp.conf"
    path.parent.mkdir(parents=True)
    for name, content in {"ntp.conf": config, **files}.items():
        if content is not None:
            (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (path.parent / name).write_text(content)
    (root / "etc/default").mkdir(parents=True, exist_ok=True)
    (root / "etc/default/ntpsec").write_text(f'NTPD_OPTS="-g -N {options}"\n')
    return path


def run_ntpd(path: Path, options: str, release: str) -> daemon_run.Run:
    return daemon_run.run([NTPD, "-n", "-c", str(path), "-g", "-N", *options.split()],
                          setup=SETUP, until=READY, release=release)


# What random rules are about: many addresses, or one or none.
MANY = ["all", "ipv6", "2001:db8:1::/48", "::/0"]
FEW = ["2001:db8:1::1", "[2001:db8:2::5]", "2001:DB8:1:1:0::1", "2001:db8:f::5/128", "fe80::1%eth0",
       "192.0.2.1", "ipv4", "wildcard"]
# The construct of each of them, and of the names.
TARGETS = {
    **dict.fromkeys(MANY[:2] + FEW[-2:], "word"), **dict.fromkeys(MANY[2:], "prefix"),
    FEW[0]: "address", FEW[1]: "brackets", FEW[2]: "long form", FEW[3]: "/128", FEW[4]: "zone",
    FEW[5]: "IPv4 address", **dict.fromkeys(["eth0", "enP1", "lo"], "interface name"),
}
CONSTRUCTS = ("includefile", "ntp.d", "option -I", "option --interface", "option -6 -I",
              "interface", "nic", "listen", "ignore", "drop", "comment behind",
              *dict.fromkeys(TARGETS.values()))


class RandomRules:
    """A configuration: rules in ntp.conf, in a file that it includes and in ntp.d, or options."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.files: dict[str, str] = {}
        self.options = ""
        self.constructs: set[str] = set()
        self.rules: list[tuple[str, str]] = []
        self.config = "driftfile /nonexistent\n" + self.lines(3)
        if self.rng.randrange(3) == 0:
            self.constructs.add("includefile")
            self.config += "includefile \"more\"\n" + self.lines(1)
            self.files["more"] = self.lines(2)
        if self.rng.randrange(4) == 0:
            self.constructs.add("ntp.d")
            self.files["ntp.d/a.conf"] = self.lines(2)
        if not self.rules and self.rng.randrange(2):
            target = self.rng.choice(["eth0", "2001:db8:1::1", "2001:db8:1::/64", "192.0.2.1"])
            self.options = self.rng.choice(["-I {}", "--interface={}", "-4 -I {}", "-6 -I {}"])
            if "-4" not in self.options:  # it leaves no IPv6 address
                self.constructs.add(f"option {self.options.format('').strip()}".rstrip("="))
            self.options = self.options.format(target)

    def lines(self, most: int) -> str:
        return "".join(self.line() for _ in range(self.rng.randrange(most + 1)))

    def line(self) -> str:
        action = self.rng.choice(["listen", "listen", "ignore", "drop"])
        # Which interface has an address is not known before it is assigned.
        names = [] if action == "ignore" else ["eth0", "enP1", "lo"]
        target = self.rng.choice(MANY + FEW + names)
        self.rules.append((action, target))
        keyword = self.rng.choice(["interface", "nic", " nic\t"])
        end = self.rng.choice(["", " # nic ignore all", " "])
        self.constructs |= {keyword.strip(), action, TARGETS[target]}
        if "#" in end:
            self.constructs.add("comment behind")
        return f"{keyword} {action}  {target}{end}\n"

    def can_be_said(self) -> bool:
        """Not: all addresses of a rule but those of another one; nor an interface with capitals."""
        if any(target == "enP1" for _, target in self.rules):
            return False
        # With "drop" ntpd binds an address, too; without "listen" it binds all.
        binds_many = (any(action != "ignore" and target in [*MANY, "eth0", "lo"]
                          for action, target in self.rules)
                      or not any(action == "listen" for action, _ in self.rules))
        return not (binds_many and any(action == "ignore" for action, _ in self.rules))
