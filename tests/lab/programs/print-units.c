/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * print-units ROOT NAME...
 *
 * Prints what the generator finds about units of a tree: lines "KEY=VALUE", and an empty line after
 * each unit
 */

#include "common/cleanup.h"
#include "common/timespan.h"
#include "units/unit-settings.h"

#include <inttypes.h>

static void print(const char *key, const char *value) {
        if (value)
                printf("%s=%s\n", key, value);
}

static void print_list(const char *key, const struct string_list *list) {
        for (size_t i = 0; i < list->count; i++)
                print(key, list->items[i]);
}

static void print_usec(const char *key, uint64_t usec) {
        if (usec == TIMESPAN_INFINITY)
                print(key, "infinity");
        else
                printf("%s=%" PRIu64 "\n", key, usec);
}

static void print_hook(const char *key, const struct unit_hook *hook) {
        if (hook->file)
                printf("%s=%s%s\n", key, hook->file, hook->resets ? " resets" : "");
}

static void print_settings(const struct unit_settings *settings) {
        print_usec("start-timeout", settings->start_timeout_usec);
        print_usec("job-timeout", settings->job_timeout_usec);
        print("job-timeout-setting", settings->job_timeout_setting.text);
        print("before", settings->before);
        print("private-network", settings->private_network ? "yes" : NULL);
        print("network-namespace-path", settings->network_namespace_path);
        print("joins-namespace", settings->joins_namespace);
        print("file-view", settings->file_view.text);
        print_list("drop-in", &settings->drop_ins);
        print("replaced-by", settings->replaced_by);
        print_hook("start-pre-behind", &settings->start_pre_behind);
        print_hook("condition-behind", &settings->condition_behind);
}

static int print_unit(struct tree *tree, const struct unit_index *units, const char *name) {
        static const char *const STATES[] = {
                [UNIT_MISSING] = "missing",
                [UNIT_MASKED] = "masked",
                [UNIT_FOUND] = "found",
                [UNIT_SYSV] = "sysv",
        };
        CLEANUP(unit_settings_clear) struct unit_settings settings = { 0 };
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        tree_reset_budget(tree);
        r = unit_find(tree, units, name, &unit);
        if (r < 0)
                return r;
        print("asked", name);
        print("state", STATES[unit.state]);
        print("id", unit.name);
        print("file", unit.file);
        print_list("name", &unit.names);
        if (unit.state == UNIT_FOUND || unit.state == UNIT_SYSV)
                r = unit_settings_read(tree, units, &unit, &settings);
        if (r >= 0)
                print_settings(&settings);
        printf("\n");
        return r;
}

int main(int argc, char *argv[]) {
        CLEANUP(unit_index_clear) struct unit_index units = { 0 };
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        int r;

        if (argc < 2)
                return 2;
        r = tree_open(&tree, argv[1]);
        if (r >= 0)
                r = unit_index_read(&tree, NULL, &units);
        for (int i = 2; i < argc && r >= 0; i++)
                r = print_unit(&tree, &units, argv[i]);
        return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
