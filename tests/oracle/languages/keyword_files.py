# SPDX-License-Identifier: LGPL-2.1-or-later
"""Daemons whose configuration is keywords and their values: what their definitions add to that."""

from languages import A, B, C, D, Configuration, Language


def files(main: str, start: str = ""):
    """A function that makes configurations: the main file, arguments, and files beside it."""
    directory = main.rpartition("/")[0]

    def conf(text: str, *arguments: str, others: dict[str, str] | None = None) -> Configuration:
        more = {f"{directory}/{name}": content for name, content in (others or {}).items()}
        return Configuration({main: start + text, **more}, arguments=arguments)

    return conf


def both(*packages: str) -> dict[str, tuple[str, ...]]:
    return {"bookworm": packages, "trixie": packages}


MODULE = "[module]\npath = /tmp\n"
mosquitto = files("/etc/mosquitto/mosquitto.conf", "allow_anonymous true\n")
rsync = files("/etc/rsyncd/rsyncd.conf")
cups = files("/etc/cups/cupsd.conf", "WebInterface No\n")
zabbix = files("/etc/zabbix/zabbix_agentd.conf",
               "PidFile=/tmp/agent.pid\nLogType=console\nServer=::1\nHostname=debian\n")
nrpe = files("/etc/nagios/nrpe.cfg", "pid_file=/tmp/nrpe.pid\nserver_port=5666\n"
             "nrpe_user=nagios\nnrpe_group=nagios\n")
danted = files("/etc/dante/danted.conf", "logoutput: stderr\nclientmethod: none\n"
               "socksmethod: none\nuser.privileged: root\nuser.unprivileged: nobody\n")
vsftpd = files("/etc/vsftpd/vsftpd.conf", "background=NO\n")

