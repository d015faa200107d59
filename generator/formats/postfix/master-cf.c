/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * get_master_ent() in master/master_ent.c of Postfix. Options -o of a service are for its
 * processes: master, which binds, does not look at them.
 */

#include "formats/postfix/master-cf.h"

#include "common/cleanup.h"
#include "formats/host.h"
#include "formats/postfix/logical-lines.h"
#include "log.h"

#include <string.h>

/* CHARS_COMMA_SP of Postfix */
#define SEPARATORS ", \t\r\n"

struct master_cf {
        const char *path;
        const char *disabled;
        unsigned families;
        struct address_list *addresses;
        bool all_interfaces;
};

static char *next_word(char **cursor) {
        char *word = *cursor + strspn(*cursor, SEPARATORS);
        char *end = word + strcspn(word, SEPARATORS);

        *cursor = end + (*end != '\0');
        *end = '\0';
        return word;
}

/* "NAME/TYPE", "NAME.TYPE" as it was written once, or "TYPE". */
static bool pattern_matches(char *pattern, const char *name, const char *type) {
        char *separator = strrchr(pattern, '/');
        size_t length;

        if (!separator)
                separator = strrchr(pattern, '.');
        if (!separator)
                return strcasecmp(pattern, type) == 0;
        length = (size_t)(separator - pattern);
        return strcasecmp(separator + 1, type) == 0 && strlen(name) == length &&
               strncasecmp(pattern, name, length) == 0;
}

/* The first pattern that matches counts (global/match_service.c). Return: -ENOMEM. */
static int is_disabled(const struct master_cf *master_cf, const char *name, const char *type) {
        CLEANUP(freep) char *patterns = strdup(master_cf->disabled);
        char *cursor = patterns, *pattern;

        if (!patterns)
                return -ENOMEM;
        while (*(pattern = next_word(&cursor))) {
                bool matches = true;

                for (; *pattern == '!'; pattern++)
                        matches = !matches;
                if (pattern_matches(pattern, name, type))
                        return matches;
        }
        return false;
}

/*
 * "[HOST]:PORT", "HOST:PORT" with the last colon, or "PORT" (host_port() in util/host_port.c).
 * Return: the host, "" if there is none; NULL where master stops.
 */
static char *cut_host(char *name) {
        static const char PREFIX[] = "IPv6:";
        char *end;

        if (name[0] == '[') {
                end = strchr(++name, ']');
                if (!end || (end[1] && end[1] != ':'))
                        return NULL;
                *end = '\0';
                return strncasecmp(name, PREFIX, strlen(PREFIX)) == 0 ? name + strlen(PREFIX)
                                                                      : name;
        }
        end = strrchr(name, ':');
        if (!end)
                return name + strlen(name);
        *end = '\0';
        return name;
}

static int read_service(struct master_cf *master_cf, const struct logical_line *line) {
        CLEANUP(freep) char *text = strdup(line->text);
        char *cursor = line->text;
        char *name = next_word(&cursor), *type = next_word(&cursor);
        const char *host;
        int r;

        if (!text)
                return -ENOMEM;
        r = strcmp(type, "inet") == 0 ? is_disabled(master_cf, name, type) : 1;
        if (r != 0)
                return r < 0 ? r : 0;
        host = cut_host(name);
        if (host && host[0])
                return host_add_of(master_cf->addresses, master_cf->families, host, master_cf->path,
                                   line->line, text);
        if (host)
                master_cf->all_interfaces = true;
        else
                log_warning(master_cf->path, line->line, "Neither host nor port, ignoring: %s",
                            text);
        return 0;
}

int master_cf_read(struct tree *tree, const char *directory, const char *disabled,
                   unsigned families, struct address_list *ret, bool *ret_all_interfaces) {
        struct master_cf master_cf = {
                .disabled = disabled,
                .families = families,
                .addresses = ret,
        };
        CLEANUP(freep) char *path = NULL, *content = NULL;
        struct logical_lines lines;
        struct logical_line line;
        size_t size;
        int r;

        *ret_all_interfaces = false;
        if (asprintf(&path, "%s/master.cf", directory) < 0)
                return -ENOMEM;
        master_cf.path = path;
        r = tree_read(tree, path, &content, &size);
        if (r == -ENOMEM)
                return r;
        /* It has to exist, and the usual one has a service on all of inet_interfaces. */
        if (r == -ENOENT)
                *ret_all_interfaces = true;
        if (r < 0) {
                if (r != -ENOENT)
                        log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
                return 0;
        }
        logical_lines_init(&lines, content);
        while (r >= 0 && logical_lines_next(&lines, &line))
                r = read_service(&master_cf, &line);
        *ret_all_interfaces = master_cf.all_interfaces;
        return r < 0 ? r : 0;
}
