# SPDX-License-Identifier: LGPL-2.1-or-later
"""Network namespaces in which the kernel runs duplicate address detection.

A namespace exists as long as a `cat` in it, which reads from a pipe. When this process ends, even if
it is killed, the pipe closes and `cat` exits. The kernel then removes the namespace with all links
and mounts, so nothing has to be cleaned up.
"""

import ctypes
import dataclasses
import os
import platform
import signal
import subprocess
import sys
import threading
import time

from lab import HANG, build, helper, second_stage

INSTALLED_SECOND_STAGE = "/usr/libexec/dadwait-wait"

# Adds the second stage to its directory by an overlay, which only this mount namespace has.
SHOW = """
mkdir /run/lab
mount -t tmpfs tmpfs /run/lab
ln -s "$1" /run/lab
mount -t overlay -o "lowerdir=/run/lab:$0" overlay "$0"
umount /run/lab
rmdir /run/lab
"""

# Microseconds; see HelperRun.was_woken.
WOKEN = 20_000_000

# Seconds that DAD takes at most after Net.hold_dad().
HELD = 60

# asm/unistd_64.h, and what most other architectures have; bits/siginfo-consts.h
SYS_rt_sigqueueinfo = 129 if platform.machine() == "x86_64" else 138
SI_QUEUE = -1


def resume(pid):
    """Send SIGCONT so that it does not end the wait: the helper ignores signals from itself, and
    rt_sigqueueinfo(2) lets the caller name any sender."""
    libc = ctypes.CDLL(None, use_errno=True)
    siginfo = (ctypes.c_int * 32)(signal.SIGCONT, 0, SI_QUEUE, 0, pid, 0)
    if libc.syscall(SYS_rt_sigqueueinfo, pid, int(signal.SIGCONT), siginfo) < 0:
        raise OSError(ctypes.get_errno(), "rt_sigqueueinfo")


def read_terminal(primary):
    """Read all that was written to a pseudoterminal whose other end is closed, and close it."""
    text = b""
    while True:
        try:
            read = os.read(primary, 65536)
        except OSError:  # EIO: the other end is closed
            read = b""
        if not read:
            break
        text += read
    os.close(primary)
    return text.decode()


