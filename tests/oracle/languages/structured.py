# SPDX-License-Identifier: LGPL-2.1-or-later
"""Daemons whose configuration has parameters in parentheses, or is YAML."""

from languages import A, B, C, Configuration, Language


def both(*packages: str) -> dict[str, tuple[str, ...]]:
    return {"bookworm": packages, "trixie": packages}


def rsyslog(text: str, **files: str) -> Configuration:
    more = {f"/etc/rsyslog/{name}.conf": content for name, content in files.items()}
    start = 'module(load="imudp")\nmodule(load="imtcp")\nmodule(load="imptcp")\n'
    return Configuration({"/etc/rsyslog/rsyslog.conf": f"{start}{text}\n*.* /dev/null\n", **more})


def ejabberd(text: str, **files: str) -> Configuration:
    more = {f"/etc/ejabberd/{name}.yml": content for name, content in files.items()}
    return Configuration({"/etc/ejabberd/ejabberd.yml":
                          f"hosts: [localhost]\nloglevel: info\n{text}", **more})


LANGUAGES = [
    Language(
        name="rsyslog",
        unit="rsyslog.service",
        packages=both("rsyslog"),
        directories=("/etc/rsyslog",),
        command=("/usr/sbin/rsyslogd", "-n", "-iNONE", "-f", "/etc/rsyslog/rsyslog.conf"),
        cases={
            "inputs": rsyslog(f'input(type="imtcp" port="514" address="{A}")\n'
                              f'input(type="imudp" address="{B}" port="514")\n'
                              f'input(type="imptcp" port="515" address="{C}")'),
            "lines": rsyslog(f'input(\n  # address="{B}"\n  type="imtcp"\n  address = "{A}" '
                             'port="514"\n)'),
            "others": rsyslog(f'input(type="imtcp" port="514" address="{A}" name="a.example" '
                              'ruleset="r.x")\nruleset(name="r.x") {\n'
                              f'  action(type="omfwd" target="{B}" port="514" protocol="udp")\n}}\n'
                              f'if $fromhost-ip == "{C}" then {{ stop }}'),
            "legacy": rsyslog(f"$UDPServerAddress {A}\n$UDPServerRun 514\n*.* @[{B}]:514"),
            "templates": rsyslog('template(name="t" type="string" string="<%PRI%> (%msg%\\n")\n'
                                 '$template u,"%msg% [(%"\n'
                                 f':msg, contains, "it\'s (" stop\n'
                                 f'input(type="imtcp" port="514" address="{A}")'),
            "included": rsyslog('include(file="/etc/rsyslog/d.*" mode="optional")\n'
                                "$IncludeConfig /etc/rsyslog/e.conf",
                                **{"d": f'input(type="imtcp" port="514" address="{A}")\n',
                                   "e": f'input(type="imtcp" port="515" address="{B}")\n'}),
        },
    ),
    Language(
        name="ejabberd",
        unit="ejabberd.service",
        packages=both("ejabberd"),
        directories=("/etc/ejabberd",),
        command=("/bin/sh", "-c", "/usr/sbin/ejabberdctl foreground"),
        prepare="chmod -R a+rX /etc/ejabberd; mkdir -p /var/lib/ejabberd /var/log/ejabberd; "
                "chown -R ejabberd: /var/lib/ejabberd /var/log/ejabberd",
        cases={
            "listen": ejabberd(f'listen:\n  -\n    port: 5222\n    ip: "{A}"\n'
                               f"    module: ejabberd_c2s\n  - port: 5280\n    ip: '{B}'\n"
                               "    module: ejabberd_http\n    request_handlers:\n"
                               "      /admin: ejabberd_web_admin\n"
                               f"access_rules:\n  local:\n    allow: local\nacl:\n  local:\n"
                               f"    ip:\n      - {C}/128\n"),
            "included": ejabberd("include_config_file:\n  - /etc/ejabberd/a.yml\n",
                                 a=f'listen:\n- {{port: 5222, ip: "{A}", module: ejabberd_c2s}}\n'),
        },
    ),
]
