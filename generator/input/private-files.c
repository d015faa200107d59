/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/private-files.h"

#include "common/cleanup.h"
#include "common/string-list.h"
#include "common/whitespace.h"
#include "input/tree.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Above EHWPOISON (133), the last errno(3) of most architectures. */
enum { ERRNO_MAX = 140 };

enum { MISSING_MAX = 100 };

static struct string_list files, words, missing;
static size_t files_before;      /* count of those that are of no service */
static const char *current_unit; /* NULL outside of a service */

static void truncate_list(struct string_list *list, size_t count) {
        while (list->count > count)
                free(list->items[--list->count]);
}

void private_files_begin(const char *unit) {
        private_files_end();
        current_unit = unit;
        files_before = files.count;
}

void private_files_end(void) {
        if (!current_unit)
                return;
        truncate_list(&files, files_before);
        string_list_clear(&words);
        string_list_clear(&missing);
        current_unit = NULL;
}

int private_files_add(const char *path) {
        return string_list_contains(&files, path) ? 0 : string_list_add(&files, path);
}

bool private_files_is_hidden(const char *file) {
        if (current_unit && files.count > files_before)
                return true;
        return file && string_list_contains(&files, file);
}

int private_files_add_missing(const char *path) {
        if (!private_files_is_hidden(NULL) || missing.count == MISSING_MAX ||
            string_list_contains(&missing, path))
                return 0;
        return string_list_add(&missing, path);
}

const char *private_files_name(const char *path) {
        if (!private_files_is_hidden(NULL) || string_list_contains(&files, path))
                return path;
        if (missing.count == MISSING_MAX || string_list_contains(&missing, path))
                return PRIVATE_FILES_NOT_SHOWN;
        return path;
}

int private_files_allow(const char *word) {
        return word[0] ? string_list_add(&words, word) : 0;
}

static bool begins_with(const char *line, const char *word) {
        size_t length = strlen(word);
        unsigned char next;

        if (strncasecmp(line, word, length) != 0)
                return false;
        next = (unsigned char)line[length];
        return !isalnum(next) && next != '_' && next != '-';
}

/* Of dadwait.conf(5). */
static const char *const OWN_KEYS[] = { "Address", "IgnoreAddress" };

const char *private_files_keyword(const char *line) {
        const char *found = "";

        line += strspn(line, SYSTEMD_WHITESPACE);
        for (size_t i = 0; i < sizeof(OWN_KEYS) / sizeof(OWN_KEYS[0]); i++)
                if (begins_with(line, OWN_KEYS[i]))
                        found = OWN_KEYS[i];
        for (size_t i = 0; i < words.count; i++)
                if (begins_with(line, words.items[i]) && strlen(words.items[i]) > strlen(found))
                        found = words.items[i];
        return found;
}

bool private_files_knows(const char *line) {
        for (size_t i = 0; i < words.count; i++)
                if (begins_with(line, words.items[i]))
                        return true;
        return false;
}

static bool is_text(const char *text, size_t length, const char *other) {
        return strlen(other) == length && memcmp(text, other, length) == 0;
}

bool private_files_is_allowed(const char *text, size_t length) {
        if (length == 0 || (current_unit && is_text(text, length, current_unit)))
                return true;
        for (size_t i = 0; i < words.count; i++)
                if (is_text(text, length, words.items[i]))
                        return true;
        for (int i = 1; i < ERRNO_MAX; i++)
                if (is_text(text, length, tree_strerror(i)))
                        return true;
        return false;
}
