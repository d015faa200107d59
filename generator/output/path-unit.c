/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "output/path-unit.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/text.h"
#include "input/path.h"
#include "log.h"
#include "output/drop-in.h"
#include "units/unit.h"

#include <string.h>

static const char UNIT[] = "dadwait-reload.path";

enum {
        /* systemd creates an inotify instance for each PathChanged=, and root may have 128 of them
         * (inotify(7), max_user_instances). A watch on a directory includes each file in it that is
         * no link, so a directory replaces its files if they are many. */
        FILES_OF_A_DIRECTORY_MAX = 6,
        WATCHES_MAX = 48,
        COLLECTED_MAX = 1000,
};

/* How much of a path is its directory, with the slash. */
static size_t directory_length(const char *path) {
        return (size_t)(strrchr(path, '/') + 1 - path);
}

static bool is_directory(const char *path) {
        return path[directory_length(path)] == '\0';
}

/* A watch on a link notices when it is replaced, but no change of the file that it leads to. */
static int add_with_target(struct tree *tree, const char *path, struct string_list *ret) {
        CLEANUP(freep) char *target = NULL, *directory = NULL, *merged = NULL;
        int r;

        if (path_merge("/", path, &merged) < 0 || string_list_add(ret, merged) < 0)
                return -ENOMEM;
        if (is_directory(merged) || tree_readlink(tree, merged, &target) < 0)
                return 0;
        directory = strndup(merged, directory_length(merged));
        if (!directory)
                return -ENOMEM;
        freep(&merged);
        merged = NULL;
        r = path_merge(directory, target, &merged);
        return r < 0 ? r : string_list_take(ret, TAKE_POINTER(merged));
}

/* Sorted by byte value: a directory is before the files in it. */
static void sort_unique(struct string_list *list) {
        size_t kept = 0;

        string_list_sort(list);
        for (size_t i = 0; i < list->count; i++)
                if (kept > 0 && strcmp(list->items[kept - 1], list->items[i]) == 0)
                        free(list->items[i]);
                else
                        list->items[kept++] = list->items[i];
        list->count = kept;
}

static bool is_in(const char *path, const char *directory, size_t length) {
        return strncmp(path, directory, length) == 0 && directory_length(path) == length;
}

/* Whether a directory, @path's first @length bytes, was listed, or many of its files were read. */
static bool is_watched_whole(const struct string_list *list, const char *path, size_t length) {
        size_t files = 0;

        for (size_t i = 0; i < list->count; i++) {
                if (!is_in(list->items[i], path, length))
                        continue;
                if (is_directory(list->items[i]))
                        return true;
                files++;
        }
        return files > FILES_OF_A_DIRECTORY_MAX;
}

/* Replaces files by their directories. @ret: one for each of @list, repeated ones included */
static int reduce(const struct string_list *list, struct string_list *ret) {
        bool whole = false;

        for (size_t i = 0; i < list->count; i++) {
                const char *path = list->items[i];
                size_t length = directory_length(path);

                if (i == 0 || !is_in(list->items[i - 1], path, length))
                        whole = is_watched_whole(list, path, length);
                if (string_list_take(ret, whole ? strndup(path, length) : strdup(path)) < 0)
                        return -ENOMEM;
        }
        return 0;
}

/* systemd strips blanks from the end of the line, and joins it with the next after a backslash. */
static bool fits_unit_file(const char *path) {
        char last = path[strlen(path) - 1];
        size_t length = 1;

        while (*path && length > 0)
                path += (length = text_printable_length(path));
        return length > 0 && last != ' ' && last != '\\';
}

static void put_watch(FILE *stream, const char *path) {
        size_t length = strlen(path);

        if (length > 1 && path[length - 1] == '/')
                length--;
        fputs("PathChanged=", stream);
        for (size_t i = 0; i < length; i++) {
                if (path[i] == '%')
                        fputc('%', stream);
                fputc(path[i], stream);
        }
        fputc('\n', stream);
}

static int collect(struct tree *tree, struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list paths = { 0 };
        int r = 0;

        for (size_t i = 0; i < tree->watched.paths.count && r >= 0; i++)
                r = add_with_target(tree, tree->watched.paths.items[i], &paths);
        if (r < 0)
                return r;
        sort_unique(&paths);
        r = reduce(&paths, ret);
        sort_unique(ret);
        while (ret->count > COLLECTED_MAX)
                free(ret->items[--ret->count]);
        return r;
}

int path_unit_collect(struct tree *tree, struct string_list *ret) {
        const char *path;

        return tree_pop_io_error(tree, collect(tree, ret), &path);
}

