# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons of the catalogue: each listens on an address of its own, on one Debian."""

import re
from dataclasses import dataclass, field, replace

from . import SOURCE
from .base import BOOT
from .container import NETWORK

PREFIX = "2001:db8:e001:b1::"


# What becomes of a daemon whose address is still tentative when it starts.
FAILS = "fails"
DEAF = "runs without its address"
RESTARTS = "fails, and is restarted until it can"
COPES = "copes"


@dataclass(frozen=True)
class Service:
    """One daemon and the configuration that makes it listen on {address}, and on no other."""

    unit: str
    package: str
    listens: str  # "tcp 80": what ss(8) shows of it
    files: dict[str, str]
    command: tuple[str, ...] = ()  # its ExecStart=, for the oracle; in the foreground
    unaided: str = FAILS
    note: str = ""
    number: int = field(default=0, compare=False)

    @property
    def address(self) -> str:
        return f"{PREFIX}{self.number:x}"

    def is_defined(self) -> bool:
        """Whether a definition is shipped for it."""
        section = re.sub(r"@[^.]+(?=\.service$)", "@", self.unit)
        return any(f"[{name}]" in path.read_text().split("\n")
                   for path in (SOURCE / "generator/services").glob("*.conf")
                   for name in (self.unit, section))

    def configuration(self) -> dict[str, str]:
        return {path: text.replace("{address}", self.address)
                for path, text in self.files.items()}


# A time server without CAP_SYS_TIME: it must not set the clock of the machine that runs the test.
CHRONY = ("[Unit]\nConditionCapability=\n"
          "[Service]\nUser=root\nExecStart=\nExecStart=/usr/sbin/chronyd -x -u root\n")

OPENVPN = "local {address}\nproto udp6\ndev null\nsecret test.key\ncipher AES-256-CBC\n"
OPENVPN_KEY = ("-----BEGIN OpenVPN Static key V1-----\n" + f"{'0123456789abcdef' * 2}\n" * 16
               + "-----END OpenVPN Static key V1-----\n")

