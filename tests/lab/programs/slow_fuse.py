# SPDX-License-Identifier: LGPL-2.1-or-later
"""A file system that answers slowly or never (fuse(4)).

    slow_fuse.py SECONDS DIRECTORY COMMAND...

Mounts it on DIRECTORY in a mount namespace of its own and runs COMMAND there. When every process has
closed its standard error, prints as JSON how the command ended. SECONDS is how long each answer
takes, or "never". Every name in the file system is a file with an address for `bind`.
"""

import ctypes
import json
import os
import struct
import subprocess
import sys
import threading
import time

FORGET, GETATTR, LOOKUP, OPEN, READ, RELEASE, STATFS = 2, 3, 1, 14, 15, 18, 17
FLUSH, INIT, INTERRUPT, BATCH_FORGET = 25, 26, 36, 42
EINVAL, ENOSYS = 22, 38
NO_ANSWER = {FORGET, INTERRUPT, BATCH_FORGET}
CONTENT = b"bind 2001:db8::5105\n"
VALID = 3600  # seconds for which the kernel may cache an answer
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 1 << 18


def attributes(node: int) -> bytes:
    mode, size = (0o40755, 0) if node == 1 else (0o100644, len(CONTENT))
    return struct.pack("<6Q10I", node, size, 1, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)


def answer(opcode: int, node: int, body: bytes) -> bytes | int:
    """What follows the header of the answer, or an error."""
    match opcode:
        case _ if opcode == INIT:
            return struct.pack("<4I2H2I2H8I", 7, 31, 0, 0, 12, 9, 4096, 1, 0, 0, *[0] * 8)
        case _ if opcode == LOOKUP:
            child = 2 + sum(body) % 1000000
            return struct.pack("<4Q2I", child, 0, VALID, VALID, 0, 0) + attributes(child)
        case _ if opcode == GETATTR:
            return struct.pack("<Q2I", VALID, 0, 0) + attributes(node)
        case _ if opcode == OPEN:
            return struct.pack("<Q2I", 0, 0, 0)
        case _ if opcode == READ:
            offset, size = struct.unpack_from("<QI", body, 8)
            return CONTENT[offset:offset + size]
        case _ if opcode == STATFS:
            return bytes(80)
        case _ if opcode in (RELEASE, FLUSH):
            return b""
    return ENOSYS


def serve(device: int, seconds: float) -> None:
    def reply(request: bytes) -> None:
        _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
        if opcode in NO_ANSWER:
            return
        if opcode != INIT:
            time.sleep(seconds)
        body = answer(opcode, node, request[40:])
        error, body = (-body, b"") if isinstance(body, int) else (0, body)
        os.write(device, struct.pack("<IiQ", 16 + len(body), error, unique) + body)

    while True:
        threading.Thread(target=reply, args=(os.read(device, 1 << 20),), daemon=True).start()


LIBC = ctypes.CDLL(None, use_errno=True)


def check(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "unshare(2) or mount(2)")


def mount(directory: str) -> int:
    """Mount it. It answers nothing unless serve() runs, and ends when the device is closed.

    Returns the device.
    """
    device = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other"
    check(LIBC.mount(b"slow", os.fsencode(directory), b"fuse", 0, options.encode()))
    return device


def main() -> None:
    speed, directory, *command = sys.argv[1:]
    check(LIBC.unshare(CLONE_NEWNS))
    check(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
    device = mount(directory)
    if speed != "never":
        threading.Thread(target=serve, args=(device, float(speed)), daemon=True).start()
    begin = time.monotonic()
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            stdin=subprocess.DEVNULL)
    print(json.dumps({"status": result.returncode, "stderr": result.stderr,
                      "seconds": time.monotonic() - begin}), flush=True)
    os._exit(0)  # threads may wait for the device


if __name__ == "__main__":
    main()
