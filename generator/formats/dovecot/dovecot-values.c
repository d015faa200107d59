/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-values.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/included-files.h"
#include "formats/shell/environment.h"

#include <string.h>

/* Settings name each other: more is no value. */
enum { LENGTH_MAX = 1 << 16 };

static const char *variable_value(const struct dovecot_values *values, const char *name) {
        static const char FROM_ENVIRONMENT[] = "ENV:", SETTING[] = "SET:";
        const struct dovecot_value *value;

        if (strncmp(name, FROM_ENVIRONMENT, strlen(FROM_ENVIRONMENT)) == 0) {
                const char *set = values->environment
                                          ? environment_get(values->environment,
                                                            name + strlen(FROM_ENVIRONMENT))
                                          : NULL;

                return set ? set : "";
        }
        if (values->is_2_4)
                name += strlen(SETTING);
        value = dovecot_settings_get(values->settings, name);
        if (value && value->value)
                return value->value;
        return strcmp(name, "listen") == 0 ? "*, ::" : strcmp(name, "protocols") == 0 ? "" : NULL;
}

/* In 2.4 other words with a '$' are plain text. */
static bool is_variable(const struct dovecot_values *values, const char *word) {
        return word[0] == '$' && (!values->is_2_4 || strncmp(word, "$SET:", 5) == 0 ||
                                  strncmp(word, "$ENV:", 5) == 0);
}

/* config_write_keyvariable() in config/config-parser.c: words that are variables as a whole. */
static int expand_words(const struct dovecot_values *values, const char *text, FILE *out) {
        CLEANUP(freep) char *copy = strdup(text);
        char *cursor = copy, *word;

        if (!copy)
                return -ENOMEM;
        while ((word = strsep(&cursor, C_WHITESPACE))) {
                const char *value = word;

                if (is_variable(values, word))
                        value = variable_value(values, word + 1);
                if (!value || ftello(out) > LENGTH_MAX)
                        return -EINVAL;
                if (fputs(value, out) == EOF || (cursor && putc(' ', out) == EOF))
                        return -ENOMEM;
        }
        return 0;
}

static int write_value(const struct dovecot_values *values, const struct dovecot_line *line,
                       FILE *out) {
        if (line->type == DOVECOT_LINE_VARIABLES)
                return expand_words(values, line->value, out);
        return fputs(line->value, out) == EOF ? -ENOMEM : 0;
}

static int read_file(const struct dovecot_values *values, const char *path, const char *beside,
                     char **ret) {
        CLEANUP(freep) char *absolute = included_files_resolve(beside, path);
        size_t size;
        int r;

        if (!absolute)
                return -ENOMEM;
        r = tree_read(values->tree, absolute, ret, &size);
        return r < 0 && r != -ENOMEM ? -EINVAL : r;
}

int dovecot_value_expand(const struct dovecot_values *values, const struct dovecot_line *line,
                         const char *file, char **ret) {
        CLEANUP(freep) char *buffer = NULL;
        size_t size;
        FILE *out;
        int r;

        if (line->type == DOVECOT_LINE_FILE)
                return read_file(values, line->value, file, ret);
        out = open_memstream(&buffer, &size);
        if (!out)
                return -ENOMEM;
        r = write_value(values, line, out);
        if (fclose(out) != 0 && r >= 0)
                r = -ENOMEM;
        if (r >= 0)
                *ret = TAKE_POINTER(buffer);
        return r;
}
