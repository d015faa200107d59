/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "found.h"

#include "array.h"
#include "log.h"

/* Each "replace" looks at all of them. */
enum { FOUND_MAX = 10000 };

int found_add(struct found *found, struct found_origin origin, const struct pattern *pattern,
              const char *file, unsigned line, const char *text) {
        if (found->addresses.count == FOUND_MAX) {
                log_warning(file, line, "More than %d addresses, ignoring: %s", FOUND_MAX, text);
                return 0;
        }
        if (array_make_room(found->origins, found->addresses.count) < 0)
                return -ENOMEM;
        found->origins[found->addresses.count] = origin;
        return address_list_add(&found->addresses, pattern, file, line, text);
}

void found_replace(struct found *found, struct found_origin origin) {
        struct address_list *list = &found->addresses;
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++) {
                if (found->origins[i].directive == origin.directive &&
                    found->origins[i].block == origin.block) {
                        free(list->items[i].file);
                        free(list->items[i].text);
                        continue;
                }
                found->origins[kept] = found->origins[i];
                list->items[kept++] = list->items[i];
        }
        list->count = kept;
}

void found_clear(struct found *found) {
        address_list_clear(&found->addresses);
        free(found->origins);
        *found = (struct found){ 0 };
}
