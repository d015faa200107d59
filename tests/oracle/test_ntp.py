# SPDX-License-Identifier: LGPL-2.1-or-later
"""ntpd on a machine with several addresses binds what the generator finds."""

import os
import re

import pytest

import daemon_run
import generator_run
from ntp_rules import IPV4, RandomRules, make_tree, run_ntpd, waited_for


@pytest.fixture
def compare(tmp_path):
    """Runs both with a configuration. Returns the addresses to wait for, those bound, and the run."""
    root = generator_run.make_root(tmp_path / "root", "ntpsec.service")

    def compare(config: str | None, options: str = "", files: dict[str, str] | None = None,
                release: str = "bookworm"):
        run = run_ntpd(make_tree(root, config, options, files or {}), options, release)
        by_default = generator_run.patterns(root, "ntpsec.service")
        generator_run.ask_for_both_families(root)
        patterns = generator_run.patterns(root, "ntpsec.service")
        assert by_default == [pattern for pattern in patterns if not daemon_run.is_ipv4(pattern)]
        # ntpd binds what is assigned. Only an address that is named may come late.
        text = " ".join([config or "", options, *(files or {}).values()])
        named = {address for addresses in IPV4.values() for address in addresses
                 if re.search(rf"(?<!ignore  ){re.escape(address)}(?!/\d)", text)}
        bound = run.waits()
        assert set(filter(daemon_run.is_ipv4, patterns)) == bound & named
        return waited_for(patterns), bound - set(filter(daemon_run.is_ipv4, bound)), run

    return compare


EXACT = [
    "",
    "driftfile /nonexistent\n# interface listen eth0\n",
    "interface listen eth0",
    " nic\tdrop   eth0 # comment\r\n",
    "nic listen all",
    "nic listen ipv6",
    "nic drop ipv6",
    "nic listen ipv4",
    "nic listen wildcard",
    "nic ignore wildcard",
    "nic ignore ipv6",
    "nic ignore 2001:db8:1::1",
    "nic listen 2001:db8:1::1",
    "nic listen 2001:DB8:1:0::1",
    "nic listen [2001:db8:1::1]",
    "nic listen [2001:db8:1::7]/64",
    "nic listen 2001:db8:1::/48",
    "nic listen 2001:db8:1::1/127",
    "nic listen 2001:db8:1::1/x",
    "nic listen 2001:db8:1::1/-1",
    "nic listen 2001:db8:1::1/999",
    "nic listen ::/0",
    "nic listen fe80::1",
    "nic listen fe80::1/128",
    "nic listen fe80::1%eth0",
    "nic listen fe80::%eth0/10",
    "nic listen fe80::/10%eth0",
    "nic listen 2001:db8:1::1%eth0",
    "nic listen 2001:db8:1::zz",
    "nic listen 192.0.2.1",
    "nic listen 192.0.2.0/24",
    "nic listen eth0:1",
    "nic listen *",
    "nic listen \"eth0\"",
    "nic listen \"eth0",
    "nic listen et\"h0\"",
    "nic listen eth0#x",
    "nic listen \"all\"",
    "nic listen eth0,enP1",
    "nic listen eth0 enP1",
    "nic listen all foo",
    "nic listen 3",
    "nic listen ,eth0",
    "nic,listen eth0",
    "NIC listen eth0",
    "\"nic\" listen eth0",
    "nic \"listen\" eth0",
    "nic listen\neth0\n",
    "nic listen e\xc3\xa4th0",
    "garbage {\nnic listen eth0",
    "nic listen eth0\nend\nnic listen ::/0",
    "end\nnic listen eth0",
    "nic listen eth0\nnic ignore eth0",
    "nic ignore eth0\nnic listen eth0",
    "nic listen eth0\nnic ignore all",
    "nic ignore all\nnic listen eth0",
    "nic listen 2001:db8:1::1\nnic ignore 2001:db8:1::/64",
    "nic ignore 2001:db8:1::/64\nnic listen 2001:db8:1::1",
    "nic listen fe80::1%eth0\nnic ignore eth0",
    "nic listen fe80::1%eth0\nnic ignore fe80::/10",
    "nic listen eth0\nnic ignore all\nnic listen 2001:db8:2::5",
    "nic ignore 2001:db8:1::1\nnic listen all",
    "nic listen 192.0.2.1\nnic ignore ipv4",
    "nic listen 192.0.2.1\nnic ignore ipv6",
    "nic listen 192.0.2.1\nnic ignore all",
    "nic listen 192.0.2.1\nnic listen ipv4",
    "nic listen 192.0.2.1\nnic listen 203.0.113.1\nnic ignore 192.0.2.0/24",
    "nic ignore 192.0.2.0/24\nnic drop 192.0.2.1",
    "nic ignore ipv4\nnic listen 192.0.2.1\nnic listen 203.0.113.1",
    "nic listen 192.0.2.1\nnic ignore *",
    "nic listen 192.0.2.1\nnic listen 2001:db8:1::1\nnic ignore ::/0",
    "nic listen 192.0.2.1\nnic listen 2001:db8:1::1\nnic ignore 0.0.0.0/0",
    "nic listen all\nnic ignore ipv6",
    "nic listen ::ffff:192.0.2.1",
    "nic listen 192.0.2.1/x",
    "nic listen 192.0.2.1/99",
]


