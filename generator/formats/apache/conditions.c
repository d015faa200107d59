/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/conditions.h"

#include "common/cleanup.h"
#include "formats/apache/known-directives.h"
#include "formats/apache/version.h"
#include "formats/apache/words.h"

#include <string.h>
#include <strings.h>

static int is_defined(struct server *server, const char *word) {
        return table_find(&server->defines, word, NULL);
}

static int is_loaded(struct server *server, const char *word) {
        return table_find(&server->modules, word, NULL);
}

static int is_there(struct server *server, const char *word) {
        CLEANUP(freep) char *path = NULL;
        struct stat st;
        int r;

        r = server_root_relative(server, word, &path);
        if (r < 0)
                return r;
        return server_stat(server, path, &st) >= 0;
}

static int is_directive(struct server *server, const char *word) {
        return known_directive(server, word);
}

static int is_section(struct server *server, const char *word) {
        CLEANUP(freep) char *name = NULL;

        if (asprintf(&name, "<%s", word) < 0)
                return -ENOMEM;
        return known_directive(server, name);
}

/* A test of one word, or of the version. */
static const struct condition {
        const char *name, *end;
        int (*test)(struct server *server, const char *word);
} CONDITIONS[] = {
        { "<IfDefine", "</IfDefine>", is_defined },
        { "<IfDirective", "</IfDirective>", is_directive },
        { "<IfFile", "</IfFile>", is_there },
        { "<IfModule", "</IfModule>", is_loaded },
        { "<IfSection", "</IfSection>", is_section },
        { "<IfVersion", "</IfVersion>", NULL },
};

static const struct condition *find(const char *name) {
        for (size_t i = 0; i < sizeof(CONDITIONS) / sizeof(CONDITIONS[0]); i++)
                if (strcasecmp(name, CONDITIONS[i].name) == 0)
                        return &CONDITIONS[i];
        return NULL;
}

bool condition_find(const char *name, const char **ret_end) {
        const struct condition *condition = find(name);

        if (condition)
                *ret_end = condition->end;
        return condition;
}

/* As start_cond_section() in server/core.c: the first word is the condition, '!' before it negates.
 */
static int evaluate_word(struct server *server, const struct condition *condition,
                         char *arguments) {
        char *bracket = strrchr(arguments, '>');
        bool negate = arguments[0] == '!';
        const char *word;
        int r;

        if (bracket)
                *bracket = '\0';
        else
                server_warn(server, "%s without its closing '>'.", condition->name);

        arguments += negate;
        word = next_word(&arguments);
        if (word[0] == '\0') {
                server_warn(server, "%s> says nothing to ask for; left out.", condition->name);
                return 0;
        }
        r = condition->test(server, word);
        return r < 0 ? r : (r > 0) != negate;
}

int condition_evaluate(struct server *server, const char *name, char *arguments) {
        const struct condition *condition = find(name);

        if (condition->test)
                return evaluate_word(server, condition, arguments);
        return version_matches(server, arguments);
}
