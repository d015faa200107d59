# SPDX-License-Identifier: LGPL-2.1-or-later
"""Print when an HTTP server first answers on each address.

    poll_http.py PORT ADDRESS...

One JSON object a line, as monitor_addresses.py prints them. It runs at the other end of the link.
"""

import sys
import threading
import time

from monitor_addresses import answers, report

one_at_a_time = threading.Lock()


def poll(address: str, port: int) -> None:
    while not answers(address, port):
        # Without a carrier, and when the connection is refused, this fails at once.
        time.sleep(0.002)
    with one_at_a_time:
        report({"address": address, "state": "answers"})


def main() -> None:
    port, addresses = int(sys.argv[1]), sys.argv[2:]
    report({"state": "watching"})
    for address in addresses:
        threading.Thread(target=poll, args=(address, port)).start()
    threading.Event().wait()  # until the sandbox is gone


if __name__ == "__main__":
    main()
