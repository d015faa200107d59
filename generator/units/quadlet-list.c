/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/quadlet-list.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "input/path.h"
#include "input/unit-file.h"
#include "log.h"
#include "units/quadlet-files.h"
#include "units/unit-name-list.h"
#include "units/unit-name.h"

#include <string.h>

enum { QUADLETS_MAX = 1000 };

/* Only those that publish ports. */
static const struct type {
        const char *suffix, *section;
        const char *addition; /* to the name of the unit */
} TYPES[] = {
        { ".container", "Container", "" },
        { ".kube", "Kube", "" },
        { ".pod", "Pod", "-pod" },
};

static const struct type *type_of(const char *name) {
        const char *dot = strrchr(name, '.');

        for (size_t i = 0; dot && i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
                if (strcmp(dot, TYPES[i].suffix) == 0)
                        return &TYPES[i];
        return NULL;
}

bool quadlet_is_pod(const struct quadlet *quadlet) {
        return type_of(quadlet->name)->addition[0];
}

/* What is read of one file and its drop-ins. */
struct names {
        const struct type *type;
        char *service; /* ServiceName= */
        struct string_list aliases;
        char *default_instance;
};

static void names_clear(struct names *names) {
        free(names->service);
        string_list_clear(&names->aliases);
        free(names->default_instance);
}

/* podman removes quotation marks from both ends. */
static int set_unquoted(const char *value, char **text) {
        size_t length;
        int r;

        value += strspn(value, "\"");
        r = text_set(text, value);
        if (r < 0)
                return r;
        length = strlen(*text);
        while (length > 0 && (*text)[length - 1] == '"')
                (*text)[--length] = '\0';
        return 0;
}

static int parse_setting(const char *section, const char *key, const char *value, unsigned line,
                         void *data) {
        struct names *names = data;

        (void)line;
        if (strcmp(section, names->type->section) == 0 && strcmp(key, "ServiceName") == 0)
                return set_unquoted(value, &names->service);
        if (strcmp(section, "Install") != 0)
                return 0;
        if (strcmp(key, "DefaultInstance") == 0)
                return set_unquoted(value, &names->default_instance);
        if (strcmp(key, "Alias") != 0)
                return 0;
        if (!value[0])
                string_list_clear(&names->aliases);
        return unit_name_list_add(value, NULL, &names->aliases);
}

static struct quadlet *find_service(const struct quadlet_list *list, const char *service) {
        for (size_t i = 0; i < list->count; i++)
                if (strcmp(list->items[i].service, service) == 0)
                        return &list->items[i];
        return NULL;
}

static void quadlet_clear(struct quadlet *quadlet) {
        free(quadlet->name);
        free(quadlet->service);
        string_list_clear(&quadlet->files);
        string_list_clear(&quadlet->aliases);
        free(quadlet->default_instance);
}

static int fill(const char *name, const struct string_list *files, const struct names *names,
                struct quadlet *ret) {
        int r = 0;

        ret->name = strdup(name);
        if (names->default_instance && names->default_instance[0])
                r = text_set(&ret->default_instance, names->default_instance);
        for (size_t i = 0; r >= 0 && i < files->count; i++)
                r = string_list_add(&ret->files, files->items[i]);
        for (size_t i = 0; r >= 0 && i < names->aliases.count; i++)
                if (unit_name_is_service(names->aliases.items[i]))
                        r = string_list_add(&ret->aliases, names->aliases.items[i]);
        return ret->name ? r : -ENOMEM;
}

/* @service: moved into the list */
static int add(const char *name, char **service, const struct string_list *files,
               const struct names *names, struct quadlet_list *ret) {
        struct quadlet *other = find_service(ret, *service);

        if (!unit_name_is_service(*service) || !unit_name_may_have_drop_ins(*service)) {
                log_warning(files->items[0], 0, "Not a name for a unit, ignoring: %s", *service);
                return 0;
        }
        if (other) {
                log_warning(files->items[0], 0, "Ignoring it: %s makes %s as well.",
                            other->files.items[0], *service);
                other->is_one_of_several = true;
                return 0;
        }
        if (array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        ret->items[ret->count++] = (struct quadlet){ .service = TAKE_POINTER(*service) };
        return fill(name, files, names, &ret->items[ret->count - 1]);
}

/*
 * "NAME.pod" makes NAME-pod.service. Of the template "NAME@.pod" podman makes NAME@-pod.service up
 * to 5.6, and NAME-pod@.service since; which version runs is not known, so both get the drop-in.
 */
static int add_default_names(const char *name, const struct string_list *files,
                             const struct names *names, struct quadlet_list *ret) {
        const char *addition = names->type->addition, *dot = strrchr(name, '.');
        int length = (int)(dot == name ? strlen(name) : (size_t)(dot - name)), r;
        CLEANUP(freep) char *service = NULL, *of_template = NULL;

        if (asprintf(&service, "%.*s%s.service", length, name, addition) < 0)
                return -ENOMEM;
        r = add(name, &service, files, names, ret);
        if (r < 0 || !addition[0] || length < 2 || name[length - 1] != '@')
                return r;
        if (asprintf(&of_template, "%.*s%s@.service", length - 1, name, addition) < 0)
                return -ENOMEM;
        return add(name, &of_template, files, names, ret);
}

/* Reads them as podman merges them. Return: 1; 0 if the file itself cannot be read; -ENOMEM. */
static int read_files(struct tree *tree, const struct string_list *files, struct names *ret) {
        for (size_t i = 0; i < files->count; i++) {
                int r = unit_file_read(tree, files->items[i], parse_setting, ret);

                if (r == -ENOMEM)
                        return r;
                if (r != 0 && i == 0)
                        return 0;
        }
        return 1;
}

/* podman reads an empty file, and makes no unit. Without /dev, below another root, the link is
 * dangling. */
static bool is_masked(struct tree *tree, const char *path) {
        CLEANUP(freep) char *target = NULL;

        return tree_readlink(tree, path, &target) >= 0 && strcmp(target, "/dev/null") == 0;
}

/* Return: 1; 0 if podman continues with a file of this name in another directory; -ENOMEM. */
static int read_quadlet(struct tree *tree, const struct quadlet_files *all, const struct type *type,
                        const char *directory, const char *name, struct quadlet_list *ret) {
        CLEANUP(names_clear) struct names names = { .type = type };
        CLEANUP(string_list_clear) struct string_list files = { 0 }, drop_ins = { 0 };
        CLEANUP(freep) char *path = NULL, *service = NULL;
        int r;

        if (path_join(directory, name, &path) < 0)
                return -ENOMEM;
        if (is_masked(tree, path))
                return 1;
        r = string_list_add(&files, path);
        if (r >= 0)
                r = quadlet_files_drop_ins(tree, all, name, &drop_ins);
        for (size_t i = 0; r >= 0 && i < drop_ins.count; i++)
                r = string_list_add(&files, drop_ins.items[i]);
        if (r >= 0)
                r = read_files(tree, &files, &names);
        if (r <= 0)
                return r;
        if (!names.service) {
                r = add_default_names(name, &files, &names, ret);
        } else if (asprintf(&service, "%s.service", names.service) < 0) {
                service = NULL;
                r = -ENOMEM;
        } else {
                r = add(name, &service, &files, &names, ret);
        }
        return r < 0 ? r : 1;
}

static int read_directory(struct tree *tree, const struct quadlet_files *files,
                          const struct quadlet_directory *directory, struct string_list *seen,
                          struct quadlet_list *ret) {
        for (size_t i = 0; i < directory->names.count; i++) {
                const char *name = directory->names.items[i];
                const struct type *type = type_of(name);
                int r;

                if (!type || string_list_contains(seen, name))
                        continue;
                if (ret->count >= QUADLETS_MAX) {
                        log_warning(directory->path, 0,
                                    "More than %d containers, ignoring %s and those that follow.",
                                    QUADLETS_MAX, name);
                        return 0;
                }
                r = read_quadlet(tree, files, type, directory->path, name, ret);
                if (r > 0)
                        r = string_list_add(seen, name);
                if (r < 0)
                        return r;
        }
        return 0;
}

int quadlet_list_read(struct tree *tree, struct quadlet_list *ret) {
        CLEANUP(quadlet_files_clear) struct quadlet_files files = { 0 };
        CLEANUP(string_list_clear) struct string_list seen = { 0 };
        int r;

        tree_reset_budget(tree);
        r = quadlet_files_read(tree, &files);
        for (size_t i = 0; r >= 0 && i < files.count; i++)
                r = read_directory(tree, &files, &files.directories[i], &seen, ret);
        return r;
}

int quadlet_list_find(const struct quadlet_list *list, const char *name,
                      const struct quadlet **ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r = 0;

        *ret = find_service(list, name);
        for (size_t i = 0; !*ret && i < list->count; i++)
                if (string_list_contains(&list->items[i].aliases, name))
                        *ret = &list->items[i];
        if (!*ret)
                r = unit_name_split(name, &template, &instance);
        if (r > 0)
                *ret = find_service(list, template);
        return r < 0 ? r : 0;
}

void quadlet_list_clear(struct quadlet_list *list) {
        for (size_t i = 0; i < list->count; i++)
                quadlet_clear(&list->items[i]);
        free(list->items);
        *list = (struct quadlet_list){ 0 };
}
