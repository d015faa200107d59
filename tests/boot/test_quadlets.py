# SPDX-License-Identifier: LGPL-2.1-or-later
"""Containers whose port is published on an address of its own: by podman, from a file that its
generator turns into a unit at the same moment as dadwait's runs; and by dockerd, which restarts its
containers when it starts.

podman and dockerd are those of Debian 13, the image is a static busybox. Both containers have the
bridge of a default installation.
"""

import json
import re
import subprocess

import pytest
from lab import SOURCE, build, plan
from lab.base_system import BOOT, base_system
from lab.container import Container
from lab.install_tree import install_tree
from lab.services import PREFIX

SUITE = "trixie"
PACKAGES = (*BOOT, "ifupdown", "libinih1", "busybox-static", "podman", "netavark", "nftables",
            "crun", "docker.io", "docker-cli", "iptables")
PODMAN, DOCKER, UNSEEN, METRICS = (f"{PREFIX}{number:x}" for number in range(0x300, 0x304))

INTERFACES = (
    "auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet6 static\n"
    f"        address {PREFIX}a/64\n        dad-attempts 0\n"
    + "".join(f"        up /sbin/ip -6 addr add {address}/64 dev eth0\n"
              for address in (PODMAN, DOCKER, UNSEEN, METRICS)))

QUADLET = f"""[Container]
Image=localhost/web:1
Pull=never
PublishPort=[{PODMAN}]:8080:80

[Install]
WantedBy=multi-user.target
"""

# It makes a unit that no file names.
GENERATOR = f"""#!/bin/sh
mkdir "$1/multi-user.target.wants"
ln -s ../made.service "$1/multi-user.target.wants/made.service"
printf '[Service]\\nExecStart=/bin/busybox httpd -f -h /img -p [{UNSEEN}]:8082\\n' >"$1/made.service"
"""

COMMAND = 'CMD ["/bin/busybox", "httpd", "-f", "-p", "80"]'

# systemd-nspawn's filter refuses bpf(2), by which crun and runc restrict devices, and keyctl(2).
ENVIRONMENT = {"SYSTEMD_SECCOMP": "0"}


# Many files, with what podman makes of them by its rules of names, priorities and drop-ins.
CASE = SOURCE / "tests/golden/cases/quadlets/root"
# Of these the tree has a unit that overrides podman's, or the name is none of a unit.
NOT_PLANNED = {"overridden.service", "off.service", "a/b.service"}
# The instances have no file; podman finds a mistake in the other.
NOT_MADE = {"site@1.service", "site@3.service", "empty.service"}


def test_podman_itself():
    """Its generator makes the units that dadwait derives, with the addresses that dadwait finds."""
    with Container(base_system(SUITE, PACKAGES)) as machine:
        machine.unpack(CASE)
        text = machine.chroot("sh", "-c", "/usr/libexec/podman/quadlet -dryrun 2>/dev/null || true")
    parts = re.split(r"^---(\S+)---$", text, flags=re.M)
    made = dict(zip(parts[1::2], parts[2::2]))
    printed = json.loads(subprocess.run([plan(), f"--root={CASE}", "--json"], check=True,
                                        capture_output=True, text=True).stdout)
    planned = {service["unit"]: service for service in printed["services"]}

    assert made.keys() - NOT_PLANNED == planned.keys() - NOT_MADE
    waiting = {unit: service for unit, service in planned.items()
               if service["verdict"] == "wait" and unit in made and "@" not in unit}
    del waiting["other.service"]  # two files make it
    assert len(waiting) > 8
    for unit, service in waiting.items():
        (command,) = re.findall(r"^Exec\w+=\S+ (?:run|kube play|pod create) .*", made[unit], re.M)
        published = set(re.findall(r"(?:--publish[ =]|-p ?)\[([0-9a-f:]+)\]", command))
        assert {address["address"] for address in service["addresses"]} == published - {
            "::", "2001:db8::2"}  # the case ignores the latter


