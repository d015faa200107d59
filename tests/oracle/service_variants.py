# SPDX-License-Identifier: LGPL-2.1-or-later
"""More configurations of the services than the one of lab/services.py: what is written in another way.

Each has a unit, the names of the addresses that the daemon binds, and files. In these "A" to "D" stand
for addresses (test_services.py).
"""

from lab.services_middleware import CARBON, PGPOOL

VARIANTS = [
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
        "listen_ipv6=YES\nlisten=NO\nlisten_address=192.0.2.9\nlisten_address6=D\n"
        "listen_address6=A\nbackground=NO\n"}),
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
    ("slapd.service", "AB", {"/etc/default/slapd":
        "#SLAPD_SERVICES='ldap://[C]'\nSLAPD_SERVICES=ldap://[D]/\n"
        'SLAPD_SERVICES="ldap://[A]:389/ ldaps://[B] ldapi:///"\n'}),
    ("snmpd.service", "ABC", {"/etc/snmp/snmpd.conf":
        "agentAddress udp6:[A]:161,tcp6:[B]:161\n#agentaddress udp6:[D]:161\n"
        "agentaddress udp:127.0.0.1:161\nincludeDir /etc/snmp/snmpd.conf.d\n",
        "/etc/snmp/snmpd.conf.d/more.conf": "agentaddress udpv6:[C]:1161\n"}),
    ("php8.2-fpm.service", "AB", {"/etc/php/8.2/fpm/pool.d/www.conf":
        "[www]\nuser = www-data\nlisten = D:9000\nlisten = '[A]:9000'\npm = static\n"
        ";listen = [C]:1\npm.max_children = 1\n[two]\nuser = www-data\nlisten = [B]:9000\n"
        "pm = static\npm.max_children = 1\nlisten.allowed_clients = C\n"}),
    ("mumble-server.service", "AB", {"/etc/mumble-server.ini":
        "database=/tmp/mumble.sqlite\nlogfile=\nhost=A\nport=64738\nice=\"tcp -h C -p 6502\"\n"
        'ice="tcp -h \\"B\\" -p 6502"\n'}),
    ("freeradius.service", "AB", {"/etc/freeradius/3.0/sites-available/default":
        "server default {\n listen {\n type = auth\n ipv6addr = A # D\n port = 1812\n }\n"
        " listen {\n type = acct\n ipaddr = B\n port = 1813\n }\n"
        " client x {\n ipv6addr = C\n secret = x\n }\n authorize {\n }\n}\n"}),
    ("zabbix-agent.service", "ABC", {"/etc/zabbix/zabbix_agentd.conf":
        "PidFile=/run/zabbix/zabbix_agentd.pid\nLogType=console\nServer=D\nHostname=debian\n"
        "ListenIP=D\nSourceIP=D\nInclude=/etc/zabbix/more/*.conf\n",
        "/etc/zabbix/more/a.conf": "ListenIP=A,B, C\n"}),
    ("nagios-nrpe-server.service", "A", {"/etc/nagios/nrpe_local.cfg": "#server_address=C\n",
        "/etc/nagios/nrpe.d/a.cfg": "server_address=D\n",
        "/etc/nagios/nrpe.d/b.cfg": "server_address=A\nallowed_hosts=C\n"}),
    ("tinyproxy.service", "AB", {"/etc/tinyproxy/tinyproxy.conf":
        "User tinyproxy\nGroup tinyproxy\nPort 8888\nListen A\nlisten B\nTimeout 600\n"
        "Allow C\n#Listen D\n"}),
    ("danted.service", "ABC", {"/etc/danted.conf":
        "logoutput: stderr\ninternal: A port = 1080\ninternal: B port = 1081\nexternal: C\n"
        "clientmethod: none\nsocksmethod: none\nuser.privileged: root\n"
        "user.unprivileged: nobody\n#internal: D port = 1\n"}),
    ("ngircd.service", "AB", {
        "/etc/ngircd/ngircd.conf": "[Options]\nPAM = no\nIdent = no\n"
            "IncludeDir = /etc/ngircd/more\n[Global]\nName = irc.example.org\nListen = A,B\n"
            "Listen = C\n[Global]\nListen = D\n",
        "/etc/ngircd/more/a.conf": "[Global]\nListen = D\n"}),
    ("ngircd.service", "A", {
        "/etc/ngircd/ngircd.conf": "[Options]\nPAM = no\nIdent = no\n"
            "IncludeDir = /etc/ngircd/more\n[Global]\nName = irc.example.org\n",
        "/etc/ngircd/more/b.conf": "[Global]\nListen = C\n",
        "/etc/ngircd/more/a.conf": "[Global]\nListen = A\n",
        "/etc/ngircd/ngircd.conf.d/a.conf": "[Global]\nListen = D\n"}),
    ("munin-node.service", "A", {"/etc/munin/munin-node.conf":
        "log_file /tmp/munin.log\npid_file /run/munin/munin-node.pid\nbackground 0\nsetsid 0\n"
        "user root\ngroup root\nport 4949\nallow ^127$\nhost A\nhost B\nhost *\n"}),
    ("ngircd.service", "AB", {"/etc/ngircd/ngircd.conf":
        "[Global]\nName = irc.example.net\nServerUID = irc\nServerGID = irc\nListen = A,B\n"
        ";Listen = C\n[Options]\nPAM = no\nIdent = no\n[Server]\nBind = D\n"}),
    ("nut-server.service", "AB", {"/etc/nut/upsd.conf":
        "LISTEN A 3493\nLISTEN B\n# LISTEN C\nLISTEN 127.0.0.1\n"}),
    ("prometheus-node-exporter.service", "AB", {"/etc/default/prometheus-node-exporter":
        'ARGS="--web.listen-address=[A]:9100 \\\n --web.listen-address [B]:9101"\n# [C]:1\n'}),
    ("dropbear.service", "AB", {"/etc/default/dropbear":
        'DROPBEAR_PORT=2221\nDROPBEAR_EXTRA_ARGS="-p [A]:2222 -p[B]:2223 -w"\n'}),
    ("caddy.service", "ABCD", {"/etc/caddy/Caddyfile":
        "{\n\tadmin [A]:2019\n\tdefault_bind B\n\tauto_https off\n}\n# bind 2001:db8:e::5\n"
        ":8080 {\n\trespond x\n}\nhttp://[2001:db8:e::5]:8081 {\n\tbind C 127.0.0.1\n}\n"
        "import sites/*\n",
        "/etc/caddy/sites/d": "http://d.test:8082 {\n\tbind [D]\n\treverse_proxy [2001:db8:e::5]:1\n}\n"}),
    ("etcd.service", "AB", {"/etc/default/etcd":
        "ETCD_DATA_DIR=/tmp/etcd\nETCD_LISTEN_CLIENT_URLS=http://[D]:2379\n"
        "#ETCD_LISTEN_PEER_URLS=http://[D]:2380\n"
        'ETCD_LISTEN_CLIENT_URLS="http://[A]:2379,http://127.0.0.1:2379"\n'
        "ETCD_LISTEN_METRICS_URLS=http://[B]:2381\n"
        "ETCD_ADVERTISE_CLIENT_URLS=http://[C]:2379\nDAEMON_ARGS=\n"}),
    ("etcd.service", "AB", {"/etc/default/etcd":
        "ETCD_DATA_DIR=/tmp/etcd\n"
        'DAEMON_ARGS="--listen-client-urls http://[A]:2379,http://[B]:2379'
        ' --advertise-client-urls=http://[C]:2379"\n'}),
    ("prometheus.service", "A", {"/etc/default/prometheus":
        'ARGS="--web.listen-address [A]:9090"\n# ARGS="--web.listen-address [B]:9090"\n'}),
    ("prometheus.service", "A", {
        "/etc/default/prometheus": 'ARGS="@etc/prometheus/options"\n',
        "/etc/prometheus/options": "# [B]:1\n--log.level=info\n@etc/prometheus/more\n[A]:9090\n",
        "/etc/prometheus/more": "--web.listen-address\n"}),
    ("prometheus-node-exporter.service", "AB", {
        "/etc/default/prometheus-node-exporter":
            'ARGS="--web.listen-address [A]:9100 @/etc/prometheus/exporter"\n',
        "/etc/prometheus/exporter": "--web.listen-address=[B]:9101\n"}),
    ("inetd.service", "AB", {"/etc/inetd.conf":
        "[A]:daytime stream tcp6 nowait root internal\n#[C]:daytime stream tcp6 nowait root x\n"
        "[B]:time\tstream tcp6 nowait root internal\n"
        "discard stream tcp6 nowait root internal\n"}),
    ("pdns-recursor.service", "AB", {"/etc/powerdns/recursor.d/address.conf":
        "local-address=D\nlocal-address=A,[B]:5353\n# local-address=C\n"}),
    ("redis-sentinel.service", "AB", {"/etc/redis/sentinel.conf":
        "bind D\nbind A B\nport 26379\ndir /var/lib/redis\n"
        "sentinel monitor one 127.0.0.1 6379 2\n"}),
    ("tor@two.service", "AB", {"/etc/tor/instances/two/torrc":
        "+SocksPort [A]:9050\nSocksPort [B]:9051\nDisableNetwork 0\n"}),
    ("ssh.service", "AB", {"/etc/ssh/sshd_config.d/address.conf": "ListenAddress B\n",
        "/etc/default/ssh": 'SSHD_OPTS="-oListenAddress=A -o Port=22"\n'}),
    ("squid.service", "ABCD", {"/etc/squid/squid.conf":
        "http_port [A]:3128\nicp_port 3130\nudp_incoming_address B\nudp_outgoing_address C\n"
        "tcp_outgoing_address 2001:db8:e::5\nsnmp_port 3401\nsnmp_incoming_address D\n"}),
    ("squid.service", "AB", {"/etc/squid/squid.conf":
        "http_port [A]:3128\nudp_incoming_address B\n"}),
    ("postfix@-.service", "AB", {"/etc/postfix/main.cf":
        "compatibility_level = 3.6\nmyhostname = debian\nmydestination =\n"
        "inet_interfaces = loopback-only\nmynetworks = [D]/128\n",
        "/etc/postfix/master.cf":
            "[A]:2525 inet n - n - - smtpd\n  -o mynetworks=[C]/128\n"
            "smtp inet n - n - - smtpd -o smtp_bind_address6=D\n"
            "[B]:2526 inet n - n - - smtpd\n#[C]:1 inet n - n - - smtpd\n"
            "pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\n"}),
    ("coturn.service", "A", {"/etc/turnserver.conf":
        "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\ncli-ip=D\ncli-ip=A\n#cli-ip=C\n"
        "cli-password=x\nno-tls\nno-dtls\n"}),
    ("coturn.service", "", {"/etc/turnserver.conf":
        "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\ncli-ip=A\nno-tls\nno-dtls\n"}),
    ("coturn.service", "", {"/etc/turnserver.conf":
        "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\ncli-ip=A\ncli-password=x\nno-cli\n"
        "no-tls\nno-dtls\n"}),
    ("opensmtpd.service", "ABC", {"/etc/smtpd.conf":
        'ext = "A"\next2=B\nlisten on $ext port 2525 tag x hostname mx.example.org\n'
        'listen on localhost port 2525\nlisten on $ext2 # listen on D\n'
        'table one { "D" = "x" }\ninclude "/etc/smtpd.more"\nmatch for any reject\n',
        "/etc/smtpd.more": "listen on \\\n  C port 2526 mask-src\n"}),
    ("smbd.service", "AB", {"/etc/samba/smb.conf":
        "[Global]\ninterfaces = D\n; interfaces = C\ninclude = /etc/samba/more.conf\n"
        "bind  interfaces only = Yes\n[share]\npath = /tmp\n",
        "/etc/samba/more.conf": "interfaces = A \\\n  B\n"}),
    ("smbd.service", "", {"/etc/samba/smb.conf":
        "[global]\ninterfaces = A B\nbind interfaces only = yes\nbind interfaces only = no\n"}),
    ("pure-ftpd.service", "A", {"/etc/pure-ftpd/conf/Bind": "# D,21\n\n  A,21\n",
        "/etc/pure-ftpd/pure-ftpd.conf": "Bind B,21\n"}),
    ("openntpd.service", "AB", {"/etc/openntpd/ntpd.conf":
        "listen on A # D\nquery from B\nserver C\nlisten on localhost\n"}),
    ("prometheus-alertmanager.service", "AB", {"/etc/default/prometheus-alertmanager":
        'ARGS="--web.listen-address=[A]:9093 --cluster.listen-address=[B]:9094'
        ' --cluster.advertise-address=127.0.0.1:9094"\n'}),
    ("prometheus-blackbox-exporter.service", "AB", {"/etc/default/prometheus-blackbox-exporter":
        'ARGS="--config.file /etc/prometheus/blackbox.yml --web.listen-address=[A]:9115'
        ' --web.listen-address [B]:9116"\n'}),
    ("pgbouncer.service", "ABC", {
        "/etc/pgbouncer/pgbouncer.ini":
            "[databases]\n[pgbouncer]\nauth_type = any\nunix_socket_dir =\n"
            "listen_addr = D\nlisten_addr = A,B, C\n;listen_addr = D\n"}),
    ("pgbouncer.service", "A", {
        "/etc/pgbouncer/pgbouncer.ini":
            "[databases]\nx = host=C\n[pgbouncer]\nauth_type = any\nunix_socket_dir =\n"
            "%include /etc/pgbouncer/more.ini\n",
        "/etc/pgbouncer/more.ini": "listen_addr = A\n"}),
    ("pgpool2.service", "A", {"/etc/pgpool2/pgpool.conf":
        PGPOOL.replace("{address}", "D") + "listen_addresses = 'A' # 'C'\n"}),
    ("icinga2.service", "A", {
        "/etc/icinga2/features-enabled/api.conf":
            'object ApiListener "api" {\n  // bind_host = "C"\n  bind_host = "A" /* "D" */\n}\n'}),
    ("collectd.service", "ABC", {
        "/etc/collectd/collectd.conf":
            'BaseDir "/tmp"\nLoadPlugin network\n<Plugin network>\n  Listen "A" "25826"\n'
            '  Server "D"\n  <listen "B">\n    SecurityLevel None\n  </listen>\n</Plugin>\n'
            '<Include "/etc/collectd/more">\n  Filter "*.conf"\n</Include>\n',
        "/etc/collectd/more/a.conf": '<Plugin "network">\n  Listen "C"\n</Plugin>\n',
        "/etc/collectd/more/a.off": '<Plugin "network">\n  Listen "D"\n</Plugin>\n'}),
    ("hitch.service", "AB", {"/etc/hitch/hitch.conf":
        'frontend = {\n  host = "A"\n  port = "443"\n}\n'
        'frontend = { host = "B" port = "444" }\n# frontend = "[C]:443"\n'
        'backend = "[::1]:80"\npem-file = "/etc/hitch/x.pem"\n'}),
    ("nghttpx.service", "AB", {
        "/etc/nghttpx/nghttpx.conf":
            "frontend=A,3000;no-tls\n#frontend=C,3000;no-tls\nbackend=D,80\nworkers=1\n"
            "include=/etc/nghttpx/more.conf\n",
        "/etc/nghttpx/more.conf": "frontend=B,3000;no-tls;healthmon\n"}),
    ("carbon-cache.service", "ABC", {"/etc/carbon/carbon.conf":
        CARBON.replace("{address}", "A").replace("127.0.0.1", "B", 1)
        + "ENABLE_UDP_LISTENER = True\n"
        "UDP_RECEIVER_INTERFACE = C\n[cache:b]\nLINE_RECEIVER_INTERFACE = D\n"
        "[relay]\nLINE_RECEIVER_INTERFACE = D\n"}),
    ("radicale.service", "AB", {"/etc/radicale/config":
        "[server]\n#hosts = [C]:5232\nhosts = [A]:5232, [B]:5233\n"}),
    ("nats-server.service", "ABC", {
        "/etc/nats-server.conf":
            '// listen: "[D]:1"\nlisten: "[A]:4222"\nhttp = "[B]:8222" # [D]\n'
            'include ./nats-more.conf\n',
        "/etc/nats-more.conf":
            'cluster {\n  name: c\n  listen: "[C]:6222"\n  routes = [ "nats://[D]:6222" ]\n}\n'}),
    ("apt-cacher-ng.service", "AB", {"/etc/apt-cacher-ng/zz_debconf.conf":
        "# BindAddress: [C]\nBindAddress: [D]\nBindAddress: [A] [B]\n"}),
    ("zabbix-proxy.service", "AB", {
        "/etc/zabbix/zabbix_proxy.conf":
            "LogType=system\nServer=::1\nHostname=x\nDBName=/tmp/zabbix.db\n"
            "PidFile=/tmp/zabbix_proxy.pid\nSocketDir=/tmp\nListenIP=D\n"
            "Include=/etc/zabbix/more/*.conf\n",
        "/etc/zabbix/more/a.conf": "ListenIP=A,B\n"}),
    ("influxdb.service", "ABCD", {"/etc/influxdb/influxdb.conf":
        'reporting-disabled = true\nbind-address = "[A]:8088"\n'
        '[meta]\n  dir = "/tmp/meta"\n[data]\n  dir = "/tmp/data"\n  wal-dir = "/tmp/wal"\n'
        '[http]\n  bind-address = "[B]:8086"\n[[udp]]\n  enabled = true\n'
        '  bind-address = "[C]:8089"\n[[udp]]\n  enabled = true\n  bind-address = "[D]:8089"\n'}),
    ("netdata.service", "AB", {"/etc/netdata/netdata.conf":
        "[web]\n  bind to = tcp:[A]:19999 [B]:19998=dashboard|registry\n  # bind to = [C]\n"}),
    ("opendkim.service", "B", {"/etc/opendkim.conf":
        "UserID opendkim\nMode v\nSocket inet6:8891@[A]\n#Socket inet6:8891@[C]\n"
        "Socket\tinet6:8891@[B]\n"}),
    ("syslog-ng.service", "ABC", {
        "/etc/syslog-ng/syslog-ng.conf":
            '@version: 3.38\n@include "/etc/syslog-ng/conf.d/*.conf"\n'
            "source s_one {\n network( ip-protocol(6) port(515) ip( \"A\" ) transport(tcp) );\n"
            " network(ip-protocol(6) port(516) # ip(\"D\")\n localip(\"B\"));\n};\n"
            'destination d_one { network("D" port(514)); };\n'
            "log { source(s_one); source(s_two); destination(d_one); };\n",
        "/etc/syslog-ng/conf.d/two.conf": 'source s_two { syslog(transport("udp") ip-protocol(6) ip("C")); };\n'}),
    ("xinetd.service", "AB", {"/etc/xinetd.d/test":
        "service daytime\n{\n id = one\n type = INTERNAL\n socket_type = stream\n wait = no\n"
        " user = root\n bind = A\n only_from = C\n}\n"
        "service time\n{\n id = two\n type = INTERNAL\n socket_type = stream\n wait = no\n"
        " user = root\n interface = B\n}\n"}),
    ("krb5-kdc.service", "AB", {"/etc/krb5kdc/kdc.conf":
        "[realms]\n EXAMPLE.COM = {\n  key_stash_file = /etc/krb5kdc/stash\n"
        "  kdc_listen = [A]:88, [B]:750\n  # kdc_tcp_listen = [C]:88\n }\n"}),
]


# On Debian 13.
TRIXIE_VARIANTS = [
    ("dovecot.service", "ABC", {"/etc/dovecot/local.conf":
        "listen = D\nlisten = A, B\nssl = no\nservice imap-login {\n  inet_listener imap {\n"
        "    listen = C\n    port = 1143\n  }\n"
        "  inet_listener other {\n    port = 1144\n  }\n}\n"}),
    ("postfix@two.service", "AB", {
        "/etc/postfix-two/main.cf":
            "compatibility_level = 3.9\nmyhostname = debian\nmydestination =\n"
            "inet_interfaces = A\nmulti_instance_name = postfix-two\n"
            "queue_directory = /var/spool/postfix-two\ndata_directory = /var/lib/postfix-two\n",
        "/etc/postfix-two/master.cf":
            "smtp inet n - n - - smtpd\n[B]:2526 inet n - n - - smtpd\n"
            "pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\n"}),
]
