# SPDX-License-Identifier: LGPL-2.1-or-later
"""FIFOs, devices, sockets, directories and links wherever the generator reads a file.

The run ends in time, other services get their drop-ins, nothing is changed, and nothing outside of
the root directory is read.
"""

import fcntl
import os
import random
import socket
import stat
import threading
from pathlib import Path

import pytest
from tree import CANARY, CANARY_ADDRESS, Tree, needs_root

APACHE = "Listen [2001:db8::a]:80\nInclude /etc/apache2/part.conf\nListen [2001:db8::b]:80\n"
NTP = "interface listen 2001:db8::a\nincludefile /etc/ntpsec/part.conf\n"
SECRET = "2001:db8:bad::1"
SECRETS = (f"[x.service]\nAddress={SECRET}\n[Service]\nListen [{SECRET}]:80\n"
           f"interface listen {SECRET}\n")

# The run below reads each of them; the first test checks that.
PLACES = [
    "etc/dadwait.conf",
    "etc/dadwait.d/50-x.conf",
    "etc/systemd/system.conf",
    "etc/systemd/system.conf.d/x.conf",
    "etc/systemd/system/apache2.service",
    "etc/systemd/system/apache2.service.d/x.conf",
    "etc/systemd/system/service.d/x.conf",
    "etc/systemd/system/sockets.target.wants/apache2.socket",
    "etc/systemd/system/apache2.socket",
    "etc/apache2/apache2.conf",
    "etc/apache2/part.conf",
    "etc/apache2/envvars",
    "etc/ntpsec/ntp.conf",
    "etc/ntpsec/part.conf",
    "etc/default/ntpsec",
]

DIRECTORIES = [
    "etc/dadwait.d",
    "usr/local/lib/dadwait.d",
    "etc/systemd/system",
    "etc/systemd/system.conf.d",
    "etc/systemd/system/apache2.service.d",
    "etc/systemd/system/sockets.target.wants",
    "etc/apache2",
    "etc/ntpsec/ntp.d",
]


def make_fifo(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path, outside: Path) -> None:
    directory = os.open(path.parent, os.O_PATH)  # sun_path has 108 bytes
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"/proc/self/fd/{directory}/{path.name}")
    os.close(directory)


def make_zero(path: Path, outside: Path) -> None:
    os.mknod(path, 0o644 | stat.S_IFCHR, os.makedev(1, 5))


def make_block_device(path: Path, outside: Path) -> None:
    os.mknod(path, 0o644 | stat.S_IFBLK, os.makedev(7, 99))


def make_directory(path: Path, outside: Path) -> None:
    path.mkdir()
    os.mkfifo(path / "x.conf")


