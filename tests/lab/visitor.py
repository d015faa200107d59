# SPDX-License-Identifier: LGPL-2.1-or-later
"""A visitor at the other end of the cable: asks an HTTP server on each address until it answers.

A program, as the witness is: visitor.py PORT ADDRESS...
"""

import sys
import threading
import time

from witness import answers, report


one_at_a_time = threading.Lock()


def visit(address: str, port: int) -> None:
    while not answers(address, port):
        # While there is no carrier, or a refusal, that comes at once.
        time.sleep(0.002)
    with one_at_a_time:
        report({"address": address, "state": "answers"})


def main() -> None:
    port, addresses = int(sys.argv[1]), sys.argv[2:]
    report({"state": "watching"})
    for address in addresses:
        threading.Thread(target=visit, args=(address, port)).start()
    threading.Event().wait()  # until the sandbox is gone


if __name__ == "__main__":
    main()
