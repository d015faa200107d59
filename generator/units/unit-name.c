/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-name.h"

#include "common/cleanup.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { UNIT_NAME_MAX = 255 }; /* systemd's, less the terminating NUL */

static const char SUFFIX[] = ".service";
/* Beside letters and digits of ASCII. */
static const char CHARACTERS[] = ":-_.\\@";

/* The suffix of a valid name, with its dot. */
static const char *suffix_of(const char *name) {
        return strrchr(name, '.');
}

static bool is_character(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               strchr(CHARACTERS, c);
}

bool unit_name_is_valid(const char *name) {
        const char *suffix = suffix_of(name);
        size_t length = 0;

        while (name[length] && is_character(name[length]))
                length++;
        return length <= UNIT_NAME_MAX && name[length] == '\0' && name[0] != '@' && suffix &&
               suffix > name && suffix[1];
}

bool unit_name_may_have_drop_ins(const char *name) {
        return strlen(name) + strlen(".d") <= NAME_MAX;
}

bool unit_name_is_service(const char *name) {
        return unit_name_is_valid(name) && strcmp(suffix_of(name), SUFFIX) == 0;
}

char *unit_name_complete(const char *typed) {
        char *name = NULL;

        return asprintf(&name, "%s%s", typed, unit_name_is_service(typed) ? "" : SUFFIX) < 0 ? NULL
                                                                                             : name;
}

bool unit_name_is_meant(const char *typed, const char *name) {
        size_t length = strlen(typed);

        return strncmp(name, typed, length) == 0 &&
               (name[length] == '\0' || strcmp(name + length, ".service") == 0);
}

bool unit_name_is_instance_meant(const char *typed, const char *name) {
        size_t length = strcspn(name, "@");

        return name[length] == '@' && strncmp(typed, name, length) == 0 &&
               (typed[length] == '\0' || strcmp(typed + length, ".service") == 0);
}

bool unit_name_is_template(const char *name) {
        const char *at = strchr(name, '@');

        return at && at + 1 == suffix_of(name);
}

int unit_name_split(const char *name, char **ret_template, char **ret_instance) {
        CLEANUP(freep) char *template = NULL;
        const char *at = strchr(name, '@'), *suffix = suffix_of(name);

        *ret_template = *ret_instance = NULL;
        if (!at || unit_name_is_template(name))
                return 0;

        if (asprintf(&template, "%.*s%s", (int)(at + 1 - name), name, suffix) < 0)
                return -ENOMEM;
        *ret_instance = strndup(at + 1, (size_t)(suffix - (at + 1)));
        if (!*ret_instance)
                return -ENOMEM;
        *ret_template = TAKE_POINTER(template);
        return 1;
}

int unit_name_join(const char *template_name, const char *instance, char **ret) {
        CLEANUP(freep) char *name = NULL;
        const char *suffix = suffix_of(template_name);

        if (asprintf(&name, "%.*s%s%s", (int)(suffix - template_name), template_name, instance,
                     suffix) < 0)
                return -ENOMEM;
        if (!instance[0] || !unit_name_is_valid(name) || !unit_name_may_have_drop_ins(name))
                return -EINVAL;
        *ret = TAKE_POINTER(name);
        return 0;
}

int unit_name_shorten(const char *name, char **ret) {
        const char *at = strchr(name, '@');
        size_t length = (size_t)((at ? at : suffix_of(name)) - name);
        /* The instance and the suffix stay. */
        const char *rest = at && !unit_name_is_template(name) ? at : suffix_of(name);
        char *shorter;

        if (length > 0 &&
            name[length - 1] == '-') /* "foo-" is its own prefix; of "foo--" one '-' is removed */
                length--;
        while (length > 0 && name[length - 1] != '-')
                length--;
        if (length <= 1) /* no '-', or only a leading one */
                return 0;
        if (asprintf(&shorter, "%.*s%s", (int)length, name, rest) < 0)
                return -ENOMEM;
        *ret = shorter;
        return 1;
}

char *unit_name_escape_path(const char *path) {
        CLEANUP(freep) char *name = malloc(4 * strlen(path) + 1);
        char *out = name;

        if (!name)
                return NULL;
        for (const char *p = path; *p; p++) {
                if (*p == '/')
                        *out++ = '-';
                else if (strchr("-\\@", *p) || !is_character(*p) || (*p == '.' && p == path))
                        out += sprintf(out, "\\x%02x", (unsigned)(unsigned char)*p);
                else
                        *out++ = *p;
        }
        *out = '\0';
        return TAKE_POINTER(name);
}

char *unit_name_unescape(const char *instance) {
        CLEANUP(freep) char *text = strdup(instance);
        char *out = text;

        if (!text)
                return NULL;
        for (const char *p = instance; *p; p++) {
                if (*p == '-') {
                        *out++ = '/';
                } else if (strncmp(p, "\\x", 2) == 0 && isxdigit((unsigned char)p[2]) &&
                           isxdigit((unsigned char)p[3])) {
                        *out++ = (char)strtol((char[]){ p[2], p[3], '\0' }, NULL, 16);
                        p += 3;
                } else {
                        *out++ = *p;
                }
        }
        *out = '\0';
        return TAKE_POINTER(text);
}
