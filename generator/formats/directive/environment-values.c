/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/environment-values.h"

#include "common/cleanup.h"
#include "formats/shell/environment.h"

#include <errno.h>
#include <stdio.h>

static const char *find_value(const struct source *source, const struct string_list *environment,
                              const char *name) {
        const char *value = environment_get(environment, name);

        return value || !source->environment ? value : environment_get(source->environment, name);
}

int environment_values_read(const struct source *source, const struct string_list *environment,
                            struct candidates *candidates) {
        const struct string_list *names = &source->language->variables;
        struct directive_language language = *source->language; /* borrowed */
        int r = 0;

        /* A variable that has a port as well has it behind brackets. */
        language.port_after_last_colon = false;

        /* A unit without commands runs no daemon. */
        for (size_t i = 0; source->arguments_file && r >= 0 && i < names->count; i++) {
                const char *value = find_value(source, environment, names->items[i]);
                CLEANUP(freep) char *text = NULL;

                if (!value || !value[0])
                        continue;
                if (source->language->last_one_counts)
                        candidates_replace_files(candidates);
                if (asprintf(&text, "%s=%s", names->items[i], value) < 0)
                        return -ENOMEM;
                r = candidates_add_values(candidates, &language, CANDIDATE_FINAL, value,
                                          &(struct place){ source->arguments_file, 0, text });
        }
        return r;
}
