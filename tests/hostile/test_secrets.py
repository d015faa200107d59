# SPDX-License-Identifier: LGPL-2.1-or-later
"""Files that not every user may read: nothing of them appears where every user may read it.

A secret is in private files of every kind, at every place of a line. The addresses in the same files
are still found.
"""

import os
import secrets
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lab import generator, plan
from tree import CANARY, CANARY_ADDRESS, HANG, Tree

ADDRESS = "2001:db8::9"


@dataclass
class Secret:
    """A tree with private files, in which the marker is the secret."""

    tree: Tree
    marker: str

    def directive(self, config: str, more: str = "") -> None:
        self.tree.unit("x.service")
        self.tree.write("etc/dadwait.d/x.conf",
                        "[x.service]\nFormat=directive\nConfig=/etc/x.conf\nDirective=listen\n"
                        "Include=include\nEnvironmentFile=/etc/default/x\n" + more)
        self.tree.write("etc/x.conf", config)

    def private(self, name: str, text: str) -> Path:
        path = self.tree.write(name, text.replace("SECRET", self.marker))
        path.chmod(0o600)
        return path


def hide_by_mode(path: Path) -> None:
    path.chmod(0o640)


def hide_by_directory(path: Path) -> None:
    """The target of a link, because its directory has other files that have to be readable."""
    hidden = path.parent / "hidden/below" / path.name
    hidden.parent.mkdir(parents=True)
    path.chmod(0o644)
    path.rename(hidden)
    path.symlink_to(hidden.relative_to(path.parent))
    (path.parent / "hidden").chmod(0o750)


def directive(secret: Secret) -> Path:
    secret.directive("")
    return secret.private("etc/x.conf", f"listen [{ADDRESS}]:443 user=admin password=SECRET\n"
                          f"listen [{ADDRESS}%SECRET/!]:80\nlisten SECRET.example:1\n"
                          "listen-on [2001:db8::8]:80 SECRET\n")


def own_format(secret: Secret, name: str) -> None:
    secret.tree.unit("x.service")
    secret.tree.write("etc/dadwait.d/x.conf", f"[x.service]\nFormat={name}\nConfig=/etc/x.conf\n")


def redis(secret: Secret) -> Path:
    own_format(secret, "redis")
    return secret.private("etc/x.conf", f'bind {ADDRESS} ::SECRET\nrequirepass "SECRET\n'
                          "include /SECRET\nrequirepass SECRET\nx-bind 2001:db8::8 SECRET\n")


def recursor(secret: Secret) -> Path:
    own_format(secret, "pdns-recursor")
    return secret.private("etc/x.conf", f"incoming:\n  listen: [{ADDRESS}] # SECRET\n"
                          "webservice:\n  address: SECRET\n  webserver: true\n  password: SECRET\n")


def directive_include(secret: Secret) -> Path:
    secret.directive("include /etc/part.conf\n")
    return secret.private("etc/part.conf", f"  Listen  [{ADDRESS}]:443 SECRET\n"
                          + "include SECRET/" + "x" * 300 + "/*\n")


def directive_environment(secret: Secret) -> Path:
    """A file that every user may read refers to a variable of a private one."""
    secret.directive(f"listen [{ADDRESS}]:1 $PASSWORD\nlisten [{ADDRESS}%a!$PASSWORD]:1\n"
                     + "include $PASSWORD/" + "[" * 10000 + "*\n")
    return secret.private("etc/default/x", "PASSWORD=SECRET\n")


def directive_option(secret: Secret) -> Path:
    secret.directive("", "Option=-l\n")
    secret.tree.write("etc/systemd/system/x.service",
                      "[Service]\nExecStart=/bin/x $OPTIONS\n")
    return secret.private("etc/default/x", f'OPTIONS="-l {ADDRESS},SECRET"\n')


