# SPDX-License-Identifier: LGPL-2.1-or-later
"""A stock Debian with the configuration that most boots test.

ifupdown configures one primary address and three secondary ones. Apache listens on the secondary
addresses, ntpd on every address of the machine.
"""

from lab.address_monitor import AddressMonitor
from lab.base_system import BOOT, base_system
from lab.container import HOLD, NETWORK, Container

PRIMARY = "2001:db8:e001:b1::a"
ADDRESSES = tuple(f"2001:db8:e001:b1::{n}" if n else "2001:db8:e001:b1::" for n in range(3))
PACKAGES = (*BOOT, "ifupdown", "apache2", "ntpsec", "libinih1")

INTERFACES = f"""\
auto lo
iface lo inet loopback

auto eth0
iface eth0 inet6 static
        address {PRIMARY}/64
""" + "".join(
    f"        up /sbin/ip -6 addr add {address}/64 dev eth0 preferred_lft 0\n"
    for address in ADDRESSES
)


def held(interfaces: str) -> str:
    """The same, but that DAD of the secondary addresses lasts until end_dad(). ifupdown waits for that
    of the primary one."""
    return interfaces.replace("        up ", f"        up {' '.join(HOLD)}\n        up ", 1)


# ntpd has no CAP_SYS_TIME: it must not set the clock of the machine that runs the test. So the unit's
# condition on that capability is removed, and option -u, which needs it.
NTPD = """\
[Unit]
ConditionCapability=
[Service]
ExecStart=
ExecStart=/usr/sbin/ntpd -p /run/ntpd.pid -c /etc/ntpsec/ntp.conf -g -N
"""


def bracketed(address: str) -> str:
    """The address as it is written before a port."""
    return f"[{address}]" if ":" in address else address


def listen(*addresses: str) -> str:
    """The text of a ports.conf that listens on these addresses."""
    return "".join(f"Listen {bracketed(address)}:80\n" for address in addresses)


class ApacheMachine(Container):
    """The machine, and a monitor of its addresses."""

    def __init__(self, suite: str = "bookworm") -> None:
        super().__init__(base_system(suite, PACKAGES))
        self.write("/etc/network/interfaces", INTERFACES)
        self.write("/etc/apache2/ports.conf", listen(*ADDRESSES))
        self.write("/etc/apache2/conf-enabled/servername.conf", "ServerName debian\n")
        self.write("/etc/systemd/system/ntpsec.service.d/test.conf", NTPD)
        self.monitor = AddressMonitor(self.enter(mounts=False, network=NETWORK), 80, ADDRESSES)

    def hold_dad(self) -> None:
        """In every boot."""
        self.write("/etc/network/interfaces", held(INTERFACES))

    def ntpd_log(self) -> str:
        """What ntpd logged. systemd considers it started before it opens its sockets, so this waits for
        the line that follows them."""
        log = ""

        def is_logged() -> bool:
            nonlocal log
            log = self.log("ntpsec")
            return "IO: Listening on routing socket" in log

        self.until(is_logged, "ntpd listens on the routing socket")
        return log

    def close(self) -> None:
        super().close()
        self.monitor.close()
