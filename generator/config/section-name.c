/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/section-name.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "units/unit-name.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

/*
 * Braces, and neither of these:
 *
 * - A wildcard, "[php*-fpm.service]". The configuration would no longer say which units there are:
 * all names of units would have to be matched, and the plan could not list a unit that is missing.
 * - A key, as in "[php-fpm.service] Units=…". It would change the settings before it as well, of
 * other files too, so that a section has to be read to its end first; and %i has no value there.
 *
 * With braces each setting has the same effect wherever it is, and "[php8.4-fpm.service]" in a
 * later file adds to it as to any other section.
 */

static int add(const char *name, const char *open, const char *close, const char *word,
               size_t length, struct string_list *ret_names, struct string_list *ret_words) {
        char *section;
        int r;

        if (asprintf(&section, "%.*s%.*s%s", (int)(open - name), name, (int)length, word,
                     close + 1) < 0)
                return -ENOMEM;
        r = string_list_take(ret_names, section);
        return r < 0 ? r : string_list_take(ret_words, strndup(word, length));
}

int section_name_expand(const char *name, struct string_list *ret_names,
                        struct string_list *ret_words) {
        const char *open = strchr(name, '{'), *close = open ? strchr(open, '}') : NULL;
        int r = 0;

        if (!open)
                return string_list_add(ret_names, name);
        if (!close || strpbrk(close + 1, "{}") || strchr(name, '@'))
                return -EINVAL;
        for (const char *word = open + 1; r >= 0 && word <= close;) {
                size_t length = strcspn(word, ",{}");

                if (length == 0 || word[length] == '{')
                        return -EINVAL;
                r = add(name, open, close, word, length, ret_names, ret_words);
                word += length + 1;
        }
        return r;
}

/* Whether a name is @section in other letters, with blanks around it, or with ".service". */
static bool is_nearly(const char *name, const char *section) {
        size_t blanks = strspn(name, SYSTEMD_WHITESPACE), length = strlen(section);
        const char *rest = name + blanks + length;

        return strncasecmp(name + blanks, section, length) == 0 &&
               (rest[strspn(rest, SYSTEMD_WHITESPACE)] == '\0' || strcmp(rest, ".service") == 0);
}

/* The section for all units, as other programs call it, or NULL. */
static const char *find_special(const char *name) {
        static const char *const DEFAULTS[] = { "dadwait", "default", "defaults", "general",
                                                "global" };

        for (size_t i = 0; i < sizeof(DEFAULTS) / sizeof(DEFAULTS[0]); i++)
                if (is_nearly(name, DEFAULTS[i]))
                        return "dadwait";
        return is_nearly(name, "sockets") || is_nearly(name, "socket") ? "sockets" : NULL;
}

/* "[Service]" is a section of unit files, and no unit. */
static bool is_of_unit_files(const char *name) {
        return strcasecmp(name, "Service") == 0 || strcasecmp(name, "Unit") == 0 ||
               strcasecmp(name, "Install") == 0;
}

int section_name_advise(const char *name, char **ret) {
        static const char SEVERAL[] = "several services are as in [{apache2,nginx}.service]";
        const char *special = find_special(name);
        CLEANUP(freep) char *service = NULL;
        int r;

        if (asprintf(&service, "%s.service", name) < 0) {
                service = NULL;
                return -ENOMEM;
        }
        if (special)
                r = asprintf(ret, "did you mean [%s]?", special);
        else if (strpbrk(name, "*?"))
                r = asprintf(ret, "without wildcards: %s, and all are [dadwait]", SEVERAL);
        else if (strpbrk(name, SYSTEMD_WHITESPACE ",{}"))
                r = asprintf(ret, "%s", SEVERAL);
        else if (!strchr(name, '.') && !is_of_unit_files(name) && unit_name_is_service(service))
                r = asprintf(ret, "did you mean [%s]?", service);
        else
                r = asprintf(ret, "a section is [dadwait], [sockets] or names a service, as in "
                                  "[apache2.service]");
        if (r < 0)
                *ret = NULL;
        return r < 0 ? -ENOMEM : 0;
}
