/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/assignments.h"

#include "build-config.h"
#include "common/array.h"
#include "common/cleanup.h"
#include "config/ini-reader.h"
#include "config/section-name.h"
#include "config/settings.h"
#include "input/configuration-directories.h"
#include "input/path.h"
#include "log.h"
#include "units/unit-name.h"

#include <string.h>
#include <sys/param.h>

/* In the order of their priority, the highest first. */
static const char *const DIRECTORIES[] = {
        "/etc/dadwait.d",
        "/run/dadwait.d",
        "/usr/local/lib/dadwait.d",
        SERVICE_DIR,
};
static const char MAIN_FILE[] = "/etc/dadwait.conf";

/* Where files would be if they were like those of systemd and of other programs. */
static const char *const WRONG_DIRECTORIES[] = { "/etc/dadwait.conf.d", "/etc/dadwait" };

/* More than this is a mistake, or malice. A file that has more must not displace the settings of
 * the others. */
enum { ASSIGNMENTS_MAX = 10000, ASSIGNMENTS_OF_FILE_MAX = 2000 };

/* The state of reading one file. */
struct reading {
        struct assignment_list *assignments;
        char *section;                   /* of the settings that follow; NULL: none yet */
        struct string_list names, words; /* of section_name_expand() */
        bool is_known;
        char *refused_section; /* the last one, which was logged */
        size_t end;            /* how many assignments there may be after this file */
        bool full;             /* there were more, which was logged */
        int error;
};

static void reading_clear(struct reading *reading) {
        free(reading->section);
        string_list_clear(&reading->names);
        string_list_clear(&reading->words);
        free(reading->refused_section);
}

static bool is_shipped(const char *file) {
        return strncmp(file, SERVICE_DIR "/", strlen(SERVICE_DIR "/")) == 0;
}

bool assignment_is_shipped(const struct assignment *assignment) {
        return is_shipped(assignment->file);
}

/*
 * @has_braces: a section for several units, whose settings are checked as those of units
 *
 * There is no dadwait.service, so a section of that name is meant to be [dadwait].
 */
static bool is_section(const char *name, bool has_braces) {
        return (unit_name_is_service(name) && strcmp(name, "dadwait.service") != 0) ||
               (!has_braces && (strcmp(name, "dadwait") == 0 || strcmp(name, "sockets") == 0));
}

/* Logs an unknown section once, not for each of its lines. */
static void log_unknown_section(struct reading *reading, const struct assignment *assignment) {
        const char *section = assignment->section;
        CLEANUP(freep) char *advice = NULL;

        if (reading->refused_section && strcmp(reading->refused_section, section) == 0)
                return;

        if (section[0] == '\0')
                log_warning(assignment->file, assignment->line,
                            "Setting before the first section, ignoring: %s", assignment->key);
        else if (section_name_advise(section, &advice) == 0)
                log_warning(assignment->file, assignment->line,
                            "Unknown section, ignoring: [%s] (%s)", section, advice);
        free(reading->refused_section);
        reading->refused_section = strdup(section);
}

/* Copies @text to *@to, and moves that behind the copy. */
static char *put(char **to, const char *text) {
        char *copy = *to;

        *to = stpcpy(copy, text) + 1;
        return copy;
}

/* One allocation for all texts: there are hundreds of settings in the shipped definitions. */
static int add(struct assignment_list *assignments, const struct assignment *assignment) {
        const char *word = assignment->word ? assignment->word : "";
        struct assignment copy = { .line = assignment->line };
        char *next;

        if (array_make_room(assignments->items, assignments->count) < 0)
                return -ENOMEM;
        next = malloc(strlen(assignment->section) + strlen(word) + strlen(assignment->key) +
                      strlen(assignment->value) + strlen(assignment->file) + 5);
        if (!next)
                return -ENOMEM;
        copy.section = put(&next, assignment->section);
        copy.word = assignment->word ? put(&next, word) : NULL;
        copy.key = put(&next, assignment->key);
        copy.value = put(&next, assignment->value);
        copy.file = put(&next, assignment->file);
        assignments->items[assignments->count++] = copy;
        return 0;
}

