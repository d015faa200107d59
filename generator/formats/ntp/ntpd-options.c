/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/ntp/ntpd-options.h"

#include "common/cleanup.h"
#include "common/string-list.h"
#include "common/whitespace.h"
#include "log.h"

#include <getopt.h>
#include <string.h>

/* The options of both daemons, since an argument may look like an option. As ntp_getopt() of
 * NTPsec, stop at the first word that is no option: servers follow. */
static const char SHORT_OPTIONS[] = "+46aAbBc:dD:f:gGhi:I:k:l:LmMnNp:P:qr:Rs:t:u:U:v:Vw:xz:Z:";

static const struct option LONG_OPTIONS[] = {
        { "configfile", required_argument, NULL, 'c' },
        { "driftfile", required_argument, NULL, 'f' },
        { "dvar", required_argument, NULL, 'Z' },
        { "interface", required_argument, NULL, 'I' },
        { "ipv4", no_argument, NULL, '4' },
        { "ipv6", no_argument, NULL, '6' },
        { "jaildir", required_argument, NULL, 'i' },
        { "keyfile", required_argument, NULL, 'k' },
        { "logfile", required_argument, NULL, 'l' },
        { "mdns", no_argument, NULL, 'm' },
        { "nice", no_argument, NULL, 'N' },
        { "nofork", no_argument, NULL, 'n' },
        { "novirtualips", no_argument, NULL, 'L' },
        { "panicgate", no_argument, NULL, 'g' },
        { "pidfile", required_argument, NULL, 'p' },
        { "priority", required_argument, NULL, 'P' },
        { "quit", no_argument, NULL, 'q' },
        { "set-debug-level", required_argument, NULL, 'D' },
        { "slew", no_argument, NULL, 'x' },
        { "statsdir", required_argument, NULL, 's' },
        { "trustedkey", required_argument, NULL, 't' },
        { "updateinterval", required_argument, NULL, 'U' },
        { "user", required_argument, NULL, 'u' },
        { "var", required_argument, NULL, 'z' },
        { 0 },
};

void ntp_options_clear(struct ntp_options *options) {
        ntp_rules_clear(&options->rules);
        free(options->config);
        *options = (struct ntp_options){ 0 };
}

static int apply(int option, const char *command_line, const char *file, struct ntp_options *ret) {
        switch (option) {
        case '4':
                ret->families = ADDRESS_IPV4;
                return 0;
        case '6': /* -4 has priority (main() of ntpd/ntpd.c) */
                if (ret->families == 0)
                        ret->families = ADDRESS_IPV6;
                return 0;
        case 'c':
                free(ret->config);
                ret->config = strdup(optarg);
                return ret->config ? 0 : -ENOMEM;
        case 'I':
                ret->forbids_rules_in_file = true;
                return ntp_rules_add(&ret->rules, true, NTP_TARGET_INTERFACE, optarg, file, 0,
                                     command_line);
        case 'L':
                /* It excludes "eth0:1" and the like, labels that IPv6 addresses cannot have. */
                ret->forbids_rules_in_file = true;
                return 0;
        case '?':
                log_warning(file, 0, "Not all of these are options of ntpd: %s", command_line);
                return 0;
        default:
                return 0;
        }
}

int ntp_options_read_words(const struct string_list *words, const char *command_line,
                           const char *file, struct ntp_options *ret) {
        CLEANUP(freep) char **arguments = NULL;
        char program[] = "ntpd";
        int option, r;

        arguments = reallocarray(NULL, words->count + 2, sizeof(*arguments));
        if (!arguments)
                return -ENOMEM;
        arguments[0] = program;
        for (size_t i = 0; i < words->count; i++)
                arguments[i + 1] = words->items[i];
        arguments[words->count + 1] = NULL;

        opterr = 0;
        optind = 0; /* start afresh: glibc's extension, getopt(3) */
        while ((option = getopt_long((int)words->count + 1, arguments, SHORT_OPTIONS, LONG_OPTIONS,
                                     NULL)) >= 0) {
                r = apply(option, command_line, file, ret);
                if (r < 0)
                        return r;
        }
        return 0;
}

int ntp_options_read(const char *command_line, const char *file, struct ntp_options *ret) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };

        for (const char *p = command_line; p += strspn(p, SHELL_IFS), *p;) {
                size_t length = strcspn(p, SHELL_IFS);
                int r = string_list_take(&words, strndup(p, length));

                if (r < 0)
                        return r;
                p += length;
        }
        return ntp_options_read_words(&words, command_line, file, ret);
}
