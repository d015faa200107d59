# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every known daemon binds what its definition finds in its configuration."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import daemon_run
import generator_run
from lab import SOURCE
from lab.base_system import base_system
from lab.container import NETWORK, ROOT, Container
from lab.sandbox import output
from lab.service_machines import MACHINES, configure
from machines import Machines
from service_variants import TRIXIE_VARIANTS, VARIANTS

DEFINED = [(name, service)
           for name in ("more", "most", "others", "further", "middleware",
                        "trixie", "trixie-more", "trixie-others", "trixie-middleware")
           for service in MACHINES[name].services if service.is_defined() and service.command]

FAMILIES = "/etc/dadwait.conf"

# The addresses that letters represent in variants of the configurations.
ADDRESSES = {"A": "2001:db8:a::1", "B": "2001:db8:b::2", "C": "2001:db8:c::3", "D": "2001:db8:d::4"}
IPV4 = {letter: f"192.0.2.{ord(letter)}" for letter in ADDRESSES}
ABSENT = "2001:db8:e::5"

# Makes what systemd would make for the daemons, and removes what the one before has left.
PREPARE = """
mount -t tmpfs -o mode=755 run /run && mount -t tmpfs -o mode=1777 shm /dev/shm
mkdir -m 755 /run/sshd /run/vsftpd /run/vsftpd/empty
sed -n 's/^RuntimeDirectory=//p' /usr/lib/systemd/system/*.service | tr ' ' '\\n' | sort -u |
        while read -r name; do mkdir -p -m 777 "/run/$name"; done
mkdir -p -m 777 /run/mosquitto /run/tor /run/postgresql /run/lock
mkdir -p -m 777 /run/munin /run/nut /run/slapd /run/mumble-server /run/zabbix \\
        /run/nagios
chown debian-tor /run/tor && chmod 700 /run/tor
exec "$@"
"""


@contextmanager
def machine_of(name: str) -> Iterator[Container]:
    """A machine with all its services installed and configured, and their addresses assigned."""
    debian = MACHINES[name]
    with Container(base_system(debian.suite, debian.packages)) as machine:
        configure(machine, debian.services)
        machine.run("mount", "-t", "proc", "proc", f"{ROOT}/proc")
        machine.run("mount", "--bind", "/dev", f"{ROOT}/dev")
        machine.file("/usr/lib/dadwait.d").mkdir()
        for definition in (SOURCE / "generator/services").glob("*.conf"):
            shutil.copy(definition, machine.file("/usr/lib/dadwait.d"))
        assign(machine, [*IPV4.values(), *ADDRESSES.values(),
                         *(service.address for service in debian.services)])
        yield machine


@pytest.fixture(scope="module")
def machines():
    with Machines(machine_of) as machines:
        yield machines


@pytest.fixture
def machine(machines, request):
    return machines.get(request.param)


def assign(machine, addresses) -> None:
    """Postfix looks for assigned addresses, so ip_nonlocal_bind alone is not enough."""
    add = "".join(f" && ip addr add {address} dev lo {'nodad' if ':' in address else ''}"
                  for address in addresses)
    output([*machine.enter(network=NETWORK), "sh", "-c", f"ip link set lo up{add}"])


def run(machine, service, **options) -> daemon_run.Run:
    # nsenter(1) forks: if it is killed, its children have to be killed as well.
    enter = [*machine.enter(network=NETWORK), "setpriv", "--pdeathsig=KILL",
             "unshare", "--ipc", "--mount", "--pid", "--fork", "--kill-child",
             "chroot", ROOT, "sh", "-c", PREPARE, "sh"]
    command = [word.replace("{address}", service.address) for word in service.command]
    return daemon_run.trace(enter, command, timeout=60, **options)


@pytest.mark.parametrize("machine, service", DEFINED, indirect=["machine"],
                         ids=[f"{name}-{service.unit}" for name, service in DEFINED])
def test_definition(machine, service):
    traced = run(machine, service, expected=frozenset({service.address}))
    assert traced.waits() == {service.address}, traced.output
    assert generator_run.patterns(machine.file("/"), service.unit) == [service.address]


@pytest.mark.parametrize("machine, expected", [
    # The script of stunnel4 also starts the configuration of stunnel@test.service. The file of
    # stunnel4.service is also that of an instance.
    (name, {service.unit for service in MACHINES[name].services if service.is_defined()} | others)
    for name, others in (("most", {"stunnel4.service"}), ("more", set()), ("others", set()),
                         ("further", set()), ("middleware", set()),
                         ("trixie", {"stunnel4.service"}),
                         ("trixie-more", {"stunnel@stunnel.service"}), ("trixie-others", set()),
                         ("trixie-middleware", set()))
], indirect=["machine"], ids=["most", "more", "others", "further", "middleware", "trixie",
                              "trixie-more", "trixie-others", "trixie-middleware"])