@pytest.mark.parametrize("config", EXACT)
def test_rules(compare, config):
    waited, bound, run = compare(config)
    assert run.seen, run.output
    assert waited == bound


# As people reported them, in other words
REPORTED = [
    "driftfile /nonexistent\nrestrict -4 default kod notrap nomodify nopeer noquery\n"
    "restrict -6 default kod notrap nomodify nopeer noquery\nrestrict 127.0.0.1\nrestrict ::1\n"
    "restrict 2001:db8:1:: mask ffff:ffff:: nomodify\ninterface ignore wildcard\n"
    "interface listen 127.0.0.1\ninterface listen ::1\ninterface listen 2001:db8:1::1\n",
    "interface drop all\ninterface listen eth0\n",
    "interface ignore all\ninterface listen lo\ninterface listen 2001:db8:2::1\n",
    "interface ignore wildcard\ninterface ignore ipv6\ninterface listen 192.0.2.1\n",
    "interface listen 2001:db8:1::1\ninterface listen 2001:db8:2::1\nbroadcast ff02::101\n",
    "listen on 2001:db8:1::1\nserver 192.0.2.9\n",
    "interface listen on 2001:db8:1::1\n",
    "server 2001:db8:9::9 iburst key 3\nkeys /nonexistent\ntrustedkey 3\ntinker panic 0\n"
    "interface ignore wildcard\ninterface listen eth0:0\ninterface listen fe80::1\n",
    "interface listen 2001:db8:1::1 mask ffff::\nrestrict source nomodify\n",
    "extra port 124\ninterface listen 2001:db8:1::1\n",
    "interface ignore eth1\n",
]


@pytest.mark.parametrize("release", ["bookworm", "trixie"])
@pytest.mark.parametrize("config", REPORTED)
def test_reported_rules(compare, config, release):
    waited, bound, run = compare(config, release=release)
    assert run.seen, run.output
    assert waited == bound


OF_FAMILIES = [config for config in EXACT if re.search(r"ipv|192\.", config)]


@pytest.mark.parametrize("config", OF_FAMILIES)
def test_rules_of_families_on_trixie(compare, config):
    waited, bound, run = compare(config, release="trixie")
    assert run.seen, run.output
    assert waited == bound


@pytest.mark.parametrize("config", [
    "nic listen all\nnic ignore 2001:db8:1::1",
    "nic listen all\nnic ignore eth0",
    "nic listen eth0\nnic ignore 2001:db8:1::/64",
    "nic listen eth*",
    "nic listen ENp1",
    "nic listen enP1",
    "nic listen enP*\nnic ignore 2001:db8:2::5",
    "nic listen 2001:db8:1::1\nnic ignore eth0",
])
def test_rules_that_patterns_cannot_say(compare, config):
    waited, bound, run = compare(config)
    assert run.seen, run.output
    assert bound < waited


