/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/families.h"

#include "common/cleanup.h"
#include "common/string-list.h"

#include <errno.h>
#include <string.h>

int families_parse(const char *value, unsigned *ret) {
        CLEANUP(string_list_clear) struct string_list words = { 0 };
        unsigned families = 0;
        int r = string_list_add_words(&words, value);

        for (size_t i = 0; r >= 0 && i < words.count; i++) {
                if (strcmp(words.items[i], "ipv6") == 0)
                        families |= ADDRESS_IPV6;
                else if (strcmp(words.items[i], "ipv4") == 0)
                        families |= ADDRESS_IPV4;
                else
                        r = -EINVAL;
        }
        if (r < 0)
                return r;
        *ret = words.count > 0 ? families : (unsigned)FAMILIES_DEFAULT;
        return 0;
}