def test_no_drop_in_for_others(machine, expected):
    assert set(generator_run.all_patterns(machine.file("/"))) == expected


def each_case(cases, names=("more", "most", "others", "further", "middleware")):
    """The cases, each with the first of these machines that has its unit.

    cases: the unit, what is expected, and files.
    """
    found = {service.unit: (name, service) for name in reversed(names)
             for service in MACHINES[name].services}
    return [pytest.param(*found[unit], *rest, id=f"{found[unit][0]}-{unit}-{rest[0]}")
            for unit, *rest in cases]


each_variant = pytest.mark.parametrize(
    "machine, service, expected, files",
    each_case(VARIANTS) + each_case(TRIXIE_VARIANTS, ("trixie",)), indirect=["machine"])


def check(machine, service, addresses: frozenset[str], files: dict[str, str]) -> None:
    """The daemon binds these, and the generator finds them; by default those of IPv6."""
    kept = keep(machine, {**files, FAMILIES: ""})
    try:
        for path, text in files.items():
            machine.write(path, text)
        traced = run(machine, service, expected=addresses)
        assert traced.waits() == addresses, traced.output
        root = machine.file("/")
        assert set(generator_run.patterns(root, service.unit)) == {
            address for address in addresses if not daemon_run.is_ipv4(address)}
        generator_run.ask_for_both_families(root)
        assert set(generator_run.patterns(root, service.unit)) == addresses
    finally:
        put_back(machine, service, kept)


@each_variant
def test_variant(machine, service, expected, files):
    check(machine, service, frozenset(ADDRESSES[letter] for letter in expected), {
        path: re.sub(r"\b[A-D]\b(?=[],:@\"' \n;\\])", lambda match: ADDRESSES[match[0]], text)
        for path, text in files.items()})


# What says IPv6 in these configurations.
WORDS = {
    r"(\[[A-D]\])/128": r"\1/32",
    r"\b(ud|tc)pv?6(?=:\[[A-D]\])": r"\1p",
    r"(\[[A-D]\]:\w+\s+stream tcp)6": r"\1",
    r"ipv6(addr|@)": r"ipv4\1",
    r"inet6:": "inet:",
    r"ip-protocol\(6\)": "ip-protocol(4)",
    r"_bind_address6": "_bind_address",
    r"listen_ipv6=YES\nlisten=NO": "listen_ipv6=NO\nlisten=YES",
    r"listen_address6": "listen_address",
}


@each_variant
def test_variant_of_ipv4(machine, service, expected, files):
    def change(text: str) -> str:
        for word, other in WORDS.items():
            text = re.sub(word, other, text)
        return re.sub(r"\[([A-D])\]|\b([A-D])\b(?=[],:@\"' \n;\\])",
                      lambda match: IPV4[match[1] or match[2]], text)

    if expected:
        check(machine, service, frozenset(IPV4[letter] for letter in expected),
              {path: change(text) for path, text in files.items()})


def keep(machine, files) -> dict[str, str | None]:
    """The contents of files; None for a file that does not exist."""
    return {path: machine.file(path).read_text() if machine.file(path).exists() else None
            for path in files}


def put_back(machine, service, kept) -> None:
    for path, text in (kept | service.configuration()).items():
        if text is None:
            machine.file(path).unlink(missing_ok=True)
        else:
            machine.write(path, text)


@pytest.mark.parametrize("machine, service, expected, files", each_case([
    ("haproxy.service", "", {"/etc/haproxy/haproxy.cfg":
        "defaults\n  mode http\n  timeout client 5s\n  timeout connect 5s\n  timeout server 5s\n"
        "frontend web\n  bind ABSENT:80 transparent\n  http-request return status 200\n"}),
    ("unbound.service", "", {"/etc/unbound/unbound.conf.d/address.conf":
        "server:\n interface: ABSENT\n ip-freebind: yes\n"}),
    ("nsd.service", "", {"/etc/nsd/nsd.conf.d/address.conf":
        "server:\n  ip-address: ABSENT\n  ip-transparent: yes\n"}),
    ("pdns.service", "", {"/etc/powerdns/pdns.d/address.conf":
        "local-address=ABSENT\nnon-local-bind=yes\n"}),
    ("pdns-recursor.service", "", {"/etc/powerdns/recursor.d/address.conf":
        "local-address=ABSENT\nnon-local-bind=yes\n"}),
]), indirect=["machine"])
def test_needless(machine, service, expected, files):
    """The daemon binds an address that is not assigned."""
    kept = keep(machine, files)
    try:
        for path, text in files.items():
            machine.write(path, text.replace("ABSENT", ABSENT))
        traced = run(machine, service, until=rf'inet_pton\(AF_INET6, "{ABSENT}".*= 0$')
        assert traced.seen, traced.output
        assert generator_run.patterns(machine.file("/"), service.unit) == list(expected)
    finally:
        put_back(machine, service, kept)
