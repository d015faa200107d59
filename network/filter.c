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
        FAMILIES = 3,
        PER_PATTERN = 4 * 3 + 1,        /* load, mask and compare each of four words, then pass */
        REST = PREAMBLE + FAMILIES + 2, /* with a DROP for each family */
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

/* Passes what begins with these bits; otherwise the program continues after this part. */
static size_t match(struct sock_filter *code, const uint32_t *words, unsigned bits) {
        size_t count = (bits + 31U) / 32;

        for (size_t i = 0; i < count; i++) {
                unsigned left = bits - (unsigned)i * 32;
                uint32_t mask = left < 32 ? ~(UINT32_MAX >> left) : UINT32_MAX;
                uint8_t behind = (uint8_t)((count - i - 1) * 3 + 1);

                *code++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_IND,
                                                       (uint32_t)(NLA_HDRLEN + i * 4));
                *code++ = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask);
                *code++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ntohl(words[i]),
                                                       0, behind);
        }
        *code = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, PASS);
        return count * 3 + 1;
}

/* Passes what a pattern of the family covers, and nothing else. An IPv4 prefix is always ready, so
 * no event matters to it. */
static size_t match_family(struct sock_filter *code, unsigned family,
                           const struct pattern *patterns, size_t n_patterns) {
        const unsigned skipped = family == ADDRESS_IPV4 ? PATTERN_IPV4_BITS : 0;
        size_t length = 0;

        for (size_t i = 0; i < n_patterns; i++)
                if (pattern_family(&patterns[i]) == family &&
                    !(family == ADDRESS_IPV4 && patterns[i].is_prefix))
                        length += match(code + length, &patterns[i].address.s6_addr32[skipped / 32],
                                        patterns[i].prefix_length - skipped);
        code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, DROP);
        return length;
}

/* Continues behind what follows, which has this length, if the address is an IPv4 address. */
static size_t skip_ipv4(struct sock_filter *code, size_t length) {
        const struct sock_filter families[FAMILIES] = {
                BPF_STMT(BPF_LD | BPF_B | BPF_ABS,
                         NLMSG_HDRLEN + offsetof(struct ifaddrmsg, ifa_family)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 0, 1),
                BPF_STMT(BPF_JMP | BPF_JA, (uint32_t)length),
        };

        memcpy(code, families, sizeof(families));
        return FAMILIES;
}

int filter_attach(int fd, const struct pattern *patterns, size_t n_patterns) {
        CLEANUP(freep) struct sock_filter *code = NULL;
        struct sock_fprog program;
        size_t length, ipv6_length;

        if (n_patterns > (BPF_MAXINSNS - REST) / PER_PATTERN)
                return -EINVAL;
        code = calloc(REST + n_patterns * PER_PATTERN, sizeof(*code));
        if (!code)
                return -ENOMEM;

        length = find_address(code);
        ipv6_length = match_family(code + length + FAMILIES, ADDRESS_IPV6, patterns, n_patterns);
        length += skip_ipv4(code + length, ipv6_length) + ipv6_length;
        length += match_family(code + length, ADDRESS_IPV4, patterns, n_patterns);

        program = (struct sock_fprog){ .len = (unsigned short)length, .filter = code };
        if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) < 0)
                return -errno;
        return 0;
}