def make_dangling(path: Path, outside: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def make_loop(path: Path, outside: Path) -> None:
    path.symlink_to(path.name)


def make_loop_of_two(path: Path, outside: Path) -> None:
    other = path.with_name("zz-other.conf")
    other.symlink_to(path.name)
    path.symlink_to(other.name)


def make_absolute_escape(path: Path, outside: Path) -> None:
    (outside / "secret").write_text(SECRETS)
    path.symlink_to(outside / "secret")


def make_relative_escape(path: Path, outside: Path) -> None:
    (outside / "secret").write_text(SECRETS)
    path.symlink_to("../" * 40 + str(outside / "secret").lstrip("/"))


def make_sparse(path: Path, outside: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


def make_long_line(path: Path, outside: Path) -> None:
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"Listen=" + b"a" * ((1 << 20) - 7))


def make_long_line_within_bounds(path: Path, outside: Path) -> None:
    path.write_bytes(b"Listen " + b"[2001:db8:bad::1" * (4 << 20 >> 4))
    os.truncate(path, 4 << 20)


def make_nul(path: Path, outside: Path) -> None:
    path.write_bytes(b"\0" * 100000 + b"\n\0[\0x.service]\nAddress\0=::\0\n" * 1000)


def make_noise(path: Path, outside: Path) -> None:
    path.write_bytes(random.Random(path.name).randbytes(1 << 20))


def make_short_noise(path: Path, outside: Path) -> None:
    noise = random.Random(path.name)
    signs = b"[]<>=:;#\\\"'%$/ \t\r\n{}@*?!-+.0aF\0\x80\xff"
    path.write_bytes(bytes(noise.choice(signs) for _ in range(200000)))


def make_invalid_utf8(path: Path, outside: Path) -> None:
    path.write_bytes(b"[\xc0\xaf.service]\nAddress=\xed\xa0\x80\n\xff\xfe=\xf8\nListen \x9b31m\n" * 99)


def make_only_brackets(path: Path, outside: Path) -> None:
    path.write_bytes(b"[" * 100000 + b"\n" + b"<" * 100000 + b"\n" + b"${" * 100000)


def make_backslashes(path: Path, outside: Path) -> None:
    path.write_bytes(b"x\\\n" * 1000000)


def make_newlines(path: Path, outside: Path) -> None:
    path.write_bytes(b"\n" * (4 << 20))


THINGS = [make_fifo, make_socket, make_zero, make_block_device, make_directory, make_dangling,
          make_loop, make_loop_of_two, make_absolute_escape, make_relative_escape, make_sparse,
          make_long_line, make_long_line_within_bounds, make_nul, make_noise, make_short_noise,
          make_invalid_utf8, make_only_brackets, make_backslashes, make_newlines]


def full_tree(tree: Tree) -> None:
    tree.apache(APACHE)
    tree.ntp(NTP)
    tree.write("etc/apache2/part.conf", "Listen [2001:db8::c]:80\n")
    tree.write("etc/ntpsec/part.conf", "interface listen 2001:db8::c\n")


def test_every_place_is_read(traced: Tree) -> None:
    """Without this the tests below would prove nothing: the generator opens each place."""
    tree = traced
    full_tree(tree)
    for place in PLACES:
        path = tree.path(place)
        path.unlink(missing_ok=True)
        if place.endswith("/apache2.socket") and "wants" in place:
            path.symlink_to("../apache2.socket")
        else:
            path.mkdir()

    opened = tree.base / "opened"
    strace = ("strace", "-A", "-f", "-o", str(opened), "-e", "trace=openat2", "-s", "300")
    tree.run(prefix=strace)
    # To systemd a directory is no unit, so the generator does not read its configuration.
    tree.path("etc/systemd/system/apache2.service").rmdir()
    tree.unit("apache2.service")
    tree.run(prefix=strace)

    trace = opened.read_text()
    missing = [place for place in PLACES if f'"/{place}"' not in trace]
    # Found only if the file is readable.
    assert set(missing) <= {"etc/apache2/part.conf", "etc/apache2/envvars",
                            "etc/ntpsec/part.conf", "etc/systemd/system/apache2.service.d/x.conf",
                            "etc/systemd/system/apache2.socket",
                            "etc/systemd/system/sockets.target.wants/apache2.socket",
                            "etc/systemd/system/service.d/x.conf"}


@needs_root
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make", THINGS, ids=lambda make: make.__name__[5:])
def test_no_decent_file(tree: Tree, place: str, make) -> None:
    full_tree(tree)
    path = tree.path(place)
    path.unlink(missing_ok=True)
    make(path, tree.outside)

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]
    assert not any(SECRET in patterns for patterns in outcome.drop_ins.values())


@needs_root
@pytest.mark.parametrize("place", DIRECTORIES)
@pytest.mark.parametrize("make", [make_fifo, make_socket, make_zero, make_dangling, make_loop,
                                  make_noise], ids=lambda make: make.__name__[5:])
def test_no_directory(tree: Tree, place: str, make) -> None:
    tree.path(place)
    make(tree.root / place, tree.outside)
    tree.unit("apache2.service")
    tree.write("usr/lib/dadwait.d/apache2.conf",
               "[apache2.service]\nFormat=apache\nConfig=/etc/apache2/apache2.conf\n")
    tree.unit("ntpsec.service")
    tree.write("usr/lib/dadwait.d/ntpsec.conf",
               "[ntpsec.service]\nFormat=ntp\nConfig=/etc/ntpsec/ntp.conf\n")

    outcome = tree.run()

    assert outcome.status == 0
    assert outcome.drop_ins[CANARY] == [CANARY_ADDRESS]


