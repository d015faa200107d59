/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "output/helper-command.h"

#include "build-config.h"
#include "common/defaults.h"
#include "common/timespan.h"

/* systemd.unit(5): '%' begins a specifier, "%%" is a percent sign. No other character with a
 * meaning on the line (quotes, backslashes, '$', ';') occurs in a pattern: see pattern.h. */
static void put_escaped(FILE *stream, const char *text) {
        for (; *text; text++) {
                if (*text == '%')
                        fputc('%', stream);
                fputc(*text, stream);
        }
}

void helper_command_put(FILE *stream, const char *key, const char *prefix,
                        const struct settings *settings, const struct decision *decision) {
        char timeout[TIMESPAN_STRING_SIZE], pattern[PATTERN_STRING_SIZE];

        fprintf(stream, "%s=%s%s" HELPER_PATH, key, settings->fail_on_timeout ? "" : "-", prefix);
        if (decision->timeout_usec != DEFAULT_TIMEOUT_USEC)
                fprintf(stream, " --timeout=%s", timespan_format(decision->timeout_usec, timeout));
        if (settings->fail_on_timeout)
                fputs(" --strict", stream);
        for (size_t i = 0; i < decision->addresses.count; i++) {
                fputc(' ', stream);
                put_escaped(stream, pattern_format(&decision->addresses.items[i].pattern, pattern));
        }
        fputc('\n', stream);
}