/* Return: 0; -E2BIG if there are too many; -ENOMEM. */
static int add_to_sections(struct reading *reading, struct assignment *assignment) {
        const struct string_list *names = &reading->names, *words = &reading->words;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < names->count; i++) {
                if (reading->assignments->count >= reading->end)
                        return -E2BIG;
                assignment->section = names->items[i];
                assignment->word = words->count > 0 ? words->items[i] : NULL;
                r = add(reading->assignments, assignment);
        }
        return r;
}

/* The sections of a header, once for all of its settings. Return: 0 or -ENOMEM. */
static int read_section(struct reading *reading, const char *name) {
        int r;

        if (reading->section && strcmp(reading->section, name) == 0)
                return 0;
        free(reading->section);
        string_list_clear(&reading->names);
        string_list_clear(&reading->words);
        reading->section = strdup(name);
        if (!reading->section)
                return -ENOMEM;
        r = section_name_expand(name, &reading->names, &reading->words);
        reading->is_known = r >= 0;
        for (size_t i = 0; reading->is_known && i < reading->names.count; i++)
                reading->is_known = is_section(reading->names.items[i], reading->words.count > 0);
        return r == -ENOMEM ? r : 0;
}

static void read_setting(const char *section, const char *key, const char *value, const char *file,
                         unsigned line, void *data) {
        struct reading *reading = data;
        struct assignment assignment = {
                .section = (char *)section,
                .key = (char *)key,
                .value = (char *)value,
                .file = (char *)file,
                .line = line,
        };
        int r;

        if (reading->full || reading->error < 0)
                return;
        r = read_section(reading, section);
        if (r >= 0 && !reading->is_known)
                log_unknown_section(reading, &assignment);
        else if (r >= 0 && settings_check(&assignment))
                r = add_to_sections(reading, &assignment);
        if (r == -ENOMEM)
                reading->error = r;
        if (r == -E2BIG) {
                log_warning(file, line,
                            "More than %d settings in a file or %d in all, ignoring the "
                            "rest of this file.",
                            ASSIGNMENTS_OF_FILE_MAX, ASSIGNMENTS_MAX);
                reading->full = true;
        }
}

static int read_file(struct tree *tree, const char *path, struct assignment_list *ret) {
        CLEANUP(freep) char *text = NULL;
        struct reading reading = {
                .assignments = ret,
                .end = MIN(ret->count + ASSIGNMENTS_OF_FILE_MAX, (size_t)ASSIGNMENTS_MAX),
        };
        size_t size;
        int r;

        r = tree_read(tree, path, &text, &size);
        if (r == -ENOENT || r == -ENOMEM)
                return r == -ENOENT ? 0 : r;
        if (r < 0) {
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
                return 0;
        }
        r = ini_read(text, size, path, read_setting, &reading);
        reading_clear(&reading);
        return r < 0 ? r : reading.error;
}

/*
 * A file replaces the shipped one of its name as a whole, its Format= and Config= included. People
 * who only want to change a setting see their service lose its wait.
 */
static int check_replacement(struct tree *tree, const char *path,
                             const struct assignment_list *assignments, size_t first) {
        CLEANUP(freep) char *shipped = NULL;
        bool is_whole = false;
        struct stat st;

        if (is_shipped(path) || strcmp(path, MAIN_FILE) == 0 || first == assignments->count)
                return 0;
        if (asprintf(&shipped, SERVICE_DIR "%s", strrchr(path, '/')) < 0)
                return -ENOMEM;
        if (tree_stat(tree, shipped, &st) < 0)
                return 0;
        for (size_t i = first; i < assignments->count; i++) {
                struct assignment *assignment = &assignments->items[i];

                assignment->replaces_shipped = true;
                is_whole |= strcmp(assignment->key, "Format") == 0 ||
                            strcmp(assignment->key, "Address") == 0 ||
                            strcmp(assignment->key, "Enable") == 0;
        }
        if (!is_whole)
                log_warning(path, 0,
                            "Replaces %s as a whole, and has no Format=. For settings only, use "
                            "/etc/dadwait.conf or another name of the file.",
                            shipped);
        return 0;
}

static int compare_sections(const void *a, const void *b) {
        const struct assignment *x = *(const struct assignment *const *)a;
        const struct assignment *y = *(const struct assignment *const *)b;
        int r = strcmp(x->section, y->section);

        return r != 0 ? r : (x > y) - (x < y);
}

