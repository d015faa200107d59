# SPDX-License-Identifier: LGPL-2.1-or-later
"""The environment and the working directory may come from a unit's user: no library of them is loaded, and
the helper waits all the same."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lab import build, helper
from lab.netns import HANG, INSTALLED_SECOND_STAGE

ONE = "2001:db8::1"

# Seconds: longer than any test.
FOR_EVER = 1000

HUGE = 2**63 - 1


@pytest.fixture
def hostile(tmp_path):
    """A directory with libraries that log that they were loaded."""
    library = build() / "tests/log-load.so"
    names = ["log-load.so", "libc.so.6", "libsystemd.so.0", "libmnl.so.0", "libcap.so.2", "liblzma.so.5"]
    for name in names:
        shutil.copy(library, tmp_path / name)
    return tmp_path


def load_log(hostile):
    return hostile / "log"


def test_the_library_logs_where_it_is_loaded(hostile):
    environment = {"LD_PRELOAD": str(hostile / "log-load.so"), "LOAD_LOG": str(load_log(hostile))}
    subprocess.run(["/bin/true"], env=environment, check=True)
    assert load_log(hostile).read_text() == "0\n"


ENVIRONMENTS = {
    "preload": {"LD_PRELOAD": "{}/log-load.so"},
    "audit": {"LD_AUDIT": "{}/log-load.so"},
    "library path": {"LD_LIBRARY_PATH": "{}"},
    "library path of lists": {"LD_LIBRARY_PATH": "{}:" * 500},
    "loader": {"LD_DEBUG": "all", "LD_WARN": "1", "LD_BIND_NOW": "1", "LD_TRACE_LOADED_OBJECTS": "1"},
    "loader's output": {"LD_DEBUG": "all", "LD_DEBUG_OUTPUT": "{}/log", "LD_PROFILE": "libc.so.6"},
    "tunables": {"GLIBC_TUNABLES": f"glibc.malloc.top_pad={HUGE}"},
    "more tunables": {
        "GLIBC_TUNABLES": f"glibc.malloc.mmap_threshold=1:glibc.malloc.arena_max=1:"
        f"glibc.malloc.perturb=255:glibc.malloc.tcache_count=0:glibc.rtld.nns={HUGE}:"
        f"glibc.rtld.optional_static_tls={HUGE}:glibc.malloc.hugetlb=2:glibc.pthread.rseq=0"
    },
    "long tunables": {"GLIBC_TUNABLES": "glibc.malloc.perturb=" * 4000},
    "malloc": {
        **{"MALLOC_TOP_PAD_": str(HUGE), "MALLOC_PERTURB_": "255", "MALLOC_CHECK_": "3"},
        **{"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1"},
    },
    "sanitizers": {"ASAN_OPTIONS": "help=1:log_path={}/log", "UBSAN_OPTIONS": "help=1"},
    "counting": {"GCOV_PREFIX": "{}", "LLVM_PROFILE_FILE": "{}/log"},
    "systemd": {
        **{"SYSTEMD_LOG_LEVEL": "debug", "SYSTEMD_LOG_TARGET": "console", "SYSTEMD_LOG_TIME": "1"},
        **{"NOTIFY_SOCKET": "/run/nobody", "LISTEN_FDS": "3", "LISTEN_PID": "1"},
    },
    "locale": {
        **{"LOCPATH": "{}", "LC_ALL": "xx_XX.UTF-8", "LANGUAGE": "xx", "GCONV_PATH": "{}"},
        **{"NLSPATH": "{}/%N", "CHARSET": "xx", "OUTPUT_CHARSET": "xx//TRANSLIT"},
    },
    "getopt": {"POSIXLY_CORRECT": "1"},
    "hosts": {"RES_OPTIONS": "debug", "HOSTALIASES": "{}/log", "RESOLV_HOST_CONF": "{}/log"},
    "places": {"TMPDIR": "{}", "HOME": "{}", "PATH": "{}", "TZ": ":{}/log", "TZDIR": "{}"},
    "100 KB": {"LONG": "x" * 100_000},
    "many": {f"NAME{i}": "x" * 40 for i in range(2000)},
}


def environment_in(hostile, name):
    values = ENVIRONMENTS[name] | {"LOAD_LOG": str(load_log(hostile))}
    return {key: value.replace("{}", str(hostile)) for key, value in values.items()}


def start(net, environment, *prefix):
    words = [f"{name}={value}" for name, value in environment.items()]
    command = ["env", "-i", *words, helper(), ONE, "--strict", f"--timeout={HANG}s"]
    return net.start(*prefix, *command)


def until_it_waits(process):
    line = process.stderr.readline()
    assert "Waiting up to" in line


def environment_of(process):
    return Path(f"/proc/{process.pid}/environ").read_bytes()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_nothing_of_the_environment_counts(net, hostile, name):
    environment = environment_in(hostile, name)
    before = sorted(os.listdir(hostile))
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    process = start(net, environment)
    until_it_waits(process)
    assert environment_of(process) == b""
    net.remove(ONE)
    net.add(ONE, "nodad")
    _, rest = process.communicate()
    assert process.returncode == 0
    assert rest.startswith("dadwait: Ready after ") and rest.count("\n") == 1
    assert sorted(os.listdir(hostile)) == before


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_nor_where_all_is_ready(net, hostile, name):
    environment = environment_in(hostile, name)
    before = sorted(os.listdir(hostile))
    net.add(ONE, "nodad")
    process = start(net, environment)
    assert process.communicate() == ("", "")
    assert process.returncode == 0
    assert sorted(os.listdir(hostile)) == before


@pytest.mark.parametrize("stream", ["8:12345", "0:0", "18446744073709551615:18446744073709551615"])
def test_the_journal_stream_is_passed_on(net, stream):
    process = start(net, {"A": "1", "JOURNAL_STREAM": stream, "B": "2"})
    until_it_waits(process)
    assert environment_of(process) == f"JOURNAL_STREAM={stream}\0".encode()
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    "stream",
    [
        *["", "8", "8:", ":8", "8:8:8", "8:8 ", " 8:8", "-8:8", "8:-8", "8:0x8", "a:b", "8;8", "٨:٨"],
        *["8:8\n", "8:8\nLD_PRELOAD=/x", "8" * 21 + ":8", "8:" + "8" * 21, "8" * 100_000 + ":8"],
    ],
)
def test_a_forged_journal_stream_is_dropped(net, stream):
    process = start(net, {"JOURNAL_STREAM": stream})
    until_it_waits(process)
    assert environment_of(process) == b""
    process.kill()
    process.communicate()


@pytest.mark.parametrize("how", ['rmdir "$PWD"', 'chmod 0 "$PWD"', "mount -t tmpfs tmpfs ."])
def test_the_working_directory_is_left(net, hostile, how):
    """A working directory that is removed, unreadable, or mounted over."""
    directory = hostile / "directory"
    directory.mkdir()
    script = f'cd "$0" && {how} && exec "$@"'
    process = start(net, {}, "sh", "-c", script, directory)
    until_it_waits(process)
    assert os.readlink(f"/proc/{process.pid}/cwd") == "/"
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    "options, status",
    [([], 0), (["--strict"], 255), (["--str"], 255), (["--timeout=1s"], 0), (["--", "--strict"], 0)],
)
def test_no_second_stage(net, options, status):
    """The service has to be started all the same."""
    net.run("mount", "--bind", "/dev/null", INSTALLED_SECOND_STAGE)
    result = net.run(helper(), *options, ONE, check=False)
    assert result.returncode == status
    assert result.stdout == ""
    assert result.stderr == (
        f"dadwait: cannot execute {INSTALLED_SECOND_STAGE}, so not waiting: Permission denied\n"
    )


@pytest.mark.parametrize("options", [[], ["--strict"], ["--timeout=1s"], ["--timeout=1 min"]])
def test_no_second_stage_where_all_is_ready(net, options):
    net.run("mount", "--bind", "/dev/null", INSTALLED_SECOND_STAGE)
    net.add(ONE, "nodad")
    for arguments in ([*options, ONE, "::1"], [ONE, *options, "127.0.0.1"]):
        result = net.run(helper(), *arguments)
        assert (result.stdout, result.stderr) == ("", "")


def test_no_second_stage_and_nobody_to_say_so_to(net):
    """Standard error is a full pipe: a signal ends the helper."""
    net.run("mount", "--bind", "/dev/null", INSTALLED_SECOND_STAGE)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x")
    except BlockingIOError:
        os.set_blocking(writer, True)
    process = net.start(helper(), ONE, stderr=writer)
    syscall = Path(f"/proc/{process.pid}/wchan")
    net.until(lambda: "pipe" in syscall.read_text(), "it writes")
    process.terminate()
    assert process.wait(timeout=HANG) == -15
    os.close(reader)
    os.close(writer)
