# SPDX-License-Identifier: LGPL-2.1-or-later
"""Daemons between others: brokers, pools of connections, proxies, measurements."""

from dataclasses import replace

from lab.services import DEAF, FAILS, RESTARTS, Service

PGPOOL = ("backend_clustering_mode = 'raw'\nbackend_hostname0 = 'localhost'\nbackend_port0 = 5433\n"
          "unix_socket_directories = '/tmp'\npcp_socket_dir = '/tmp'\nwork_dir = '/tmp'\n"
          "pid_file_name = '/run/postgresql/pgpool.pid'\nlogging_collector = off\n"
          "listen_addresses = '{address}'\npcp_listen_addresses = '127.0.0.1'\n")
CARBON = ("[cache]\nSTORAGE_DIR = /var/lib/graphite/\nCONF_DIR = /etc/carbon/\n"
          "LOG_DIR = /var/log/carbon/\nPID_DIR = /var/run/\nMAX_CACHE_SIZE = inf\n"
          "LOCAL_DATA_DIR = /var/lib/graphite/whisper/\nUSER = _graphite\n"
          "LINE_RECEIVER_INTERFACE = {address}\nPICKLE_RECEIVER_INTERFACE = 127.0.0.1\n"
          "CACHE_QUERY_INTERFACE = 127.0.0.1\n")
CERTIFICATE = "req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout /tmp/key -out /tmp/certificate"

USER = ("--reuid=postgres", "--regid=postgres", "--clear-groups")
ICINGA = ('const NodeName = "x"\nconst ZoneName = "x"\nconst TicketSalt = "x"\n'
          "object Endpoint NodeName {\n}\nobject Zone ZoneName {\n  endpoints = [ NodeName ]\n}\n"
          'include "features-enabled/*.conf"\n')
# What "icinga2 api setup" makes, which cannot copy files in a machine of layers.
CERTIFICATES = """
set -e
mount -t proc proc /proc
cd /var/lib/icinga2
install -d -o nagios -g nagios ca certs
icinga2 pki new-ca
icinga2 pki new-cert --cn x --key certs/x.key --csr /tmp/x.csr
icinga2 pki sign-csr --csr /tmp/x.csr --cert certs/x.crt
cp ca/ca.crt certs
umount /proc
"""

