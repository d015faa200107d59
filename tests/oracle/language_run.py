# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ask a daemon and the generator about one configuration."""

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import daemon_run
import generator_run
from daemon_run import is_ipv4
from lab.base_system import BOOT, base_system
from lab.container import ROOT, Container
from languages import LINK_LOCAL, LINKS, Configuration, Language, languages

# Of Debian, with their daemons.
RELEASES = ("bookworm", "trixie")

# In namespaces of the run: what systemd would make, the configuration, and a network with any
# address. The addresses are on links: those of the loopback interface are never tentative.
ENTER = r"""
set -e
tree=$1 directories=$2 root=$3 commands=$4
shift 4
echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode # no link-local addresses
ip link add lan0 type veth peer name lan1
printf 'addr add %s nodad\n' {addresses} | ip -6 -batch -
printf 'addr add %s\n' {ipv4} | ip -4 -batch -
printf 'link set %s up\n' lo lan0 lan1 | ip -batch -
echo 1 >/proc/sys/net/ipv6/ip_nonlocal_bind
echo 1 >/proc/sys/net/ipv4/ip_nonlocal_bind
# What a daemon keeps there is not for the runs beside it.
mount -t tmpfs layers "$root/mnt"
mkdir "$root/mnt/upper" "$root/mnt/work"
mount -t overlay -o "lowerdir=$root/var,upperdir=$root/mnt/upper,workdir=$root/mnt/work" var "$root/var"
for directory in $directories; do
        mkdir -p "$root$directory"
        mount --bind "$tree$directory" "$root$directory"
done
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 run "$root/run"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
cd "$root/run"
mkdir -p -m 777 $(sed -n 's/^RuntimeDirectory=//p' "$root"/usr/lib/systemd/system/*.service)
exec chroot "$root" sh -c "$commands"'; exec "$@"' sh "$@"
"""


@dataclass
class Verdict:
    accepted: bool  # by the daemon
    bound: set[str]
    found: set[str]  # with both families in Families=
    found_by_default: set[str]
    output: str  # of the daemon

    def difference(self) -> str:
        if not self.accepted:
            return ""
        if self.bound != self.found:
            return (f"missing {sorted(self.bound - self.found)}, "
                    f"too many {sorted(self.found - self.bound)}")
        if self.found_by_default != {address for address in self.found if not is_ipv4(address)}:
            return f"by default {sorted(self.found_by_default)}, with both {sorted(self.found)}"
        return ""


def on_release(release: str) -> list[Language]:
    return [language for language in languages() if release in language.packages]


@contextmanager
def machine_of(release: str) -> Iterator[Container]:
    """A machine with the daemons of all languages, switched off."""
    packages = [package for language in on_release(release)
                for package in language.packages[release]]
    with Container(base_system(release, (*BOOT, "strace", *packages))) as machine:
        machine.run("mount", "--bind", "/dev", f"{ROOT}/dev")
        yield machine


def make_tree(path: Path, language: Language, configuration: Configuration) -> Path:
    """What the generator reads: the definitions, the unit and the configuration."""
    generator_run.make_root(path, language.unit)
    words = " ".join(shlex.quote(word).replace("%", "%%").replace("$", "$$")
                     for word in [*language.command, *configuration.arguments])
    environment = "".join(f'Environment="{name}={value}"\n'
                          for name, value in configuration.environment.items())
    (path / "usr/lib/systemd/system" / language.unit).write_text(
        f"[Service]\n{environment}ExecStart={words}\n")
    if language.definition:
        (path / "usr/lib/dadwait.d/60-test.conf").write_text(language.definition)
    for directory in language.directories:
        (path / directory[1:]).mkdir(parents=True, exist_ok=True)
    for name, text in configuration.files.items():
        file = path / name[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return path


def of_links(ipv4: bool) -> str:
    """For the shell: 'ADDRESS dev LINK' and so on."""
    return " ".join(f"'{address} dev {link}'" for link, addresses in LINKS.items()
                    for address in addresses if is_ipv4(address) == ipv4)


def ask_daemon(machine: Container, tree: Path, language: Language, configuration: Configuration,
               expected: frozenset[str] = frozenset()) -> daemon_run.Run:
    """expected: what it probably binds; daemon_run.trace()."""
    variables = [f"{name}={value}" for name, value in configuration.environment.items()]
    enter = [*machine.enter(network=None), "setpriv", "--pdeathsig=KILL",
             "unshare", "--net", "--ipc", "--mount", "--pid", "--fork", "--kill-child",
             "sh", "-c",
             ENTER.format(addresses=of_links(ipv4=False), ipv4=of_links(ipv4=True)), "sh",
             str(tree), " ".join(language.directories), ROOT, language.prepare,
             "env", *variables]
    command = [*language.command, *configuration.arguments]
    if language.user:
        command = ["setpriv", f"--reuid={language.user}", f"--regid={language.user}",
                   "--init-groups", *command]
    # The address that is bound first may come late, if the daemon is slow.
    return daemon_run.trace(enter, command, timeout=60,
                            until=language.ready, syscalls=language.syscalls, expected=expected)


def is_accepted(language: Language, run: daemon_run.Run) -> bool:
    if language.refused and re.search(language.refused, run.output):
        return False
    return run.seen if language.ready else bool(run.bound)


def meant(patterns: list[str], with_ipv4: bool) -> set[str]:
    """The addresses that patterns mean, with those of each link that one names.

    No pattern says the IPv4 addresses of a link: those that are assigned are ready.
    """
    links = {f"any%{link}": {address for address in addresses if with_ipv4 or not is_ipv4(address)}
             for link, addresses in LINKS.items()}
    links |= {f"fe80::/10%{link}": {f"{address}%{link}"} for link, address in LINK_LOCAL.items()}
    links["fe80::/10"] = {f"{address}%{link}" for link, address in LINK_LOCAL.items()}
    # "ADDR/128" means the address only if it is assigned.
    return set().union(*(links.get(pattern, {re.sub("/128(?=%|$)", "", pattern)})
                         for pattern in patterns))


def ask(machine: Container, path: Path, language: Language,
        configuration: Configuration) -> Verdict:
    tree = make_tree(path, language, configuration)
    by_default = meant(generator_run.patterns(tree, language.unit), with_ipv4=False)
    generator_run.ask_for_both_families(tree)
    found = meant(generator_run.patterns(tree, language.unit), with_ipv4=True)
    # A daemon whose last step shows in no system call may be slow.
    expected = frozenset() if language.ready else frozenset(found)
    run = ask_daemon(machine, tree, language, configuration, expected)
    return Verdict(is_accepted(language, run), run.waits(), found, by_default, run.output)
