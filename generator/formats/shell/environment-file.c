/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/environment-file.h"

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/shell/branches.h"
#include "formats/shell/environment.h"
#include "formats/shell/quoting.h"
#include "formats/shell/test-command.h"
#include "log.h"

#include <string.h>

/* Of all files together, since each $NAME is searched for among them. */
enum { ASSIGNMENTS_MAX = 1000 };

struct script {
        struct string_list *environment;
        struct branches branches;
};

/* Moves past a word of the shell's language. Return: whether it is there. The end of the text ends
 * it as well: strchr(3) finds the NUL. */
static bool skip_keyword(const char **cursor, const char *keyword) {
        size_t length = strlen(keyword);

        if (strncmp(*cursor, keyword, length) != 0 ||
            !strchr(SHELL_BLANKS "\n;", (*cursor)[length]))
                return false;
        *cursor += length;
        return true;
}

static int read_condition(const char **cursor, struct script *script) {
        int r = test_command_read(cursor, script->environment);

        if (r == -ENOMEM)
                return r;
        branches_condition(&script->branches, r);
        return 1;
}

/* Return: 1 if it was a keyword, 0 if not; -E2BIG if too many are open; -ENOMEM. */
static int read_keyword(const char **cursor, struct script *script) {
        bool is_inside = script->branches.depth > 0;
        int r;

        if (skip_keyword(cursor, "if")) {
                r = branches_if(&script->branches);
                return r < 0 ? r : read_condition(cursor, script);
        }
        if (is_inside && skip_keyword(cursor, "elif"))
                return read_condition(cursor, script);
        if (is_inside && skip_keyword(cursor, "else")) {
                branches_else(&script->branches);
                return 1;
        }
        if (is_inside && skip_keyword(cursor, "fi")) {
                branches_fi(&script->branches);
                return 1;
        }
        return skip_keyword(cursor, "then");
}

static void trim_end(char *text) {
        size_t length = strlen(text);

        while (length > 0 && strchr(SHELL_BLANKS, text[length - 1]))
                text[--length] = '\0';
}

/* "NAME=VALUE" at *cursor, where NAME is @length bytes. */
static int read_assignment(const char **cursor, size_t length, struct script *script) {
        const char *name = *cursor;
        CLEANUP(freep) char *value = NULL;
        char *entry;
        int r;

        *cursor += length + strlen("=");
        r = shell_read_value(cursor, script->environment, &value);
        if (r == -EINVAL || (r == 0 && !branches_count(&script->branches)))
                return 0;
        if (r < 0)
                return r;
        if (script->environment->count >= ASSIGNMENTS_MAX)
                return -E2BIG;
        trim_end(value);
        if (asprintf(&entry, "%.*s=%s", (int)length, name, value) < 0)
                return -ENOMEM;
        return string_list_take(script->environment, entry);
}

static int skip_command(const char **cursor, const struct script *script) {
        CLEANUP(freep) char *unused = NULL;
        int r = shell_read_value(cursor, script->environment, &unused);

        return r == -ENOMEM ? r : 0;
}

/* Reads the statement at *cursor, which is left in front of the next. Return: 0; -E2BIG; -ENOMEM.
 */
static int read_statement(const char **cursor, struct script *script) {
        const char *p = *cursor;
        size_t length;
        int r;

        r = read_keyword(cursor, script);
        if (r != 0)
                return r < 0 ? r : 0;
        if (*p == '#') {
                *cursor = strchrnul(p, '\n');
                return 0;
        }
        if (strncmp(p, "export", 6) == 0 && p[6] && strchr(SHELL_BLANKS, p[6]))
                p += 6 + strspn(p + 6, SHELL_BLANKS);
        length = environment_name_length(p);
        if (length == 0 || p[length] != '=')
                return skip_command(cursor, script);
        *cursor = p;
        return read_assignment(cursor, length, script);
}

int environment_file_read(struct tree *tree, const char *path, struct string_list *environment) {
        struct script script = { .environment = environment };
        CLEANUP(freep) char *content = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &content, &size);
        if (r < 0 && r != -ENOENT && r != -ENOMEM)
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
        if (r < 0)
                return r;

        for (const char *p = content; p += strspn(p, SHELL_BLANKS "\n;&|"), *p;) {
                r = read_statement(&p, &script);
                if (r == -E2BIG) {
                        log_warning(path, 0, "Too much in it, ignoring the rest.");
                        return 0;
                }
                if (r < 0)
                        return r;
        }
        return 0;
}
