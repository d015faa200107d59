# SPDX-License-Identifier: LGPL-2.1-or-later
"""A tree of configuration files, as httpd and as the generator read it."""

import ipaddress
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import daemon_run
import generator_run
from lab import plan

HTTPD = "/usr/sbin/apache2"
MODULES = "/usr/lib/apache2/modules"

# What httpd needs to run. By -C, so that the configuration has only what is tested.
DIRECTIVES = [
    f"LoadModule mpm_prefork_module {MODULES}/mod_mpm_prefork.so",
    f"LoadModule authz_core_module {MODULES}/mod_authz_core.so",
    "DefaultRuntimeDir /run",
    "PidFile /run/apache2.pid",
    "ErrorLog /dev/stderr",
    "ServerName www.example.org",
    "User www-data",
    "Group www-data",
]

# An interface with an address, for zones. The tree's /etc is mounted over the machine's, so absolute
# paths are the same for both, and Apache's files of the machine are hidden.
SETUP = " && ".join([
    daemon_run.ANY_ADDRESS,
    "ip link add eth0 type veth peer name eth1",
    "ip link set eth0 up",
    "ip link set eth1 up",
    "ip address add 2001:db8:ffff::1/64 dev eth0 nodad",
    # Without one of both families httpd resolves nothing of IPv4 (AI_ADDRCONFIG).
    "ip address add 192.0.2.200/24 dev eth0",
    "mount -t tmpfs tmpfs /run",
    "mount -t overlay -o lowerdir={root}/etc:/etc overlay /etc",
    "for directory in {root}/etc/apache2* {root}/etc/httpd; do"
    " mount --bind $directory /etc/${{directory##*/}} || exit; done",
])


@dataclass(frozen=True)
class Layout:
    """Where a distribution has the files of Apache, and how its unit starts httpd."""

    unit: str
    directory: str  # what paths of a case are relative to
    start: str  # a shell script; "$@" is httpd with the options of the test


# As apache2ctl.
DEBIAN_START = """
APACHE_CONFDIR={directory}
if test -f $APACHE_CONFDIR/envvars; then . $APACHE_CONFDIR/envvars; fi
if test $APACHE_CONFDIR != /etc/apache2; then
        APACHE_ARGUMENTS="-d $APACHE_CONFDIR $APACHE_ARGUMENTS"
fi
exec "$@" $APACHE_ARGUMENTS
"""

# As httpd.service. The shell reads the file of EnvironmentFile=, so cases quote their values. A quoted
# part of $OPTIONS is one word (systemd.service(5), "Command lines"). -d, because Debian's httpd has
# another directory compiled in.
FEDORA_START = """
set -a
if test -f /etc/sysconfig/httpd; then . /etc/sysconfig/httpd; fi
eval 'exec "$@" -d /etc/httpd -f {config}' "$OPTIONS"
"""

# As start_apache2, but for the LoadModule lines.
SUSE_START = """
. /etc/sysconfig/apache2
for flag in $APACHE_SERVER_FLAGS; do
        case $flag in -*) ;; *) flag="-D $flag" ;; esac
        set -- "$@" $flag
done
exec "$@" -d /etc/apache2 -f /etc/apache2/httpd.conf
"""

LAYOUTS = {
    "debian": Layout("apache2.service", "/etc/apache2",
                     DEBIAN_START.format(directory="/etc/apache2")),
    "debian instance": Layout("apache2@blog.service", "/etc/apache2-blog",
                              DEBIAN_START.format(directory="/etc/apache2-blog")),
    "fedora": Layout("httpd.service", "/etc/httpd", FEDORA_START.format(config="conf/httpd.conf")),
    "fedora instance": Layout("httpd@blog.service", "/etc/httpd",
                              FEDORA_START.format(config="conf/blog.conf")),
    "suse": Layout("apache2.service", "/etc/apache2", SUSE_START),
}


@dataclass(frozen=True)
class Link:
    """A symbolic link, in place of the content of a file."""

    target: str


class Tree:
    """A tree that the generator reads by --root= and httpd below /etc."""

    def __init__(self, path: Path, files: dict[str, bytes | str | Link], layout: str = "debian"):
        self.layout = LAYOUTS[layout]
        self.root = generator_run.make_root(path, re.sub("@.*[.]", "@.", self.layout.unit))
        for directory in ("apache2", "httpd"):
            (self.root / "etc" / directory).mkdir(parents=True)
        for name, content in files.items():
            # An absolute name stays absolute.
            self._put(self.root / Path(self.layout.directory, name).relative_to("/"), content)
        program = self.root / HTTPD.lstrip("/")
        program.parent.mkdir(parents=True)
        shutil.copy(daemon_run.system() / HTTPD.lstrip("/"), program)

    @staticmethod
    def _put(path: Path, content: bytes | str | Link) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            path.symlink_to(content.target)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def ask_httpd(self, release: str = "bookworm") -> "Verdict":
        command = ["sh", "-c", self.layout.start, "sh", HTTPD, "-X"]
        for directive in DIRECTIVES:
            command += ["-C", directive]
        # In the foreground, with one worker, which changes its user to www-data when all sockets listen.
        run = daemon_run.run(command, setup=SETUP.format(root=self.root), syscalls="bind,setuid",
                         until=r"\bsetuid\(", timeout=60, release=release)
        return Verdict(frozenset(canonical(a) for a in run.waits()), run.seen, run.output)

    def ask_generator(self) -> frozenset[str]:
        """The addresses of both families."""
        generator_run.ask_for_both_families(self.root)
        return frozenset(generator_run.patterns(self.root, self.layout.unit))

    def ask_generator_by_default(self) -> frozenset[str]:
        (self.root / "etc/dadwait.conf").unlink(missing_ok=True)
        return frozenset(generator_run.patterns(self.root, self.layout.unit))

    def warnings(self) -> list[str]:
        done = subprocess.run([plan(), f"--root={self.root}"], check=True, text=True,
                              capture_output=True, timeout=60)
        return done.stderr.splitlines()


@dataclass(frozen=True)
class Verdict:
    addresses: frozenset[str]
    started: bool
    output: str


def canonical(address: str) -> str:
    ip, percent, zone = address.partition("%")
    return str(ipaddress.ip_address(ip)) + percent + zone