def test_link_to_a_directory_outside(tree: Tree) -> None:
    for name in ("x.conf", "apache2.conf", "part.conf", "envvars"):
        (tree.outside / name).write_text(SECRETS)
    tree.apache("")
    for place in DIRECTORIES:
        path = tree.path(place)
        for child in path.iterdir() if path.is_dir() else ():
            child.unlink() if not child.is_dir() else child.rmdir()
        if path.is_dir():
            path.rmdir()
        if path.parent.is_dir() and not path.parent.is_symlink():
            path.symlink_to(tree.outside)

    assert tree.patterns("apache2.service") == []


@needs_root
def test_unreadable_files(tree: Tree) -> None:
    """Root without capabilities cannot read every file."""
    full_tree(tree)
    for place in ("etc/apache2/part.conf", "etc/ntpsec/part.conf"):
        tree.path(place).chmod(0)
        os.chown(tree.path(place), 65534, 65534)

    outcome = tree.run(prefix=("setpriv", "--bounding-set=-dac_override,-dac_read_search"))

    assert outcome.status == 0
    assert outcome.drop_ins["apache2.service"] == ["2001:db8::a", "2001:db8::b"]
    assert "part.conf" in outcome.stderr and "ermission denied" in outcome.stderr


def test_file_that_another_process_has_a_lease_on(tree: Tree) -> None:
    """A blocking open(2) would wait for up to /proc/sys/fs/lease-break-time, 45 s."""
    tree.apache(APACHE)
    held = os.open(tree.write("etc/apache2/part.conf", "Listen [2001:db8::c]:80\n"), os.O_RDWR)
    fcntl.fcntl(held, fcntl.F_SETSIG, 23)  # SIGURG is ignored, so the lease is not released
    fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    try:
        outcome = tree.run(changes=True)
    finally:
        os.close(held)

    assert outcome.drop_ins["apache2.service"] == ["2001:db8::a", "2001:db8::b"]
    assert "part.conf" in outcome.stderr


def test_file_that_grows_while_it_is_read(tree: Tree) -> None:
    tree.apache(APACHE)
    path = tree.write("etc/apache2/part.conf", "Listen [2001:db8::c]:80\n")
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set() and file.tell() < 3 << 17:
                file.write(b"Listen [2001:db8::c]:80\n" * 100)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        for _ in range(10):
            assert tree.patterns("apache2.service", changes=True) == \
                ["2001:db8::a", "2001:db8::c", "2001:db8::b"]
    finally:
        stop.set()
        writer.join()


def test_file_that_is_replaced_while_it_is_read(tree: Tree) -> None:
    """Replaced by a FIFO, or by a link out of the root directory."""
    tree.apache(APACHE)
    (tree.outside / "secret").write_text(SECRETS)
    part = tree.path("etc/apache2/part.conf")
    stop = threading.Event()

    def replace() -> None:
        spare = tree.base / "spare"
        while not stop.is_set():
            for make in (lambda: spare.write_text("Listen [2001:db8::c]:80\n"),
                         lambda: os.mkfifo(spare),
                         lambda: spare.symlink_to(tree.outside / "secret")):
                make()
                spare.replace(part)

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        for _ in range(30):
            found = tree.patterns("apache2.service", changes=True)
            assert set(found) <= {"2001:db8::a", "2001:db8::b", "2001:db8::c"}
    finally:
        stop.set()
        writer.join()


@needs_root
@pytest.mark.parametrize("file", ["dev/zero", "dev/random", "dev/tty", "proc/kmsg", "proc/kcore",
                                  "proc/self/environ", "proc/self/fd/0", "sys/kernel/uevent_helper",
                                  "sys/kernel/notes"])
def test_devices_and_kernel_files(traced: Tree, file: str) -> None:
    tree = traced
    tree.apache(f"Listen [2001:db8::a]:80\nInclude /{file}\nListen [2001:db8::b]:80\n")
    for name in ("dev", "proc", "sys"):
        (tree.root / name).mkdir()
    opened = tree.base / "opened"
    mount = ("for d in dev proc sys; do mount --rbind /$d \"$0/$d\"; done; exec \"$@\"")

    assert tree.patterns("apache2.service", changes=True, prefix=(
        "unshare", "--mount", "sh", "-ec", mount, str(tree.root), "strace", "-f", "-o",
        str(opened), "-e", "trace=openat,openat2")) == ["2001:db8::a", "2001:db8::b"]

    for line in opened.read_text().splitlines():
        if f'"/{file}"' in line:  # not opened: opening a device can have effects
            assert "O_PATH" in line
