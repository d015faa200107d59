# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons that the suites run, each with the configuration that has it listen on one address."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from lab import SOURCE

PREFIX = "2001:db8:e001:b1::"

# What a daemon does without dadwait if its address is tentative when it starts.
FAILS = "fails"
DEAF = "runs without its address"
RESTARTS = "fails, and is restarted until it can"
COPES = "copes"


def sections() -> set[str]:
    """The units and templates that the shipped definitions are for."""
    text = "".join(path.read_text() for path in (SOURCE / "generator/services").glob("*.conf"))
    names = set()
    for name in re.findall(r"^\[(\S+\.service)\]", text, re.MULTILINE):
        before, brace, rest = name.partition("{")
        words, _, after = rest.partition("}")
        names |= {before + word + after for word in words.split(",")} if brace else {name}
    return names


def programs() -> set[str]:
    """The programs that the shipped definitions are for, with the wildcards of glob(7)."""
    text = "".join(path.read_text() for path in (SOURCE / "generator/services").glob("*.conf"))
    return set(" ".join(re.findall(r"^Program=(.*)", text, re.MULTILINE)).split())


@dataclass(frozen=True)
class Service:
    """One daemon and the configuration that makes it listen on {address}, and on no other."""

    unit: str
    package: str
    listens: str  # "tcp 80", "udp [::]:500": as ss(8) prints it
    files: dict[str, str]
    command: tuple[str, ...] = ()  # its ExecStart= in the foreground, for tests/oracle
    unaided: str = FAILS
    note: str = ""
    program: str = ""  # what its unit runs, if the definition is found by that
    setting: str = ""  # what an administrator has to say in its section, if no definition can find it
    prepare: tuple[str, ...] = ()  # runs in the machine before its files are written
    number: int = field(default=0, compare=False)

    @property
    def address(self) -> str:
        return f"{PREFIX}{self.number:x}"

    def is_defined(self) -> bool:
        """Whether generator/services/ has a definition that finds its address."""
        if self.setting:
            return False
        section = re.sub(r"@[^.]+(?=\.service$)", "@", self.unit)
        return bool({self.unit, section} & sections()) or any(
            fnmatchcase(self.program, pattern) for pattern in programs())

    def configuration(self) -> dict[str, str]:
        return {path: text.replace("{address}", self.address)
                for path, text in self.files.items()}


# A time server without CAP_SYS_TIME: it must not set the clock of the machine that runs the test.
CHRONY = ("[Unit]\nConditionCapability=\n"
          "[Service]\nUser=root\nExecStart=\nExecStart=/usr/sbin/chronyd -x -u root\n")

OPENVPN = "local {address}\nproto udp6\ndev null\nsecret test.key\ncipher AES-256-CBC\n"
OPENVPN_KEY = ("-----BEGIN OpenVPN Static key V1-----\n" + f"{'0123456789abcdef' * 2}\n" * 16
               + "-----END OpenVPN Static key V1-----\n")



def exporter(name: str, port: int, options: str = "", environment: str = "") -> Service:
    """One of the Prometheus project, or that shares its options."""
    unit = f"prometheus-{name}"
    arguments = f"--web.listen-address=[{{address}}]:{port}{options}"
    return Service(f"{unit}.service", unit, f"tcp {port}", {
        f"/etc/default/{unit}": f'{environment}ARGS="{arguments}"\n',
    }, ("sh", "-c", f"set -a; . /etc/default/{unit}; cd /tmp; exec {unit} $ARGS"), program=unit)


BOOKWORM = [
    Service("nginx.service", "nginx-light", "tcp 80", {
        "/etc/nginx/sites-available/default": "server {\n\tlisten [{address}]:80;\n}\n",
    }, ("nginx", "-g", "daemon off;")),
    Service("ssh.service", "openssh-server", "tcp 22", {
        "/etc/ssh/sshd_config.d/address.conf": "ListenAddress {address}\n",
    }, ("sh", "-c", ". /etc/default/ssh; exec /usr/sbin/sshd -D $SSHD_OPTS")),
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
            "\tlisten-on-v6 { {address}; };\n\tquery-source-v6 address {address};\n};\n",
    }, ("named", "-f", "-u", "bind")),
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
            " -a main=[{address}]:6081 -T none -f /etc/varnish/default.vcl\n",
    }, ("varnishd", "-F", "-j", "unix,user=vcache", "-a", "main=[{address}]:6081", "-T", "none",
        "-f", "/etc/varnish/default.vcl")),
]

