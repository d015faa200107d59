/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/freeradius/main-file.h"

#include "input/option-words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *find_name(const struct string_list *arguments) {
        for (size_t i = 0; arguments && i < arguments->count; i++) {
                bool is_next;
                const char *name =
                        option_words_argument("-n", 2, RADIUSD_FLAGS, arguments, i, &is_next);

                if (name)
                        return name;
        }
        return NULL;
}

int radiusd_main_file(const char *config, const struct string_list *arguments, char **ret) {
        const char *base = strrchr(config, '/'), *name = find_name(arguments);

        if (!name || !base || strcmp(base, "/radiusd.conf") != 0) {
                *ret = strdup(config);
                return *ret ? 0 : -ENOMEM;
        }
        if (asprintf(ret, "%.*s/%s.conf", (int)(base - config), config, name) < 0) {
                *ret = NULL;
                return -ENOMEM;
        }
        return 0;
}
