/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-specifiers.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "units/unit-name.h"

#include <stdio.h>
#include <string.h>

/* Of the system manager, which runs as root. */
static const struct {
        char letter;
        const char *value;
} CONSTANTS[] = {
        { '%', "%" },    { 'C', "/var/cache" }, { 'D', "/usr/share" }, { 'E', "/etc" },
        { 'G', "0" },    { 'L', "/var/log" },   { 'S', "/var/lib" },   { 'T', "/tmp" },
        { 'U', "0" },    { 'V', "/var/tmp" },   { 'g', "root" },       { 'h', "/root" },
        { 't', "/run" }, { 'u', "root" },
};

static const char OF_THE_MACHINE[] = "ABHMWRYabcdlmoqrsvwy";

/* The parts of a name. */
struct name_parts {
        char *prefix;   /* before '@', or before the suffix */
        char *instance; /* "" if there is none */
        char *stem;     /* all but the suffix */
};

static void name_parts_clear(struct name_parts *parts) {
        free(parts->prefix);
        free(parts->instance);
        free(parts->stem);
}

static int split(const char *unit, struct name_parts *ret) {
        const char *at = strchr(unit, '@'), *suffix = strrchr(unit, '.');

        if (!suffix || (at && suffix < at))
                suffix = unit + strlen(unit);
        ret->stem = strndup(unit, (size_t)(suffix - unit));
        ret->prefix = strndup(unit, (size_t)((at ? at : suffix) - unit));
        ret->instance = at ? strndup(at + 1, (size_t)(suffix - (at + 1))) : strdup("");
        return ret->stem && ret->prefix && ret->instance ? 0 : -ENOMEM;
}

/* "%j": behind the last '-' of the prefix. */
static const char *last_part(const char *prefix) {
        const char *dash = strrchr(prefix, '-');

        return dash ? dash + 1 : prefix;
}

static int write_unescaped(const char *text, const char *before, FILE *out) {
        CLEANUP(freep) char *plain = unit_name_unescape(text);

        if (!plain)
                return -ENOMEM;
        if (plain[0] != '/')
                (void)fputs(before, out);
        (void)fputs(plain, out);
        return 1;
}

/* Return: 1; 0 if the letter is none of them; -ENOMEM. */
static int write_part(char letter, const char *unit, const struct name_parts *parts, FILE *out) {
        switch (letter) {
        case 'n':
                return fputs(unit, out) == EOF ? -ENOMEM : 1;
        case 'N':
                return fputs(parts->stem, out) == EOF ? -ENOMEM : 1;
        case 'p':
                return fputs(parts->prefix, out) == EOF ? -ENOMEM : 1;
        case 'i':
                return fputs(parts->instance, out) == EOF ? -ENOMEM : 1;
        case 'j':
                return fputs(last_part(parts->prefix), out) == EOF ? -ENOMEM : 1;
        case 'P':
                return write_unescaped(parts->prefix, "", out);
        case 'I':
                return write_unescaped(parts->instance, "", out);
        case 'J':
                return write_unescaped(last_part(parts->prefix), "", out);
        case 'f':
                return write_unescaped(parts->instance[0] ? parts->instance : parts->prefix, "/",
                                       out);
        default:
                return 0;
        }
}

static bool write_constant(char letter, FILE *out) {
        for (size_t i = 0; i < sizeof(CONSTANTS) / sizeof(CONSTANTS[0]); i++)
                if (CONSTANTS[i].letter == letter) {
                        (void)fputs(CONSTANTS[i].value, out);
                        return true;
                }
        return false;
}

static int write_all(const char *text, const char *unit, FILE *out) {
        CLEANUP(name_parts_clear) struct name_parts parts = { 0 };
        int r = unit ? split(unit, &parts) : 0;

        for (const char *p = text; r >= 0 && *p; p++) {
                bool is_specifier = false;

                if (*p == '%' && p[1]) {
                        is_specifier = write_constant(p[1], out);
                        if (!is_specifier && unit) {
                                r = write_part(p[1], unit, &parts, out);
                                is_specifier = r > 0;
                        }
                }
                if (is_specifier)
                        p++;
                else
                        (void)putc(*p, out);
        }
        return r < 0 ? r : 0;
}

int unit_specifiers_expand(const char *text, const char *unit, char **ret) {
        CLEANUP(freep) char *expanded = NULL;
        size_t size;
        FILE *out;
        int r;

        *ret = NULL;
        if (!strchr(text, '%')) {
                *ret = strdup(text);
                return *ret ? 0 : -ENOMEM;
        }
        out = open_memstream(&expanded, &size);
        if (!out)
                return -ENOMEM;
        r = write_all(text, unit, out);
        if (memstream_close(out, &expanded) < 0 || r < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(expanded);
        return 0;
}

const char *unit_specifiers_find_unknown(const char *text) {
        for (const char *p = strchr(text, '%'); p; p = strchr(p + 1, '%'))
                if (p[1] && strchr(OF_THE_MACHINE, p[1]))
                        return p;
        return NULL;
}
