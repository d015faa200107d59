# SPDX-License-Identifier: LGPL-2.1-or-later
"""No file of a unit's user runs as root, and the unit waits all the same."""

import shutil

import pytest
from lab import build

ADDRESS = "2001:db8:77::5"
WAITS = f"[Service]\nExecStartPre=-+/usr/libexec/dadwait {ADDRESS}\n"

# perl-base is on every Debian.
BINDS = (
    "perl -MSocket=:all -e 'socket(S, PF_INET6, SOCK_STREAM, 0) and "
    f'bind(S, pack_sockaddr_in6(8080, inet_pton(AF_INET6, "{ADDRESS}"))) or die "bind: $!"\''
)

UNIT = f"""\
[Service]
Type=oneshot
RemainAfterExit=yes
User=daemon
WorkingDirectory=/srv/app
EnvironmentFile=/srv/app/env
ExecStart={BINDS}
"""

HOSTILE = {
    "preload": "LD_PRELOAD=/srv/app/log-load.so\n",
    "libraries": "LD_PRELOAD=/srv/app/log-load.so\nLD_LIBRARY_PATH=/srv/app\n",
}


@pytest.fixture(scope="module")
def machine(machine_with_dadwait):
    machine = machine_with_dadwait
    machine.write("/etc/systemd/system/app.service", UNIT)
    machine.file("/srv/app").mkdir(parents=True)
    for name in "log-load.so", "libsystemd.so.0", "libmnl.so.0":
        shutil.copy(build() / "tests/log-load.so", machine.file(f"/srv/app/{name}"))
    machine.chroot("chown", "-R", "daemon:", "/srv/app")
    assert machine.boot(), machine.console()
    return machine


def start(machine, drop_in, environment):
    """Start the unit while its address is tentative. Returns its Result=, and the users as which the
    library was loaded."""
    drop_in_path = "/run/systemd/system/app.service.d/50-dadwait.conf"
    machine.shell("install", "-D", "-m", "644", "/dev/stdin", drop_in_path, input=drop_in)
    env = f"{environment}LOAD_LOG=/srv/app/log\n"
    machine.shell("install", "-o", "daemon", "/dev/stdin", "/srv/app/env", input=env)
    machine.shell("rm", "-f", "/srv/app/log")
    machine.shell("systemctl", "daemon-reload")
    script = "ip address add $0/64 dev eth0; systemctl start app"
    machine.shell("sh", "-c", script, ADDRESS, check=False)
    result = machine.show("app", "Result")["Result"]
    users = set(machine.shell("cat", "/srv/app/log").split())
    machine.shell("systemctl", "stop", "app")
    machine.shell("systemctl", "reset-failed", "app", check=False)
    machine.shell("ip", "address", "del", f"{ADDRESS}/64", "dev", "eth0")
    return result, users


@pytest.mark.parametrize("name", HOSTILE)
def test_environment_file_of_the_unit(machine, name):
    daemon = machine.shell("id", "-u", "daemon").strip()
    assert start(machine, "", HOSTILE[name]) == ("exit-code", {daemon}), "without dadwait"
    assert start(machine, WAITS, HOSTILE[name]) == ("success", {daemon})
