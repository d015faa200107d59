# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemons of Debian 13: most are configured as on Debian 12, those that are not are here."""

from lab.services import (BOOKWORM, BOOKWORM_APART, BOOKWORM_MORE, BOOKWORM_OTHERS, DEAF, RESTARTS,
                          Service, exporter)

# dante-server is gone.
GONE = {"danted.service"}
# These have another unit, other files, another language, or are started in another way.
CHANGED = {"postfix@-.service", "postgresql@15-main.service", "prosody.service", "php8.2-fpm.service",
           "mumble-server.service", "pdns-recursor.service", "pdns-recursor@two.service"}


def _unchanged(services: list[Service]) -> list[Service]:
    return [service for service in services if service.unit not in GONE | CHANGED]


def _postfix(instance: str) -> str:
    return ("compatibility_level = 3.9\nmyhostname = debian\nmydestination =\n"
            f"inet_interfaces =\n  {{address}}\n{instance}")


def _master(directory: str) -> tuple[str, ...]:
    """As its unit runs it, but in the foreground: "postfix start-fg" allows no second instance."""
    return ("sh", "-c", f"MAIL_CONFIG={directory} postfix check;"
            f" exec /usr/lib/postfix/sbin/master -c {directory} -d")


def _recursor(name: str) -> str:
    return ("incoming:\n  listen:\n  - '{address}'\n"
            f"recursor:\n  socket_dir: /run/pdns-recursor{name}\n")


TRIXIE = _unchanged(BOOKWORM) + [
    # Before postfix.service, because postmulti fails if the default instance has an absent address.
    Service("postfix@two.service", "postfix", "tcp 25", {
        "/etc/postfix-two/main.cf": _postfix(
            "multi_instance_enable = yes\nmulti_instance_name = postfix-two\n"
            "queue_directory = /var/spool/postfix-two\ndata_directory = /var/lib/postfix-two\n"),
    }, _master("/etc/postfix-two"), program="postfix",
       prepare=("sh", "-c", "postmulti -e init && postmulti -I postfix-two -e create")),
    Service("postfix.service", "postfix", "tcp 25", {
        "/etc/postfix/main.cf": _postfix(
            "multi_instance_enable = yes\nmulti_instance_directories = /etc/postfix-two\n"),
    }, _master("/etc/postfix"), program="postfix"),
    Service("prosody.service", "prosody", "tcp 5222", {
        "/etc/prosody/prosody.cfg.lua":
            'interfaces = { "{address}" }\nmodules_enabled = { "saslauth" }\n'
            'VirtualHost "localhost"\n',
    }, ("setpriv", "--reuid=prosody", "--regid=prosody", "--init-groups", "prosody", "-F"),
       unaided=DEAF),
    Service("postgresql@17-main.service", "postgresql", "tcp 5432", {
        "/etc/postgresql/17/main/conf.d/address.conf": "listen_addresses = '{address}'\n",
    }, ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups",
        "/usr/lib/postgresql/17/bin/postgres",
        "-cconfig_file=/etc/postgresql/17/main/postgresql.conf")),
    Service("valkey-server.service", "valkey-server", "tcp 6379", {
        "/etc/valkey/valkey.conf": "bind {address}\nport 6379\ndir /var/lib/valkey\n",
    }, ("valkey-server", "/etc/valkey/valkey.conf")),
]
TRIXIE_MORE = _unchanged(BOOKWORM_MORE + BOOKWORM_APART) + [
    Service("php8.4-fpm.service", "php-fpm", "tcp 9000", {
        "/etc/php/8.4/fpm/pool.d/www.conf":
            "[www]\nuser = www-data\ngroup = www-data\nlisten = [{address}]:9000\n"
            "pm = static\npm.max_children = 1\n",
    }, ("php-fpm8.4", "--nodaemonize", "--fpm-config", "/etc/php/8.4/fpm/php-fpm.conf")),
    Service("mumble-server.service", "mumble-server", "tcp 64738", {
        "/etc/mumble/mumble-server.ini":
            "database=/var/lib/mumble-server/mumble-server.sqlite\n"
            "logfile=/var/log/mumble-server/mumble-server.log\n"
            "host={address}\nport=64738\n",
    }, ("mumble-server", "-fg", "-ini", "/etc/mumble/mumble-server.ini"),
       unaided=DEAF),
    Service("pdns-recursor.service", "pdns-recursor", "udp 53", {
        "/etc/powerdns/recursor.conf": _recursor(""),
    }, ("pdns_recursor", "--daemon=no", "--write-pid=no"), unaided=RESTARTS),
    Service("pdns-recursor@two.service", "pdns-recursor", "udp 53", {
        "/etc/powerdns/recursor-two.conf": _recursor("-two"),
    }, ("pdns_recursor", "--config-name=two", "--daemon=no", "--write-pid=no"),
       unaided=RESTARTS),
    Service("valkey-sentinel.service", "valkey-sentinel", "tcp 26379", {
        "/etc/valkey/sentinel.conf":
            "bind {address}\nport 26379\ndir /var/lib/valkey\n"
            "sentinel monitor one 127.0.0.1 6379 2\n",
    }, ("valkey-sentinel", "/etc/valkey/sentinel.conf")),
]
# That of Debian 12 has another option.
TRIXIE_OTHERS = _unchanged(BOOKWORM_OTHERS) + [exporter("apache-exporter", 9117)]
