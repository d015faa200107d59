/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/explanation.h"

#include "common/cleanup.h"

#include <fcntl.h>
#include <string.h>

static bool is_ipv6_disabled(const char *link) {
        CLEANUP(freep) char *path = NULL;
        CLEANUP(closep) int fd = -1;
        char value;

        if (asprintf(&path, "/proc/sys/net/ipv6/conf/%s/disable_ipv6", link) < 0) {
                path = NULL;
                return false;
        }
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        return fd >= 0 && read(fd, &value, 1) == 1 && value == '1';
}

char *explanation(const struct target *target, const char *link) {
        if (target->status.state != STATE_ABSENT || !is_ipv6_disabled(link[0] ? link : "all"))
                return NULL;
        return strdup(link[0] ? "IPv6 is disabled on it (sysctl disable_ipv6)"
                              : "IPv6 is disabled (sysctl net.ipv6.conf.all.disable_ipv6)");
}