def boot(machine, waiting: int = 0) -> None:
    """waiting: how many helpers wait before DAD ends; 0: it does not end."""
    machine.hold_dad()
    dad_until = (lambda: machine.waiting() == waiting) if waiting else None
    assert machine.boot(environment=ENVIRONMENT, dad_until=dad_until), machine.console()


def end_dad(machine) -> None:
    def addresses() -> str:
        return machine.shell("ip", "-6", "address", "show", "dev", "eth0")

    machine.end_dad()
    machine.until(lambda: "tentative" not in addresses(), "DAD ends")


def sockets(machine) -> str:
    return machine.shell("ss", "--listening", "--numeric", "--tcp")


@pytest.fixture(scope="module")
def machine():
    with Container(base_system(SUITE, PACKAGES)) as machine:
        machine.write("/etc/network/interfaces", INTERFACES)
        # The overlay of the test cannot be a layer of another one.
        machine.write("/etc/containers/storage.conf", '[storage]\ndriver = "vfs"\n'
                      'runroot = "/run/containers/storage"\n'
                      'graphroot = "/var/lib/containers/storage"\n')
        # The machine has no controller of cgroups.
        machine.write("/etc/containers/containers.conf", "[containers]\npids_limit = 0\n")
        machine.chroot("sh", "-c", "mkdir -p /img/bin && cp /bin/busybox /img/bin && "
                       "tar -C /img -c . >/img.tar")
        machine.write("/etc/systemd/system-generators/made", GENERATOR, 0o755)
        boot(machine)
        end_dad(machine)
        machine.shell("podman", "import", "--change", COMMAND, "/img.tar", "localhost/web:1")
        machine.shell("docker", "import", "--change", COMMAND, "/img.tar", "web:1")
        machine.shell("docker", "run", "--detach", "--restart=always", "--name=web",
                      f"--publish=[{DOCKER}]:8081:80", "web:1")
        machine.write("/etc/containers/systemd/web.container", QUADLET)
        machine.power_off()
        yield machine
        print(machine.journal("--boot=0", output="short-monotonic"))


def test_without(machine):
    boot(machine)
    assert machine.show("web", "ActiveState", "Result") == {
        "ActiveState": "failed", "Result": "exit-code"}
    assert f"[{PODMAN}]:8080: bind: cannot assign requested address" in machine.log("web.service")
    assert machine.wait_for("made", "ActiveState", ("failed",)) == "failed"

    # dockerd starts the container once only, whatever its restart policy.
    end_dad(machine)
    assert machine.show("docker", "ActiveState") == {"ActiveState": "active"}
    assert f"[{DOCKER}]:8081: bind: cannot assign requested address" in machine.log(
        "docker.service")
    assert not machine.shell("docker", "ps", "--quiet")
    assert not any(f"[{address}]" in sockets(machine) for address in (PODMAN, DOCKER, UNSEEN))
    machine.power_off()


def test_without_an_address_of_dockerd(machine):
    machine.write("/etc/docker/daemon.json", f'{{ "metrics-addr": "[{METRICS}]:9323" }}\n')
    boot(machine)
    assert machine.wait_for("docker", "ActiveState", ("failed",)) == "failed"
    assert f"[{METRICS}]:9323: bind: cannot assign requested address" in machine.log(
        "docker.service")
    end_dad(machine)
    machine.power_off()


def test_with(machine):
    """Of dockerd both, that of its file and that of the container."""
    machine.unpack(install_tree(SUITE, build()))
    machine.write("/etc/dadwait.conf", f"[docker.service]\nAddress={DOCKER}\n"
                  f"[made.service]\nAddress={UNSEEN}\n")
    boot(machine, waiting=3)

    for unit in ("web", "docker", "made"):
        assert machine.show(unit, "ActiveState", "Result") == {
            "ActiveState": "active", "Result": "success"}
        assert "Ready after" in machine.log(f"{unit}.service")
    assert machine.shell("docker", "ps", "--quiet")
    for place in (f"[{PODMAN}]:8080", f"[{DOCKER}]:8081", f"[{UNSEEN}]:8082",
                  f"[{METRICS}]:9323"):
        assert place in sockets(machine)
