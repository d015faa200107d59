/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/in-force.h"

#include "build-config.h"
#include "common/cleanup.h"
#include "output/drop-in-name.h"
#include "output/wait-unit.h"
#include "units/unit-name.h"

#include <errno.h>
#include <string.h>

#define GENERATOR_DIRECTORY "/run/systemd/generator"

/* Return: 1 if @text is what the file holds, 0 if not, -ENOENT, or negative errno. */
static int is_same(struct tree *tree, const char *path, const char *text) {
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &content, &size);
        if (r < 0)
                return r;
        return size == strlen(text) && memcmp(content, text, size) == 0;
}

static int compare_wait_unit(struct tree *tree, const struct plan_entry *entry) {
        CLEANUP(freep) char *name = NULL, *path = NULL;
        int r;

        r = wait_unit_name(entry->service->unit.name, &name);
        if (r < 0)
                return r;
        if (asprintf(&path, GENERATOR_DIRECTORY "/%s", name) < 0)
                return -ENOMEM;
        r = is_same(tree, path, entry->wait_unit);
        return r == -ENOENT ? 0 : r;
}

static int compare(struct tree *tree, struct plan_entry *entry) {
        CLEANUP(freep) char *path = NULL;
        int r;

        if (entry->was_denied) {
                entry->in_force = IN_FORCE_DENIED;
                return 0;
        }
        tree_reset_budget(tree);
        if (asprintf(&path, GENERATOR_DIRECTORY "/%s.d/" DROP_IN_NAME, entry->service->unit.name) <
            0)
                return -ENOMEM;
        r = is_same(tree, path, entry->drop_in ?: "");
        if (r == -ENOENT) {
                entry->in_force = entry->drop_in ? IN_FORCE_NOT_YET : IN_FORCE_YES;
                return 0;
        }
        if (r > 0 && entry->wait_unit)
                r = compare_wait_unit(tree, entry);
        if (r < 0)
                return r;
        entry->in_force = r > 0 ? IN_FORCE_YES : entry->drop_in ? IN_FORCE_DIFFERS : IN_FORCE_STALE;
        return 0;
}

static bool is_in_plan(const struct plan *plan, const char *unit) {
        for (size_t i = 0; i < plan->count; i++)
                if (strcmp(plan->items[i].service->unit.name, unit) == 0)
                        return true;
        return false;
}

/* The drop-ins of units that are not in the plan, such as those that have been removed. */
static int find_stale(struct tree *tree, const struct string_list *directories, struct plan *plan) {
        for (size_t i = 0; i < directories->count; i++) {
                const char *directory = directories->items[i];
                CLEANUP(freep) char *path = NULL, *unit = NULL;
                size_t length = strlen(directory);
                struct stat st;
                int r;

                if (length < 2 || strcmp(directory + length - 2, ".d") != 0)
                        continue;
                unit = strndup(directory, length - 2);
                if (!unit ||
                    asprintf(&path, GENERATOR_DIRECTORY "/%s/" DROP_IN_NAME, directory) < 0)
                        return -ENOMEM;
                if (!unit_name_is_service(unit) || is_in_plan(plan, unit) ||
                    tree_stat(tree, path, &st) < 0)
                        continue;
                r = string_list_add(&plan->stale, unit);
                if (r < 0)
                        return r;
        }
        return 0;
}

int in_force_compare(struct tree *tree, struct plan *plan) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        int r;

        tree_reset_total(tree);
        tree_reset_budget(tree);
        r = tree_list(tree, GENERATOR_DIRECTORY, &directories);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        for (size_t i = 0; i < plan->count && r >= 0; i++)
                r = compare(tree, &plan->items[i]);
        if (r < 0 || tree->was_denied)
                return r;
        tree_reset_budget(tree);
        return find_stale(tree, &directories, plan);
}

void in_force_find_mask(struct tree *tree, const char **ret) {
        static const char *const FILES[] = {
                "/run/systemd/system-generators/dadwait-generator",
                "/etc/systemd/system-generators/dadwait-generator",
                "/usr/local/lib/systemd/system-generators/dadwait-generator",
        };

        *ret = NULL;
        tree_reset_budget(tree);
        for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]) && !*ret; i++) {
                CLEANUP(freep) char *target = NULL;
                struct stat st;

                if (strcmp(FILES[i], GENERATOR_PATH) == 0)
                        return;
                if (tree_readlink(tree, FILES[i], &target) >= 0 ||
                    tree_stat(tree, FILES[i], &st) >= 0)
                        *ret = FILES[i];
        }
}
