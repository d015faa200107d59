# SPDX-License-Identifier: LGPL-2.1-or-later
"""squid: if/else, include, ports with a mode, and the addresses of ICP and SNMP."""

from languages import A, B, C, D, Configuration, Language


def conf(text: str, *arguments: str, **files: str) -> Configuration:
    more = {f"/etc/squid/{name}": content for name, content in files.items()}
    return Configuration({"/etc/squid/squid.conf": text + "pid_filename none\ncache_log /dev/stderr\n"
                          "access_log none\ncoredump_dir /tmp\nvisible_hostname debian\n", **more}, arguments=arguments)


LANGUAGES = [
    Language(
        name="squid",
        unit="squid.service",
        packages={"bookworm": ("squid",), "trixie": ("squid",)},
        directories=("/etc/squid",),
        command=("/usr/sbin/squid", "--foreground", "-N", "-C"),
        ready=r"epoll_wait",
        syscalls="bind,epoll_wait",
        refused="FATAL",
        cases={
            "brackets": conf(f"http_port [{A}]:3128\n"),
            "if-true": conf(f"if true\nhttp_port [{A}]:3128\nelse\nhttp_port [{B}]:3128\nendif\n"),
            "if-false": conf(f"if false\nhttp_port [{A}]:3128\nelse\nhttp_port [{B}]:3128\nendif\n"),
            "if-equal": conf(f"if 1 = 2\nhttp_port [{A}]:1\nendif\nif 2 = 2\nhttp_port [{B}]:1\nendif\n"),
            "if-process": conf(f"if ${{process_number}} = 0\nhttp_port [{A}]:1\nelse\nhttp_port [{B}]:1\nendif\n"),
            "nested": conf(f"if true\nif false\nhttp_port [{A}]:1\nelse\nhttp_port [{B}]:1\nendif\n"
                           f"http_port [{C}]:1\nendif\n"),
            "include": conf("include /etc/squid/d/*.conf\n", **{"d/a.conf": f"http_port [{A}]:3128\n"}),
            "options": conf(f"http_port [{A}]:3128 accel vhost defaultsite=x\n"),
            "continuation": conf(f"http_port \\\n [{A}]:3128\n"),
            "udp": conf(f"http_port [{A}]:3128\nicp_port 3130\nudp_incoming_address {B}\n"),
            "tcp-outgoing": conf(f"http_port [{A}]:3128\ntcp_outgoing_address {B}\n"),
            "comment": conf(f"http_port [{A}]:3128 # {D}\n#http_port [{B}]:1\n"),
            "name": conf(f"http_port [{A}]:3128 name=[{C}]\n"),
        },
    ),
]
