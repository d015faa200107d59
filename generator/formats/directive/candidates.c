/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/candidates.h"

#include "common/array.h"
#include "log.h"

/* Each "replace" looks at all of them. */
enum { FOUND_MAX = 10000 };

int candidates_add(struct candidates *found, struct candidate_origin origin,
                   const struct pattern *pattern, const char *file, unsigned line,
                   const char *text) {
        if (found->addresses.count == FOUND_MAX) {
                log_warning(file, line, "More than %d addresses, ignoring: %s", FOUND_MAX, text);
                return 0;
        }
        if (array_make_room(found->origins, found->addresses.count) < 0)
                return -ENOMEM;
        found->origins[found->addresses.count] = origin;
        return address_list_add(&found->addresses, pattern, file, line, text);
}

void candidates_replace(struct candidates *found, struct candidate_origin origin) {
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

void candidates_clear(struct candidates *found) {
        address_list_clear(&found->addresses);
        free(found->origins);
        *found = (struct candidates){ 0 };
}