_ALL = [
    Service("nginx.service", "nginx-light", "tcp 80", {
        "/etc/nginx/sites-available/default": "server {\n\tlisten [{address}]:80;\n}\n",
    }, ("nginx", "-g", "daemon off;")),
    Service("ssh.service", "openssh-server", "tcp 22", {
        "/etc/ssh/sshd_config.d/address.conf": "ListenAddress {address}\n",
    }, ("/usr/sbin/sshd", "-D")),
    Service("haproxy.service", "haproxy", "tcp 8080", {
        "/etc/haproxy/haproxy.cfg":
            "defaults\n\tmode http\n\ttimeout client 5s\n\ttimeout connect 5s\n"
            "\ttimeout server 5s\nfrontend web\n\tbind {address}:8080\n"
            "\thttp-request return status 200\n",
    }, ("sh", "-c", "set -a; [ ! -e /etc/default/haproxy ] || . /etc/default/haproxy;"
        "exec haproxy -W -f /etc/haproxy/haproxy.cfg")),
    Service("redis-server.service", "redis-server", "tcp 6379", {
        "/etc/redis/redis.conf": "bind {address} -::1\nport 6379\ndir /var/lib/redis\n",
    }, ("redis-server", "/etc/redis/redis.conf")),
    Service("unbound.service", "unbound", "udp 53", {
        "/etc/unbound/unbound.conf.d/address.conf": "server:\n  interface: {address}\n",
    }, ("unbound", "-d", "-p")),
    Service("lighttpd.service", "lighttpd", "tcp 80", {
        "/etc/lighttpd/lighttpd.conf":
            'server.document-root = "/var/www"\nserver.port = 80\n'
            'server.bind = "[{address}]"\ninclude "conf.d/*.conf"\n',
    }, ("lighttpd", "-D", "-f", "/etc/lighttpd/lighttpd.conf")),
    Service("named.service", "bind9", "udp 53", {
        "/etc/bind/named.conf.options":
            'options {\n\tdirectory "/var/cache/bind";\n\tlisten-on { none; };\n'
            "\tlisten-on-v6 { {address}; };\n};\n",
    }, ("named", "-f", "-u", "bind"), unaided=COPES, note="it binds anew when addresses change"),
    Service("knot.service", "knot", "udp 53", {
        "/etc/knot/knot.conf":
            "server:\n    rundir: /run/knot\n    user: knot:knot\n    listen: [ {address}@53 ]\n"
            "log:\n  - target: syslog\n    any: info\ndatabase:\n    storage: /var/lib/knot\n",
    }, ("knotd",), unaided=COPES, note="it binds addresses that are not there"),
    Service("nsd.service", "nsd", "udp 53", {
        "/etc/nsd/nsd.conf.d/address.conf": "server:\n  ip-address: {address}\n",
    }, ("nsd", "-d", "-P", "")),
    Service("pdns.service", "pdns-server", "udp 53", {
        "/etc/powerdns/pdns.d/address.conf": "local-address={address}\n",
    }, ("pdns_server", "--guardian=no", "--daemon=no", "--write-pid=no"), unaided=RESTARTS),
    Service("dnsmasq.service", "dnsmasq", "udp 53", {
        "/etc/dnsmasq.d/address.conf": "bind-interfaces\nlisten-address={address}\n",
    }, ("dnsmasq", "-k", "-7", "/etc/dnsmasq.d"), unaided=COPES, note="it waits for DAD itself"),
    Service("chrony.service", "chrony", "udp 123", {
        "/etc/chrony/conf.d/address.conf": "bindaddress {address}\nallow\n",
        "/etc/systemd/system/chrony.service.d/test.conf": CHRONY,
    }, ("chronyd", "-d", "-x"), unaided=COPES, note="it binds addresses that are not there"),
    Service("postfix@-.service", "postfix", "tcp 25", {
        "/etc/postfix/main.cf":
            "compatibility_level = 3.6\nmyhostname = debian\nmydestination =\n"
            "inet_interfaces =\n  {address}\n",
    }, ("postfix", "start-fg")),
    Service("dovecot.service", "dovecot-imapd", "tcp 143", {
        "/etc/dovecot/local.conf": "listen = {address}\nssl = no\n",
    }, ("dovecot", "-F")),
    Service("squid.service", "squid", "tcp 3128", {
        "/etc/squid/squid.conf": "http_port [{address}]:3128\n",
    }, ("squid", "--foreground", "-YC")),
    Service("tor@default.service", "tor", "tcp 9050", {
        "/etc/tor/torrc": "SocksPort [{address}]:9050\nDisableNetwork 0\n",
    }, ("tor",)),
    Service("mosquitto.service", "mosquitto", "tcp 1883", {
        "/etc/mosquitto/conf.d/address.conf": "listener 1883 {address}\nallow_anonymous true\n",
    }, ("mosquitto", "-c", "/etc/mosquitto/mosquitto.conf")),
    Service("memcached.service", "memcached", "tcp 11211", {
        "/etc/memcached.conf": "-m 64\n-p 11211\n-u memcache\n-l {address}\n",
    }, ("/usr/share/memcached/scripts/systemd-memcached-wrapper", "/etc/memcached.conf")),
    Service("postgresql@15-main.service", "postgresql", "tcp 5432", {
        "/etc/postgresql/15/main/conf.d/address.conf": "listen_addresses = '{address}'\n",
    }, ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups",
        "/usr/lib/postgresql/15/bin/postgres",
        "-cconfig_file=/etc/postgresql/15/main/postgresql.conf")),
    Service("mariadb.service", "mariadb-server", "tcp 3306", {
        "/etc/mysql/mariadb.conf.d/99-address.cnf": "[mysqld]\nbind-address = {address}\n",
    }, ("mariadbd", "--user=mysql"), unaided=COPES, note="it binds addresses that are not there; as installed its socket is systemd's"),
    Service("vsftpd.service", "vsftpd", "tcp 21", {
        "/etc/vsftpd.conf":
            "listen=NO\nlisten_ipv6=YES\nlisten_address6={address}\nbackground=NO\n",
    }, ("vsftpd", "/etc/vsftpd.conf")),
    Service("stunnel@test.service", "stunnel4", "tcp 8443", {
        "/etc/stunnel/test.conf":
            "foreground = yes\npid =\n[test]\nclient = yes\naccept = {address}:8443\n"
            "connect = 127.0.0.1:443\n",
    }, ("stunnel4", "/etc/stunnel/test.conf")),
    Service("openvpn-server@test.service", "openvpn", "udp 1194", {
        "/etc/openvpn/server/test.conf": OPENVPN,
        "/etc/openvpn/server/test.key": OPENVPN_KEY,
    }, ("openvpn", "--cd", "/etc/openvpn/server", "--config", "test.conf"), unaided=RESTARTS),
    Service("rsync.service", "rsync", "tcp 873", {
        "/etc/rsyncd.conf": "address = {address}\n[test]\npath = /tmp\n",
    }, ("rsync", "--daemon", "--no-detach"), unaided=RESTARTS),
    Service("cups.service", "cups-daemon", "tcp 631", {
        "/etc/cups/cupsd.conf": "Listen [{address}]:631\nWebInterface No\n",
    }, ("cupsd", "-f"), unaided=DEAF),
    Service("prosody.service", "prosody", "tcp 5222", {
        "/etc/prosody/prosody.cfg.lua":
            'interfaces = { "{address}" }\nmodules_enabled = { "saslauth" }\n'
            'VirtualHost "localhost"\n',
    }, ("prosody", "-F"), unaided=DEAF),
    Service("varnish.service", "varnish", "tcp 6081", {
        "/etc/systemd/system/varnish.service.d/test.conf":
            "[Service]\nExecStart=\nExecStart=/usr/sbin/varnishd -F -j unix,user=vcache"
            " -a [{address}]:6081 -f /etc/varnish/default.vcl\n",
    }, note="its addresses are on its command line: say Address= in dadwait.conf"),
]

