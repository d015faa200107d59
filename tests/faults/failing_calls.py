# SPDX-License-Identifier: LGPL-2.1-or-later
"""System calls that fail once, by strace's -e inject=."""

import os
import re
from collections import Counter
from pathlib import Path

# If futex(2) fails glibc aborts the program. To say that it failed brk(2) returns the old end of the heap,
# not an error; glibc takes what strace injects for a new end (test_every_allocation has such failures). The
# result of the others is not used.
NOT_OURS = {"brk", "execve", "exit_group", "futex", "munmap"}

# Errors that do not depend on the file or the address. Other calls fail with ENOMEM and EIO.
ERRORS = {
    "mmap": ["ENOMEM"],
    "clone": ["EAGAIN", "ENOMEM"],
    "memfd_create": ["EMFILE", "ENOMEM"],
    "pread64": ["EIO", "EINTR"],
    "pwrite64": ["ENOSPC", "EINTR"],
    "wait4": ["EINTR", "ECHILD"],
    "openat": ["EIO", "EMFILE", "ENOMEM", "ENFILE"],
    "openat2": ["EIO", "EMFILE", "ENOMEM", "ENFILE"],
    "read": ["EIO", "EINTR"],
    "write": ["ENOSPC", "EIO", "EINTR"],
    "mkdirat": ["ENOSPC", "EROFS", "ENOMEM"],
    "renameat": ["ENOSPC", "EROFS", "EIO"],
    "socket": ["EMFILE", "ENOBUFS", "EACCES"],
    "sendto": ["ENOBUFS", "EINTR", "ENOMEM"],
    "recvmsg": ["ENOBUFS", "EINTR", "ENOMEM"],
    "recvfrom": ["ENOBUFS", "EINTR", "ENOMEM"],
    "epoll_wait": ["EINTR", "ENOMEM"],
    "timerfd_create": ["EMFILE", "ENOMEM"],
    "signalfd4": ["EMFILE", "ENOMEM"],
    "epoll_create1": ["EMFILE", "ENOMEM"],
}
DEFAULT = ["EIO", "ENOMEM"]


def strace(*options: str) -> list[str]:
    # With a seccomp filter strace does not slow down the other calls.
    return ["strace", "-f", "--seccomp-bpf", "-qq", *options]


def parse(trace: Path) -> list[str]:
    """The names of the calls in a trace."""
    calls = re.findall(r"^(?:\d+ +)?(\w+)\(", trace.read_text(), re.M)
    assert calls, "strace saw nothing"
    return calls


def common(calls: list[str], others: list[str]) -> int:
    return len(os.path.commonprefix([calls, others]))


def numbered(startup: list[str], calls: list[str]) -> list[tuple[str, int]]:
    """Name and number of each call of the program itself. Numbers count the calls of one name from 1.

    startup: the calls of a run that ends at once. What both begin with is the dynamic loader's.
    """
    begin = common(startup, calls)
    count: Counter = Counter()
    found = []
    for i, call in enumerate(calls):
        count[call] += 1
        if i >= begin and call not in NOT_OURS:
            found.append((call, count[call]))
    return found


def errors(call: str, number: int, thorough: bool) -> list[str]:
    """The errors of a call: all, or one, each time the next one."""
    of_call = ERRORS.get(call, DEFAULT)
    return of_call if thorough else [of_call[number % len(of_call)]]


def inject(trace: Path, call: str, number: int, error: str, *command: str) -> list[str]:
    return strace("-o", str(trace), f"--trace={call}",
                  f"--inject={call}:error={error}:when={number}", *command)


# With it the generator works in one process. strace counts the calls of each process separately, and
# the first calls of a worker have the numbers of calls of the dynamic loader.
ALONE = "--inject=clone:error=EAGAIN"


def inject_alone(trace: Path, call: str, number: int, error: str) -> list[str]:
    return strace("-o", str(trace), f"--trace={call},clone", ALONE,
                  f"--inject={call}:error={error}:when={number}")


def was_injected(trace: Path, call: str = "") -> bool:
    return re.search(rf"^(\d+ +)?(<\.\.\. )?{call or '.'}.*\(INJECTED\)", trace.read_text(),
                     re.M) is not None