# Those that cannot be installed beside the ones above, or not on Debian 12.
BOOKWORM_APART = [
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
    }),
]
BOOKWORM_APART += [
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
# Those that conflict with the ones above, or have the same ports.
BOOKWORM_MORE = [
    Service("slapd.service", "slapd", "tcp 389", {
        "/etc/default/slapd":
            "SLAPD_CONF=\nSLAPD_USER=openldap\nSLAPD_GROUP=openldap\nSLAPD_PIDFILE=\n"
            'SLAPD_SERVICES="ldap://[{address}]:389/ ldapi:///"\nSLAPD_OPTIONS=\n',
    }, ("sh", "-c", ". /etc/default/slapd; exec slapd -d 0 -h \"$SLAPD_SERVICES\" -u openldap"
        " -g openldap -F /etc/ldap/slapd.d")),
    Service("snmpd.service", "snmpd", "udp 161", {
        "/etc/snmp/snmpd.conf": "agentaddress udp6:[{address}]:161\n",
    }, ("snmpd", "-Lo", "-f")),
    Service("php8.2-fpm.service", "php-fpm", "tcp 9000", {
        "/etc/php/8.2/fpm/pool.d/www.conf":
            "[www]\nuser = www-data\ngroup = www-data\nlisten = [{address}]:9000\n"
            "pm = static\npm.max_children = 1\n",
    }, ("php-fpm8.2", "--nodaemonize", "--fpm-config", "/etc/php/8.2/fpm/php-fpm.conf")),
    Service("freeradius.service", "freeradius", "udp 1812", {
        "/etc/freeradius/3.0/sites-available/default":
            "server default {\n\tlisten {\n\t\ttype = auth\n\t\tipv6addr = {address}\n"
            "\t\tport = 1812\n\t}\n\tauthorize {\n\t}\n\tauthenticate {\n\t}\n}\n",
    }, ("freeradius", "-f", "-l", "stdout"), unaided=RESTARTS),
    Service("coturn.service", "coturn", "tcp 5766", {
        "/etc/turnserver.conf": "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\ncli-ip={address}\n"
                                "cli-password=x\nno-tls\nno-dtls\n",
    }, ("turnserver", "-c", "/etc/turnserver.conf"), unaided=DEAF),
    Service("zabbix-agent.service", "zabbix-agent", "tcp 10050", {
        "/etc/zabbix/zabbix_agentd.conf":
            "PidFile=/run/zabbix/zabbix_agentd.pid\nLogType=console\nServer=::1\n"
            "Hostname=debian\nListenIP={address}\n",
    }, ("zabbix_agentd", "--foreground")),
    Service("zabbix-agent2.service", "zabbix-agent2", "tcp 10050", {
        "/etc/zabbix/zabbix_agent2.conf":
            "LogType=console\nServer=::1\nHostname=debian\nListenIP={address}\n"
            "ControlSocket=/tmp/agent.sock\nPluginSocket=/run/zabbix/agent.plugin.sock\n",
    }, ("zabbix_agent2",)),
    Service("munin-node.service", "munin-node", "tcp 4949", {
        "/etc/munin/munin-node.conf":
            "log_file /var/log/munin/munin-node.log\npid_file /run/munin/munin-node.pid\n"
            "background 1\nsetsid 1\nuser root\ngroup root\nallow ^::1$\nhost {address}\n"
            "port 4949\n",
    }, ("munin-node", "--foreground"), unaided=RESTARTS),
    Service("nagios-nrpe-server.service", "nagios-nrpe-server", "tcp 5666", {
        "/etc/nagios/nrpe_local.cfg": "server_address={address}\n",
    }, ("nrpe", "-c", "/etc/nagios/nrpe.cfg", "-f")),
    Service("tinyproxy.service", "tinyproxy", "tcp 8888", {
        "/etc/tinyproxy/tinyproxy.conf":
            "User tinyproxy\nGroup tinyproxy\nPort 8888\nListen {address}\nTimeout 600\n",
    }, ("tinyproxy", "-d")),
    Service("privoxy.service", "privoxy", "tcp 8118", {
        "/etc/privoxy/config":
            "confdir /etc/privoxy\nlogdir /var/log/privoxy\nlisten-address [{address}]:8118\n",
    }, unaided=COPES, note="it binds addresses that are not there"),
    Service("danted.service", "dante-server", "tcp 1080", {
        "/etc/danted.conf":
            "logoutput: stderr\ninternal: {address} port = 1080\nexternal: {address}\n"
            "clientmethod: none\nsocksmethod: none\nuser.privileged: root\n"
            "user.unprivileged: nobody\n",
    }, ("danted",)),
    Service("mumble-server.service", "mumble-server", "tcp 64738", {
        "/etc/mumble-server.ini":
            "database=/var/lib/mumble-server/mumble-server.sqlite\n"
            "logfile=/var/log/mumble-server/mumble-server.log\n"
            "pidfile=/run/mumble-server/mumble-server.pid\nuname=mumble-server\n"
            "host={address}\nport=64738\n",
    }, ("murmurd", "-fg", "-ini", "/etc/mumble-server.ini"), unaided=DEAF),
    Service("ngircd.service", "ngircd", "tcp 6667", {
        "/etc/ngircd/ngircd.conf":
            "[Global]\nName = irc.example.net\nServerUID = irc\nServerGID = irc\n"
            "Listen = {address}\nPorts = 6667\n[Options]\nPAM = no\nIdent = no\n",
    }, ("ngircd", "--nodaemon")),
    Service("tftpd-hpa.service", "tftpd-hpa", "udp 69", {
        "/etc/default/tftpd-hpa":
            'TFTP_USERNAME="tftp"\nTFTP_DIRECTORY="/srv/tftp"\nTFTP_ADDRESS="[{address}]:69"\n'
            'TFTP_OPTIONS="--secure"\n',
    }, ("sh", "-c", ". /etc/default/tftpd-hpa; exec in.tftpd --foreground --user tftp"
        " --address \"$TFTP_ADDRESS\" --secure /srv/tftp")),
    Service("nut-server.service", "nut-server", "tcp 3493", {
        "/etc/nut/nut.conf": "MODE=netserver\n",
        "/etc/nut/ups.conf": "[dummy]\n\tdriver = dummy-ups\n\tport = dummy.dev\n",
        "/etc/nut/upsd.conf": "LISTEN {address} 3493\n",
        "/etc/nut/upsd.users": "",
    }, ("upsd", "-F")),
    Service("transmission-daemon.service", "transmission-daemon", "tcp 9091", {
        "/etc/transmission-daemon/settings.json":
            '{\n    "rpc-bind-address": "{address}",\n    "rpc-enabled": true,\n'
            '    "rpc-port": 9091\n}\n',
    }, unaided=COPES, note="it tries again until it can"),
    Service("prometheus-node-exporter.service", "prometheus-node-exporter", "tcp 9100", {
        "/etc/default/prometheus-node-exporter":
            'ARGS="--web.listen-address=[{address}]:9100"\n',
    }, ("sh", "-c", ". /etc/default/prometheus-node-exporter;"
        " exec prometheus-node-exporter $ARGS")),
    Service("dropbear.service", "dropbear", "tcp 2222", {
        "/etc/default/dropbear":
            'DROPBEAR_PORT=2221\nDROPBEAR_EXTRA_ARGS="-p [{address}]:2222"\n',
    }, ("sh", "-c", ". /etc/default/dropbear;"
        " exec dropbear -EF -p $DROPBEAR_PORT -R $DROPBEAR_EXTRA_ARGS"), unaided=DEAF),
    Service("inetd.service", "openbsd-inetd", "tcp 13", {
        "/etc/inetd.conf": "[{address}]:daytime stream tcp6 nowait root internal\n",
    }, ("inetd", "-i"), unaided=DEAF),
    Service("pdns-recursor.service", "pdns-recursor", "udp 53", {
        "/etc/powerdns/recursor.d/address.conf": "local-address={address}\n",
    }, ("pdns_recursor", "--daemon=no", "--write-pid=no"), unaided=RESTARTS),
    Service("pdns-recursor@two.service", "pdns-recursor", "udp 53", {
        "/etc/powerdns/recursor-two.conf":
            "local-address={address}\nsocket-dir=/run/pdns-recursor\n",
    }, ("pdns_recursor", "--config-name=two", "--daemon=no", "--write-pid=no"), unaided=RESTARTS),
    Service("pdns@two.service", "pdns-server", "udp 53", {
        "/etc/powerdns/pdns-two.conf":
            "local-address={address}\nlaunch=bind\nsocket-dir=/tmp\n",
    }, ("pdns_server", "--config-name=two", "--guardian=no", "--daemon=no", "--write-pid=no"),
       unaided=RESTARTS),
    Service("redis-sentinel.service", "redis-sentinel", "tcp 26379", {
        "/etc/redis/sentinel.conf":
            "bind {address}\nport 26379\ndir /var/lib/redis\n"
            "sentinel monitor one 127.0.0.1 6379 2\n",
    }, ("redis-sentinel", "/etc/redis/sentinel.conf")),
    Service("redis-sentinel@two.service", "redis-sentinel", "tcp 26379", {
        "/etc/redis/sentinel-two.conf":
            "bind {address}\nport 26379\ndir /var/lib/redis\n"
            "sentinel monitor two 127.0.0.1 6379 2\n",
    }, ("redis-sentinel", "/etc/redis/sentinel-two.conf"),
       prepare=("install", "--owner=redis", "/dev/null", "/etc/redis/sentinel-two.conf")),
    Service("tor@two.service", "tor", "tcp 9050", {
        "/etc/tor/instances/two/torrc": "SocksPort [{address}]:9050\nDisableNetwork 0\n",
    }, ("tor", "-f", "/etc/tor/instances/two/torrc", "--DataDirectory", "/tmp/two"),
       prepare=("tor-instance-create", "two"), unaided=RESTARTS),
    Service("caddy.service", "caddy", "tcp 8080", {
        "/etc/caddy/Caddyfile":
            "{\n\tadmin off\n\tauto_https off\n}\nhttp://[2001:db8:f::1]:8080 {\n"
            "\tbind {address}\n\trespond \"x\"\n}\n",
    }, ("env", "HOME=/tmp", "caddy", "run", "--config", "/etc/caddy/Caddyfile")),
    Service("etcd.service", "etcd-server", "tcp 2379", {
        "/etc/default/etcd":
            "ETCD_DATA_DIR=/tmp/etcd\nETCD_LISTEN_CLIENT_URLS=http://[{address}]:2379\n"
            "ETCD_ADVERTISE_CLIENT_URLS=http://[{address}]:2379\nDAEMON_ARGS=\n",
    }, ("sh", "-c", "set -a; . /etc/default/etcd; exec etcd $DAEMON_ARGS")),
    Service("prometheus.service", "prometheus", "tcp 9090", {
        "/etc/default/prometheus": 'ARGS="--web.listen-address=[{address}]:9090"\n',
    }, ("sh", "-c", ". /etc/default/prometheus; exec prometheus $ARGS"
        " --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=/tmp/prometheus")),
    Service("strongswan.service", "charon-systemd", "udp [::]:500", {
        "/etc/swanctl/conf.d/test.conf":
            "connections {\n  test {\n    local_addrs = {address}\n    remote_addrs = ::9\n  }\n}\n",
    }, unaided=COPES, note="it binds the wildcard"),
    Service("cockpit.socket", "cockpit-ws", "tcp 9090", {
        "/etc/systemd/system/cockpit.socket.d/address.conf":
            "[Socket]\nListenStream=\nListenStream=[{address}]:9090\n",
    },
       note="its socket is systemd's; say FreeBind=yes in section [sockets]"),
]
# Another MTA, another FTP server and another time server than those above.
BOOKWORM_OTHERS = [
    Service("opensmtpd.service", "opensmtpd", "tcp 25", {
        "/etc/smtpd.conf":
            'ext = "{address}"\nlisten on $ext hostname mx.example.org\nmatch for any reject\n',
        "/etc/mailname": "debian.example.org\n",
    }, ("smtpd", "-F")),
    Service("smbd.service", "samba", "tcp 445", {
        "/etc/samba/smb.conf": "[global]\ninterfaces = {address}/64\n"
                               "bind interfaces only = yes\n",
    }, ("sh", "-c", "mkdir -p /run/samba; exec smbd --foreground --no-process-group"),
       # Without an IPv4 address nmbd does not get ready, and smbd starts behind it.
       prepare=("systemctl", "disable", "nmbd.service")),
    Service("openntpd.service", "openntpd", "udp 123", {
        "/etc/openntpd/ntpd.conf": "listen on {address}\n",
    }, ("sh", "-c", "mkdir -p /run/openntpd; chmod 755 /run/openntpd;"
        " exec setpriv --bounding-set=-sys_time ntpd -d -f /etc/openntpd/ntpd.conf"), unaided=DEAF),
    Service("pure-ftpd.service", "pure-ftpd", "tcp 21", {
        "/etc/pure-ftpd/conf/Bind": "{address},21\n",
    }, ("sh", "-c", "mkdir -p /run/pure-ftpd; exec pure-ftpd-wrapper"), unaided=DEAF),
    Service("prometheus-alertmanager.service", "prometheus-alertmanager", "tcp 9093", {
        "/etc/default/prometheus-alertmanager":
            'ARGS="--web.listen-address=[{address}]:9093 --cluster.listen-address="\n',
    }, ("sh", "-c", ". /etc/default/prometheus-alertmanager; cd /tmp;"
        " exec prometheus-alertmanager $ARGS")),
    exporter("blackbox-exporter", 9115, " --config.file /etc/prometheus/blackbox.yml"),
    exporter("pushgateway", 9091),
    exporter("snmp-exporter", 9116),
    exporter("postgres-exporter", 9187, environment="DATA_SOURCE_NAME=postgresql://x@localhost/x\n"),
]