def apache(secret: Secret) -> Path:
    secret.tree.apache("Include /etc/apache2/part.conf\n")
    return secret.private("etc/apache2/part.conf", f"Listen [{ADDRESS}]:443 SECRET\n"
                          f"Listen [{ADDRESS}]:80 https SECRET\nListen SECRET:80\n"
                          "ServerRoot /SECRET\n<IfVersion SECRET 2>\n</IfVersion>\n</SECRET>\n"
                          "<SECRET>\nInclude SECRET\nUse SECRET\nDefine a:SECRET\n")


def apache_define(secret: Secret) -> Path:
    secret.tree.apache("Include /etc/apache2/part.conf\n"
                       f"Listen [{ADDRESS}]:80 ${{X}}\nListen ${{X}}:80\nServerRoot /${{X}}\n"
                       "Use Site\nDefine ${X}: 1\n")
    return secret.private("etc/apache2/part.conf",
                          "Define X SECRET\n<Macro Site>\nListen 80 SECRET SECRET\n</Macro>\n")


def apache_environment(secret: Secret) -> Path:
    secret.tree.apache(f"Listen [{ADDRESS}]:80 ${{X}}\nListen ${{X}}:80\n")
    return secret.private("etc/apache2/envvars", "X=SECRET\n")


def ntp(secret: Secret) -> Path:
    secret.tree.ntp("includefile /etc/ntpsec/part.conf\n")
    return secret.private("etc/ntpsec/part.conf", f"interface listen {ADDRESS} SECRET\n"
                          "interface SECRET eth0\ninterface listen fe80::1%SECRET:SECRET:\n"
                          "includefile /SECRET\n")


def ntp_options(secret: Secret) -> Path:
    secret.tree.ntp("")
    return secret.private("etc/default/ntpsec",
                          f'NTPD_OPTS="-g -I {ADDRESS} --SECRET -I fe80::SECRET:1"\n')


def own_configuration(secret: Secret) -> Path:
    secret.tree.unit("x.service")
    return secret.private("etc/dadwait.conf",
                          f"[x.service]\nAddress={ADDRESS}\nAddress=SECRET\nSECRET=1\n"
                          "TimeoutSec=SECRET\n[SECRET]\nx=y\n[SECRET\nSECRET\nFormat=SECRET\n")


def unit_drop_in(secret: Secret) -> Path:
    secret.directive("", "Option=-l\n")
    secret.tree.write("etc/systemd/system/x.service",
                      "[Service]\nExecStart=/bin/x $OPTIONS\n")
    return secret.private("etc/systemd/system/x.service.d/x.conf",
                          f"[Service]\nEnvironment='OPTIONS=-l {ADDRESS},SECRET'\n")


def unit_environment_file(secret: Secret) -> Path:
    """A file that only the unit reads; its variables are in words that name configuration, and in one
    that cannot be known."""
    secret.directive("", "Option=-l\nConfigOption=-f\nDirectoryOption=--cd\n")
    secret.tree.write("etc/systemd/system/x.service",
                      "[Service]\nEnvironmentFile=/etc/x.env\n"
                      "ExecStart=/bin/x $OPTIONS -f ${A} -f ${A}%H --cd ${A} -f ${NONE}\n")
    return secret.private("etc/x.env", f'OPTIONS=-l {ADDRESS},SECRET -f /SECRET\nA=SECRET\n')


KINDS = [directive, redis, recursor, directive_include, directive_environment, directive_option,
         apache, apache_define, apache_environment, ntp, ntp_options, own_configuration,
         unit_drop_in, unit_environment_file]


@pytest.fixture
def secret(tree: Tree) -> Secret:
    return Secret(tree, "s" + secrets.token_hex(6))


def outputs(tree: Tree) -> dict[str, str]:
    """All that the generator prints and writes, started in each way."""
    said = {}
    for program, *arguments in ([generator(), tree.output], [plan()], [plan(), "--json"]):
        result = subprocess.run([program, f"--root={tree.root}", *arguments], text=True,
                                capture_output=True, timeout=HANG)
        assert result.returncode == 0
        said[f"stdout {arguments}"] = result.stdout
        said[f"stderr {arguments}"] = result.stderr
    for path in tree.output.rglob("*.conf"):
        said[f"{path.parent.name}/{path.name}"] = path.read_text()
    return said