# Those that cannot be installed beside the ones above, or not on Debian 12.
_APART = [
    Service("proftpd.service", "proftpd-core", "tcp 21", {
        "/etc/proftpd/proftpd.conf":
            "ServerName test\nServerType standalone\nUseIPv6 on\nPort 21\nUser proftpd\n"
            "Group nogroup\nSocketBindTight on\nDefaultAddress {address}\n",
    }, unaided=COPES, note="it binds addresses that are not there"),
    Service("exim4.service", "exim4-daemon-light", "tcp 25", {
        "/etc/exim4/update-exim4.conf.conf":
            "dc_eximconfig_configtype='local'\ndc_other_hostnames='debian'\n"
            "dc_local_interfaces='<; {address}'\ndc_use_split_config='false'\n",
        "/etc/mailname": "debian\n",
    }, unaided=COPES, note="it tries again every 30 seconds"),
    Service("kresd@1.service", "knot-resolver", "udp 53", {
        "/etc/knot-resolver/kresd.conf": "net.listen('{address}', 53, { kind = 'dns' })\n",
    }, note="its configuration is a Lua program; say Address= in dadwait.conf"),
]
_APART += [
    Service("redis-server@second.service", "redis-server", "tcp 6379", {
        "/etc/redis/redis-second.conf":
            "bind {address}\nport 6379\ndir /var/lib/redis-second\n",
        "/etc/systemd/system/redis-server@.service.d/test.conf":
            "[Service]\nStateDirectory=redis-second\nReadWriteDirectories=-/var/lib/redis-second\n",
    }),
    Service("openvpn@old.service", "openvpn", "udp 1194", {
        "/etc/openvpn/old.conf": OPENVPN,
        "/etc/openvpn/test.key": OPENVPN_KEY,
    }, unaided=RESTARTS),
    Service("stunnel4.service", "stunnel4", "tcp 8443", {
        "/etc/stunnel/stunnel.conf":
            "pid = /run/stunnel4/stunnel.pid\n[test]\nclient = yes\naccept = {address}:8443\n"
            "connect = 127.0.0.1:443\n",
    }),
]
_TRIXIE = [
    Service("valkey-server.service", "valkey-server", "tcp 6379", {
        "/etc/valkey/valkey.conf": "bind {address} -::1\nport 6379\ndir /var/lib/valkey\n",
    }, ("valkey-server", "/etc/valkey/valkey.conf")),
    Service("redis-server.service", "redis-server", "tcp 6380", {
        "/etc/redis/redis.conf": "bind {address}\nport 6380\ndir /var/lib/redis\n",
    }, ("redis-server", "/etc/redis/redis.conf")),
]


def _numbered(services: list[Service]) -> list[Service]:
    return [replace(service, number=number) for number, service in enumerate(services, 0x100)]


@dataclass(frozen=True)
class Machine:
    """A Debian that they live on together."""

    suite: str
    services: list[Service]
    packages: tuple[str, ...]


def _machine(suite: str, services: list[Service], *more: str) -> Machine:
    packages = (*BOOT, "ifupdown", "libinih1", "strace", *more)
    return Machine(suite, services, (*packages, *(service.package for service in services)))


SERVICES = _numbered(_ALL)
MACHINES = {
    "most": _machine("bookworm", SERVICES, "pdns-backend-bind"),
    "apart": _machine("bookworm", _numbered(_APART)),
    "trixie": _machine("trixie", _numbered(_TRIXIE)),
}
PACKAGES = MACHINES["most"].packages


def interfaces(services: list[Service]) -> str:
    """The network by ifupdown: a primary address, and one for each service."""
    add = "".join(f"        up /sbin/ip -6 addr add {service.address}/64 dev eth0 preferred_lft 0\n"
                  for service in services)
    return ("auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet6 static\n"
            f"        address {PREFIX}a/64\n        dad-attempts 0\n{add}")


def configure(machine, services=SERVICES) -> None:
    """Write the configurations, and have these services started at boot and no others.

    DAD lasts ten seconds instead of one: on a busy machine a service may come so late that it
    would be lucky without dadwait. ifupdown does not wait for that of the primary address.
    """
    machine.run("ip", "netns", "exec", NETWORK, "sysctl", "-qw",
                "net.ipv6.conf.eth0.dad_transmits=10")
    machine.write("/etc/network/interfaces", interfaces(services))
    for service in services:
        for path, text in service.configuration().items():
            machine.write(path, text, 0o600 if path.endswith(".key") else 0o644)
    enabled = {service.unit for service in services}
    if services is SERVICES:
        # Debian starts these through units of their own.
        enabled |= {"postfix.service", "postgresql.service", "tor.service"}
    machine.chroot("systemctl", "enable", *sorted(enabled), check=False)
    # Its socket would bind the wildcard in its place.
    machine.chroot("systemctl", "disable", "mariadb.socket", check=False)
