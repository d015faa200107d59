/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/unbound/keywords.h"

#include <string.h>

/*
 * Of util/configlexer.lex and util/configparser.y in Unbound 1.17 to 1.26, configlexer.lex and
 * configparser.y in NSD 4.6 to 4.12. A daemon refuses a keyword that it does not know, so one table
 * fits both.
 */
static const struct keyword KEYWORDS[] = {
        { "interface:", SECTION_SERVER, KEYWORD_ADDRESS, .listener = LISTENER_SERVER },
        { "ip-address:", SECTION_SERVER, KEYWORD_ADDRESS, .listener = LISTENER_SERVER },
        { "control-interface:", SECTION_REMOTE_CONTROL, KEYWORD_ADDRESS,
          .listener = LISTENER_CONTROL },
        { "metrics-interface:", SECTION_SERVER, KEYWORD_ADDRESS, .listener = LISTENER_METRICS },
        { "interface:", SECTION_VERIFY, KEYWORD_ADDRESS, .listener = LISTENER_VERIFY },
        { "ip-address:", SECTION_VERIFY, KEYWORD_ADDRESS, .listener = LISTENER_VERIFY },
        { "interface-automatic:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_AUTOMATIC },
        { "do-ip4:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_IP4 },
        { "do-ip6:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_IP6 },
        { "ip4-only:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_IP4_ONLY },
        { "ip6-only:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_IP6_ONLY },
        { "do-udp:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_UDP },
        { "ip-freebind:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_FREEBIND },
        { "ip-transparent:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_TRANSPARENT },
        { "control-enable:", SECTION_REMOTE_CONTROL, KEYWORD_FLAG, .flag = FLAG_CONTROL },
        { "metrics-enable:", SECTION_SERVER, KEYWORD_FLAG, .flag = FLAG_METRICS },
        { "enable:", SECTION_VERIFY, KEYWORD_FLAG, .flag = FLAG_VERIFY },
        { "directory:", SECTION_SERVER, KEYWORD_DIRECTORY, 0, 0 },
};

static const struct {
        const char *name;
        enum section section;
} SECTIONS[] = {
        { "server:", SECTION_SERVER },      { "remote-control:", SECTION_REMOTE_CONTROL },
        { "verify:", SECTION_VERIFY },      { "auth-zone:", SECTION_OTHER },
        { "cachedb:", SECTION_OTHER },      { "dnscrypt:", SECTION_OTHER },
        { "dnstap:", SECTION_OTHER },       { "dynlib:", SECTION_OTHER },
        { "forward-zone:", SECTION_OTHER }, { "ipset:", SECTION_OTHER },
        { "key:", SECTION_OTHER },          { "pattern:", SECTION_OTHER },
        { "python:", SECTION_OTHER },       { "rpz:", SECTION_OTHER },
        { "stub-zone:", SECTION_OTHER },    { "tls-auth:", SECTION_OTHER },
        { "view:", SECTION_OTHER },         { "zone:", SECTION_OTHER },
};

/* All others have one. */
static const struct {
        const char *name;
        unsigned count;
} VALUE_COUNTS[] = {
        { "access-control:", 2 },
        { "access-control-tag:", 2 },
        { "access-control-tag-action:", 3 },
        { "access-control-tag-data:", 3 },
        { "access-control-view:", 2 },
        { "edns-client-string:", 2 },
        { "interface-action:", 2 },
        { "interface-tag:", 2 },
        { "interface-tag-action:", 3 },
        { "interface-tag-data:", 3 },
        { "interface-view:", 2 },
        { "local-zone:", 2 },
        { "local-zone-override:", 3 },
        { "local-zone-tag:", 2 },
        { "ratelimit-below-domain:", 2 },
        { "ratelimit-for-domain:", 2 },
        { "response-ip:", 2 },
        { "response-ip-data:", 2 },
        { "response-ip-tag:", 2 },
        { "tcp-connection-limit:", 2 },
};

const struct keyword *keyword_find(enum section section, const char *name) {
        for (size_t i = 0; i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]); i++)
                if (KEYWORDS[i].section == section && strcmp(KEYWORDS[i].name, name) == 0)
                        return &KEYWORDS[i];
        return NULL;
}

bool keyword_section(const char *name, enum section *ret) {
        for (size_t i = 0; i < sizeof(SECTIONS) / sizeof(SECTIONS[0]); i++)
                if (strcmp(SECTIONS[i].name, name) == 0) {
                        *ret = SECTIONS[i].section;
                        return true;
                }
        return false;
}

unsigned keyword_value_count(const char *name) {
        for (size_t i = 0; i < sizeof(VALUE_COUNTS) / sizeof(VALUE_COUNTS[0]); i++)
                if (strcmp(VALUE_COUNTS[i].name, name) == 0)
                        return VALUE_COUNTS[i].count;
        return 1;
}
