# SPDX-License-Identifier: LGPL-2.1-or-later
"""A Debian booted by systemd-nspawn, on an overlay that is removed at the end.

    with Container(base_system("bookworm", ...)) as machine:
        machine.write("/etc/network/interfaces", ...)
        finished = machine.boot()
        machine.run("systemctl", "is-active", "apache2")
        machine.journal()

Its network is eth0, one end of a veth pair. The other end, `outside`, is in the network namespace of
the sandbox, where a test can run a router or assign a duplicate address.
"""

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from lab import HANG
from lab.sandbox import Sandbox, output, require

ROOT = "/run/lab/root"
NOTIFY = "/run/lab/notify"
NETWORK = "box"

# Seconds that DAD takes after hold_dad(): longer than a boot, if nothing hangs. It sends a probe each
# second. When end_dad() makes these follow each other at once the rest of them takes 3 s.
HELD = 200


def _probes(number: int, msec: int) -> tuple[str, ...]:
    """The command for DAD of so many probes, with so much time between them."""
    return ("sysctl", "-qw", f"net.ipv6.conf.eth0.dad_transmits={number}",
            f"net.ipv6.neigh.eth0.retrans_time_ms={msec}")


HOLD, RELEASE = _probes(HELD, 1000), _probes(1, 10)

# Prints what each helper sleeps in.
WAITING = 'for pid in $(pgrep --exact dadwait-wait); do cat "/proc/$pid/wchan"; echo; done'
# In epoll_wait(2); the name depends on the release of the kernel.
SLEEPS = re.compile("^(do_epoll_wait|ep_poll)$", re.M)


