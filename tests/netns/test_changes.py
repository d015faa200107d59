# SPDX-License-Identifier: LGPL-2.1-or-later
"""Addresses and links that appear, disappear and change during the wait."""

ONE = "2001:db8::1"
TWO = "2001:db8::2"

# Seconds: longer than any test.
FOR_EVER = 1000


def assert_ready(run):
    assert (run.status, run.binds) == (0, 1)
    assert run.was_woken


def test_address_is_removed_and_comes_back(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.remove(ONE)
    net.dad_takes(0.1)
    net.add(ONE)
    assert_ready(running.finish())


def test_address_that_is_removed_is_no_longer_tentative(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.remove(ONE)
    run = running.give_up()
    assert run.status == 255
    assert f"{ONE}: not assigned" in run.stderr


def test_prefix_is_done_when_its_last_tentative_address_is_removed(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", "2001:db8::/64")
    net.remove(ONE)
    run = running.finish()
    assert (run.status, run.binds) == (0, 0)


def test_address_moves_to_another_interface(net):
    net.add_link("eth1")
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.remove(ONE)
    net.add(ONE, name="eth1")
    assert_ready(running.finish())


def test_address_moves_to_the_interface_asked_for(net):
    net.add_link("eth1")
    net.add(ONE, "nodad")
    running = net.waiting(ONE, "--strict", f"{ONE}%eth1")
    net.remove(ONE)
    net.add(ONE, name="eth1")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_two_holders_one_ready_and_one_tentative(net):
    net.add_link("eth1")
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    net.add(ONE, "nodad", name="eth1")
    run = net.start_helper(ONE, "--strict", "--timeout=0", ONE).finish()
    assert (run.status, run.binds) == (0, 1), "bind() decides, and one ready holder is enough"
    assert net.dadwait("--strict", "--timeout=0", f"{ONE}%eth0").returncode == 255
    assert net.dadwait("--strict", "--timeout=0", f"{ONE}%eth1").returncode == 0


def test_two_holders_the_second_becomes_ready(net):
    net.add_link("eth1")
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.add(ONE, name="eth1")
    assert_ready(running.finish())


def test_two_holders_one_duplicate_and_one_ready(net):
    net.add_link("eth1")
    net.duplicate(ONE)
    net.add(ONE)
    net.until_flag(ONE, "dadfailed")
    net.add(ONE, "nodad", name="eth1")
    run = net.start_helper(ONE, "--strict", "--timeout=0", ONE).finish()
    assert (run.status, run.binds) == (0, 1)


def test_duplicate_is_waited_for_again_when_assigned_afresh(net):
    net.duplicate(ONE)
    running = net.waiting(TWO, "--strict", ONE, TWO)
    net.add(ONE)
    assert "another host has it" in running.line()
    net.neighbour.ip(f"-6 address del {ONE}/64 dev eth0")
    net.remove(ONE)
    net.add(ONE)
    net.until(lambda: "tentative" not in net.flags(ONE), "DAD")
    net.add(TWO)
    run = running.finish()
    assert run.status == 0


def test_duplicate_that_fails_again_is_logged_again(net):
    net.duplicate(ONE)
    running = net.waiting(TWO, ONE, TWO)
    net.add(ONE)
    assert "another host has it" in running.line()
    net.remove(ONE)
    net.until_events_are_read()
    net.add(ONE)
    assert "another host has it" in running.line()
    net.add(TWO)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_owner_of_a_duplicate_goes_away(net):
    """The kernel does not repeat DAD by itself, so nothing changes."""
    net.duplicate(ONE)
    net.add(ONE)
    net.until_flag(ONE, "dadfailed")
    net.neighbour.ip(f"-6 address del {ONE}/64 dev eth0")
    run = net.start_helper(ONE, "--strict", "--timeout=infinity", ONE).finish()
    assert (run.status, run.binds) == (255, 0)


def test_carrier_comes_goes_and_comes(net):
    net.boot_without_carrier()
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    net.carrier(True)
    net.carrier(False)
    net.ip("link set eth0 down")
    net.ip("link set eth0 up")
    net.dad_takes(0.1)
    net.add(ONE)
    net.carrier(True)
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_carrier_flaps(net):
    """The first carrier starts DAD. From then on only setting the link down stops it."""
    net.boot_without_carrier()
    net.hold_dad()
    net.add(ONE)
    running = net.waiting(ONE, "--strict", ONE)
    for _ in range(3):
        net.carrier(True)
        net.carrier(False)
    net.end_dad()
    run = running.finish()
    assert_ready(run)


def test_prefix_is_done_when_the_carrier_goes(net):
    net.dad_takes(FOR_EVER)
    net.add(ONE)
    running = net.waiting(ONE, "--strict", "2001:db8::/64")
    net.carrier(False)
    run = running.finish()
    assert run.status == 0


def test_prefix_waits_when_the_carrier_comes_meanwhile(net):
    """eth0 has no carrier and would not be waited for. It gets one while the helper waits for eth1."""
    net.add_link("eth1")
    net.boot_without_carrier()
    net.hold_dad()
    net.add(ONE)
    net.dad_takes(FOR_EVER, name="eth1")
    net.add(TWO, name="eth1")
    running = net.waiting(ONE, "--strict", "2001:db8::/64")
    net.carrier(True)
    net.remove(TWO, name="eth1")
    net.until_events_are_read()
    assert running.process.poll() is None
    net.end_dad()
    assert_ready(running.finish())


def test_interface_is_renamed_to_the_name_asked_for(net):
    running = net.waiting("fe80::1%new0", "--strict", "fe80::1%new0")
    net.ip("link set eth0 down")
    net.ip("link set eth0 name new0")
    net.ip("link set new0 up")
    net.add("fe80::1", name="new0")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_interface_is_renamed_away(net):
    net.dad_takes(FOR_EVER)
    net.add("fe80::1")
    running = net.waiting("fe80::1%eth0", "--strict", "fe80::1%eth0")
    net.ip("link set eth0 down")
    net.ip("link set eth0 name new0")
    run = running.give_up()
    assert run.status == 255
    assert "fe80::1%eth0: there is no such interface" in run.stderr


def test_interface_is_deleted_and_created_again(net):
    net.add_link("eth1")
    net.dad_takes(FOR_EVER, name="eth1")
    net.add("fe80::1", name="eth1")
    running = net.waiting("fe80::1%eth1", "--strict", "fe80::1%eth1")
    net.ip("link del eth1")
    net.add_link("eth1")
    net.add("fe80::1", name="eth1")
    run = running.finish()
    assert (run.status, run.binds) == (0, 1)


def test_prefix_is_done_when_its_interface_is_deleted(net):
    net.add_link("eth1")
    net.dad_takes(FOR_EVER, name="eth1")
    net.add(ONE, name="eth1")
    running = net.waiting(ONE, "--strict", "any%eth1")
    net.ip("link del eth1")
    run = running.finish()
    assert run.status == 0


def test_interface_gets_an_alternative_name(net):
    net.add("fe80::1", "nodad")
    running = net.waiting("fe80::1%eth0", "--strict", "fe80::1%uplink")
    net.ip("link property add dev eth0 altname uplink")
    run = running.finish()
    assert run.status == 0


def test_port_that_leaves_its_bridge_is_not_deleted(net):
    """The kernel announces both as RTM_DELLINK."""
    net.ip("link add br0 type bridge")
    net.add_link("eth1")
    net.ip("link set eth1 master br0")
    net.dad_takes(FOR_EVER, name="eth1")
    net.add(ONE, name="eth1")
    running = net.waiting(ONE, "--strict", "any%eth1")
    net.ip("link set eth1 nomaster")
    run = running.give_up()
    assert run.status == 255, "its address is still undergoing DAD"
