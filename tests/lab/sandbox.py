# SPDX-License-Identifier: LGPL-2.1-or-later
"""Namespaces and control groups for tests that mount and boot. They never outlive the test.

sandbox.sh says how they end, even if the test is killed.
"""

import os
import shutil
import subprocess
from pathlib import Path

from lab import HANG

SCRIPT = Path(__file__).with_name("sandbox.sh")
TOOLS = ("findmnt", "ip", "nsenter", "unshare")


class Unavailable(Exception):
    """This machine cannot run the test. The text says why."""


def require(*tools: str) -> None:
    """Raise Unavailable unless we are root and have these programs."""
    if os.geteuid() != 0:
        raise Unavailable("not root")
    for tool in tools:
        if not shutil.which(tool):
            raise Unavailable(f"{tool} is not installed")


class Sandbox:
    """Mount, process and network namespaces of their own; a context manager."""

    def __init__(self) -> None:
        require(*TOOLS)
        # In a session of its own an interrupt from the keyboard reaches only the test, which then
        # closes the sandbox.
        self._holder = subprocess.Popen(
            ["sh", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        self.pid, *self._groups = self._holder.stdout.readline().split() or [""]
        if self._holder.stdout.readline() != "ready\n":
            _, error = self._holder.communicate()
            raise Unavailable(f"no namespaces: {error.strip()}")

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox and all processes in it. Returns when nothing is left."""
        self._holder.communicate()

    def path(self, path: str) -> Path:
        """The path outside of a file in the sandbox."""
        return Path(f"/proc/{self.pid}/root{path}")

    def enter(self, *, mounts: bool = True, network: str | None = "") -> list[str]:
        """The words to put before a command that is to run inside.

        mounts: whether it sees the sandbox's mounts, or the machine's own.
        network: the sandbox's own network namespace; one named with `ip netns add`; None: the
        machine's network.
        """
        namespace = f"/proc/{self.pid}/ns"
        words = ["nsenter", f"--pid={namespace}/pid_for_children"]
        if mounts:
            words.append(f"--mount={namespace}/mnt")
        if network is not None:
            net = self.path(f"/run/netns/{network}") if network else f"{namespace}/net"
            words.append(f"--net={net}")
        join = "".join(f"echo 0 >{group}/cgroup.procs && " for group in self._groups)
        return ["sh", "-c", f'{join}exec "$@"', "sh", *words, "--"]

    def run(self, *command: str, check: bool = True, **options) -> str:
        """Run a command inside. Returns its output; raises RuntimeError with it if the command fails."""
        return output([*self.enter(), *command], check=check, **options)


def output(command: list[str], check: bool = True, **options) -> str:
    """What a command prints, errors included. Raises RuntimeError with it if the command fails."""
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    options.setdefault("timeout", HANG)
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}")
    return done.stdout
