# SPDX-License-Identifier: LGPL-2.1-or-later
"""The generator does not enter automount points.

During a daemon-reload systemd waits for its generators, and a process that enters an automount point
of systemd waits for systemd. Here no process answers the kernel's request to mount.
"""

import os

import pytest
from lab import plan
from lab.netns import HANG, Namespace

CONFIGURATION = """\
[automount.service]
Format=directive
Config={}
Directive=bind
"""


@pytest.fixture
def namespace():
    if os.geteuid() != 0:
        pytest.skip("namespaces need root")
    namespace = Namespace()
    yield namespace
    namespace.close()


@pytest.fixture(params=["direct"])
def automount(namespace: Namespace, request: pytest.FixtureRequest):
    """The path of an automount point, in which every process hangs that is not of this process group.

    The parameter is the type, autofs(5). Those of systemd are direct.
    """
    ours, kernels = os.pipe()
    os.set_blocking(ours, False)
    namespace.run("mkdir", "-p", "/run/automount", "/run/dadwait.d", "/run/systemd/system")
    options = f"fd={kernels},pgrp={os.getpgrp()},minproto=5,maxproto=5,{request.param}"
    namespace.run("mount", "-t", "autofs", "-o", options, "test", "/run/automount",
                  pass_fds=[kernels])
    os.close(kernels)
    yield "/run/automount"
    assert not asked(ours), "something went into the automount point"
    os.close(ours)


def asked(pipe: int) -> bool:
    try:
        return bool(os.read(pipe, 1))
    except BlockingIOError:
        return False


def generate(namespace: Namespace, config: str):
    namespace.run("tee", "/run/systemd/system/automount.service",
                  input="[Service]\nExecStart=/bin/true\n")
    namespace.run("tee", "/run/dadwait.d/automount.conf", input=CONFIGURATION.format(config))
    return namespace.run(plan(), start_new_session=True, timeout=HANG)


def test_config_behind_it(namespace: Namespace, automount: str) -> None:
    result = generate(namespace, f"{automount}/daemon.conf")

    # The machine that runs the test may have services as well.
    assert "automount.service.d/" not in result.stdout
    assert f"{automount}/daemon.conf: " in result.stderr
    assert "automount point" in result.stderr


def test_link_to_it(namespace: Namespace, automount: str) -> None:
    namespace.run("ln", "-s", f"..{automount}/daemon.conf", "/run/daemon.conf")

    result = generate(namespace, "/run/daemon.conf")

    assert "/run/daemon.conf: " in result.stderr
    assert "automount point" in result.stderr


def test_beside_it(namespace: Namespace, automount: str) -> None:
    namespace.run("mkdir", "/run/real")
    namespace.run("ln", "-s", "/run/./real", "/run/way")
    namespace.run("tee", "/run/real/file", input="bind 2001:db8::1\n")
    namespace.run("ln", "-s", "file", "/run/real/daemon.conf")

    result = generate(namespace, "/run/../run/way//daemon.conf")

    assert "automount.service.d/" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("automount", ["indirect"], indirect=True)
def test_indirect_mounted(namespace: Namespace, automount: str) -> None:
    """The automount point of an indirect map is never mounted over, only its subdirectories are."""
    namespace.run("mkdir", f"{automount}/key")
    namespace.run("mount", "-t", "tmpfs", "tmpfs", f"{automount}/key")
    namespace.run("tee", f"{automount}/key/daemon.conf", input="bind 2001:db8::1\n")

    result = generate(namespace, f"{automount}/key/daemon.conf")

    assert "automount.service.d/" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("automount", ["indirect"], indirect=True)
@pytest.mark.parametrize("name", ["other", "ke", "key2", "k"])
def test_indirect_beside_what_is_mounted(
    namespace: Namespace, automount: str, name: str
) -> None:
    namespace.run("mkdir", f"{automount}/key", f"{automount}/k")
    namespace.run("mount", "-t", "tmpfs", "tmpfs", f"{automount}/key")

    result = generate(namespace, f"{automount}/{name}/daemon.conf")

    assert "automount.service.d/" not in result.stdout
    assert "automount point" in result.stderr


@pytest.mark.parametrize("automount", ["indirect"], indirect=True)
def test_indirect_with_an_automount_point_on_it(namespace: Namespace, automount: str) -> None:
    """A key of an indirect map may contain automount points of its own."""
    ours, kernels = os.pipe()
    os.set_blocking(ours, False)
    options = f"fd={kernels},pgrp={os.getpgrp()},minproto=5,maxproto=5,offset"
    namespace.run("mkdir", f"{automount}/key")
    namespace.run("mount", "-t", "autofs", "-o", options, "test", f"{automount}/key",
                  pass_fds=[kernels])
    os.close(kernels)

    result = generate(namespace, f"{automount}/key/daemon.conf")

    assert "automount point" in result.stderr
    assert not asked(ours)
    os.close(ours)
