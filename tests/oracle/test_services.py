# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons of the catalogue bind what their definitions find in their configuration."""

import re
import shutil

import pytest

from lab import SOURCE, oracle
from lab.base import base
from lab.container import NETWORK, ROOT, Container
from lab.sandbox import output
from lab.services import PACKAGES, SERVICES, configure

BY_UNIT = {service.unit: service for service in SERVICES}
DEFINED = [service for service in SERVICES if service.is_defined()]


# What letters stand for in variants of the configurations.
ADDRESSES = {"A": "2001:db8:a::1", "B": "2001:db8:b::2", "C": "2001:db8:c::3", "D": "2001:db8:d::4"}
ABSENT = "2001:db8:e::5"

# What systemd would prepare for them, and nothing that the one before has left.
PREPARE = """
mount -t tmpfs -o mode=755 run /run && mount -t tmpfs -o mode=1777 shm /dev/shm
mkdir -m 755 /run/sshd /run/vsftpd /run/vsftpd/empty
sed -n 's/^RuntimeDirectory=//p' /usr/lib/systemd/system/*.service | tr ' ' '\\n' | sort -u |
        while read -r name; do mkdir -p -m 777 "/run/$name"; done
mkdir -p -m 777 /run/mosquitto /run/tor /run/postgresql /run/lock
chown debian-tor /run/tor && chmod 700 /run/tor
exec "$@"
"""


@pytest.fixture(scope="module")
def machine():
    """All of them installed and configured, and all of their addresses assigned."""
    with Container(base("bookworm", PACKAGES)) as machine:
        configure(machine)
        machine.run("mount", "-t", "proc", "proc", f"{ROOT}/proc")
        machine.run("mount", "--bind", "/dev", f"{ROOT}/dev")
        machine.file("/usr/lib/dadwait.d").mkdir()
        for definition in (SOURCE / "generator/services").glob("*.conf"):
            shutil.copy(definition, machine.file("/usr/lib/dadwait.d"))
        assign(machine, [*ADDRESSES.values(), *(service.address for service in SERVICES)])
        yield machine


def assign(machine, addresses) -> None:
    """Postfix asks which addresses there are, so ip_nonlocal_bind is not enough for all of them."""
    add = "".join(f" && ip -6 addr add {address} dev lo nodad" for address in addresses)
    output([*machine.enter(network=NETWORK), "sh", "-c", f"ip link set lo up{add}"])


def run(machine, service, **options) -> oracle.Run:
    # nsenter(1) leaves a process between: it has to take what is below it along.
    enter = [*machine.enter(network=NETWORK), "setpriv", "--pdeathsig=KILL",
             "unshare", "--mount", "--pid", "--fork", "--kill-child",
             "chroot", ROOT, "sh", "-c", PREPARE, "sh"]
    return oracle.trace(enter, list(service.command), timeout=20, **options)


@pytest.mark.parametrize("service", DEFINED, ids=lambda service: service.unit)
def test_definition(machine, service):
    traced = run(machine, service, expected=frozenset({service.address}))
    assert traced.waits() == {service.address}, traced.output
    assert oracle.patterns(machine.file("/"), service.unit) == [service.address]


def test_no_drop_in_for_others(machine):
    # stunnel4's script starts what stunnel@test.service has, too.
    expected = {service.unit for service in DEFINED} | {"stunnel4.service"}
    assert set(oracle.all_patterns(machine.file("/"))) == expected


