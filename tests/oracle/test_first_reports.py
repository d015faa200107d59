# SPDX-License-Identifier: LGPL-2.1-or-later
"""What 0.1.0 did not read as the daemon does: the cases that hold each of those shapes now."""

import pytest
from lab import SOURCE
from lab.service_machines import MACHINES
from languages import languages

# Shape: cases, as LANGUAGE/CASE of test_languages.py, golden/CASE, or boot/UNIT of lab/services.py.
SHAPES = {
    "Postfix on Debian 13, Fedora and Arch is postfix.service": [
        "boot/postfix.service", "golden/postfix-units", "golden/fedora", "golden/arch"],
    "several words in inet_protocols": ["postfix/protocols-both", "postfix/protocols-swapped"],
    "parameters of Postfix that name others, also later ones": [
        "postfix/variable", "postfix/variable-braces", "postfix/variable-last"],
    "further instances of Postfix": [
        "boot/postfix@two.service", "golden/postfix-units", "golden/postfix-postmulti"],
    "setenv, presetenv and the unit's environment in HAProxy": [
        "haproxy/setenv", "haproxy/presetenv", "haproxy/unit"],
    "stats socket, and the peer that is this host": ["haproxy/stats-socket", "haproxy/peer"],
    ".if of HAProxy, and sections that are disabled": [
        "haproxy/if-defined-not", "haproxy/elif", "haproxy/disabled"],
    "variables, sums and expressions of lighttpd": [
        "lighttpd/bind-variable", "lighttpd/sockets", "lighttpd/include"],
    "several statements of unbound in a line, and a value in the next": [
        "unbound/one-line", "unbound/next-line"],
    "what switches listeners of unbound and nsd off": [
        "unbound/automatic", "unbound/no-ip6", "unbound/control-off", "nsd/no-ip6",
        "nsd/control-off"],
    "the first AddressFamily of sshd counts": ["sshd/first-family-in-include"],
    "management and local of OpenVPN, in files and options": [
        "openvpn/management", "openvpn/two-local", "openvpn/command-line",
        "openvpn/command-line-last", "openvpn/management-client"],
    "+= and the web server of PowerDNS": ["pdns/append", "pdns/webserver", "pdns/api"],
    "address, colon, port, and variables in PHP-FPM": ["php-fpm/compressed", "php-fpm/variable"],
    "a directory that stunnel includes": ["stunnel/include"],
    "listeners in radiusd.conf": ["freeradius/in-radiusd.conf"],
    "port = 0, merged blocks and protocols that are off in Dovecot": [
        "dovecot/port-0", "dovecot/merged-port-0", "dovecot/protocol-off"],
    "a wildcard of nginx covers the others of its port": ["nginx/wildcard-covers"],
    "an option of memcached without a blank": ["memcached/no-blank"],
    "-D of httpd in ExecStart=": ["golden/command-line-shipped"],
}

BOOTED = {service.unit for machine in MACHINES.values() for service in machine.services}


@pytest.mark.parametrize("names", SHAPES.values(), ids=SHAPES)
def test_cases_are_there(names: list[str]) -> None:
    for name in names:
        kind, _, case = name.partition("/")
        if kind == "golden":
            assert (SOURCE / "tests/golden/cases" / case).is_dir(), name
        elif kind == "boot":
            assert case in BOOTED, name
        else:
            found = [language for language in languages()
                     if language.name == kind and case in language.cases]
            assert found, name
            assert all(case not in language.differs for language in found), name
