/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/format.h"

#include <string.h>

static const struct {
        const char *name;
        format_read_fn *read;
} FORMATS[] = {
        { "apache", apache_read },
        { "directive", directive_read },
        { "dovecot", dovecot_read },
        { "freeradius", freeradius_read },
        { "haproxy", haproxy_read },
        { "lighttpd", lighttpd_read },
        { "nginx", nginx_read },
        { "nsd", nsd_read },
        { "ntp", ntp_read },
        { "openvpn", openvpn_read },
        { "options", option_files_read },
        { "pdns", pdns_read },
        { "pdns-recursor", pdns_recursor_read },
        { "postfix", postfix_read },
        { "prosody", prosody_read },
        { "redis", redis_read },
        { "snmpd", snmpd_read },
        { "squid", squid_read },
        { "sshd", sshd_read },
        { "tor", tor_read },
        { "unbound", unbound_read },
};

const char *format_name(size_t index) {
        return index < sizeof(FORMATS) / sizeof(FORMATS[0]) ? FORMATS[index].name : NULL;
}

format_read_fn *format_find(const char *name) {
        for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
                if (strcmp(FORMATS[i].name, name) == 0)
                        return FORMATS[i].read;
        return NULL;
}
