# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ask a daemon and the generator about one configuration."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import daemon_run
import generator_run
from lab.container import ROOT, Container
from languages import ADDRESSES, Configuration, Language

# In namespaces of the run: what systemd would make, the configuration, and a network with any address.
ENTER = r"""
set -e
tree=$1 directories=$2 root=$3 commands=$4
shift 4
ip link set lo up
sysctl -qw net.ipv6.ip_nonlocal_bind=1 net.ipv4.ip_nonlocal_bind=1
for address in {addresses}; do ip -6 addr add $address dev lo nodad; done
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
sed -n 's/^RuntimeDirectory=//p' "$root"/usr/lib/systemd/system/*.service | tr ' ' '\n' | sort -u |
        while read -r name; do mkdir -p -m 777 "$root/run/$name"; done
exec chroot "$root" sh -c "$commands"'; exec "$@"' sh "$@"
"""


@dataclass
class Verdict:
    accepted: bool  # by the daemon
    bound: set[str]
    found: set[str]
    output: str  # of the daemon

    def difference(self) -> str:
        if not self.accepted or self.bound == self.found:
            return ""
        return f"missing {sorted(self.bound - self.found)}, too many {sorted(self.found - self.bound)}"


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


def ask_daemon(machine: Container, tree: Path, language: Language,
               configuration: Configuration) -> daemon_run.Run:
    variables = [f"{name}={value}" for name, value in configuration.environment.items()]
    enter = [*machine.enter(network=None), "setpriv", "--pdeathsig=KILL",
             "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child",
             "sh", "-c", ENTER.format(addresses=" ".join(ADDRESSES)), "sh",
             str(tree), " ".join(language.directories), ROOT, language.prepare,
             "env", *variables]
    # The address that is bound first may come late, if the daemon is slow.
    return daemon_run.trace(enter, [*language.command, *configuration.arguments], timeout=20,
                            until=language.ready, syscalls=language.syscalls)


def ask(machine: Container, path: Path, language: Language,
        configuration: Configuration) -> Verdict:
    tree = make_tree(path, language, configuration)
    run = ask_daemon(machine, tree, language, configuration)
    refused = bool(language.refused and re.search(language.refused, run.output))
    accepted = not refused and (run.seen if language.ready else bool(run.bound))
    found = set(generator_run.patterns(tree, language.unit))
    return Verdict(accepted, run.waits(), found, run.output)
