# SPDX-License-Identifier: LGPL-2.1-or-later
"""Debian systems to test on, made once by mmdebstrap and kept in CACHE.

Nothing writes to them later: a test mounts an overlay on one. Mirror, proxy and keys are those that
apt uses on this machine. The name of each directory has the release and a hash of the packages. Any
of them may be deleted while no test runs.
"""

import contextlib
import fcntl
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from lab.sandbox import Sandbox, Unavailable, output, require

CACHE = Path("/var/cache/dadwait-tests")

# What a boot needs beside the daemons: an init, a network manager, and dadwait's libraries.
BOOT = ("systemd", "systemd-sysv", "dbus", "iproute2", "procps", "libmnl0")


def progress(text: str) -> None:
    """Print what takes long, at once."""
    print(text, flush=True)


def base_system(suite: str, packages: tuple[str, ...]) -> Path:
    """The root directory of a Debian release with these packages, which nobody may change.

    packages: names, or patterns of apt-patterns(7).
    """
    require("mmdebstrap", "apt-get")
    names = sorted(set(packages))
    key = hashlib.sha256(" ".join(names).encode()).hexdigest()[:12]
    root = CACHE / f"{suite}-{key}"
    if root.exists():
        return root
    CACHE.mkdir(parents=True, exist_ok=True)
    with locked(root.with_suffix(".lock")):
        if not root.exists():
            progress(f"Making a Debian {suite} in {root} ...")
            _make(root, suite, names)
    return root


@contextlib.contextmanager
def locked(path: Path):
    """One process makes something; the others wait for it."""
    with open(path, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(root: Path, suite: str, packages: list[str]) -> None:
    unfinished = root.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # left by a process that was killed
    unfinished.mkdir()
    command = ["mmdebstrap", "--variant=minbase"]
    # One option each: in a list mmdebstrap accepts no patterns.
    command += [f"--include={package}" for package in packages]
    command += [f"--aptopt={option}" for option in _apt_options()]
    command += [suite, str(unfinished), *_mirror(suite)]
    try:
        # In a sandbox: an interrupted mmdebstrap leaves mounts behind.
        with Sandbox() as sandbox:
            output([*sandbox.enter(network=None), *command], timeout=1200)
        unfinished.rename(root)  # so that only complete ones have the name
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"cannot make a Debian {suite}: {error}") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _mirror(suite: str) -> list[str]:
    """Lines for sources.list: the release, from the mirror that this machine uses."""
    form = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"
    targets = output(["apt-get", "indextargets", "--format", form, "Created-By: Packages"])
    for target in targets.splitlines():
        origin, label, uri = target.split("|")
        if origin == label == "Debian":  # neither security nor backports, nor a derivative
            return [f"deb {uri} {suite} main"]
    return []  # mmdebstrap chooses


def _apt_options() -> list[str]:
    """How this machine reaches its mirrors: proxies, certificates, dates."""
    dump = output(["apt-config", "dump"])
    return re.findall(r'^(Acquire::(?:https?|Check-\S+)\b.* "[^"]+";)$', dump, re.MULTILINE)
