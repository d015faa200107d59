/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-groups.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "log.h"

#include <errno.h>
#include <string.h>

/* Each line is read once for each use of its group. */
enum { GROUPS_MAX = 100, LINES_MAX = 1000, USES_MAX = 100 };

static void group_clear(struct dovecot_group *group) {
        free(group->name);
        free(group->label);
}

static void use_clear(struct dovecot_group_use *use) {
        free(use->name);
        free(use->label);
}

static void line_clear(struct dovecot_group_line *line) {
        free((char *)line->line.key);
        free((char *)line->line.value);
        free(line->file);
        free(line->text);
}

static bool is_named(const struct dovecot_group *group, const char *name, const char *label) {
        return strcmp(group->name, name) == 0 && strcmp(group->label, label) == 0;
}

/* Blocks of one name and label are one group. Return: 1; 0 if there are too many; -ENOMEM. */
static int open_group(struct dovecot_groups *groups, const char *name, const char *label) {
        struct dovecot_group group;

        groups->depth = 1;
        for (groups->open = 0; groups->open < groups->count; groups->open++)
                if (is_named(&groups->items[groups->open], name, label))
                        return 1;
        if (groups->count == GROUPS_MAX)
                return 0;
        group = (struct dovecot_group){ strdup(name), strdup(label) };
        if (!group.name || !group.label || array_make_room(groups->items, groups->count) < 0) {
                group_clear(&group);
                return -ENOMEM;
        }
        groups->items[groups->count++] = group;
        return 1;
}

static int add_line(struct dovecot_groups *groups, const struct dovecot_line *line,
                    const char *file, unsigned number, const char *text) {
        struct dovecot_group_line copy = {
                .group = groups->open,
                .line = { .type = line->type,
                          .key = strdup(line->key),
                          .value = strdup(line->value) },
                .file = strdup(file),
                .number = number,
                .text = strdup(text),
        };

        if (!copy.line.key || !copy.line.value || !copy.file || !copy.text ||
            array_make_room(groups->lines, groups->line_count) < 0) {
                line_clear(&copy);
                return -ENOMEM;
        }
        groups->lines[groups->line_count++] = copy;
        return 0;
}

static void warn_once(struct dovecot_groups *groups, const char *file, unsigned number,
                      const char *what, int limit) {
        if (!groups->has_warned)
                log_warning(file, number, "Groups have more than %d %s, ignoring the rest.", limit,
                            what);
        groups->has_warned = true;
}

static int begin(struct dovecot_groups *groups, const struct dovecot_line *line, const char *file,
                 unsigned number) {
        int r = open_group(groups, line->group, line->value);

        if (r == 0)
                warn_once(groups, file, number, "names", GROUPS_MAX);
        return r < 0 ? r : 1;
}

int dovecot_groups_read(struct dovecot_groups *groups, struct dovecot_section section,
                        const struct dovecot_line *line, const char *file, unsigned number,
                        const char *text) {
        if (groups->depth == 0) {
                bool begins = line->type == DOVECOT_LINE_BEGIN && line->group &&
                              section.type == DOVECOT_SECTION_ROOT;

                return begins ? begin(groups, line, file, number) : 0;
        }
        if (line->type == DOVECOT_LINE_INCLUDE || line->type == DOVECOT_LINE_INCLUDE_TRY)
                return 0;
        groups->depth += line->type == DOVECOT_LINE_BEGIN;
        groups->depth -= line->type == DOVECOT_LINE_END;
        if (groups->depth == 0 || groups->open == groups->count)
                return 1;
        if (groups->line_count < LINES_MAX)
                return add_line(groups, line, file, number, text) < 0 ? -ENOMEM : 1;
        warn_once(groups, file, number, "lines", LINES_MAX);
        return 1;
}

int dovecot_groups_use(struct dovecot_groups *groups, struct dovecot_section section,
                       const char *name, const char *label, const char *file, unsigned number) {
        struct dovecot_group_use use;

        for (size_t i = 0; i < groups->use_count; i++) {
                struct dovecot_group_use *other = &groups->uses[i];
                char *copy;

                if (other->section.type != section.type || other->section.index != section.index ||
                    strcmp(other->name, name) != 0)
                        continue;
                copy = strdup(label);
                if (!copy)
                        return -ENOMEM;
                free(other->label);
                other->label = copy;
                return 0;
        }
        if (groups->use_count == USES_MAX) {
                warn_once(groups, file, number, "uses", USES_MAX);
                return 0;
        }
        use = (struct dovecot_group_use){ section, strdup(name), strdup(label) };
        if (!use.name || !use.label || array_make_room(groups->uses, groups->use_count) < 0) {
                use_clear(&use);
                return -ENOMEM;
        }
        groups->uses[groups->use_count++] = use;
        return 0;
}

bool dovecot_groups_has(const struct dovecot_group *group, const struct dovecot_group_use *use) {
        return is_named(group, use->name, use->label);
}

void dovecot_groups_clear(struct dovecot_groups *groups) {
        for (size_t i = 0; i < groups->count; i++)
                group_clear(&groups->items[i]);
        for (size_t i = 0; i < groups->line_count; i++)
                line_clear(&groups->lines[i]);
        for (size_t i = 0; i < groups->use_count; i++)
                use_clear(&groups->uses[i]);
        free(groups->items);
        free(groups->lines);
        free(groups->uses);
        *groups = (struct dovecot_groups){ 0 };
}
