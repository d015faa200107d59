/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/reason.h"

#include "common/message-id.h"
#include "network/sysctl.h"

#include <stdio.h>

/* The kernel assigns no IPv6 address to a link whose disable_ipv6 is on. */
static const char *detail_of_absent(const char *interface) {
        char path[sizeof("/proc/sys/net/ipv6/conf//disable_ipv6") + IF_NAMESIZE];

        (void)snprintf(path, sizeof(path), "/proc/sys/net/ipv6/conf/%s/disable_ipv6",
                       interface[0] ? interface : "all");
        if (!sysctl_is_on(path))
                return NULL;
        return interface[0] ? "IPv6 is disabled on it (sysctl disable_ipv6)"
                            : "IPv6 is disabled (sysctl net.ipv6.conf.all.disable_ipv6)";
}

struct reason reason_of(const struct target *target, const char *interface) {
        static const struct reason REASONS[] = {
                [STATE_READY] = { .id = NULL },
                [STATE_TENTATIVE] = { .id = MESSAGE_TENTATIVE,
                                      .text = "duplicate address detection has not ended" },
                [STATE_NO_CARRIER] = { .id = MESSAGE_NO_CARRIER,
                                       .text = "no carrier, so duplicate address detection cannot "
                                               "run" },
                [STATE_DADFAILED] = { .id = MESSAGE_DUPLICATE,
                                      .text = "duplicate address, another host has it; not waiting "
                                              "for it" },
                [STATE_OTHER_VRF] = { .id = MESSAGE_OTHER_VRF,
                                      .text = "assigned in a VRF that this process is not in" },
                [STATE_ABSENT] = { .id = MESSAGE_ABSENT, .text = "not assigned" },
                [STATE_NO_INTERFACE] = { .id = MESSAGE_ABSENT,
                                         .text = "there is no such interface" },
                [STATE_NO_IPV6] = { .id = MESSAGE_CANNOT_WATCH,
                                    .text = "the kernel has no IPv6; not waiting for it" },
                [STATE_UNKNOWN] = { .id = MESSAGE_CANNOT_WATCH, .text = "its state is not known" },
        };
        struct reason ret = REASONS[target->status.state];

        if (target_is_absent(target) && target->already_timed_out)
                ret = (struct reason){ .id = MESSAGE_ALREADY_TIMED_OUT,
                                       .text = "not assigned, and not waited for again: it timed "
                                               "out less than a minute ago" };
        if (target->status.state == STATE_ABSENT && !pattern_is_ipv4(&target->pattern))
                ret.detail = detail_of_absent(interface);
        return ret;
}