class Container(Sandbox):
    """One machine, switched off at first."""

    def __init__(self, base: Path) -> None:
        require("systemd-nspawn")
        super().__init__()
        self._nspawn: subprocess.Popen | None = None
        self._console = None
        self._leader = ""
        self.started = 0.0  # when it was switched on; CLOCK_MONOTONIC, seconds
        self.finished = 0.0  # when no job was left
        self.released = 0.0  # when end_dad() was called
        try:
            self._prepare(base)
        except BaseException:
            self.close()
            raise

    def _prepare(self, base: Path) -> None:
        self.run("mkdir", "-p", "/run/lab/upper", "/run/lab/work", ROOT)
        layers = f"lowerdir={base},upperdir=/run/lab/upper,workdir=/run/lab/work"
        self.run("mount", "-t", "overlay", "-o", layers, "lab", ROOT)
        self.run("ip", "netns", "add", NETWORK)
        self._plug_in()
        self.write("/etc/hostname", "debian\n")
        self.write("/etc/hosts", "127.0.0.1 localhost debian\n::1 localhost debian\n")
        self.file("/var/log/journal").mkdir(exist_ok=True)  # makes the journal persistent

    def _plug_in(self) -> None:
        self.run(
            *("ip", "link", "add", "outside", "type", "veth"),
            *("peer", "name", "eth0", "netns", NETWORK),
        )
        self.carrier(True)

    def carrier(self, present: bool) -> None:
        """Set or clear the carrier of eth0."""
        self.run("ip", "link", "set", "outside", "up" if present else "down")

    def hold_dad(self) -> None:
        """Call it before the boot: DAD of eth0 lasts until end_dad(), whatever the machine's speed."""
        self.run("ip", "netns", "exec", NETWORK, *HOLD)

    def end_dad(self) -> None:
        """From now on DAD takes no time. `released` is when it may have ended at the earliest."""
        self.released = time.monotonic()
        self.run("ip", "netns", "exec", NETWORK, *RELEASE)

    def waiting(self) -> int:
        """How many helpers have logged that they wait, and do so."""
        return len(SLEEPS.findall(self.run("sh", "-c", WAITING, check=False)))

    def file(self, path: str) -> Path:
        """The path outside of a file of the machine. Absolute links in it lead elsewhere."""
        return self.path(ROOT + path)

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        file = self.file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def unpack(self, tree: Path) -> None:
        """Copy a tree of files over the machine's, as dpkg unpacks a package."""
        # Links to directories stay links: /lib is one if /usr is merged.
        self.run(
            *("sh", "-c", 'tar -C "$1" -c . | tar -C "$2" -x --keep-directory-symlink'),
            *("sh", str(tree), ROOT),
        )

    def bind(self, path: Path, inside: str, read_only: bool = False) -> None:
        """Bind-mount a directory of this machine."""
        self.file(inside).mkdir(parents=True, exist_ok=True)
        self.run("mount", "--bind", str(path), ROOT + inside)
        if read_only:
            self.run("mount", "-o", "remount,bind,ro", ROOT + inside)

    def chroot(self, *command: str, **options) -> str:
        """Run a program of the machine while it is switched off."""
        return self.run("chroot", ROOT, *command, **options)

    def boot(self, timeout: float = HANG, arguments: tuple[str, ...] = (),
             environment: dict[str, str] | None = None,
             dad_until: Callable[[], object] | None = None) -> bool:
        """Switch it on. Returns when systemd has no job left, or after the timeout.

        arguments: for process 1, which in a container reads them as the kernel's command line.
        environment: of systemd-nspawn, beside this machine's.
        dad_until: the condition that ends DAD, after hold_dad().
        Returns whether the boot has finished. Raises RuntimeError if there is no process 1.
        """
        environment = os.environ | (environment or {}) | {
            "NOTIFY_SOCKET": NOTIFY,
            "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1",  # the only one of Debian 13
            "SYSTEMD_NSPAWN_API_VFS_WRITABLE": "network",  # ifupdown sets sysctls
        }
        self._console = self.path("/run/lab/console").open("w")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(str(self.path(NOTIFY)))
            self.started, self.released = time.monotonic(), 0.0
            self._nspawn = subprocess.Popen(
                [
                    *self.enter(),
                    *("systemd-nspawn", "--quiet", f"--directory={ROOT}", "--boot"),
                    *("--register=no", "--keep-unit", "--console=pipe", "--notify-ready=yes"),
                    f"--network-namespace-path=/run/netns/{NETWORK}",
                    *("--capability=CAP_NET_ADMIN", *arguments),
                ],
                stdin=subprocess.DEVNULL,
                stdout=self._console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=environment,
            )
            ended = self._wait_until_ready(notify, time.monotonic() + timeout, dad_until)
        if ended and dad_until and not self.released:
            self.until(dad_until, "what DAD lasts for")
            self.end_dad()
        return ended

    def power_off(self, timeout: float = HANG) -> None:
        """Shut it down. It can be booted again, with a new eth0."""
        self.shell("systemctl", "poweroff", check=False)
        self._nspawn.wait(timeout)
        self._console.close()
        self._leader = ""
        self.path(NOTIFY).unlink()
        self.run("ip", "link", "delete", "outside")
        self._plug_in()

    def _wait_until_ready(self, notify: socket.socket, deadline: float,
                          dad_until: Callable[[], object] | None) -> bool:
        """systemd-nspawn forwards the notifications of process 1, sd_notify(3)."""
        while (left := deadline - time.monotonic()) > 0:
            if dad_until and self._leader and dad_until():
                self.end_dad()
                dad_until = None
            notify.settimeout(min(left, 0.1 if dad_until else 1))
            try:
                message = notify.recv(4096).decode()
            except TimeoutError:
                if self._nspawn.poll() is not None:
                    raise RuntimeError(f"no boot: {self.console()}") from None
                continue
            for line in message.splitlines():
                if line.startswith("X_NSPAWN_LEADER_PID="):
                    self._leader = line.partition("=")[2]
                if line == "READY=1":
                    self.finished = time.monotonic()
                    return True
        return False

    def console(self) -> str:
        return self.path("/run/lab/console").read_text(errors="replace")

    def command(self, *command: str, outside: bool = False) -> list[str]:
        """The command line that runs a command in the running machine.

        outside: with the network of the machine that runs the test, where packages come from.
        """
        enter = self.enter(network=None) if outside else self.enter()
        join = ("--mount", "--uts", "--ipc", "--pid", "--cgroup") if outside else ("--all",)
        return [*enter, "nsenter", f"--target={self._leader}", *join, "--", *command]

    def shell(self, *command: str, check: bool = True, **options) -> str:
        """Run a command in the running machine. Returns its output."""
        return output(self.command(*command), check=check, **options)

    def show(self, unit: str, *properties: str) -> dict[str, str]:
        """Properties of a unit."""
        lines = self.shell("systemctl", "show", f"--property={','.join(properties)}", unit)
        return dict(line.split("=", 1) for line in lines.splitlines())

    def wait_for(self, unit: str, name: str, values: tuple[str, ...], timeout: float = HANG) -> str:
        """Wait until a property of a unit has one of these values. Returns that value. One that the
        property has for a moment only may be missed."""
        found = ""

        def is_one_of_them() -> bool:
            nonlocal found
            found = self.show(unit, name)[name]
            return found in values

        self.until(is_one_of_them, f"{unit}: {name}= none of {values}", timeout)
        return found

    def has_failed(self, *units: str) -> bool:
        """Whether all these units have failed. Not an error while systemd cannot be asked yet."""
        command = ("systemctl", "show", "--property=ActiveState", "--value", *units)
        return self.shell(*command, check=False).split() == ["failed"] * len(units)

    def until(self, condition: Callable[[], object], what: str, timeout: float = HANG) -> None:
        """Wait for a condition that no event announces."""
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(what)
            time.sleep(0.02)

    def active_since(self, unit: str) -> float:
        """When a unit became active: seconds on CLOCK_MONOTONIC, 0 if it never was."""
        return int(self.show(unit, "ActiveEnterTimestampMonotonic").popitem()[1]) / 1e6

    def journal(self, *arguments: str, output: str = "json") -> str:
        """What journalctl(1) of the machine prints, whether the machine is on or off."""
        read = self.chroot
        if self._leader:
            self.shell("journalctl", "--sync")
            read = self.shell  # the journalctl of systemd 262 needs /proc
        return read(
            *("journalctl", "--directory=/var/log/journal", "--quiet", "--no-pager"),
            *(f"--output={output}", *arguments),
        )

    def entries(self, *arguments: str) -> list[dict]:
        """The journal's entries with all their fields."""
        return [json.loads(line) for line in self.journal(*arguments).splitlines()]

    def log(self, unit: str) -> str:
        """What a unit logged, and what systemd logged about it."""
        return self.journal(f"--unit={unit}", output="cat")

    def close(self) -> None:
        super().close()
        if self._nspawn:
            self._nspawn.wait()
        if self._console:
            self._console.close()
