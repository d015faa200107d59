/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/interpreter.h"

#include "common/cleanup.h"
#include "formats/apache/conditions.h"
#include "formats/apache/include.h"
#include "formats/apache/listen.h"
#include "formats/apache/macro.h"
#include "formats/apache/modules.h"
#include "formats/apache/sections.h"
#include "formats/apache/variables.h"
#include "formats/apache/words.h"
#include "input/path.h"

#include <string.h>
#include <strings.h>

/* One file that is being read. */
struct script {
        struct server *server;
        struct lines lines;
        struct sections sections;
};

typedef int directive_fn(struct script *script, char *arguments);

static int do_define(struct script *script, char *arguments) {
        return variables_define(script->server, arguments);
}

static int do_undefine(struct script *script, char *arguments) {
        return variables_undefine(script->server, arguments);
}

static int do_load_module(struct script *script, char *arguments) {
        return modules_load(script->server, arguments);
}

static int do_listen(struct script *script, char *arguments) {
        return listen_add(script->server, arguments, script->lines.text);
}

static int do_macro(struct script *script, char *arguments) {
        return macro_define(script->server, &script->lines, arguments);
}

static int do_use(struct script *script, char *arguments) {
        return macro_use(script->server, &script->lines, arguments);
}

static int do_undef_macro(struct script *script, char *arguments) {
        return macro_undefine(script->server, arguments);
}

/* The only argument of a directive. Return: it, or NULL with a warning. */
static const char *only_word(struct script *script, const char *directive, char *arguments) {
        const char *word = next_word(&arguments);

        if (word[0] && !*arguments)
                return word;
        server_warn(script->server, "%s takes one argument; line ignored.", directive);
        return NULL;
}

static int do_include(struct script *script, char *arguments) {
        const char *name = only_word(script, "Include", arguments);

        return name ? include_matching(script->server, name, false) : 0;
}

static int do_include_optional(struct script *script, char *arguments) {
        const char *name = only_word(script, "IncludeOptional", arguments);

        return name ? include_matching(script->server, name, true) : 0;
}

static int do_server_root(struct script *script, char *arguments) {
        const char *word = only_word(script, "ServerRoot", arguments);
        struct server *server = script->server;
        CLEANUP(freep) char *path = NULL;
        struct stat st;
        int r;

        if (!word)
                return 0;
        r = path_merge("/", word, &path); /* systemd starts services in "/" */
        if (r < 0)
                return r;
        if (server_stat(server, path, &st) < 0 || !S_ISDIR(st.st_mode)) {
                server_warn(server, "ServerRoot %s: no such directory; line ignored.", word);
                return 0;
        }
        free(server->root);
        server->root = TAKE_POINTER(path);
        return 0;
}

static const struct {
        const char *name;
        directive_fn *act;
} DIRECTIVES[] = {
        { "Define", do_define },
        { "Include", do_include },
        { "IncludeOptional", do_include_optional },
        { "Listen", do_listen },
        { "LoadModule", do_load_module },
        { "<Macro", do_macro },
        { "ServerRoot", do_server_root },
        { "UnDefine", do_undefine },
        { "UndefMacro", do_undef_macro },
        { "Use", do_use },
};

static int interpret_directive(struct script *script, const char *name, char *arguments) {
        const char *end;
        int r;

        for (size_t i = 0; i < sizeof(DIRECTIVES) / sizeof(DIRECTIVES[0]); i++)
                if (strcasecmp(name, DIRECTIVES[i].name) == 0)
                        return DIRECTIVES[i].act(script, arguments);

        if (condition_find(name, &end)) {
                r = condition_evaluate(script->server, name, arguments);
                if (r < 0)
                        return r;
                if (r == 0)
                        return sections_skip(script->server, &script->lines, name);
                return sections_open(&script->sections, script->server, end, true);
        }
        if (strcasecmp(name, "<Perl") == 0 || strncasecmp(name, "<Lua", 4) == 0)
                return sections_skip_raw(&script->lines, name);
        if (strncmp(name, "</", 2) == 0)
                return sections_close(&script->sections, script->server, name);
        if (name[0] == '<')
                return sections_open(&script->sections, script->server, name, false);
        return 0; /* no directive that affects addresses */
}

/* As ap_build_config_sub() in server/config.c. */
static int interpret_line(struct script *script) {
        CLEANUP(freep) char *expanded = NULL;
        char bracket[] = ">"; /* the arguments of a section without any */
        char *name, *rest;
        size_t length;
        int r;

        if (sections_close_conditional(&script->sections, script->server, script->lines.text))
                return 0;
        if (script->lines.text[0] == '#' || script->lines.text[0] == '\0')
                return 0;
        r = variables_expand(script->server, script->lines.text, &expanded);
        if (r < 0)
                return r;

        rest = expanded;
        name = next_word(&rest);
        length = strlen(name);
        if (length == 0)
                return 0;
        if (name[1] != '/' && name[length - 1] == '>') {
                name[length - 1] = '\0';
                if (name[0] == '<' && *rest == '\0')
                        rest = bracket;
        }
        return interpret_directive(script, name, rest);
}

static int interpret_lines(struct script *script) {
        struct server *server = script->server;
        int r;

        while (!server->stopped) {
                r = lines_next(&script->lines);
                if (r <= 0)
                        return r;
                server->line = script->lines.number;
                r = interpret_line(script);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int interpret(struct server *server, const char *where, char *data, size_t size) {
        struct script script = {
                .server = server,
                .lines = { .data = data, .size = size },
        };
        const char *file = server->file, *container = server->container;
        unsigned line = server->line;
        int r;

        server->file = where;
        if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
                server->line = 1;
                server_warn(server, "begins with a byte order mark, which httpd does not take.");
                script.lines.position = 3;
        }
        r = interpret_lines(&script);
        sections_finish(&script.sections, server);
        lines_clear(&script.lines);

        server->file = file;
        server->line = line;
        server->container = container;
        return r;
}

int interpret_file(struct server *server, const char *path) {
        char *data;
        size_t size;
        int r;

        r = tree_read(server->tree, path, &data, &size);
        if (r < 0)
                return r;
        return interpret(server, path, data, size);
}

int interpret_text(struct server *server, const char *where, char *text) {
        return interpret(server, where, text, strlen(text));
}
