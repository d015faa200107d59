# SPDX-License-Identifier: LGPL-2.1-or-later
"""Daemons whose addresses are on the command line, or in a file that is a table of them."""

from languages import A, B, P, Configuration, Language
from languages.keyword_files import both


def options(*words: str) -> Configuration:
    return Configuration({}, arguments=words)


def inetd(text: str) -> Configuration:
    return Configuration({"/etc/inetd/inetd.conf": text})


DAYTIME = "daytime stream tcp6 nowait root internal\n"

LANGUAGES = [
    Language(
        name="dropbear",
        unit="dropbear.service",
        packages=both("dropbear-bin"),
        directories=("/etc/dropbear",),
        command=("/usr/sbin/dropbear", "-EF", "-R"),
        cases={
            "brackets": options("-p", f"[{A}]:2222", f"-p[{B}]:2223"),
            "last-colon": options("-p", f"{A}:2222"),
            "behind-flags": options(f"-wp[{A}]:2222"),
        },
    ),
    Language(
        name="slapd",
        unit="slapd.service",
        packages=both("slapd"),
        directories=("/etc/slapd",),
        command=("/usr/sbin/slapd", "-d", "0", "-F", "/etc/ldap/slapd.d"),
        cases={
            "two": options("-h", f"ldap://[{A}]:389/ ldaps://[{B}]/"),
            "no-port": options(f"-hldap://[{A}]"),
        },
    ),
    Language(
        name="tftpd",
        unit="tftpd-hpa.service",
        packages=both("tftpd-hpa"),
        directories=("/etc/tftp",),
        command=("/usr/sbin/in.tftpd", "--foreground", "--user", "nobody"),
        cases={
            "last-one-counts": options("-a", f"[{B}]:69", f"--address=[{A}]:69", "-s", "/tmp"),
            "no-port": options(f"-a[{A}]", "-s", "/tmp"),
            "abbreviated": options("-a", f"[{B}]:69", f"--addr=[{A}]:69", "-s", "/tmp"),
        },
    ),
    Language(
        name="inetd",
        unit="inetd.service",
        packages=both("openbsd-inetd"),
        directories=("/etc/inetd",),
        command=("/usr/sbin/inetd", "-i", "/etc/inetd/inetd.conf"),
        cases={
            "default": inetd(f"[{A}]:\n{DAYTIME}*:\ntime stream tcp6 nowait root internal\n"),
            "no-brackets": inetd(f"{A}:{DAYTIME}{B}:\ntime stream tcp6 nowait root internal\n"),
            "ipv4": inetd(f"{P}:{DAYTIME.replace('tcp6', 'tcp')}"),
            "comment": inetd(f"#[{B}]:{DAYTIME}  [{A}]:{DAYTIME}"),
            "udp": inetd(f"[{A}]:daytime dgram udp6 wait root internal\n"),
        },
        not_with_ipv4=dict.fromkeys(["default", "no-brackets", "comment", "udp"],
                                    "of tcp6 and udp6, which have no IPv4 address"),
    ),
]