def lines_of(said: dict[str, str], kind: Callable) -> list[str]:
    """The drop-in of the service that is not CANARY."""
    [name] = [name for name in said if name.endswith(".conf") and not name.startswith(CANARY)
              and not name.startswith("dadwait-reload")]
    return said[name].splitlines()


@pytest.mark.parametrize("hide", [None, hide_by_mode, hide_by_directory],
                         ids=["0600", "0640", "directory"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_secret_stays_secret(secret: Secret, kind: Callable, hide: Callable | None) -> None:
    path = kind(secret)
    if hide:
        hide(path)

    said = outputs(secret.tree)

    assert [name for name, text in said.items() if secret.marker in text] == []
    lines = lines_of(said, kind)
    assert lines[-1].split()[-1] == ADDRESS
    assert CANARY_ADDRESS in said[f"{CANARY}.d/zz-dadwait.conf"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_is_hidden_that_all_may_read(secret: Secret, kind: Callable) -> None:
    """Otherwise the test above would prove nothing: of a public file the marker is shown."""
    kind(secret).chmod(0o644)

    said = outputs(secret.tree)

    assert any(secret.marker in text for text in said.values())


@pytest.mark.parametrize(("kind", "comment"), [
    (directive, "# /etc/x.conf:1  listen"),
    (directive_include, "# /etc/part.conf:1  listen"),
    (apache, "# /etc/apache2/part.conf:1  Listen"),
    (ntp, "# /etc/ntpsec/part.conf:1  interface"),
    (own_configuration, "# /etc/dadwait.conf:2  Address"),
])
def test_keyword_file_and_line_are_shown(secret: Secret, kind: Callable, comment: str) -> None:
    if kind is apache:
        kind = apache_listen
    kind(secret)

    assert comment in lines_of(outputs(secret.tree), kind)


def apache_listen(secret: Secret) -> Path:
    secret.tree.apache("Include /etc/apache2/part.conf\n")
    return secret.private("etc/apache2/part.conf", f"LISTEN [{ADDRESS}]:443 SECRET\n")


def test_no_keyword_that_was_not_looked_for(secret: Secret) -> None:
    """The first word of a line may be the secret, with Directive=*."""
    secret.directive("", "Directive=*\n")
    secret.private("etc/x.conf", f"SECRET [{ADDRESS}]:1\n")

    said = outputs(secret.tree)

    assert [name for name, text in said.items() if secret.marker in text] == []
    assert "# /etc/x.conf:1" in lines_of(said, directive)


def test_other_services_show_all(secret: Secret) -> None:
    """Private files of one service hide nothing of the next service."""
    directive(secret)
    secret.tree.unit("y.service")
    secret.tree.write("etc/dadwait.d/y.conf", "[y.service]\nFormat=directive\n"
                      "Config=/etc/y.conf\nDirective=listen\n")
    secret.tree.write("etc/y.conf", f"listen [{ADDRESS}]:1 and more\nlisten [{ADDRESS}%a!b]:1\n")

    said = outputs(secret.tree)

    assert "and more" in said["y.service.d/zz-dadwait.conf"]


def test_socket_unit(secret: Secret) -> None:
    secret.private("etc/systemd/system/x.socket", f"[Socket]\nListenStream=[{ADDRESS}]:80%SECRET\n")
    secret.tree.write("etc/dadwait.conf", "[sockets]\nFreeBind=yes\n")

    said = outputs(secret.tree)

    assert [name for name, text in said.items() if secret.marker in text] == []
    assert (f"# /etc/systemd/system/x.socket  ListenStream={ADDRESS}"
            in said["x.socket.d/zz-dadwait.conf"].splitlines())


def test_reason_is_shown(secret: Secret) -> None:
    """Only the generator's words, and the text of an error, are shown."""
    secret.directive("")
    secret.private("etc/x.conf", "include /etc/loop.conf\n")
    secret.tree.path("etc/loop.conf").symlink_to("loop.conf")

    outcome = secret.tree.run()

    assert f"/etc/loop.conf: Cannot read: {os.strerror(40)}\n" in outcome.stderr


def test_reason_of_an_unknown_address_is_shown(secret: Secret) -> None:
    secret.directive("")
    secret.private("etc/x.conf", "listen SECRET.example\n")

    assert ("/etc/x.conf:1: names are not resolved before the network is up; give the address"
            in secret.tree.run().stderr)


# A value whose quotation mark is missing, so that it goes on to the end of the file.
UNENDED = 'CONF="/etc/x.conf\nPASSWORD=SECRET\n'

NAMES = {
    "missing": UNENDED,
    "too long": UNENDED + "A" * 300,
    "below a file": 'CONF="/etc/hostname/x\nSECRET\n',
    "one line": 'CONF="/etc/x SECRET"\n',
}


@pytest.mark.parametrize("environment", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("language", ["ntp", "directive\nDirective=listen"], ids=["ntp", "other"])
def test_name_of_no_file_stays_secret(secret: Secret, environment: str, language: str) -> None:
    """Only the name of a file that exists is one; other text is not."""
    secret.tree.write("etc/hostname", "x\n")
    secret.tree.write("usr/lib/systemd/system/dadwait-reload.path", "[Path]\n")
    secret.tree.write("etc/systemd/system/multi-user.target.wants/dadwait-reload.path", "")
    secret.tree.write("etc/systemd/system/x.service", "[Service]\nEnvironmentFile=/etc/x.env\n"
                      "ExecStart=/bin/x -c ${CONF}\n")
    secret.tree.write("etc/dadwait.d/x.conf",
                      f"[x.service]\nFormat={language}\nConfigOption=-c\n")
    secret.private("etc/x.env", environment)

    said = outputs(secret.tree)

    assert [name for name, text in said.items() if secret.marker in text] == []
    assert "/etc/x.env" in said["dadwait-reload.path.d/zz-dadwait.conf"]


def test_settings_of_a_private_unit_stay_secret(secret: Secret) -> None:
    """A setting that is the reason for what is decided is named, without its value."""
    secret.private("etc/systemd/system/x.service", "[Unit]\nJobTimeoutSec=5 SECRET\n"
                   "[Service]\nExecStart=/bin/x\nRootDirectory=/srv/SECRET\n")
    secret.tree.write("etc/dadwait.conf", f"[x.service]\nAddress={ADDRESS}\n")

    said = outputs(secret.tree)

    assert [name for name, text in said.items() if secret.marker in text] == []
    assert " in a unit of its own (RootDirectory=(not shown))" in said["stdout []"]


def test_what_is_ignored_is_shown(secret: Secret) -> None:
    """The key, from the administrator's own file of mode 0600."""
    secret.tree.unit("x.service")
    secret.private("etc/dadwait.conf",
                   f"[x.service]\nAddress={ADDRESS}\nIgnoreAddress={ADDRESS}\nSECRET=1\n")

    said = outputs(secret.tree)

    assert ", by IgnoreAddress in /etc/dadwait.conf:3\n" in said["stdout []"]


@pytest.mark.parametrize("mode", [0o600, 0o644])
@pytest.mark.parametrize("name", ["own.service", "own.service.d/x.conf"])
def test_command_line_of_an_unknown_unit(secret: Secret, name: str, mode: int) -> None:
    """The plan shows a word of it, if every user may read the unit and all its drop-ins."""
    secret.tree.unit("own.service")
    secret.tree.write("etc/systemd/system/multi-user.target.wants/own.service", "")
    text = f"[Service]\nExecStart=\nExecStart=/bin/x --bind=SECRET,[{ADDRESS}]:80\n"
    secret.private(f"etc/systemd/system/{name}", text).chmod(mode)

    said = outputs(secret.tree)

    assert any(secret.marker in text for text in said.values()) == (mode == 0o644)
