/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/filter.h"

#include "common/cleanup.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

enum {
        DROP = 0, /* bytes of the message that pass */
        PREAMBLE = 12,
        PER_PATTERN = 4 * 3 + 1, /* load, mask and compare each of four words, then pass */
};

static const uint32_t PASS = UINT32_MAX;

/*
 * Loads X with the offset of the address: of IFA_LOCAL or, where there is none, of IFA_ADDRESS,
 * which is the peer's where there is a peer. Messages that are not about addresses pass. BPF loads
 * in network byte order, and netlink is in that of the host.
 */
static size_t find_address(struct sock_filter *code) {
        const uint32_t attributes = NLMSG_HDRLEN + sizeof(struct ifaddrmsg);
        const struct sock_filter preamble[PREAMBLE] = {
                BPF_STMT(BPF_LD | BPF_H | BPF_ABS, offsetof(struct nlmsghdr, nlmsg_type)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htons(RTM_NEWADDR), 2, 0),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htons(RTM_DELADDR), 1, 0),
                BPF_STMT(BPF_RET | BPF_K, PASS),
                BPF_STMT(BPF_LD | BPF_IMM, attributes),
                BPF_STMT(BPF_LDX | BPF_IMM, IFA_LOCAL),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_NLATTR)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3),
                BPF_STMT(BPF_LD | BPF_IMM, attributes),
                BPF_STMT(BPF_LDX | BPF_IMM, IFA_ADDRESS),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_AD_OFF + SKF_AD_NLATTR)),
                BPF_STMT(BPF_MISC | BPF_TAX, 0),
        };

        memcpy(code, preamble, sizeof(preamble));
        return PREAMBLE;
}

/* Passes what the pattern covers; otherwise the program continues after this part. */
static size_t match(struct sock_filter *code, const struct pattern *pattern) {
        size_t words = (pattern->prefix_length + 31U) / 32;

        for (size_t i = 0; i < words; i++) {
                unsigned bits = pattern->prefix_length - (unsigned)i * 32;
                uint32_t mask = bits < 32 ? ~(UINT32_MAX >> bits) : UINT32_MAX;
                uint8_t behind = (uint8_t)((words - i - 1) * 3 + 1);

                *code++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_IND,
                                                       (uint32_t)(NLA_HDRLEN + i * 4));
                *code++ = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask);
                *code++ = (struct sock_filter)BPF_JUMP(
                        BPF_JMP | BPF_JEQ | BPF_K, ntohl(pattern->address.s6_addr32[i]), 0, behind);
        }
        *code = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, PASS);
        return words * 3 + 1;
}

int filter_attach(int fd, const struct pattern *patterns, size_t n_patterns) {
        CLEANUP(freep) struct sock_filter *code = NULL;
        struct sock_fprog program;
        size_t length;

        if (n_patterns > (BPF_MAXINSNS - PREAMBLE - 1) / PER_PATTERN)
                return -EINVAL;
        code = calloc(PREAMBLE + n_patterns * PER_PATTERN + 1, sizeof(*code));
        if (!code)
                return -ENOMEM;

        length = find_address(code);
        for (size_t i = 0; i < n_patterns; i++)
                length += match(code + length, &patterns[i]);
        code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, DROP);

        program = (struct sock_fprog){ .len = (unsigned short)length, .filter = code };
        if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) < 0)
                return -errno;
        return 0;
}
