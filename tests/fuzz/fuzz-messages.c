/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * What comes from the kernel, fed with anything (libFuzzer): a sequence of netlink messages as
 * monitor_read() gets it, then the status of every kind of pattern.
 */

#include "common/cleanup.h"
#include "network/address-status.h"
#include "network/message.h"

#include <libmnl/libmnl.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * The framing is the kernel's. libmnl 1.0.4 takes a length over INT_MAX for a negative one and
 * reads on far behind the buffer; but nobody can send a message to another's socket without
 * CAP_NET_ADMIN (netlink_sendmsg()).
 */
static void mend_lengths(char *data, size_t size) {
        size_t length;

        for (size_t at = 0; at + sizeof(struct nlmsghdr) <= size; at += NLMSG_ALIGN(length)) {
                struct nlmsghdr *header = (void *)(data + at);

                header->nlmsg_len &= 0xffff;
                length = header->nlmsg_len;
                if (length < sizeof(*header))
                        return;
        }
}

static int take(const struct nlmsghdr *message, void *data) {
        if (message_apply(message, data) < 0)
                abort();
        return MNL_CB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        static const char *const TEXTS[] = {
                "any",         "any%eth0",       "2001:db8::/32",     "fe80::1%eth0", "2001:db8::1",
                "fe80::/10%2", "fe80::1%12",     "2001:db8::1%eth0",  "::1",          "any-ipv4",
                "192.0.2.1",   "192.0.2.1%eth0", "192.0.2.0/24%eth0", "127.0.0.1",
        };
        enum { COUNT = sizeof(TEXTS) / sizeof(TEXTS[0]) };
        CLEANUP(freep) char *aligned = malloc(size + 1); /* as the buffer of monitor_read() is */
        struct pattern patterns[COUNT];
        CLEANUP(network_done)
        struct network network = { .patterns = patterns, .n_patterns = COUNT };

        if (!aligned)
                abort();
        memcpy(aligned, data, size);
        mend_lengths(aligned, size);
        for (size_t i = 0; i < COUNT; i++)
                if (pattern_parse(TEXTS[i], &patterns[i]) < 0)
                        abort();

        (void)mnl_cb_run(aligned, size, 0, 0, take, &network);

        for (size_t i = 0; i < COUNT; i++) {
                struct address_status found = address_status(&patterns[i], &network);

                if (!address_state_name(found.state) || !network_link_name(&network, found.index))
                        abort();
        }
        return 0;
}
