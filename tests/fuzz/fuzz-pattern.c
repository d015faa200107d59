/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Address patterns, fed with anything (libFuzzer): what is read is written so that it is read again
 * as the same, in characters that systemd leaves as they are.
 */

#include "common/cleanup.h"
#include "common/pattern.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(freep) char *text = strndup((const char *)data, size);
        struct pattern pattern, again;
        char formatted[PATTERN_STRING_SIZE];
        int r;

        if (!text)
                abort();
        r = pattern_parse(text, &pattern);
        if (r < 0) {
                if ((r != -EINVAL && r != -ENODEV) || pattern_parse_address(text, &again) == 0)
                        abort();
                return 0;
        }
        (void)pattern_format(&pattern, formatted);
        if (pattern_parse(formatted, &again) < 0 || pattern_compare(&pattern, &again) != 0 ||
            formatted[strspn(formatted, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789_.@:-/%")] != '\0')
                abort();
        if (!pattern_covers(&pattern, &pattern.address))
                abort();
        (void)pattern_needs_no_waiting(&pattern);
        return 0;
}