@pytest.mark.parametrize("options", [
    "-I eth0",
    "-Ieth0",
    "-I 2001:db8:1::1",
    "-I [2001:db8:1::1]",
    "-I 2001:db8:1::/64",
    "-I fe80::1",
    "-I fe80::1%eth0",
    "-I eth0 -I 2001:db8:2::5",
    "-I eth0,eth1",
    "--interface=eth0",
    "--int eth0",
    "-4",
    "--ipv4 -I eth0",
    "-46",
    "-6",
    "-64",
    "-I 192.0.2.1",
    "-4 -I 192.0.2.1",
    "-6 -I 192.0.2.1 -I eth0",
    "-4 -I 2001:db8:1::1 -I 203.0.113.1",
    "-L",
    "--novirtualips",
    "-U 5 -I eth0",
])
def test_options(compare, options):
    waited, bound, run = compare("driftfile /nonexistent", options)
    assert run.seen, run.output
    assert waited == bound


@pytest.mark.parametrize("options", ["-I eth0", "-L"])
def test_rules_besides_options(compare, options):
    waited, bound, run = compare("nic listen eth0", options)
    assert "not allowed" in run.output
    assert waited == bound == set()


@pytest.mark.parametrize("config, files", [
    ("includefile sub/x\nnic ignore 2001:db8:1::1/128\n",
     {"sub/x": "nic listen 2001:db8:1::1\nincludefile y\n", "sub/y": "nic listen 2001:db8:2::1\n"}),
    ("includefile \"sub\"",
     {"sub/a.conf": "nic listen eth0\n", "sub/b.conf": "nic ignore all", "sub/c": "nic listen all"}),
    ("includefile sub", {"sub/x.conf/a.conf": "nic listen eth0", "sub/x.conf/b": "nic listen all"}),
    ("includefile missing\nnic listen eth0", {}),
    ("includefile sub", {"sub/a": "nic listen eth0"}),
    ("includefile x\nnic listen 2001:db8:2::1", {"x": "nic listen eth0\nend"}),
    ("nic ignore all", {"ntp.d/a.conf": "nic listen eth0", "ntp.d/b.txt": "nic listen all"}),
    ("nic ignore all\nend",
     {"ntp.d/b.conf": "nic listen 2001:db8:2::1",
      "ntp.d/a.conf": "nic ignore 2001:db8:2::/64\nincludefile x", "ntp.d/x": "nic listen eth0"}),
    ("", {"ntp.d/b.conf": "nic listen eth0\nend", "ntp.d/a.conf": "nic listen all"}),
    (None, {"ntp.d/a.conf": "nic listen eth0"}),
    (None, {}),
    # Each file has an address of its own, which shows how deep ntpd reads.
    ("includefile n1", {f"n{i}": f"nic listen {address}\nincludefile n{i + 1}\n" for i, address in
                        enumerate(["2001:db8:1::1", "2001:db8:1::2", "2001:db8:1:1::1",
                                   "fe80::1%eth0", "2001:db8:2::1", "2001:db8:2::5",
                                   "2001:db8:f::5"], 1)}),
    ("", {f"ntp.d/{i}.conf": f"includefile {i}" for i in range(7)} |
         {f"ntp.d/{i}": f"nic listen {address}\n" for i, address in
          enumerate(["2001:db8:1::1", "2001:db8:1::2", "2001:db8:1:1::1", "fe80::1%eth0",
                     "2001:db8:2::1", "2001:db8:2::5", "2001:db8:f::5"])}),
])
def test_files(compare, config, files):
    waited, bound, run = compare(config, files=files)
    assert run.seen, run.output
    assert waited == bound


# Other seeds: as in test_languages.py.
SEEDS, _, FIRST = os.environ.get("DADWAIT_RANDOM", "20").partition("@")


@pytest.mark.parametrize("seed", range(int(FIRST or 0), int(FIRST or 0) + int(SEEDS)))
def test_random_rules(compare, seed):
    made = RandomRules(seed)
    waited, bound, run = compare(made.config, made.options, files=made.files,
                                 release=("bookworm", "trixie")[seed % 2])
    assert run.seen, run.output
    assert bound <= waited
    if made.can_be_said():
        assert bound == waited
