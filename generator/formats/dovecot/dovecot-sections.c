/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-sections.h"

#include <errno.h>
#include <string.h>

const char *dovecot_key_without(const char *key, const char *prefix) {
        size_t length = strlen(prefix);

        return strncmp(key, prefix, length) == 0 ? key + length : key;
}

int dovecot_section_find(struct dovecot_settings *settings, struct dovecot_section outer,
                         const char *name, const char *label, struct dovecot_section *ret) {
        bool is_list = strcmp(name, "listen") == 0;
        int r = 0;

        *ret = (struct dovecot_section){ .type = DOVECOT_SECTION_OTHER, .index = outer.index };
        if (outer.type == DOVECOT_SECTION_ROOT && strcmp(name, "service") == 0) {
                ret->type = DOVECOT_SECTION_SERVICE;
                r = dovecot_settings_add_service(settings, label, &ret->index);
        } else if (outer.type == DOVECOT_SECTION_SERVICE && strcmp(name, "inet_listener") == 0) {
                ret->type = DOVECOT_SECTION_LISTENER;
                r = dovecot_settings_add_listener(settings, outer.index, label, &ret->index);
        } else if (outer.type == DOVECOT_SECTION_ROOT && is_list) {
                ret->type = DOVECOT_SECTION_LISTEN;
        } else if (outer.type == DOVECOT_SECTION_ROOT && strcmp(name, "protocols") == 0) {
                ret->type = DOVECOT_SECTION_PROTOCOLS;
        } else if ((outer.type == DOVECOT_SECTION_LISTENER ||
                    outer.type == DOVECOT_SECTION_SERVICE) &&
                   is_list) {
                ret->type = outer.type == DOVECOT_SECTION_LISTENER
                                    ? DOVECOT_SECTION_ADDRESSES
                                    : DOVECOT_SECTION_SERVICE_ADDRESSES;
        }
        if (r == -E2BIG)
                ret->type = DOVECOT_SECTION_OTHER;
        return r == -E2BIG ? 0 : r;
}

/* A path makes no service and no listener: a filter that is in no list. */
static int find_unlisted(struct dovecot_settings *settings, const char *name, const char *label,
                         struct dovecot_section *section) {
        size_t services = settings->service_count, listeners = settings->listener_count;
        int r = dovecot_section_find(settings, *section, name, label, section);

        if (r >= 0 && settings->service_count > services)
                settings->services[services].is_unlisted = true;
        if (r >= 0 && settings->listener_count > listeners)
                settings->listeners[listeners].is_unlisted = true;
        return r;
}

int dovecot_section_follow(struct dovecot_settings *settings, char **key,
                           struct dovecot_section *section) {
        char *slash;

        while ((slash = strchr(*key, '/')) && section->type != DOVECOT_SECTION_OTHER) {
                const char *name = *key, *label = "";
                int r;

                *slash = '\0';
                *key = slash + 1;
                if (strcmp(name, "service") == 0 || strcmp(name, "inet_listener") == 0) {
                        slash = strchr(*key, '/');
                        if (!slash) {
                                section->type = DOVECOT_SECTION_OTHER;
                                break;
                        }
                        label = *key;
                        *slash = '\0';
                        *key = slash + 1;
                }
                r = find_unlisted(settings, name, label, section);
                if (r < 0)
                        return r;
        }
        return 0;
}

bool dovecot_section_matters(struct dovecot_section section, const char *key) {
        static const char *const KEYS[] = { "listen", "address", "port", "protocols", "ssl" };

        if (section.type == DOVECOT_SECTION_OTHER)
                return false;
        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                if (strcmp(dovecot_key_without(key, "inet_listener_"), KEYS[i]) == 0)
                        return true;
        return false;
}