MIDDLEWARE = [
    Service("pgbouncer.service", "pgbouncer", "tcp 6432", {
        "/etc/pgbouncer/pgbouncer.ini":
            "[databases]\n[pgbouncer]\nauth_type = any\nunix_socket_dir = /tmp\n"
            "listen_addr = {address}\n",
    }, ("setpriv", *USER, "pgbouncer", "/etc/pgbouncer/pgbouncer.ini"), unaided=DEAF),
    Service("pgpool2.service", "pgpool2", "tcp 9999", {"/etc/pgpool2/pgpool.conf": PGPOOL},
            ("setpriv", *USER, "pgpool", "-n")),
    Service("icinga2.service", "icinga2", "tcp 5665", {
        "/etc/icinga2/icinga2.conf": ICINGA,
        "/etc/icinga2/features-enabled/api.conf":
            'object ApiListener "api" {\n  bind_host = "{address}"\n}\n',
    }, ("sh", "-c", "/usr/lib/icinga2/prepare-dirs /usr/lib/icinga2/icinga2; exec icinga2 daemon"),
       prepare=("sh", "-c", CERTIFICATES)),
    Service("collectd.service", "collectd-core", "udp 25826", {
        "/etc/collectd/collectd.conf":
            'BaseDir "/tmp"\nLoadPlugin network\n'
            '<Plugin network>\n  Listen "{address}"\n</Plugin>\n',
    }, ("collectd", "-f"), unaided=DEAF),
    Service("hitch.service", "hitch", "tcp 443", {
        "/etc/hitch/hitch.conf":
            'frontend = "[{address}]:443"\nbackend = "[::1]:80"\npem-file = "/etc/hitch/x.pem"\n',
    }, ("hitch", "--user", "_hitch", "--group", "_hitch", "--config=/etc/hitch/hitch.conf"),
       prepare=("sh", "-c", f"openssl {CERTIFICATE} && mkdir -p /etc/hitch &&"
                " cat /tmp/key /tmp/certificate >/etc/hitch/x.pem")),
    Service("nghttpx.service", "nghttp2-proxy", "tcp 3000", {
        "/etc/nghttpx/nghttpx.conf":
            "frontend={address},3000;no-tls\nbackend=::1,80\nworkers=1\n",
    }, ("nghttpx", "--conf=/etc/nghttpx/nghttpx.conf")),
    Service("carbon-cache.service", "graphite-carbon", "tcp 2003", {
        "/etc/carbon/carbon.conf": CARBON,
    }, ("carbon-cache", "--config=/etc/carbon/carbon.conf", "--nodaemon", "start")),
    Service("beanstalkd.service", "beanstalkd", "tcp 11300", {
        "/etc/default/beanstalkd":
            "BEANSTALKD_LISTEN_ADDR={address}\nBEANSTALKD_LISTEN_PORT=11300\n",
    }, ("sh", "-c", ". /etc/default/beanstalkd; exec beanstalkd -l $BEANSTALKD_LISTEN_ADDR")),
    Service("gearman-job-server.service", "gearman-job-server", "tcp 4730", {
        "/etc/default/gearman-job-server":
            'PARAMS="--listen={address} --daemon --log-file=syslog"\n',
    }, ("gearmand", "--listen={address}", "--log-file=stderr")),
    Service("radicale.service", "radicale", "tcp 5232", {
        "/etc/radicale/config": "[server]\nhosts = [{address}]:5232\n[storage]\nfilesystem_folder = /tmp/radicale\n",
    }, ("radicale",)),
    Service("nats-server.service", "nats-server", "tcp 4222", {
        "/etc/nats-server.conf": 'host: "{address}"\n',
    }, ("nats-server", "-c", "/etc/nats-server.conf")),
    Service("apt-cacher-ng.service", "apt-cacher-ng", "tcp 3142", {
        "/etc/apt-cacher-ng/zz_debconf.conf": "BindAddress: [{address}]\n",
    }, ("apt-cacher-ng", "-c", "/etc/apt-cacher-ng", "ForeGround=1"), unaided=DEAF),
    # Too slow for a trace.
    Service("rabbitmq-server.service", "rabbitmq-server", "tcp 5672", {
        "/etc/rabbitmq/rabbitmq.conf": "listeners.tcp.1 = {address}:5672\n",
    }, unaided=RESTARTS),
    Service("zabbix-proxy.service", "zabbix-proxy-sqlite3", "tcp 10051", {
        "/etc/zabbix/zabbix_proxy.conf":
            "LogType=system\nServer=::1\nHostname=x\nDBName=/tmp/zabbix.db\n"
            "PidFile=/tmp/zabbix_proxy.pid\nSocketDir=/tmp\nListenIP={address}\n",
    }, ("setpriv", "--reuid=zabbix", "--regid=zabbix", "--clear-groups", "zabbix_proxy",
        "--foreground")),
]
# PgBouncer 1.24 gives up, and Pgpool-II 4.6 does not.
TRIXIE_MIDDLEWARE = [
    replace(service, unaided={"pgbouncer.service": FAILS,
                              "pgpool2.service": DEAF}.get(service.unit, service.unaided))
    for service in MIDDLEWARE]
BOOKWORM_MIDDLEWARE = [
    *MIDDLEWARE,
    Service("influxdb.service", "influxdb", "tcp 8086", {
        "/etc/influxdb/influxdb.conf":
            'reporting-disabled = true\nbind-address = "127.0.0.1:8088"\n'
            '[meta]\n  dir = "/tmp/meta"\n[data]\n  dir = "/tmp/data"\n  wal-dir = "/tmp/wal"\n'
            '[http]\n  bind-address = "[{address}]:8086"\n',
    }, ("influxd", "-config", "/etc/influxdb/influxdb.conf")),
    Service("netdata.service", "netdata-core", "tcp 19999", {
        "/etc/netdata/netdata.conf": "[web]\n  bind to = [{address}]:19999\n",
    }, ("netdata", "-D")),
]
