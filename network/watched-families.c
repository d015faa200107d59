/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/watched-families.h"

#include "network/sysctl.h"

/* bind() accepts addresses that are not assigned (ip-sysctl.rst of the kernel). */
static const struct {
        unsigned family;
        const char *path;
} NONLOCAL_BIND[] = {
        { ADDRESS_IPV6, "/proc/sys/net/ipv6/ip_nonlocal_bind" },
        { ADDRESS_IPV4, "/proc/sys/net/ipv4/ip_nonlocal_bind" },
};

unsigned watched_families(const struct pattern *patterns, size_t n_patterns) {
        unsigned ret = 0;

        for (size_t i = 0; i < n_patterns; i++)
                if (!pattern_is_ipv4(&patterns[i]))
                        ret |= ADDRESS_IPV6;
                else if (!patterns[i].is_prefix)
                        ret |= ADDRESS_IPV4;
        return ret;
}

bool watched_families_read_sysctls(struct network *network, unsigned families) {
        unsigned on = 0;

        for (size_t i = 0; i < sizeof(NONLOCAL_BIND) / sizeof(NONLOCAL_BIND[0]); i++)
                if (families & NONLOCAL_BIND[i].family && sysctl_is_on(NONLOCAL_BIND[i].path))
                        on |= NONLOCAL_BIND[i].family;
        return network_set_nonlocal_bind(network, on);
}
