/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * HAProxy: what its files, its command line and its environment make it listen on
 */

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/format.h"
#include "formats/haproxy/line-words.h"
#include "formats/haproxy/nesting.h"
#include "formats/haproxy/process.h"
#include "formats/included-files.h"
#include "input/path.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

#define HOSTNAME "/etc/hostname"

/* Only text that is shown or compared may be longer. */
enum { TEXT_SIZE = 256 };

/* One file. */
struct reading {
        struct process *process;
        const char *path;
        struct nesting nesting;
        unsigned line;
};

static int interpret_words(struct reading *reading, struct process_line *line) {
        enum truth holds;
        int r;

        if (line->words.items[0][0] == '.') {
                r = nesting_interpret(&reading->nesting, &line->words,
                                      &reading->process->variables);
                return r == -EINVAL ? -ECANCELED : r < 0 ? r : 0;
        }
        holds = nesting_holds(&reading->nesting);
        if (holds == TRUTH_NO)
                return 0;
        line->place.holds = holds;
        /* NULL behind the last word, as in argv. */
        r = string_list_add(&line->words, "");
        if (r < 0)
                return r;
        free(line->words.items[--line->words.count]);
        line->words.items[line->words.count] = NULL;
        return process_interpret(reading->process, line);
}

/* Return: 0; -ECANCELED if haproxy stops there; -EINVAL, -E2BIG or -ENOMEM. */
static int interpret_line(struct reading *reading, const char *text) {
        const char *section = reading->process->section.name;
        const struct words_place place = {
                .file = reading->path,
                .line = reading->line,
                .section = section ? section : "",
        };
        struct process_line line = {
                .place = { .file = reading->path, .line = reading->line },
        };
        CLEANUP(freep) char *copy = strndup(text, strcspn(text, "\n"));
        int r;

        if (!copy)
                return -ENOMEM;
        line.place.text = copy;
        r = words_split(copy, &reading->process->variables, &place, &line.words);
        if (r >= 0 && line.words.count > 0 && line.words.items[0][0])
                r = interpret_words(reading, &line);
        string_list_clear(&line.words);
        return r;
}

static int read_text(struct process *process, const char *path, const char *content) {
        struct reading reading = { .process = process, .path = path };
        int r = 0;

        for (const char *p = content; *p && r >= 0;) {
                reading.line++;
                if (p[strspn(p, LINE_WHITESPACE)] != '[') /* a "scope", which no section has */
                        r = interpret_line(&reading, p);
                if (r == -EINVAL) {
                        log_warning(path, reading.line, "Not as haproxy expects it, ignoring it.");
                        r = 0;
                }
                p += strcspn(p, "\n");
                p += *p == '\n';
        }
        if (r == -ECANCELED || r == -E2BIG) {
                log_warning(path, reading.line, "%s, ignoring the rest.",
                            r == -E2BIG ? "Variables are too long" : "Not as haproxy expects it");
                r = 0;
        }
        return r < 0 ? r : process_end_section(process);
}

static int read_file(struct included_files *files, const char *path, char *content) {
        return read_text(files->data, path, content);
}

/* cfgfiles_expand_directories() in haproxy's src/haproxy.c: "*.cfg", where no ".cfg" is before the
 * last one. */
static int read_directory(struct included_files *files, const char *path) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r = tree_list(files->tree, path, &names);

        if (r < 0 && r != -ENOMEM)
                log_warning(path, 0, "Cannot read: %s", tree_strerror(r));
        for (size_t i = 0; i < names.count && r != -ENOMEM; i++) {
                const char *extension = strstr(names.items[i], ".cfg");
                CLEANUP(freep) char *file = NULL;

                if (names.items[i][0] == '.' || !extension || extension[strlen(".cfg")])
                        continue;
                if (path_join(path, names.items[i], &file) < 0)
                        return -ENOMEM;
                r = included_files_read(files, file, NULL);
        }
        return r == -ENOMEM ? r : 0;
}

/* What haproxy calls itself among its peers, without -L: gethostname(2), which systemd has set from
 * the file (hostname(5)). */
static int read_hostname(struct tree *tree, struct process *process) {
        CLEANUP(freep) char *content = NULL;
        char name[TEXT_SIZE];
        const char *p;
        size_t size;
        int r = tree_read(tree, HOSTNAME, &content, &size);

        if (r == -ENOMEM)
                return r;
        p = r < 0 ? "" : content;
        p += strspn(p, SYSTEMD_WHITESPACE);
        while (*p == '#') {
                p += strcspn(p, "\n");
                p += strspn(p, SYSTEMD_WHITESPACE);
        }
        (void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(p, SYSTEMD_WHITESPACE), p);
        if (name[0])
                return process_set_local_peer(process, name);
        return haproxy_variables_set(&process->variables, "HAPROXY_LOCALPEER", VARIABLE_UNKNOWN);
}

