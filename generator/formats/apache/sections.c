/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/sections.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/apache/words.h"

#include <string.h>
#include <strings.h>

/* mod_md's container changes nothing for other modules' directives (md_config_sec_start() in
 * modules/md/mod_md_config.c). */
static bool takes_listen(const char *name) {
        return strcasecmp(name, "<MDomain") == 0 || strcasecmp(name, "<MDomainSet") == 0;
}

int sections_open(struct sections *sections, struct server *server, const char *name,
                  bool conditional) {
        struct section section = {
                .name = strdup(name),
                .conditional = conditional,
                .line = server->line,
                .outer = server->container,
        };

        if (!section.name || array_make_room(sections->items, sections->count) < 0) {
                free(section.name);
                return -ENOMEM;
        }
        sections->items[sections->count++] = section;
        if (!conditional && !takes_listen(name))
                server->container = section.name;
        return 0;
}

static void close_innermost(struct sections *sections, struct server *server) {
        struct section *section = &sections->items[--sections->count];

        server->container = section->outer;
        free(section->name);
}

static struct section *innermost(const struct sections *sections) {
        return sections->count > 0 ? &sections->items[sections->count - 1] : NULL;
}

bool sections_close_conditional(struct sections *sections, struct server *server,
                                const char *line) {
        const struct section *section = innermost(sections);

        if (!section || !section->conditional || strcasecmp(line, section->name) != 0)
                return false;
        close_innermost(sections, server);
        return true;
}

int sections_close(struct sections *sections, struct server *server, const char *name) {
        const struct section *section = innermost(sections);
        size_t length = strlen(name);

        if (!section || section->conditional || name[length - 1] != '>' ||
            strncasecmp(name + 2, section->name + 1, length - 3) != 0 ||
            section->name[length - 2] != '\0') {
                server_warn(server, "%s ends no section that is open here; line ignored.", name);
                return 0;
        }
        close_innermost(sections, server);
        return 0;
}

/* httpd refuses open containers only, and none within a conditional section. */
void sections_finish(struct sections *sections, struct server *server) {
        while (sections->count > 0) {
                const struct section *section = innermost(sections);

                if (!section->conditional && !server->stopped) {
                        server->line = section->line;
                        server_warn(server, "%s> is not closed.", section->name);
                }
                close_innermost(sections, server);
        }
        free(sections->items);
        *sections = (struct sections){ 0 };
}

/* Whether "</Name>" closes "<Name". */
static bool closes(char *word, const char *name) {
        word[strlen(word) - 1] = '\0';
        return strcasecmp(word + 2, name + 1) == 0;
}

int sections_skip(struct server *server, struct lines *lines, const char *name) {
        CLEANUP(string_list_clear) struct string_list open = { 0 };
        int r;

        r = string_list_add(&open, name);
        while (r >= 0 && open.count > 0) {
                char *rest, *word;

                r = lines_next(lines);
                if (r == 0) {
                        server_warn(server, "%s> is not closed.", open.items[open.count - 1]);
                        return 0;
                }
                if (r < 0)
                        return r;

                rest = lines->text;
                word = next_word(&rest);
                if (word[0] != '<')
                        continue;
                if (word[1] != '/') {
                        if (*rest == '\0' && word[strlen(word) - 1] == '>')
                                word[strlen(word) - 1] = '\0';
                        r = string_list_add(&open, word);
                        continue;
                }
                server->line = lines->number;
                if (!closes(word, open.items[open.count - 1]))
                        server_warn(server, "%s> where %s> is open.", word,
                                    open.items[open.count - 1]);
                free(open.items[--open.count]);
        }
        return r;
}

int sections_skip_raw(struct lines *lines, const char *name) {
        int r;

        do
                r = lines_next(lines);
        while (r > 0 && (strncmp(lines->text, "</", 2) != 0 ||
                         strncasecmp(lines->text + 2, name + 1, strlen(name + 1)) != 0));
        return r < 0 ? r : 0;
}
