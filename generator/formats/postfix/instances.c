/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/postfix/instances.h"

#include "common/cleanup.h"
#include "formats/postfix/parameter-expansion.h"
#include "formats/shell/environment.h"

#include <string.h>

/* DEF_CONFIG_DIR of Postfix: postmulti(1) looks for the instances that this one names. */
#define PRIMARY "/etc/postfix"

/* CHARS_COMMA_SP of Postfix */
#define SEPARATORS ", \t\r\n"

enum { INSTANCES_MAX = 100 };

/* Return: the value of a short option, "-xVALUE" or "-x VALUE"; NULL without it. */
static const char *find_option(const struct string_list *arguments, char option) {
        for (size_t i = 0; arguments && i < arguments->count; i++) {
                const char *word = arguments->items[i];

                if (word[0] != '-' || word[1] != option)
                        continue;
                if (word[2])
                        return word + 2;
                return i + 1 < arguments->count ? arguments->items[i + 1] : NULL;
        }
        return NULL;
}

/* "/etc/postfix" of "/etc/postfix/main.cf" or of itself. */
static char *directory_of(const char *config) {
        size_t length = strlen(config);

        if (length > strlen(".cf") && strcmp(config + length - strlen(".cf"), ".cf") == 0)
                length = (size_t)(strrchr(config, '/') - config);
        return strndup(config, length);
}

static int choose_primary(struct tree *tree, const struct string_list *config, char **ret) {
        const char *chosen = config->count > 0 ? config->items[0] : "/etc/postfix/main.cf";

        for (size_t i = config->count; i > 0; i--) {
                struct stat st;

                if (tree_stat(tree, config->items[i - 1], &st) == 0) {
                        chosen = config->items[i - 1];
                        break;
                }
        }
        *ret = directory_of(chosen);
        return *ret ? 0 : -ENOMEM;
}

/* Whether a parameter of an instance has a value. Return: -ENOMEM. */
static int has_value(struct tree *tree, const char *directory, const char *name,
                     const char *value) {
        CLEANUP(main_cf_clear) struct main_cf main_cf = { 0 };
        CLEANUP(freep) char *set = NULL;
        int r = main_cf_read(tree, directory, &main_cf);

        if (r <= 0)
                return r;
        r = parameter_expand(&main_cf, name, &set);
        return r == -ENOMEM ? r : r == 0 && strcmp(set, value) == 0;
}

/* The instances of the primary one that have a value of a parameter. */
static int add_instances(struct tree *tree, const struct main_cf *primary, const char *name,
                         const char *value, struct string_list *ret) {
        CLEANUP(freep) char *directories = NULL;
        char *cursor, *directory;
        unsigned count = 0;
        int r = parameter_expand(primary, "multi_instance_directories", &directories);

        if (r < 0)
                return r == -ENOMEM ? r : 0;
        cursor = directories;
        while ((directory = strsep(&cursor, SEPARATORS))) {
                if (directory[0] != '/')
                        continue;
                if (count++ == INSTANCES_MAX)
                        break;
                r = has_value(tree, directory, name, value);
                if (r > 0)
                        r = string_list_add(ret, directory);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int add_named(struct tree *tree, const char *instance, struct string_list *ret) {
        CLEANUP(main_cf_clear) struct main_cf primary = { 0 };
        CLEANUP(freep) char *directory = NULL;
        int r;

        if (instance[0] == '/')
                return string_list_add(ret, instance);
        r = main_cf_read(tree, PRIMARY, &primary);
        if (r >= 0)
                r = add_instances(tree, &primary, "multi_instance_name", instance, ret);
        if (r < 0 || ret->count > 0)
                return r;
        /* Debian names an instance as its directory. */
        if (asprintf(&directory, "/etc/%s", instance) < 0)
                return -ENOMEM;
        return string_list_add(ret, directory);
}

static int has_wrapper(const struct main_cf *primary) {
        CLEANUP(freep) char *wrapper = NULL;
        int r = parameter_expand(primary, "multi_instance_wrapper", &wrapper);

        return r == -ENOMEM ? r : r == 0 && wrapper[0];
}

/* "debian-systemd-start" and "-i -" start the primary instance alone. */
static int add_enabled(struct tree *tree, const struct main_cf *primary,
                       const struct source *source, struct string_list *ret) {
        int r = has_wrapper(primary);

        if (r <= 0 || !source->arguments ||
            (!string_list_contains(source->arguments, "start") &&
             !string_list_contains(source->arguments, "start-fg")))
                return r < 0 ? r : 0;
        return add_instances(tree, primary, "multi_instance_enable", "yes", ret);
}

int instances_find(struct tree *tree, const struct source *source, struct string_list *ret) {
        CLEANUP(main_cf_clear) struct main_cf primary = { 0 };
        CLEANUP(freep) char *directory = NULL;
        const char *instance = find_option(source->arguments, 'i');
        const char *named = find_option(source->arguments, 'c');
        int r;

        if (!named && !instance && source->environment)
                named = environment_get(source->environment, "MAIL_CONFIG");
        if (named && named[0] == '/')
                return string_list_add(ret, named);

        if (instance && instance[0] && strcmp(instance, "-") != 0)
                return add_named(tree, instance, ret);
        r = choose_primary(tree, source->config, &directory);
        if (r >= 0)
                r = main_cf_read(tree, directory, &primary);
        if (r < 0)
                return r;
        r = string_list_add(ret, directory);
        return r < 0 || instance ? r : add_enabled(tree, &primary, source, ret);
}