class Namespace:
    """A network namespace and a mount namespace, with lo up and an empty /run."""

    def __init__(self):
        self.holder = subprocess.Popen(
            ["unshare", "--net", "--mount", "cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        # cat echoes the line, so unshare has made the namespaces.
        self.holder.stdin.write(b"\n")
        self.holder.stdin.flush()
        if self.holder.stdout.readline() != b"\n":
            raise RuntimeError("unshare failed")
        # Records and sockets of the machine are in /run.
        self.run("mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", "/run")
        self.show_second_stage()
        self.ip("link set lo up")

    def close(self):
        self.holder.stdin.close()
        self.holder.wait()

    def show_second_stage(self):
        """Put the second stage where the first one expects it, unless the installed one is tested."""
        if os.path.realpath(second_stage()) == INSTALLED_SECOND_STAGE:
            return
        self.run("sh", "-ec", SHOW, os.path.dirname(INSTALLED_SECOND_STAGE), second_stage())

    def enter(self, *command):
        """The command line that runs a command in the namespace."""
        pid = str(self.holder.pid)
        return ["nsenter", "--target", pid, "--net", "--mount", *map(str, command)]

    def run(self, *command, **options):
        options = {"check": True, "capture_output": True, "text": True, "timeout": HANG} | options
        return subprocess.run(self.enter(*command), **options)

    def start(self, *command, **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen(self.enter(*command), **options)

    def ip(self, arguments, **options):
        """`ip ARGUMENTS`, split at blanks."""
        return self.run("ip", *arguments.split(), **options)

    def sysctl(self, name, value):
        # With slashes, because names of interfaces may contain dots.
        path = "/proc/sys/net/ipv6/" + name
        self.run("sh", "-c", 'echo "$1" >"$0"', path, value)

    def flags(self, address):
        """The words of `ip address` about an address; none if it is not assigned."""
        for line in self.ip("-6 -o address show").stdout.splitlines():
            words = line.split()
            if words[3].split("/")[0] == address:
                return words[4:]
        return []

    def until(self, condition, what):
        """Wait for a condition that no event announces."""
        end = time.monotonic() + HANG
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(what)
            time.sleep(0.005)

    def until_flag(self, address, flag):
        self.until(lambda: flag in self.flags(address), f"{address} {flag}")


@dataclasses.dataclass
class HelperRun:
    """The result of a run under time-bind. Times are microseconds."""

    start: int
    bound: int
    failed: int
    exit: int
    status: int
    binds: int
    cpu: int
    stderr: str

    @property
    def seconds(self):
        return (self.exit - self.start) / 1e6

    @property
    def late(self):
        """From the first bind() that succeeded to the exit."""
        return self.exit - self.bound

    @property
    def was_woken(self):
        """Whether it ended when the address became usable. A miss is no matter of time: a helper of
        waiting() without a timeout would wait for ever. So this is much, for a busy machine."""
        return self.late < WOKEN


class RunningHelper:
    """The helper, started by time-bind or strace, in a session of its own."""

    def __init__(self, net, process):
        self.net = net
        self.process = process
        self.log = ""
        self.watchdog = threading.Timer(HANG, self.kill)
        self.watchdog.daemon = True
        self.watchdog.start()

    def kill(self):
        self.watchdog.cancel()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def pid(self):
        """The process id of the helper."""
        found = subprocess.run(
            ["pgrep", "--parent", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        return int(found.stdout)

    def signal(self, number):
        os.kill(self.pid, number)

    def resume(self):
        resume(self.pid)

    def line(self):
        """The next line that the helper logs."""
        line = self.process.stderr.readline()
        self.log += line
        return line

    def until_logged(self, text):
        while text not in (line := self.line()):
            if not line:
                raise EOFError(self.log)

    def end(self):
        """Wait for a helper under strace. Returns its exit status."""
        self.log += self.process.communicate()[1]
        self.watchdog.cancel()
        return self.process.returncode

    def give_up(self):
        """End the wait by a signal, after all events so far. At a timeout the helper asks once more,
        which would hide that it has missed an event."""
        self.net.until_events_are_read()
        self.signal(signal.SIGTERM)
        return self.finish()

    def finish(self):
        stdout, stderr = self.process.communicate()
        self.watchdog.cancel()
        if self.process.returncode != 0:
            raise RuntimeError(stderr)
        values = dict(word.split("=") for word in stdout.split())
        return HelperRun(stderr=self.log + stderr, **{name: int(value) for name, value in values.items()})


class Net(Namespace):
    """A machine with eth0, and a neighbour whose eth0 is the other end of the link.

    DAD takes 0.1 s, without the random delay before it, unless dad_takes() changes that.
    """

    def __init__(self):
        super().__init__()
        self.neighbour = Namespace()
        self.running = []
        self.add_link("eth0")

    def close(self):
        for running in self.running:
            running.kill()
        self.neighbour.close()
        super().close()

    def add_link(self, name):
        """Add a link and set it up. Its other end has the same name at the neighbour."""
        self.ip(f"link add {name} type veth peer {name} netns {self.neighbour.holder.pid}")
        self.fast_dad(name)
        self.neighbour.ip(f"link set {name} up")
        self.ip(f"link set {name} up")
        self.await_carrier(True, name)

    def fast_dad(self, name):
        self.sysctl(f"conf/{name}/router_solicitation_delay", 0)
        self.dad_takes(0.1, name)

    def dad_takes(self, seconds, name="eth0"):
        """How long DAD takes for addresses that are added from now on."""
        self.sysctl(f"conf/{name}/dad_transmits", 1)
        self.sysctl(f"neigh/{name}/retrans_time_ms", round(seconds * 1000))

    def hold_dad(self, name="eth0"):
        """DAD of addresses that are added from now on lasts until end_dad(), but HELD at most. So the
        test may be slow. It sends a probe each half second; end_dad() makes the rest follow at once."""
        self.sysctl(f"neigh/{name}/retrans_time_ms", 500)
        self.sysctl(f"conf/{name}/dad_transmits", HELD * 2)

    def end_dad(self, name="eth0"):
        """It ends within two seconds, and from now on takes no time."""
        self.sysctl(f"neigh/{name}/retrans_time_ms", 1)
        self.sysctl(f"conf/{name}/dad_transmits", 1)

    def carrier(self, up, name="eth0"):
        self.neighbour.ip(f"link set {name} {'up' if up else 'down'}")
        self.await_carrier(up, name)

    def boot_without_carrier(self, name="eth0"):
        """Set the link up without a carrier.

        carrier(False) is not the same: a link that has had a carrier runs DAD without one as well,
        because the kernel clears IF_READY only when the link goes down (addrconf_notify()).
        """
        self.carrier(False, name)
        self.ip(f"link set {name} down")
        self.ip(f"link set {name} up")

    def await_carrier(self, up, name):
        """Wait for the operational state, which DAD depends on. It follows the carrier up to a second
        later (linkwatch_do_dev())."""
        self.until(lambda: (" state UP " in self.ip(f"link show {name}").stdout) == up, "carrier")

    def watchers(self):
        """The netlink sockets that have joined groups, as words of /proc/net/netlink."""
        lines = self.run("cat", "/proc/net/netlink").stdout.splitlines()[1:]
        return [line.split() for line in lines if int(line.split()[3], 16)]

    def until_events_are_read(self):
        """Wait until the helper has received all events: otherwise it may see only the last state."""

        def unread():
            return [words for words in self.watchers() if words[4] != "0"]  # Rmem

        self.until(lambda: not unread(), "the events are read")

    def add(self, address, *options, name="eth0"):
        self.ip(f"-6 address add {address}/64 dev {name} {' '.join(options)}")

    def assign(self, addresses, *options, name="eth0"):
        """Add thousands of addresses within seconds."""
        script = os.path.join(os.path.dirname(__file__), "programs", "assign_addresses.py")
        command = [sys.executable, script, name, *options]
        self.run(*command, input="\n".join(addresses), timeout=None)

    def remove(self, address, name="eth0"):
        self.ip(f"-6 address del {address}/64 dev {name}")

    def duplicate(self, address, name="eth0"):
        """Assign the address to the neighbour, so that DAD fails here."""
        self.neighbour.ip(f"-6 address add {address}/64 dev {name} nodad")

    def churn(self, number, name="eth0"):
        """A batch for ip(8) that adds so many other addresses without DAD, and removes them."""
        lines = [f"address %s 2001:db8:ffff::{i:x}/64 dev {name}" for i in range(number)]
        adding = [line % "add" + " nodad" for line in lines]
        removing = [line % "del" for line in lines]
        return "\n".join(adding + removing) + "\n"

    def dadwait(self, *arguments, **options):
        """Run the helper, which logs to standard error even if there is a journal."""
        return self.run(helper(), "--verbose", *arguments, check=False, **options)

    def start_helper(self, bind, *arguments):
        """Start the helper under time-bind.

        bind: the address that time-bind tries, ADDRESS or ADDRESS%INTERFACE.
        """
        address, _, interface = bind.partition("%")
        program = str(build() / "tests" / "time-bind")
        command = [program, address, interface, helper(), "--verbose", *arguments]
        running = RunningHelper(self, self.start(*command, start_new_session=True))
        self.running.append(running)
        return running

    def strace(self, calls, *command, **options):
        """Run a command under strace, whose output is in standard error.

        The leak sanitizer does not work under ptrace(2).
        """
        trace = ["strace", "-qq", "-f", "-e", f"trace={calls}"]
        return self.run("env", "ASAN_OPTIONS=detect_leaks=0", *trace, *command, **options)

    def stopping(self, when, *arguments, call="sendto", options=()):
        """Start the helper under strace, which stops it at its requests to the kernel.

        when: at which calls of sendto(), or another call, in the syntax of strace's inject=.
        """
        inject = f"inject={call}:signal=SIGSTOP:when={when}"
        trace = ["strace", "-qq", "-e", f"trace=sendto,recvmsg,{call}", "-e", inject, *options]
        environment = ["env", "ASAN_OPTIONS=detect_leaks=0"]
        command = [*environment, *trace, second_stage(), "--verbose", *arguments]
        running = RunningHelper(self, self.start(*command, start_new_session=True))
        self.running.append(running)
        return running

    def stopped_in_its_wait(self, *arguments):
        """Start the helper, which logs what it waits for and is then stopped, before its timeout can
        end the wait. resume() it. Returns it; what it traces is in the log, too."""
        running = self.stopping("1", *arguments, call="epoll_wait")
        running.until_logged("stopped by SIGSTOP")
        if "Waiting" not in running.log:
            raise RuntimeError(f"expected to wait, but: {running.log}")
        return running

    def waiting(self, bind, *arguments):
        """Start the helper under time-bind. Returns when it has logged what it waits for.

        Without a timeout, unless one is given: at the timeout the helper asks the kernel once more,
        which would hide that it has missed an event.
        """
        if not any(argument.startswith("--timeout") for argument in arguments):
            arguments = ["--timeout=infinity", *arguments]
        running = self.start_helper(bind, *arguments)
        line = running.line()
        if "Waiting" not in line:
            raise RuntimeError(f"expected to wait, but: {line}")
        return running