LANGUAGES = [
    Language(
        name="mosquitto",
        unit="mosquitto.service",
        packages=both("mosquitto"),
        directories=("/etc/mosquitto",),
        command=("/usr/sbin/mosquitto", "-c", "/etc/mosquitto/mosquitto.conf"),
        cases={
            "default-listener": mosquitto(f"port 1884\nbind_address {A}\nlistener 1885 {B}\n"),
            "family-behind": mosquitto(f"listener 1883 {A}\nsocket_domain ipv6\n"),
            "socket": mosquitto(f"listener 0 /tmp/socket\nlistener 1883 {A}\n"),
            "indented": mosquitto(f"#listener 1884 {B}\n  listener 1885 {C}\r\n"),
            "directory": mosquitto("include_dir /etc/mosquitto/d\n", others={
                "d/a.conf": f"listener 1883 {A}\n", "d/b.bak": f"listener 1884 {B}\n",
                "d/.c.conf": f"listener 1885 {D}\n"}),
            "bridge": mosquitto(f"listener 1883 {A}\nconnection other\naddress [::1]:1999\n"
                                f"topic # both\n#bridge_bind_address {B}\n"),
            "bind-interface": mosquitto("listener 1884\nbind_interface lan1\n"),
            "loopback-interface": mosquitto(
                f"listener 1883 {A}\nlistener 1884\nbind_interface lo\n"),
        },
    ),
    Language(
        name="rsync",
        unit="rsync.service",
        packages=both("rsync"),
        directories=("/etc/rsyncd",),
        command=("/usr/bin/rsync", "--daemon", "--no-detach", "--config=/etc/rsyncd/rsyncd.conf"),
        cases={
            "last-one-counts": rsync(f"address = {B}\nADDRESS={A}\n{MODULE}"),
            "command-line": rsync(f"address = {B}\n{MODULE}", "--address", A),
            "parameter": rsync(f"address = {B}\n{MODULE}", f"--dparam=address={A}"),
            "parameter-of-a-letter": rsync(f"address = {B}\n{MODULE}", "-M", f"address={A}"),
            "parameter-of-one-word": rsync(MODULE, f"-Maddress={A}"),
            "other-parameter": rsync(f"address = {A}\n{MODULE}", "-M", f"motd file={B}"),
            "address-and-parameter": rsync(MODULE, "--address", A, "-M", f"address={B}"),
            "behind-included-modules": rsync(f"&include /etc/rsyncd/more\naddress = {A}\n{MODULE}",
                                             others={"more": f"{MODULE}address = {B}\n"}),
            "included-file-of-globals": rsync(f"&include /etc/rsyncd/more\n{MODULE}",
                                              others={"more": f"address = {A}\n"}),
            "parameter-and-address": rsync(MODULE, "-M", f"address={B}", "--address", A),
            "in-a-module": rsync(f"address = {A}\n{MODULE}address = {B}\n"),
            "merged-file": rsync(f"&merge /etc/rsyncd/more\n; address = {B}\n{MODULE}",
                                 others={"more": f"address = {A}\n"}),
            "directory": rsync(f"&include /etc/rsyncd/d\n{MODULE}", others={
                "d/a.inc": f"address = {A}\n", "d/b.conf": f"address = {B}\n"}),
            "merged-directory": rsync(f"address = {B}\n&merge /etc/rsyncd/d\n{MODULE}", others={
                "d/a.inc": f"address = {A}\n", "d/b.conf": "uid = nobody\n"}),
            "both-suffixes-included": rsync(f"&include /etc/rsyncd/d\n{MODULE}", others={
                "d/b.inc": f"address = {B}\n", "d/a.conf": f"address = {A}\n"}),
            "both-suffixes": rsync(f"&merge /etc/rsyncd/d\n{MODULE}", others={
                "d/a.inc": f"address = {A}\n", "d/b.conf": f"address = {B}\n"}),
        },
    ),
    Language(
        name="cups",
        unit="cups.service",
        packages=both("cups-daemon"),
        directories=("/etc/cups",),
        command=("/usr/sbin/cupsd", "-f", "-c", "/etc/cups/cupsd.conf"),
        cases={
            "last-colon": cups(f"Listen {A}:8631\n"),
            "brackets": cups(f"LISTEN [{A}]:631 # [{B}]:631\nListen [{C}]\n"),
            "ssl-and-port": cups(f"Port 8631\nSSLListen [{A}]:8443\n"),
            "location": cups(f"Listen [{A}]:631\n<Location />\nAllow [{B}]\n</Location>\n"
                             f"ServerAlias {C}\n"),
        },
    ),
    Language(
        name="zabbix-agent",
        unit="zabbix-agent.service",
        packages=both("zabbix-agent"),
        directories=("/etc/zabbix",),
        command=("/usr/sbin/zabbix_agentd", "--foreground", "-c", "/etc/zabbix/zabbix_agentd.conf"),
        ready=r"agent #1 started",
        syscalls="bind,write",
        cases={
            "list": zabbix(f"ListenIP = {A} , {B}\nSourceIP={C}\n"),
            "last-one-counts": zabbix("ListenIP=::1\nInclude=/etc/zabbix/d\n",
                                      others={"d/a": f"ListenIP={A}\n"}),
            "no-passive-checks": zabbix(f"StartAgents=0\nServerActive=[::1]:1\nListenIP={A}\n"),
        },
    ),
    Language(
        name="nrpe",
        unit="nagios-nrpe-server.service",
        packages=both("nagios-nrpe-server"),
        directories=("/etc/nagios",),
        command=("/usr/sbin/nrpe", "-c", "/etc/nagios/nrpe.cfg", "-f"),
        cases={
            "last-one-counts": nrpe(f"server_address={B}\nserver_address={A}\r\n"),
            "directory": nrpe("include_dir=/etc/nagios/d\n", others={
                "d/.c.cfg": f"server_address={C}\n", "d/b.cfg": f"server_address={A}\n",
                "d/a.cfg": f"server_address={B}\n"}),
            "hidden": nrpe("include_dir=/etc/nagios/d\n",
                           others={"d/.a.cfg": f"server_address={A}\n"}),
            "subdirectory": nrpe("include_dir=/etc/nagios/d\n", others={
                "d/a/b/c.cfg": f"server_address={A}\n", "d/a/d.conf": f"server_address={B}\n"}),
        },
    ),
    Language(
        name="danted",
        unit="danted.service",
        packages={"bookworm": ("dante-server",)},
        directories=("/etc/dante",),
        command=("/usr/sbin/danted", "-f", "/etc/dante/danted.conf"),
        cases={
            "several": danted(f"internal: {A} port = 1080 # {D}\ninternal: {B} port = 1081\n"
                              f"external: {C}\n"),
            "rules": danted(f"internal: {A} port = 1080\nexternal: {A}\n"
                            f"client pass {{\nfrom: {B}/128 to: ::/0\n}}\n"),
            "interface": danted(f"internal: lan0 port = 1080\nexternal: {A}\n"),
            "one-line": danted(f"internal: {A} port = 1080 external: {B}\n"),
        },
    ),
    Language(
        name="vsftpd",
        unit="vsftpd.service",
        packages=both("vsftpd"),
        directories=("/etc/vsftpd",),
        command=("/usr/sbin/vsftpd", "/etc/vsftpd/vsftpd.conf"),
        ready=r"\blisten\(",
        syscalls="bind,listen",
        prepare="mkdir -p /run/vsftpd/empty",
        cases={
            "command-line": vsftpd(f"listen=NO\nlisten_ipv6=YES\nlisten_address6={B}\n",
                                   f"-olisten_address6={A}"),
            "switched-off": vsftpd(f"listen=YES\nlisten_ipv6=YES\nlisten_ipv6=NO\n"
                                   f"listen_address6={A}\n"),
        },
        not_with_ipv4={"command-line": "the keyword says the family",
                       "switched-off": "the keyword says the family"},
    ),
]