static int set_environment(const struct string_list *environment, struct process *process) {
        /* Later versions assign them before the files are read. */
        static const char *const UNKNOWN[] = { "HAPROXY_BRANCH", "HAPROXY_STARTUP_VERSION" };
        int r = 0;

        for (size_t i = 0; environment && r >= 0 && i < environment->count; i++) {
                const char *entry = environment->items[i];
                CLEANUP(freep) char *name = strndup(entry, strcspn(entry, "="));

                r = name ? 0 : -ENOMEM;
                if (r >= 0 && entry[strlen(name)])
                        r = haproxy_variables_set(&process->variables, name,
                                                  entry + strlen(name) + 1);
        }
        for (size_t i = 0; r >= 0 && i < sizeof(UNKNOWN) / sizeof(UNKNOWN[0]); i++)
                r = haproxy_variables_set(&process->variables, UNKNOWN[i], VARIABLE_UNKNOWN);
        return r == -E2BIG ? 0 : r;
}

static bool has_value(const char *option) {
        return option[0] == '-' && option[1] && strchr("CLNSfmnpx", option[1]);
}

/* init_args() in haproxy's src/haproxy.c. Which files -f names is in @config of the source. */
static int read_options(const struct string_list *arguments, struct process *process) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < arguments->count; i++) {
                const char *word = arguments->items[i];

                if (strcmp(word, "-W") == 0 || strcmp(word, "-Ws") == 0)
                        process->is_master = TRUTH_YES;
                if (!has_value(word) || ++i == arguments->count || word[1] != 'L')
                        continue;
                r = process_set_local_peer(process, arguments->items[i]);
                process->local_peer_is_fixed = true;
        }
        return r;
}

/* "-S ADDRESS[,OPTION]..." (mworker_cli_proxy_new_listener() in src/mworker.c) */
static int add_master_socket(const struct source *source, struct process *process,
                             const char *value) {
        static char *const NO_OPTIONS[] = { NULL };
        const struct listener_place place = {
                .file = source->arguments_file,
                .text = value,
                .holds = process->is_master,
        };
        CLEANUP(freep) char *address = strndup(value, strcspn(value, ","));

        if (!address)
                return -ENOMEM;
        return haproxy_listeners_add(&process->section.listeners, &place, address, NO_OPTIONS,
                                     &process->variables);
}

static int add_master_sockets(const struct source *source, struct process *process) {
        const struct string_list *arguments = source->arguments;
        int r = 0;

        for (size_t i = 0; r >= 0 && i < arguments->count; i++) {
                const char *word = arguments->items[i];

                if (has_value(word) && ++i < arguments->count && word[1] == 'S')
                        r = add_master_socket(source, process, arguments->items[i]);
        }
        return r < 0 ? r : process_end_section(process);
}

static int read_config(struct included_files *files, const char *path) {
        int r = included_files_read(files, path, NULL);

        return r == -EISDIR ? read_directory(files, path) : r;
}

/* What is behind "--" is read after the files that -f names. */
static int read_rest(struct included_files *files, const struct string_list *arguments) {
        size_t i = 0;
        int r = 0;

        while (i < arguments->count && strcmp(arguments->items[i], "--") != 0)
                i += has_value(arguments->items[i]) ? 2 : 1;
        while (r >= 0 && ++i < arguments->count)
                if (arguments->items[i][0] == '/')
                        r = read_config(files, arguments->items[i]);
        return r;
}

static int know_keywords(void) {
        static const char *const KEYWORDS[] = { "bind", "dgram-bind", "peer", "stats" };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < sizeof(KEYWORDS) / sizeof(KEYWORDS[0]); i++)
                r = private_files_allow(KEYWORDS[i]);
        return r;
}

int haproxy_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(process_clear) struct process process = { .addresses = ret };
        struct included_files files = { .tree = tree, .read = read_file, .data = &process };
        int r = know_keywords();

        if (r >= 0)
                r = set_environment(source->environment, &process);
        if (r >= 0)
                r = read_hostname(tree, &process);
        if (r >= 0 && source->arguments)
                r = read_options(source->arguments, &process);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = read_config(&files, source->config->items[i]);
        if (r >= 0 && source->arguments)
                r = read_rest(&files, source->arguments);
        if (r >= 0 && source->arguments)
                r = add_master_sockets(source, &process);
        if (r == -E2BIG)
                log_warning(source->arguments_file, 0, "The environment is too long for haproxy.");
        return r == -ENOMEM ? r : 0;
}