# More of what the configurations can say.
@pytest.mark.parametrize("unit, expected, files", [
    ("nginx.service", "ABCD", {"/etc/nginx/sites-available/default":
        "server { listen [A]:80; listen [B]:81 default_server ipv6only=on; # listen [C]:80;\n}"
        "server { listen '[D]:82'\n ; include snippets/c; }\n",
        "/etc/nginx/snippets/c": "listen [C]:83;"}),
    ("ssh.service", "ABC", {"/etc/ssh/sshd_config.d/address.conf":
        "listenaddress A\nListenAddress=[B]:2222\nListenAddress \"C\"\n#ListenAddress D\n"}),
    ("ssh.service", "", {"/etc/ssh/sshd_config.d/address.conf":
        "ListenAddress A\nListenAddress 127.0.0.1\nAddressFamily inet\n"}),
    ("haproxy.service", "ABCD", {"/etc/haproxy/haproxy.cfg":
        "defaults\n  mode http\n  timeout client 5s\n  timeout connect 5s\n  timeout server 5s\n"
        "frontend web # bind D:80\n  bind A:80,[B]:81 name x\n  bind ipv6@C:80\n"
        "  bind \"[${WEB}]:80\"\n  http-request return status 200 if { path_beg / }\n",
        "/etc/default/haproxy": "WEB=D\n"}),
    ("redis-server.service", "AB", {"/etc/redis/redis.conf":
        "bind D\ninclude /etc/redis/more.conf\ndir /var/lib/redis\n",
        "/etc/redis/more.conf": "BIND \"A\" B\n"}),
    ("unbound.service", "AB", {"/etc/unbound/unbound.conf.d/address.conf":
        "server:\n interface: A@5353\n ip-address: \"B\" # interface: D\n"
        "remote-control:\n control-enable: no\n"}),
    ("lighttpd.service", "ABD", {"/etc/lighttpd/lighttpd.conf":
        'server.document-root = "/var/www"\nserver.port = 80\nserver.bind = "[A]"\n'
        '$SERVER["socket"] == "[B]:81" { server.tag = "C" }\n'
        'include "conf.d/*.x"\n',
        "/etc/lighttpd/conf.d/a.x": '$SERVER["socket"] == "[D]:82" {\n}\n'}),
    ("nsd.service", "AB", {"/etc/nsd/nsd.conf.d/address.conf":
        "server:\n  ip-address: A@5353\n  ip-address: B\n# ip-address: C\n"}),
    ("pdns.service", "AB", {"/etc/powerdns/pdns.d/address.conf": "local-address=A, [B]:5353 ::1\n",
        "/etc/powerdns/pdns.d/x.bak": "local-address=D\n"}),
    ("postfix@-.service", "AB", {"/etc/postfix/main.cf":
        "compatibility_level = 3.6\nmyhostname = debian\nmydestination =\ninet_interfaces = D\n"
        "inet_interfaces = A,\n# and\n  B\n"}),
    ("dovecot.service", "ABC", {"/etc/dovecot/local.conf":
        "listen = D\nlisten = A, [B]\nssl = no\nservice imap-login {\n  inet_listener imap {\n"
        "    address = C\n    port = 1143\n  }\n"
        "  inet_listener other {\n    port = 1144\n  }\n}\n"}),
    ("squid.service", "ABC", {"/etc/squid/squid.conf":
        "http_port [A]:3128\nhttp_port [B]:3129 accel vhost\ninclude /etc/squid/more/*.conf\n",
        "/etc/squid/more/c.conf": "http_port [C]:3130\n"}),
    ("tor@default.service", "ABD", {"/etc/tor/torrc":
        "SocksPort [A]:9050\nsocksport [B]:9051 IPv6Traffic\n"
        "DNSPort [D]:5353 # ORPort [::5]:1\nDisableNetwork 0\n"}),
    ("mosquitto.service", "AB", {"/etc/mosquitto/conf.d/address.conf":
        "listener 1883 A\nallow_anonymous true\nlistener 1884 B\n#listener 1885 C\n"}),
    ("memcached.service", "ABD", {"/etc/memcached.conf":
        "-u memcache\n-l A,[B]:11212,127.0.0.1\n# -l C\n--listen=D\n"}),
    ("vsftpd.service", "A", {"/etc/vsftpd.conf":
        "listen_ipv6=YES\nlisten=NO\nlisten_address6=D\nlisten_address6=A\nbackground=NO\n"}),
    ("vsftpd.service", "", {"/etc/vsftpd.conf":
        "listen_ipv6=NO\nlisten=YES\nlisten_address6=A\nbackground=NO\n"}),
    ("stunnel@test.service", "AB", {"/etc/stunnel/test.conf":
        "foreground = yes\npid =\n[one]\nclient = yes\naccept = A:8443\nconnect = 127.0.0.1:443\n"
        "; accept = D:1\n[two]\nclient = yes\naccept = B:8444\nconnect = 127.0.0.1:443\n"}),
    ("rsync.service", "A", {"/etc/rsyncd.conf":
        "# address = D\naddress = A\n&include /etc/rsyncd.d\n[test]\npath = /tmp\n",
        "/etc/rsyncd.d/x.conf": "[more]\npath = /tmp\n"}),
    ("cups.service", "AB", {"/etc/cups/cupsd.conf": "Listen [A]:631\nlisten [B]:8631\n# Listen [C]:631\n"
        "WebInterface No\n"}),
    ("prosody.service", "ABC", {"/etc/prosody/prosody.cfg.lua":
        'interfaces = { "A", -- "D"\n "B" }\nc2s_interfaces = {"C"}\n-- interfaces = { "D" }\n'
        'modules_enabled = { "saslauth" }\nVirtualHost "localhost"\n'}),
])
def test_variant(machine, unit, expected, files):
    service = BY_UNIT[unit]
    try:
        for path, text in files.items():
            machine.write(path, re.sub(r"\b[A-D]\b(?=[],:@\"' \n;])",
                                       lambda match: ADDRESSES[match[0]], text))
        addresses = frozenset(ADDRESSES[letter] for letter in expected)
        traced = run(machine, service, expected=addresses)
        assert traced.waits() == addresses, traced.output
        assert set(oracle.patterns(machine.file("/"), unit)) == addresses
    finally:
        for path in files:
            machine.file(path).unlink()
        for path, text in service.configuration().items():
            machine.write(path, text)


@pytest.mark.parametrize("unit, files", [
    ("haproxy.service", {"/etc/haproxy/haproxy.cfg":
        "defaults\n  mode http\n  timeout client 5s\n  timeout connect 5s\n  timeout server 5s\n"
        "frontend web\n  bind ABSENT:80 transparent\n  http-request return status 200\n"}),
    ("unbound.service", {"/etc/unbound/unbound.conf.d/address.conf":
        "server:\n interface: ABSENT\n ip-freebind: yes\n"}),
    ("nsd.service", {"/etc/nsd/nsd.conf.d/address.conf":
        "server:\n  ip-address: ABSENT\n  ip-transparent: yes\n"}),
    ("pdns.service", {"/etc/powerdns/pdns.d/address.conf":
        "local-address=ABSENT\nnon-local-bind=yes\n"}),
])
def test_needless(machine, unit, files):
    """It binds an address that is not there."""
    service = BY_UNIT[unit]
    try:
        for path, text in files.items():
            machine.write(path, text.replace("ABSENT", ABSENT))
        traced = run(machine, service, until=rf'inet_pton\(AF_INET6, "{ABSENT}".*= 0$')
        assert traced.seen, traced.output
        assert oracle.patterns(machine.file("/"), unit) == []
    finally:
        for path, text in service.configuration().items():
            machine.write(path, text)
