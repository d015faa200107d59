# SPDX-License-Identifier: LGPL-2.1-or-later
"""More daemons of Debian 12: mail filters, VPN, file servers, Kerberos, chat and voice."""

from lab.services import COPES, DEAF, RESTARTS, Service

REALM = "EXAMPLE.COM"
# Both servers of Kerberos need its database.
KERBEROS = ("sh", "-c", f"printf '[libdefaults]\\n\\tdefault_realm = {REALM}\\n' >/etc/krb5.conf"
            f" && {{ [ -e /etc/krb5kdc/stash ] || kdb5_util -r {REALM} -P x create -s; }}"
            " && touch /etc/krb5kdc/kadm5.acl")

FURTHER = [
    Service("opendkim.service", "opendkim", "tcp 8891", {
        "/etc/opendkim.conf":
            "UserID opendkim\nPidFile /run/opendkim/opendkim.pid\nMode v\n"
            "Socket inet6:8891@[{address}]\n",
    }, ("opendkim", "-f")),
    Service("opendmarc.service", "opendmarc", "tcp 8893", {
        "/etc/opendmarc.conf":
            "PidFile /run/opendmarc/opendmarc.pid\nSocket inet6:8893@[{address}]\n",
    }, ("opendmarc", "-f")),
    Service("clamav-daemon.service", "clamav-daemon", "tcp 3310", {
        "/etc/clamav/clamd.conf":
            "User clamav\nTCPSocket 3310\nTCPAddr {address}\nDatabaseDirectory /srv/clamav\n",
        # The checksum of the test file of EICAR.
        "/srv/clamav/test.hdb": "44d88612fea8a8f36de82e1278abb02f:68:Eicar\n",
        "/etc/systemd/system/clamav-daemon.service.d/test.conf":
            "[Unit]\nConditionPathExistsGlob=\n",
    }, ("clamd", "--foreground=true"),
       prepare=("systemctl", "disable", "clamav-daemon.socket")),
    Service("spamd.service", "spamd", "tcp 783", {
        "/etc/default/spamd": 'OPTIONS="--max-children 2 --listen=[{address}]:783"\n',
    }, ("sh", "-c", ". /etc/default/spamd; exec spamd $OPTIONS"), unaided=RESTARTS),
    Service("cyrus-imapd.service", "cyrus-imapd", "tcp 143", {
        "/etc/cyrus.conf":
            'SERVICES {\n\timap cmd="imapd -U 30" listen="[{address}]:imap" prefork=0\n'
            '\tlmtp cmd="lmtpd" listen="/run/cyrus/socket/lmtp" prefork=0\n}\n',
    }, ("cyrmaster", "-C", "/etc/imapd.conf", "-M", "/etc/cyrus.conf"), unaided=DEAF),
    Service("tinc@test.service", "tinc", "tcp 655", {
        "/etc/tinc/test/tinc.conf":
            "Name = one\nBindToAddress = {address} 655\nDeviceType = dummy\n",
        "/etc/tinc/test/hosts/one": "Subnet = 2001:db8:f::/64\n",
    }, ("tincd", "-n", "test", "-D"),
       prepare=("sh", "-c", "mkdir -p /etc/tinc/test && tincd -n test -K2048 </dev/null")),
    Service("ocserv.service", "ocserv", "tcp 443", {
        "/etc/ocserv/ocserv.conf":
            'auth = "plain[/etc/ocserv/users]"\nlisten-host = {address}\ntcp-port = 443\n'
            "run-as-user = nobody\nrun-as-group = daemon\nsocket-file = /run/ocserv-socket\n"
            "server-cert = /etc/ssl/certs/ssl-cert-snakeoil.pem\n"
            "server-key = /etc/ssl/private/ssl-cert-snakeoil.key\n"
            "ipv6-network = 2001:db8:f::/64\ndevice = vpns\nisolate-workers = false\n",
        "/etc/ocserv/users": "",
    }, ("ocserv", "--foreground", "--config", "/etc/ocserv/ocserv.conf")),
    Service("fastd@test.service", "fastd", "udp 10000", {
        "/etc/fastd/test/fastd.conf":
            'bind [{address}]:10000;\nmethod "null";\nmode tap;\ninterface "test";\n'
            f'persist interface no;\nsecret "{"0" * 62}48";\non verify "true";\n',
    }, ("fastd", "-c", "/etc/fastd/test/fastd.conf"), unaided=COPES,
       note="it binds addresses that are not there"),
    Service("glusterd.service", "glusterfs-server", "tcp 24007", {
        "/etc/glusterfs/glusterd.vol":
            "volume management\n    type mgmt/glusterd\n"
            "    option working-directory /var/lib/glusterd\n    option transport-type socket\n"
            "    option transport.address-family inet6\n"
            "    option transport.socket.bind-address {address}\nend-volume\n",
    }, ("glusterd", "-N", "-p", "/tmp/pid")),
    Service("xinetd.service", "xinetd", "tcp 13", {
        "/etc/xinetd.d/test":
            "service daytime\n{\n\tid = test\n\ttype = INTERNAL\n\tsocket_type = stream\n"
            "\twait = no\n\tuser = root\n\tflags = IPv6\n\tbind = {address}\n}\n",
    }, ("xinetd", "-dontfork"), unaided=DEAF),
    Service("nbd-server.service", "nbd-server", "tcp 10809", {
        "/etc/nbd-server/config":
            "[generic]\n\tlistenaddr = {address}\n[one]\n\texportname = /srv/nbd\n",
    }, ("nbd-server", "-d", "-C", "/etc/nbd-server/config"), unaided=DEAF,
       prepare=("truncate", "--size=1M", "/srv/nbd")),
    Service("krb5-kdc.service", "krb5-kdc", "udp 88", {
        "/etc/krb5kdc/kdc.conf":
            f"[realms]\n\t{REALM} = {{\n\t\tkey_stash_file = /etc/krb5kdc/stash\n"
            "\t\tkdc_listen = [{address}]:88\n\t}\n",
    }, ("krb5kdc", "-n"), prepare=KERBEROS),
    Service("krb5-admin-server.service", "krb5-admin-server", "tcp 749", {
        "/etc/krb5.conf":
            f"[libdefaults]\n\tdefault_realm = {REALM}\n[realms]\n\t{REALM} = {{\n"
            "\t\tkadmind_listen = [{address}]:749\n\t\tkpasswd_listen = [{address}]\n\t}\n",
    }, ("kadmind", "-nofork"), prepare=KERBEROS),
    Service("kamailio.service", "kamailio", "udp 5060", {
        "/etc/kamailio/kamailio.cfg":
            '#!KAMAILIO\nchildren=1\nloadmodule "sl.so"\n/* listen=udp:[2001:db8:f::2]:5060 */\n'
            'listen=udp:[{address}]:5060 advertise "[2001:db8:f::1]":5060\n'
            "request_route {\n\texit;\n}\n",
    }, ("kamailio", "-DD", "-f", "/etc/kamailio/kamailio.cfg")),
    Service("inspircd.service", "inspircd", "tcp 6667", {
        "/etc/inspircd/inspircd.conf":
            '<server name="irc.example.net" description="x" network="x">\n'
            '<admin name="x" nick="x" email="x@example.net">\n<connect allow="*">\n'
            '<bind address="{address}" port="6667" type="clients">\n',
    }, ("setpriv", "--reuid=irc", "--regid=irc", "--clear-groups",
        "inspircd", "--nofork", "--nopid"), unaided=DEAF),
    Service("ircd-hybrid.service", "ircd-hybrid", "tcp 6665", {
        "/etc/ircd-hybrid/ircd.conf":
            'serverinfo {\n\tname = "irc.example.net";\n\tsid = "0AA";\n\tdescription = "x";\n'
            '\tnetwork_name = "x";\n};\nadmin {\n\tname = "x";\n};\nclass {\n\tname = "one";\n};\n'
            'auth {\n\tuser = "*@*";\n\tclass = "one";\n};\n'
            'listen {\n\thost = "{address}";\n\tport = 6665;\n};\n',
    }, ("setpriv", "--reuid=irc", "--regid=irc", "--clear-groups", "ircd-hybrid", "-foreground"),
       unaided=DEAF),
    Service("syslog-ng.service", "syslog-ng-core", "udp 514", {
        "/etc/syslog-ng/syslog-ng.conf":
            '@version: 3.38\nsource s_net {\n\tudp6(port(514) ip("{address}"));\n};\n'
            'destination d_net {\n\tnetwork("2001:db8:f::1" port(514) ip-protocol(6));\n};\n'
            "log {\n\tsource(s_net); destination(d_net);\n};\n",
    }, ("syslog-ng", "-F")),
]
