# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tests/demo shows: a machine with Apache and ntpd, booted without and with dadwait."""

import dataclasses
import os
import re
import shutil
import signal
import sys
import textwrap
import time

from lab import SOURCE
from lab.apache_machine import ADDRESSES, PACKAGES, ApacheMachine
from lab.base_system import base_system, progress
from lab.container import Container
from lab.install_tree import install_tree
from lab.sandbox import Unavailable

SUITE = "bookworm"
WIDTH = min(shutil.get_terminal_size((80, 24)).columns, 100)
COLUMN = 24
DROP_INS = "/run/systemd/generator/*.service.d/zz-dadwait.conf"

# The lines of the journal that are shown.
SHOWN = re.compile(
    r"Raise network interfaces|Waiting for DAD|could not bind|no listening sockets"
    r"|Failed with result|Failed to start|bind\(.*failed|Listen normally on \d+ eth0"
    r"|Waiting up to|Ready after|Not ready|Started apache2"
)


@dataclasses.dataclass
class Outcome:
    """The results of one boot, as texts for the table."""

    apache: str
    listening: dict[str, str]
    failed_binds: int
    finished: float
    waited: float
    answered: str
    drop_ins: str
    journal: list[str]


def boot(with_dadwait: bool) -> Outcome:
    installed = install_tree(SUITE, SOURCE / "build-demo") if with_dadwait else None
    with ApacheMachine(SUITE) as machine:
        if installed:
            machine.unpack(installed)
        progress(f"Booting {'with' if with_dadwait else 'without'} dadwait ...")
        if not machine.boot():
            raise RuntimeError(f"The boot does not end.\n{machine.console()}")
        return results(machine)


def results(machine: ApacheMachine) -> Outcome:
    sockets = machine.shell("ss", "--listening", "--tcp", "--numeric")
    waits = machine.entries("SYSLOG_IDENTIFIER=dadwait", "_SYSTEMD_UNIT=apache2.service")
    state = machine.show("apache2", "ActiveState")["ActiveState"]
    return Outcome(
        apache=state,
        listening={a: "yes" if f"[{a}]:80" in sockets else "no" for a in ADDRESSES},
        failed_binds=len(set(re.findall(r"bind\(.* (\S+)#123 .*failed", machine.ntpd_log()))),
        finished=machine.finished - machine.started,
        waited=max((int(entry["DADWAIT_ELAPSED_USEC"]) / 1e6 for entry in waits), default=0.0),
        answered=answered(machine) if state == "active" else "never",
        drop_ins=machine.shell("sh", "-c", f"tail --lines=+1 {DROP_INS}", check=False),
        journal=journal(machine),
    )


def answered(machine: ApacheMachine) -> str:
    """How long after the last address was ready Apache answered on all of them."""
    ready = max(machine.monitor.when("ready", address) for address in ADDRESSES)
    answer = max(machine.monitor.when("answers", address) for address in ADDRESSES)
    return f"{(answer - ready) * 1e3:.0f} ms after DAD"


def journal(machine: Container) -> list[str]:
    """Lines of the journal with the seconds since the machine was switched on, each once."""
    lines, seen = [], set()
    for entry in machine.entries():
        text = entry["MESSAGE"]
        # ntpd logs each line twice: to standard error with a time stamp before the text.
        who = entry.get("SYSLOG_IDENTIFIER", "?")
        if not SHOWN.search(text) or re.match(r"\d{4}-", text) or text in seen:
            continue
        seen.add(text)
        if who == "dadwait":
            text = f"for {entry['_SYSTEMD_UNIT'].removesuffix('.service')}: {text}"
        since = int(entry["__MONOTONIC_TIMESTAMP"]) / 1e6 - machine.started
        lines.append(
            textwrap.fill(
                text,
                WIDTH,
                initial_indent=f"{since:6.2f} {who + ':':11}",
                subsequent_indent=" " * 18,
                break_on_hyphens=False,
            )
        )
    return lines


def table(without: Outcome, with_dadwait: Outcome) -> None:
    def row(what: str, *cells: str) -> None:
        print(f"{what:34}" + "".join(f"{cell:{COLUMN}}" for cell in cells).rstrip())

    both = (without, with_dadwait)
    print()
    row("", "without dadwait", "with dadwait")
    row("Apache", *(outcome.apache for outcome in both))
    for address in ADDRESSES:
        row(f"  on [{address}]:80", *(outcome.listening[address] for outcome in both))
    row("  answers", *(outcome.answered for outcome in both))
    row("ntpd: addresses it failed to bind", *(str(outcome.failed_binds) for outcome in both))
    row("time waited for DAD", *(f"{outcome.waited:.2f} s" for outcome in both))
    row("boot finished after", *(f"{outcome.finished:.2f} s" for outcome in both))


def demo() -> None:
    begin = time.monotonic()
    progress("A stock Debian 12, its network set up by ifupdown: one IPv6 address and three more.")
    progress("Apache listens on the three, ntpd on all. It boots twice, in a container.\n")
    base_system(SUITE, PACKAGES)
    without = boot(with_dadwait=False)
    with_dadwait = boot(with_dadwait=True)
    table(without, with_dadwait)
    for name, outcome in (("Without", without), ("With", with_dadwait)):
        print(f"\n{name} dadwait, from the journal (seconds since power on):")
        print(*outcome.journal, sep="\n")
    print("\nWhat dadwait's generator wrote, from the services' own configuration:")
    print(textwrap.indent(with_dadwait.drop_ins, "  "))
    print(f"\nAll of this took {time.monotonic() - begin:.0f} s.")


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if os.geteuid() != 0:
        print("tests/demo boots a container, so it has to run as root: sudo tests/demo")
        return 1
    try:
        demo()
    except KeyboardInterrupt:
        print("\nInterrupted; the container is gone.", file=sys.stderr)
        return 130
    except (Unavailable, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
