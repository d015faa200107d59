/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/candidates.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/directive/values.h"
#include "log.h"

#include <string.h>

/* candidates_replace() looks at all of them each time. */
enum { CANDIDATES_MAX = 10000 };

static int add(struct candidates *candidates, struct candidate_origin origin,
               const struct pattern *pattern, const struct place *place) {
        struct address_list *list = &candidates->addresses;

        if (list->count == CANDIDATES_MAX) {
                log_warning(place->file, place->line, "More than %d addresses, ignoring: %s",
                            CANDIDATES_MAX, place->text);
                return 0;
        }
        if (array_make_room(candidates->origins, list->count) < 0)
                return -ENOMEM;
        candidates->origins[list->count] = origin;
        return address_list_add(list, pattern, place->file, place->line, place->text);
}

static int add_unknown(struct candidates *candidates, const char *value, size_t length,
                       const struct place *place) {
        CLEANUP(freep) char *text = strndup(value, length);

        if (!text)
                return -ENOMEM;
        return address_list_add_unknown(&candidates->addresses, place->file, place->line, text,
                                        "this variable is not known");
}

int candidates_add_values(struct candidates *candidates, const struct directive_language *language,
                          struct candidate_origin origin, const char *values,
                          const struct place *place) {
        const char *value;
        size_t length;

        while ((value = value_next(&values, &length))) {
                struct pattern pattern;
                int r;

                /* A variable that is left after all were expanded. */
                if (value[0] == '$' || (value[0] == '[' && value[1] == '$')) {
                        r = add_unknown(candidates, value, length, place);
                        if (r < 0)
                                return r;
                        continue;
                }
                r = value_parse(value, length, language->port_after_last_colon, &pattern);
                if (r == -ENODEV)
                        log_warning(place->file, place->line,
                                    "No name of an interface, ignoring: %.*s", (int)length, value);
                if (r < 0)
                        continue;
                r = add(candidates, origin, &pattern, place);
                if (r < 0)
                        return r;
        }
        return 0;
}

static bool is_of(struct candidate_origin origin, const struct candidate_origin *other) {
        if (!other)
                return origin.directive != CANDIDATE_FINAL.directive;
        return origin.directive == other->directive && origin.block == other->block;
}

/* @origin: NULL is that of any directive */
static void drop(struct candidates *candidates, const struct candidate_origin *origin) {
        struct address_list *list = &candidates->addresses;
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++) {
                if (is_of(candidates->origins[i], origin)) {
                        free(list->items[i].file);
                        free(list->items[i].text);
                        continue;
                }
                candidates->origins[kept] = candidates->origins[i];
                list->items[kept++] = list->items[i];
        }
        list->count = kept;
}

void candidates_replace(struct candidates *candidates, struct candidate_origin origin) {
        drop(candidates, &origin);
}

void candidates_replace_files(struct candidates *candidates) {
        drop(candidates, NULL);
}

void candidates_clear(struct candidates *candidates) {
        address_list_clear(&candidates->addresses);
        free(candidates->origins);
        *candidates = (struct candidates){ 0 };
}
