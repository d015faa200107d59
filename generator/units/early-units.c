/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/early-units.h"

#include <fnmatch.h>
#include <stddef.h>

/* Patterns of fnmatch(3). */
static const char *const NAMES[] = {
        /* systemd.special(7): services are ordered after basic.target by default, which consists of
         * the others; network managers are ordered after it or after network-pre.target. */
        "basic.target",
        "cryptsetup.target",
        "local-fs-pre.target",
        "local-fs.target",
        "network-pre.target",
        "network.target",
        "paths.target",
        "slices.target",
        "sockets.target",
        "swap.target",
        "sysinit.target",

        /* systemd-networkd.service(8), which reads what netplan and systemd-network-generator wrote
         */
        "netplan-configure.service",
        "netplan-ovs-*.service",
        "netplan-wpa-*.service",
        "systemd-network-generator.service",
        "systemd-networkd-*.socket",
        "systemd-networkd.service",
        "systemd-networkd.socket",
        "systemd-sysctl.service",
        "systemd-udevd.service",

        /* NetworkManager(8), which needs D-Bus, under its name and the older one of Debian */
        "NetworkManager.service",
        "NetworkManager-config-initrd.service",
        "NetworkManager-initrd.service",
        "dbus-broker.service",
        "dbus.service",
        "dbus.socket",
        "network-manager.service",

        /* ifupdown, ifupdown2 and ifupdown-ng; network-scripts of Red Hat; wicked's alias */
        "ifup@*.service",
        "ifupdown-pre.service",
        "network.service",
        "networking.service",

        /* openSUSE: wicked(8) */
        "wicked.service",
        "wicked@*.service",
        "wickedd*.service",

        /* Arch Linux: netctl(1) */
        "netctl*.service",

        /* others, and clients that assign addresses themselves */
        "cloud-init-local.service",
        "cloud-init-main.service",
        "connman.service",
        "dhclient*.service",
        "dhcpcd*.service",
        "iwd.service",
        "odhcp6c*.service",
        "wicd.service",
        "wide-dhcpv6-client.service",
        "wpa_supplicant*.service",
};

bool early_unit(const char *name) {
        for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
                if (fnmatch(NAMES[i], name, 0) == 0)
                        return true;
        return false;
}