/* `systemctl enable` reloads systemd, so what is to be watched is known before it can start. */
int path_unit_init(struct path_unit *reload, struct tree *tree, const struct unit_index *units,
                   const struct dependency_links *links) {
        CLEANUP(unit_clear) struct unit unit = { 0 };
        const char *path;
        int r;

        reload->wanted = false;
        if (!dependency_links_have(links, UNIT))
                return 0;
        r = tree_pop_io_error(tree, unit_find(tree, units, UNIT, &unit), &path);
        reload->wanted = r >= 0 && unit.state == UNIT_FOUND;
        return r;
}

int path_unit_add(struct path_unit *reload, struct string_list *watches) {
        if (array_make_room(reload->items, reload->count) < 0)
                return -ENOMEM;
        reload->items[reload->count++] = *watches;
        *watches = (struct string_list){ 0 };
        return 0;
}

void path_unit_clear(struct path_unit *reload) {
        for (size_t i = 0; i < reload->count; i++)
                string_list_clear(&reload->items[i]);
        free(reload->items);
        *reload = (struct path_unit){ 0 };
}

/* The paths to watch for all parts of the work, and the watches that include them. */
struct merged {
        struct string_list paths;   /* sorted, each once */
        struct string_list watches; /* one for each path: itself, or its directory */
};

static void merged_clear(struct merged *merged) {
        string_list_clear(&merged->paths);
        string_list_clear(&merged->watches);
}

static int merge(const struct path_unit *reload, struct merged *ret) {
        for (size_t i = 0; i < reload->count; i++)
                for (size_t k = 0; k < reload->items[i].count; k++)
                        if (string_list_add(&ret->paths, reload->items[i].items[k]) < 0)
                                return -ENOMEM;
        sort_unique(&ret->paths);
        return reduce(&ret->paths, &ret->watches);
}

static int compare_path(const void *path, const void *item) {
        return strcmp(path, *(char *const *)item);
}

static const char *watch_for(const struct merged *merged, const char *path) {
        char *const *found = bsearch(path, merged->paths.items, merged->paths.count,
                                     sizeof(*merged->paths.items), compare_path);

        return merged->watches.items[found - merged->paths.items];
}

/* One of each part of the work, then a second one of each, up to WATCHES_MAX. */
static int choose(const struct path_unit *reload, const struct merged *merged,
                  struct string_list *ret) {
        bool found = true;

        for (size_t k = 0; found; k++) {
                found = false;
                for (size_t i = 0; i < reload->count && ret->count < WATCHES_MAX; i++) {
                        const char *watch;

                        if (k >= reload->items[i].count)
                                continue;
                        found = true;
                        watch = watch_for(merged, reload->items[i].items[k]);
                        if (fits_unit_file(watch) && !string_list_contains(ret, watch) &&
                            string_list_add(ret, watch) < 0)
                                return -ENOMEM;
                }
        }
        string_list_sort(ret);
        return 0;
}

/* @watches: sorted, each once */
static void warn_of_others(const struct string_list *watches, const struct string_list *chosen) {
        const char *first = NULL;
        size_t more = 0;

        for (size_t i = 0; i < watches->count; i++) {
                const char *watch = watches->items[i];

                if (!fits_unit_file(watch)) {
                        log_warning(
                                watch, 0,
                                "Changes will not be noticed: a unit file cannot hold this path.");
                } else if (!string_list_contains(chosen, watch)) {
                        more += first != NULL;
                        first = first ? first : watch;
                }
        }
        if (first)
                log_warning(first, 0,
                            "Changes to this and %zu more will not be noticed: too many to watch.",
                            more);
}

static int format(const struct path_unit *reload, char **ret) {
        CLEANUP(string_list_clear) struct string_list chosen = { 0 };
        CLEANUP(merged_clear) struct merged merged = { 0 };
        CLEANUP(freep) char *text = NULL;
        FILE *stream;
        size_t size;

        if (merge(reload, &merged) < 0 || choose(reload, &merged, &chosen) < 0)
                return -ENOMEM;
        sort_unique(&merged.watches);
        warn_of_others(&merged.watches, &chosen);
        if (merged.watches.count == 0)
                return 0;

        stream = open_memstream(&text, &size);
        if (!stream)
                return -ENOMEM;
        fputs("# Automatically generated by dadwait-generator\n[Path]\n", stream);
        for (size_t i = 0; i < chosen.count; i++)
                put_watch(stream, chosen.items[i]);
        if (memstream_close(stream, &text) < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(text);
        return 0;
}

int path_unit_write(const struct path_unit *reload, int directory_fd) {
        CLEANUP(freep) char *text = NULL;
        int r = format(reload, &text);

        return r < 0 || !text ? r : drop_in_write(directory_fd, UNIT, text);
}
