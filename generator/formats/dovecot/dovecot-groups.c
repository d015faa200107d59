/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-groups.h"

#include "common/array.h"
#include "common/cleanup.h"

#include <string.h>

/* More than Dovecot's users have. */
enum { USED_MAX = 1000 };

static void setting_clear(struct dovecot_group_setting *setting) {
        free(setting->group);
        free(setting->file);
        free(setting->text);
}

static int keep(struct dovecot_groups *groups, const char *file, unsigned line, const char *text) {
        struct dovecot_group_setting setting = { .line = line };

        if (groups->count == ADDRESS_UNKNOWN_MAX)
                return 0;
        if (array_make_room(groups->settings, groups->count) < 0)
                return -ENOMEM;
        setting.group = strdup(groups->open);
        setting.file = strdup(file);
        setting.text = strdup(text);
        if (!setting.group || !setting.file || !setting.text) {
                setting_clear(&setting);
                return -ENOMEM;
        }
        groups->settings[groups->count++] = setting;
        return 0;
}

/* Of "service/imap-login/inet_listener/imap/port" it is the last word. */
static bool decides(const char *key) {
        static const char *const KEYS[] = { "listen", "port", "protocols", "inet_listener_listen",
                                            "inet_listener_port" };
        const char *last = strrchr(key, '/');

        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                if (strcmp(last ? last + 1 : key, KEYS[i]) == 0)
                        return true;
        return strstr(key, "listen/") || strstr(key, "protocols/");
}

int dovecot_groups_begin(struct dovecot_groups *groups, size_t depth,
                         const struct dovecot_line *line, const char *file, unsigned number,
                         const char *text) {
        if (groups->open)
                return decides(line->key) ? keep(groups, file, number, text) : 0;
        if (depth > 0 || strcmp(line->key, "group") != 0 || line->value[0] != '@')
                return 0;
        groups->open = strdup(line->value);
        groups->depth = depth;
        return groups->open ? 0 : -ENOMEM;
}

void dovecot_groups_end(struct dovecot_groups *groups, size_t depth) {
        if (!groups->open || depth > groups->depth)
                return;
        free(groups->open);
        groups->open = NULL;
}

int dovecot_groups_read(struct dovecot_groups *groups, bool has_listeners,
                        const struct dovecot_line *line, const char *file, unsigned number,
                        const char *text) {
        CLEANUP(freep) char *group = NULL;

        if (groups->open)
                return decides(line->key) ? keep(groups, file, number, text) : 0;
        if (!has_listeners || line->key[0] != '@' || groups->used.count == USED_MAX)
                return 0;
        if (asprintf(&group, "%s %s", line->key, line->value) < 0)
                return -ENOMEM;
        return string_list_contains(&groups->used, group) ? 0
                                                          : string_list_add(&groups->used, group);
}

int dovecot_groups_add_unknown(const struct dovecot_groups *groups, struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < groups->count; i++) {
                const struct dovecot_group_setting *setting = &groups->settings[i];

                if (string_list_contains(&groups->used, setting->group))
                        r = address_list_add_unknown(ret, setting->file, setting->line,
                                                     setting->text, "groups are not read");
        }
        return r;
}

void dovecot_groups_clear(struct dovecot_groups *groups) {
        for (size_t i = 0; i < groups->count; i++)
                setting_clear(&groups->settings[i]);
        free(groups->settings);
        free(groups->open);
        string_list_clear(&groups->used);
        *groups = (struct dovecot_groups){ 0 };
}
