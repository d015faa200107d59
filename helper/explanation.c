/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/explanation.h"

#include "common/cleanup.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <string.h>
#include <sys/klog.h>

enum {
        KLOG_READ_ALL = 3, /* SYSLOG_ACTION_READ_ALL in syslog(2) */
        KLOG_SIZE = 256 * 1024,
        MAC_LENGTH = sizeof("00:00:00:00:00:00") - 1,
};

/*
 * The end of the kernel's log, to be freed; NULL without CAP_SYSLOG, and in containers, which are
 * not shown it.
 */
static char *read_kernel_log(void) {
        CLEANUP(freep) char *log = malloc(KLOG_SIZE + 1);
        int length;

        if (!log)
                return NULL;
        length = klogctl(KLOG_READ_ALL, log, KLOG_SIZE);
        if (length < 0)
                return NULL;
        log[length] = '\0';
        return TAKE_POINTER(log);
}

/* addrconf_dad_failure(): "IPv6: eth0: IPv6 duplicate address 2001:db8::1 used by MAC detected!" */
static char *find_owner(const struct in6_addr *address, const char *link) {
        CLEANUP(freep) char *log = read_kernel_log();
        CLEANUP(freep) char *line_start = NULL;
        char text[INET6_ADDRSTRLEN];
        const char *last = NULL;
        char *ret = NULL;

        if (!log)
                return NULL;
        if (asprintf(&line_start, "%s: IPv6 duplicate address %s used by ", link,
                     inet_ntop(AF_INET6, address, text, sizeof(text))) < 0) {
                line_start = NULL;
                return NULL;
        }
        for (const char *p = log; (p = strstr(p, line_start)); p += strlen(line_start))
                last = p;
        if (!last)
                return NULL;

        last += strlen(line_start);
        if (strspn(last, "0123456789abcdef:") != MAC_LENGTH ||
            asprintf(&ret, "its owner has the link-layer address %.*s", MAC_LENGTH, last) < 0)
                return NULL;
        return ret;
}

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
        if (target->status.state == STATE_DADFAILED)
                return find_owner(&target->pattern.address, link);
        if (target->status.state != STATE_ABSENT || !is_ipv6_disabled(link[0] ? link : "all"))
                return NULL;
        return strdup(link[0] ? "IPv6 is disabled on it (sysctl disable_ipv6)"
                              : "IPv6 is disabled (sysctl net.ipv6.conf.all.disable_ipv6)");
}
