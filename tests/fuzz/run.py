# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run a fuzz target for DADWAIT_FUZZ_SECONDS (60), with its corpus and the cases of tests/oracle.

    run.py NAME PROGRAM [libFuzzer's options]
"""

import importlib
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "oracle")]

APACHE_WORDS = """
    <IfDefine <IfModule <IfVersion <IfFile <IfDirective <IfSection <Macro <VirtualHost <Perl </ </Macro>
    </IfDefine> </IfModule> </VirtualHost> Define UnDefine Include IncludeOptional ServerRoot Listen
    LoadModule Use UndefMacro ${ } $a @a [2001:db8::1]:80 [fe80::1%eth0]:80 ! >= ~ /2.4/ * ? [ ] .. .
    -D export if then else elif fi ##
""".split()
NTP_WORDS = """
    interface nic listen ignore drop all ipv4 ipv6 wildcard includefile 2001:db8::/64 fe80::1%eth0
    # -I -L -c NTPD_OPTS=
""".split()
NTP_SEEDS = [
    "interface listen 2001:db8::1\ninterface ignore wildcard\n",
    "nic drop ipv6\nincludefile /etc/ntpsec/ntp.d\n=== /etc/ntpsec/ntp.d/a.conf\nserver pool\n",
    "interface listen eth0\n=== /etc/default/ntpsec\nNTPD_OPTS=\"-g -I eth0\"\n",
]


DIRECTIVE_WORDS = """
    bind in listen list include never yes only free { } { } ; # = : [sec] 2001:db8::1 fe80::1%eth0
    tcp6@ @53 :80 [::2]:80 -::2 ${NAME} $NAME
    [ ] , // /* */ eth0/::2 <?include ?> null
""".split()
DIRECTIVE_SEEDS = [
    "bind [2001:db8::1]:80 free\ninclude /etc/*.d\n=== /etc/daemon.d/a\nbind ::2 \\\n ::3\n",
    "in a {\n listen = 2001:db8::1@53, '::2' # x\n}\nlist { ::3; ::4; };\nonly: yes\n",
    "[sec]\nbind=tcp6@2001:db8::1#53\n=== /etc/default/daemon\nNAME=\"::2\"\n",
    '{ "bind": [ "eth0", "eth1/2001:db8::1", { "x": null } ], # x\n'
    '"in": { "listen": "tcp:\\/\\/[::2]:80" }, "list": <?include "/etc/list"?> }\n=== /etc/list\n[ "*" ]\n',
]

YAML_WORDS = """
    bind: in: listen: list: include: only: { } [ ] , - : # // /* */ --- ... | > & * ! << ' [::2]:80 2001:db8::1
""".split()
YAML_SEEDS = [
    "bind: [ '::2', \"[::3]:80\" ] # x\nin:\n  listen:\n    - ::4\n    - x: {y: ::5}\n",
    "---\nin: { listen: ::2, x: [] }\nlist:\n- &a\n  bind: |\n    ::3\n- !x ::4\n...\n",
    '{ "bind": "::2", // x\n "in": { "listen": [ "::3" ] }, "include": "/etc/*.yml" }\n',
]


OTHER_WORDS = {
    "configuration": """
        [dadwait] .service] [a.service] [a@.service] [alias.service] Enable= Format= Config= Address=
        IgnoreAddress= TimeoutSec= OnTimeout= fail Hook= ExecCondition EnvironmentFile= Directive= %i
        Option=-a ExecStart=/x ConfigOption=-f ConfigOption=1 DirectoryOption=-C ConfigSearch=first */x
        ConfigRepeat=replace Flags=xf -xf/etc/x
        ExecStart=/bin/sh /usr/bin/env exec $$ ${A} $A -@:+!| ; -f/etc/x Environment="A=
        UnsetEnvironment= PassEnvironment= WorkingDirectory=/srv EnvironmentFile=-/etc/*.env %H %n %f
        [Unit] [Service] [Manager] DefaultTimeoutStartSec= TimeoutStartSec= Type=oneshot Sockets=
        Before=network.target DefaultDependencies=no any 2001:db8::1 fe80::1%eth0 /32 infinity
        /etc/fstab x-initrd.mount .mount RootDirectory= JobTimeoutSec= /etc/dadwait.conf
        /etc/dadwait.d/ /lib/ .service.d/ /etc/systemd/system/ sockets.target.wants/
    """.split(),
    "quadlet": """
        [Container] [Pod] [Kube] [Service] PublishPort= PodmanArgs= ServiceName= Network=host [2001:db8::1]:80
        :8080-8081: /udp -p --publish= %i %% $
    """.split(),
    "timespan": "infinity usec us msec ms seconds s minutes h d w M months y + - . 0".split()
    + [str(2 ** 63 - 1), str(2 ** 64)],
    "pattern": "any / % :: fe80: /128 /0 ffff:0.0.0.0 %eth0 2001:db8::1".split(),
    "messages": [],
}


# Formats whose module of tests/oracle/languages has another name.
MODULES = {"option_files": "memcached", "pdns_recursor": "pdns", "nsd": "unbound"}


def corpus_of(name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((TESTS / "fuzz/corpus" / name).glob("*"))]


def apache_seeds() -> list[bytes]:
    import apache_cases
    import apache_trees
    from httpd import Link
    from random_config import Config

    trees = [case if isinstance(case, dict) else {"apache2.conf": case}
             for group in (apache_cases.LINES, apache_cases.ADDRESSES, apache_cases.VARIABLES,
                           apache_cases.SECTIONS, apache_cases.MODULES_AND_VERSIONS,
                           apache_trees.INCLUDES, apache_trees.MACROS)
             for case in group.values()]
    trees += [files for layout, files in apache_trees.LAYOUTS.values() if "debian" in layout]
    trees += [Config(seed).files for seed in range(50)]

    def entry(name: str, content: bytes | str | Link) -> bytes:
        path = str(Path("/etc/apache2", name))
        if isinstance(content, Link):
            return f"=== {path} -> {content.target}\n".encode()
        return f"=== {path}\n".encode() + (content.encode() if isinstance(content, str) else content)

    return [b"".join(entry(*item) for item in tree.items()) for tree in trees]


def ntp_seeds() -> list[bytes]:
    return [b"=== /etc/ntpsec/ntp.conf\n" + seed.encode() for seed in NTP_SEEDS]


def seeds_of_definitions(file: str, texts: list[str]) -> list[bytes]:
    # The first byte chooses the language.
    return [bytes([choice]) + f"\n=== {file}\n{text}".encode()
            for text in texts for choice in range(32)]


def directive_seeds() -> list[bytes]:
    return seeds_of_definitions("/etc/daemon.conf", DIRECTIVE_SEEDS)


def yaml_seeds() -> list[bytes]:
    return seeds_of_definitions("/etc/daemon.yml", YAML_SEEDS)


def language_seeds(name: str) -> list[bytes]:
    """The configurations that tests/oracle asks the daemon about."""
    languages = importlib.import_module(f"languages.{MODULES.get(name, name)}").LANGUAGES
    configurations = [configuration for language in languages for configuration in [
        *language.cases.values(),
        *(language.random(random.Random(seed)) for seed in range(50) if language.random)]]
    return [b"".join(f"=== {path}\n{text}\n".encode() for path, text in configuration.files.items())
            for configuration in configurations]


def words_of(seeds: list[bytes]) -> list[str]:
    """What a seed has between blanks, for the dictionary, unless it needs an escape there."""
    words = {word for seed in seeds for word in seed.decode().split()}
    return sorted(word for word in words if not {"\\", '"'} & set(word) and word.isascii())[:500]


def main(name: str, program: str, *options: str) -> int:
    make_seeds, words = {
        "apache": (apache_seeds, APACHE_WORDS),
        "directive": (directive_seeds, DIRECTIVE_WORDS),
        "directive_yaml": (yaml_seeds, YAML_WORDS),
        "ntp": (ntp_seeds, NTP_WORDS),
        **{other: (list, words) for other, words in OTHER_WORDS.items()},
    }.get(name, (lambda: language_seeds(name), None))
    seeds = make_seeds()
    words = words_of(seeds) if words is None else words
    with tempfile.TemporaryDirectory() as directory:
        corpus = Path(directory, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(seeds + corpus_of(name)):
            (corpus / str(number)).write_bytes(seed)
        dictionary = Path(directory, "words")
        dictionary.write_text("".join(f'"{word}"\n' for word in words + ["=== /etc/", " -> "]))
        return subprocess.run([
            program, f"-max_total_time={os.environ.get('DADWAIT_FUZZ_SECONDS', '60')}",
            "-error_exitcode=1",  # the default, 77, would count as a skipped test
            "-timeout=20", "-max_len=8192", "-close_fd_mask=2", "-print_final_stats=1",
            f"-dict={dictionary}", f"-artifact_prefix={Path(program).parent}/", *options, corpus,
        ]).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
