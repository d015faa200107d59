/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/format.h"

#include <string.h>

static const struct {
        const char *name;
        format_read_fn *read;
} FORMATS[] = {
        { "apache", apache_read },
        { "directive", directive_read },
        { "lighttpd", lighttpd_read },
        { "nsd", nsd_read },
        { "ntp", ntp_read },
        { "pdns", pdns_read },
        { "pdns-recursor", pdns_recursor_read },
        { "unbound", unbound_read },
};

format_read_fn *format_find(const char *name) {
        for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
                if (strcmp(FORMATS[i].name, name) == 0)
                        return FORMATS[i].read;
        return NULL;
}
