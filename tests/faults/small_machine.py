# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small machine with a file of every kind that the generator reads, and the checks of each run on it.

Each setting is revoked by another file. If the generator skips a file, that is visible: in an address
that is not to be waited for, or in a wait that is too long.
"""

import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from checks.drop_in import check_output, harmless
from lab import build
from lab.netns import Namespace

# Each further directory would only add a hundred system calls of the same kinds.
ENVIRONMENT = os.environ | {"SYSTEMD_UNIT_PATH": "/etc/systemd/system:/usr/lib/systemd/system"}

# After which a run hangs. It usually takes 0.05 s.
SECONDS = 60

WRONG = "2001:db8:bad::"

FILES = {
    "etc/dadwait.conf": f"""
        [dadwait]
        TimeoutSec=20s
        [sockets]
        FreeBind=yes
        [ntp.service]
        IgnoreAddress={WRONG}1
        [daemon.service]
        Format=directive
        Config=/etc/daemon.conf
        EnvironmentFile=/etc/default/daemon
        Directive=bind
        Include=include
        Config=/data/daemon.conf
        [web@.service]
        Format=directive
        Config=/etc/web-%i.conf
        Directive=listen
        [early.service]
        Address={WRONG}2
        [handed.service]
        Address={WRONG}3
        [told.service]
        Address={WRONG}a
        [alias@.service]
        Address=2001:db8::77
        Config=/etc/alias/%I.conf
        Format=directive
        Directive=listen
        [quick.service]
        Address=2001:db8::77
        OnTimeout=fail
        Hook=ExecCondition
        """,
    "etc/dadwait.d/off.conf": "[off.service]\nEnable=no\n",
    "etc/dadwait.d/apache2.conf": f"[apache2.service]\nIgnoreAddress={WRONG}4\n",
    "usr/lib/dadwait.d/50-apache2.conf": """
        [apache2.service]
        Format=apache
        Config=/etc/apache2/apache2.conf
        EnvironmentFile=/etc/apache2/envvars
        """,
    "usr/lib/dadwait.d/50-ntpsec.conf": """
        [ntpsec.service]
        Format=ntp
        Config=/etc/ntpsec/ntp.conf
        EnvironmentFile=/etc/default/ntpsec
        """,
    "usr/lib/dadwait.d/50-off.conf": f"[off.service]\nAddress={WRONG}5\n",

    "etc/apache2/apache2.conf": f"""
        ServerRoot "${{CONFDIR}}"
        Include mods.d/*.conf
        IncludeOptional nothing/*.conf
        Include ports.conf
        <IfModule !ssl_module>
        Listen [{WRONG}6]:80
        </IfModule>
        <IfDefine !Quiet>
        Listen [{WRONG}7]:80
        </IfDefine>
        <IfFile ports.conf>
        Use Site 2001:db8::a3
        Listen [${{TOO}}]:80
        </IfFile>
        """,
    "etc/apache2/envvars": "CONFDIR=/etc/apache2\nexport CONFDIR\n",
    "etc/apache2/mods.d/ssl.conf": "LoadModule ssl_module x/mod_ssl.so\nDefine Quiet\n",
    "etc/apache2/ports.conf": f"""
        <Macro Site $address>
        Listen [$address]:80
        </Macro>
        Listen [2001:db8::a1]:80
        Listen [2001:db8::a2]:443 https
        Listen [{WRONG}4]:80
        """,

    "etc/ntpsec/ntp.conf": f"""
        interface listen 2001:db8::b1
        interface listen {WRONG}8
        interface listen {WRONG}1
        includefile /etc/ntpsec/more.conf
        """,
    "etc/ntpsec/more.conf": f"interface ignore {WRONG}8\n",
    "etc/default/ntpsec": "NTPD_OPTS=\"-g -N\"\n",

    "etc/alias/a/b.conf": "listen [2001:db8::d2]:80\n",
    "etc/daemon.conf": "include conf.d/*.conf\nbind [2001:db8::c1]:1 [$EXTRA]:2\n",
    "etc/conf.d/more.conf": "bind 2001:db8::c2\n",
    "etc/default/daemon": "EXTRA=2001:db8::c3\n",
    "etc/fstab": "none /data tmpfs defaults 0 0\nnone /never tmpfs defaults 0 0\n",
    "data/daemon.conf": "bind 2001:db8::c4\n",
    "etc/web-one.conf": "listen [2001:db8::d1]:80\n",

    "usr/lib/systemd/system/dadwait-reload.path": "[Path]\n",
    "usr/lib/systemd/system/held.socket": "[Socket]\nListenStream=[2001:db8::e1]:80\n",
    "usr/lib/systemd/system/cured.socket": f"[Socket]\nListenStream=[{WRONG}9]:80\n",
    "etc/systemd/system/cured.socket.d/x.conf": "[Socket]\nFreeBind=yes\n",
    "etc/systemd/system/early.service.d/x.conf": "[Unit]\nBefore=network.target\n",
    "etc/systemd/system/quick.service.d/x.conf": "[Service]\nTimeoutStartSec=6s\n",
    "etc/systemd/system/apache2.service.d/x.conf":
        "[Service]\nEnvironment=\"TOO=2001:db8::a4\"\n",
    "etc/systemd/system/told.service.d/x.conf": "[Service]\nSockets=other.socket\n",
    "usr/lib/systemd/system/other.socket":
        f"[Socket]\nListenStream=[{WRONG}a]:80\nFreeBind=yes\n",
    "usr/lib/systemd/system/named.socket":
        f"[Socket]\nListenStream=[{WRONG}3]:80\nFreeBind=yes\nService=handed.service\n",
    "etc/systemd/system.conf": "[Manager]\nDefaultTimeoutStartSec=15s\n",
}
LINKS = {
    "etc/systemd/system/multi-user.target.wants/dadwait-reload.path":
        "/usr/lib/systemd/system/dadwait-reload.path",
    "etc/systemd/system/ntp.service": "/usr/lib/systemd/system/ntpsec.service",
    "etc/systemd/system/alias@.service": "/usr/lib/systemd/system/web@.service",
    "etc/systemd/system/sockets.target.wants/named.socket":
        "/usr/lib/systemd/system/named.socket",
    "etc/systemd/system/sockets.target.wants/other.socket":
        "/usr/lib/systemd/system/other.socket",
    "etc/apache2/mods.d/linked.conf": "../ports.conf.d",
}
UNITS = ("apache2", "daemon", "early", "handed", "ntpsec", "off", "quick", "told", "web@")

# The output of a run in which nothing fails.
EXPECTED = {
    "apache2.service": ["2001:db8::a1", "2001:db8::a2", "2001:db8::a3", "2001:db8::a4"],
    "daemon.service": ["2001:db8::c2", "2001:db8::c1", "2001:db8::c3", "2001:db8::c4"],
    "ntpsec.service": ["2001:db8::b1"],
    "quick.service": ["2001:db8::77"],
    "web@a-b.service": ["2001:db8::d2", "2001:db8::77"],
    "web@one.service": ["2001:db8::d1"],
}
RELOAD = "dadwait-reload.path.d/zz-dadwait.conf"
OTHERS = {"dadwait-reload.path", "held.socket"}


@dataclass
class Outcome:
    status: int
    stdout: str
    stderr: str
    files: dict[str, bytes] = field(default_factory=dict)  # below the output directory

    @property
    def units(self) -> set[str]:
        return {name.partition(".d/")[0] for name in self.files}


def complaints(outcome: Outcome, reference: Outcome) -> list[str]:
    """What is wrong with a run in which something failed that does not depend on a file.

    Each drop-in has to be as usual or absent, with a status and messages that say which. The path unit
    has to watch the files that were read.
    """
    other = {name for name in reference.files.keys() | outcome.files.keys()
             if outcome.files.get(name) != reference.files.get(name)}
    wrong = [f"{name} is other than it should be: {outcome.files[name]}"
             for name in other & outcome.files.keys()
             if not (name == RELOAD and is_watch_list(outcome.files[name]))]
    if outcome.status not in (0, 1) or (other and outcome.status == 0):
        wrong.append(f"status {outcome.status}, and missing or different are {sorted(other)}")
    if outcome.status != 0 and outcome.stderr == reference.stderr:
        wrong.append("it says nothing")
    return wrong + speech_complaints(outcome)


def is_watch_list(content: bytes) -> bool:
    return bool(re.fullmatch(r"# Automatically generated by dadwait-generator\n\[Path\]\n"
                             r"(PathChanged=/.*\n)*", content.decode()))


def is_socket_cure(content: bytes) -> bool:
    return bool(re.fullmatch(r"# Automatically generated by dadwait-generator\n# .*\n"
                             r"\[Socket\]\nFreeBind=yes\n", content.decode()))


def loose_complaints(outcome: Outcome, reference: Outcome) -> list[str]:
    """The same if a file can never be read: its settings have no effect, even those that exclude
    something from the wait."""
    wrong = [] if outcome.status in (0, 1) else [f"status {outcome.status}"]
    services = {name: content for name, content in outcome.files.items()
                if ".service.d/" in name or "/" not in name}
    check_output(services)
    for name, content in outcome.files.items():
        if name not in services and content != reference.files.get(name) \
                and not is_watch_list(content) and not is_socket_cure(content):
            wrong.append(f"{name} is other than it should be: {content}")
    return wrong + speech_complaints(outcome)


def speech_complaints(outcome: Outcome) -> list[str]:
    return [f"it says: {line}" for line in outcome.stderr.splitlines()
            if not line.startswith("dadwait-generator: ") or not harmless(line)]


class Machine:
    """A root directory in which the generator runs as systemd runs it, without --root."""

    def __init__(self, base: Path, namespace: Namespace) -> None:
        self.namespace = namespace
        self.enter = namespace.enter
        self.root = base / "root"
        for name, content in FILES.items():
            path = self._path(name)
            path.write_text(re.sub("^ +", "", content, flags=re.M))
        for name in UNITS:
            self._path(f"usr/lib/systemd/system/{name}.service").write_text(
                "[Service]\nExecStart=/bin/true\n")
        for name, target in LINKS.items():
            self._path(name).symlink_to(target)
        self._path("etc/apache2/ports.conf.d/x.conf").write_text("Listen 80\n")
        self._install(build() / "tests/faults/plain-dadwait-generator")
        for name in ("dev", "output", "proc"):
            (self.root / name).mkdir()
        namespace.run("mount", "--bind", "/proc", self.root / "proc")
        # A file system of fstab(5) that is mounted.
        namespace.run("mount", "--bind", self.root / "data", self.root / "data")

    def _path(self, name: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _install(self, program: Path) -> None:
        shutil.copy(program, self.root / "dadwait-generator")
        linked = subprocess.check_output(["ldd", program], text=True)
        for library in re.findall(r"(/\S+) \(0x", linked):
            shutil.copy(library, self._path(library.lstrip("/")))

    def command(self, *arguments: str) -> list[str]:
        return ["chroot", str(self.root), "/dadwait-generator", *arguments]

    def output(self, name: str) -> Path:
        """Make an output directory. Returns its path for the program: /output/NAME."""
        path = self.root / "output" / name
        path.mkdir()
        return path

    def run(self, name: str, *prefix: str, arguments: tuple[str, ...] | None = None,
            **options) -> Outcome:
        """Run the generator under `prefix`, with the output directory `name`. If the directory did not
        exist before it is removed afterwards."""
        directory = self.root / "output" / name
        made = arguments is None and not os.path.lexists(directory)
        if made:
            directory.mkdir()
        arguments = arguments or (f"/output/{name}",)
        outcome = run(self.enter(*prefix, *self.command(*arguments)), directory, **options)
        if made:
            shutil.rmtree(directory)
        return outcome


def run(command: list, directory: Path, **options) -> Outcome:
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
               "stderr": subprocess.PIPE, "timeout": SECONDS, "env": ENVIRONMENT} | options
    result = subprocess.run(command, **options)
    outcome = Outcome(result.returncode, (result.stdout or b"").decode(),
                      (result.stderr or b"").decode())
    for path in sorted(directory.rglob("*")) if directory.is_dir() else ():
        mode = path.lstat().st_mode
        if not stat.S_ISDIR(mode):
            outcome.files[str(path.relative_to(directory))] = path.read_bytes()
    return outcome
