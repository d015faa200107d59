# SPDX-License-Identifier: LGPL-2.1-or-later
"""The helper without sockets of a family, and without sysctls."""

import pytest
from lab import build, helper

ONE = "2001:db8::1"


@pytest.mark.parametrize("family", ["netlink", "inet6"])
def test_refused_sockets(net, family):
    """socket() fails for AF_NETLINK, as with RestrictAddressFamilies=, or for AF_INET6, as without IPv6."""
    result = net.run(build() / "tests" / "deny-socket", family, helper(), "--verbose", ONE)
    assert result.stderr.count("\n") == 1
    assert "Cannot watch the addresses of this machine" in result.stderr
    assert f"not waiting for {ONE}" in result.stderr


@pytest.mark.parametrize("family", ["netlink", "inet6"])
def test_refused_sockets_with_strict(net, family):
    """The helper does not know whether the address is ready."""
    command = [build() / "tests" / "deny-socket", family, helper(), "--strict", ONE]
    assert net.run(*command, check=False).returncode == 255


def test_refused_netlink_does_not_matter_to_an_address_that_is_ready(net):
    net.add(ONE, "nodad")
    result = net.run(build() / "tests" / "deny-socket", "netlink", helper(), "--strict", ONE)
    assert result.stderr == ""


def test_refused_ipv6_does_not_matter_to_what_needs_no_waiting(net):
    result = net.run(build() / "tests" / "deny-socket", "inet6", helper(), "--strict", "127.0.0.1")
    assert result.stderr == ""


def test_no_sysctls(net):
    """Without /proc/sys the helper cannot read ip_nonlocal_bind, and works all the same."""
    net.run("mount", "-t", "tmpfs", "tmpfs", "/proc/sys")
    running = net.waiting(ONE, "--strict", ONE)
    net.add(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)
