/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/mentions.h"

#include "common/cleanup.h"
#include "formats/listener-lines.h"
#include "log.h"

#include <string.h>

/* For one service: enough to see what is wrong. */
enum { MENTIONS_MAX = 100 };

/* What cannot be read again was logged when it was read. */
static int read_file(struct tree *tree, const char *path, const struct string_list *needless,
                     struct address_list *ret) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r = tree_read(tree, path, &content, &size);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        return listener_lines_find(path, content, needless, ret);
}

static bool is_unknown(const struct address_list *list, const struct address *address) {
        for (size_t i = 0; i < list->unknown_count; i++)
                if (list->unknown[i].line == address->line &&
                    strcmp(list->unknown[i].file, address->file) == 0)
                        return true;
        return false;
}

/* A line with a host name as well has been mentioned already. */
static void drop_unknown(struct address_list *list, const struct address_list *known) {
        size_t kept = 0;

        for (size_t i = 0; i < list->count; i++) {
                struct address address = list->items[i];

                if (is_unknown(known, &address)) {
                        free(address.file);
                        free(address.text);
                } else {
                        list->items[kept++] = address;
                }
        }
        list->count = kept;
}

int mentions_find(struct tree *tree, const struct service *service, const struct decision *decision,
                  struct address_list *ret) {
        const struct string_list *watched = &tree->watched.paths;
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        const char *path = NULL;
        int r = 0;

        ret->left_out = ~service->settings.families;
        for (size_t i = decision->first_path; r >= 0 && i < decision->end_path; i++) {
                path = watched->items[i];
                if (path[strlen(path) - 1] != '/' && !string_list_contains(&paths, path))
                        r = string_list_add(&paths, path);
        }
        tree_reset_budget(tree);
        for (size_t i = 0; r >= 0 && i < paths.count; i++)
                r = read_file(tree, paths.items[i], &service->settings.language.freebind_directives,
                              ret);
        r = tree_pop_io_error(tree, r, &path);
        if (r < 0) {
                log_warning(path, 0, "What else of %s looks like a listener is not known: %s.",
                            service->unit.name, tree_strerror(r));
                address_list_clear(ret);
                return r;
        }
        drop_unknown(ret, &decision->addresses);
        r = address_list_reduce(ret, &decision->addresses);
        if (r >= 0)
                r = address_list_reduce(ret, &service->settings.ignored);
        address_list_truncate(ret, MENTIONS_MAX);
        return r;
}