static int sort_sections(struct assignment_list *list) {
        list->by_section = calloc(list->count + 1, sizeof(const struct assignment *));
        if (!list->by_section)
                return -ENOMEM;
        for (size_t i = 0; i < list->count; i++)
                list->by_section[i] = &list->items[i];
        if (list->count > 1)
                qsort(list->by_section, list->count, sizeof(const struct assignment *),
                      compare_sections);
        for (size_t i = 0; i < list->count; i++) {
                struct assignment *assignment = &list->items[list->by_section[i] - list->items];

                assignment->is_first = i == 0 || strcmp(list->by_section[i - 1]->section,
                                                        assignment->section) != 0;
        }
        return 0;
}

/* The first one of the sorted ones that is not less than @section, or, with @is_behind, greater. */
static size_t find_bound(const struct assignment_list *list, const char *section, bool is_behind) {
        size_t first = 0, end = list->count;

        while (first < end) {
                size_t middle = first + (end - first) / 2;
                int r = strcmp(list->by_section[middle]->section, section);

                if (r < 0 || (is_behind && r == 0))
                        first = middle + 1;
                else
                        end = middle;
        }
        return first;
}

const struct assignment *const *assignment_list_section(const struct assignment_list *assignments,
                                                        const char *section, size_t *ret_count) {
        size_t first = find_bound(assignments, section, false);

        *ret_count = find_bound(assignments, section, true) - first;
        return assignments->by_section ? assignments->by_section + first : NULL;
}

bool assignment_list_is_local(const struct assignment_list *assignments, const char *section) {
        size_t count;
        const struct assignment *const *settings =
                assignment_list_section(assignments, section, &count);

        for (size_t i = 0; i < count; i++)
                if (!assignment_is_shipped(settings[i]))
                        return true;
        return false;
}

/* "apache2" or "apache2.service", which is not read. Copies that editors and dpkg leave have other
 * endings. A directory that cannot be read has been logged. */
static int log_other_names(struct tree *tree, const char *directory) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        r = tree_list(tree, directory, &names);
        for (size_t i = 0; r >= 0 && i < names.count; i++) {
                CLEANUP(freep) char *path = NULL;
                const char *name = names.items[i];

                if (strcmp(name, "README") == 0 || strchr(name, '~') ||
                    (strchr(name, '.') && !unit_name_is_service(name)))
                        continue;
                if (path_join(directory, name, &path) < 0)
                        return -ENOMEM;
                log_warning(path, 0, "Not read, since its name does not end with .conf.");
        }
        return r == -ENOMEM ? r : 0;
}

static void log_wrong_directories(struct tree *tree) {
        struct stat st;

        for (size_t i = 0; i < sizeof(WRONG_DIRECTORIES) / sizeof(WRONG_DIRECTORIES[0]); i++)
                if (tree_stat(tree, WRONG_DIRECTORIES[i], &st) == 0)
                        log_warning(WRONG_DIRECTORIES[i], 0, "Not read. The directory is %s.",
                                    DIRECTORIES[0]);
}

int assignment_list_read(struct tree *tree, struct assignment_list *ret) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        CLEANUP(string_list_clear) struct string_list files = { 0 };
        int r;

        for (size_t i = 0; i < sizeof(DIRECTORIES) / sizeof(DIRECTORIES[0]); i++) {
                r = string_list_add(&directories, DIRECTORIES[i]);
                if (r < 0)
                        return r;
        }
        r = configuration_directories_list(tree, &directories, &files);
        if (r >= 0)
                r = log_other_names(tree, DIRECTORIES[0]);
        if (r < 0)
                return r;
        log_wrong_directories(tree);
        r = string_list_add(&files, MAIN_FILE);
        for (size_t i = 0; r >= 0 && i < files.count; i++) {
                size_t first = ret->count;

                r = read_file(tree, files.items[i], ret);
                if (r >= 0)
                        r = check_replacement(tree, files.items[i], ret, first);
        }
        return r < 0 ? r : sort_sections(ret);
}

void assignment_list_clear(struct assignment_list *assignments) {
        for (size_t i = 0; i < assignments->count; i++)
                free(assignments->items[i].section); /* the first text of add() */
        free(assignments->items);
        free(assignments->by_section);
        *assignments = (struct assignment_list){ 0 };
}
