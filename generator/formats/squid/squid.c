/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * squid: a directive per line, "if" with "else" and "endif", include
 *
 * src/cache_cf.cc: parseOneConfigFile() has the lines and the conditions, parsePortCfg() the ports.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/squid/process-conditions.h"
#include "formats/squid/squid-lines.h"
#include "formats/word-lines.h"
#include "input/private-files.h"

#include <string.h>

static const struct scanner_syntax WORDS = { .comments = "#", .lines = true };

/* strwordtok() in src/String.cc */
static const struct scanner_syntax PATHS = { .quotes = "\"", .escapes = true };

static const char FROM_FILE[] = "parameters("; /* with quoted values */

static const char *const PORTS[] = { "http_port", "https_port", "ftp_port" };

/* Of each the last one counts. squid's own resolver binds those of udp_, whether ICP is on or not.
 */
static const char *const ADDRESSES[] = {
        "udp_incoming_address",
        "udp_outgoing_address",
        "snmp_incoming_address",
        "snmp_outgoing_address",
};

enum {
        PORT_COUNT = sizeof(PORTS) / sizeof(PORTS[0]),
        ADDRESS_COUNT = sizeof(ADDRESSES) / sizeof(ADDRESSES[0]),
        FIRST_SNMP_ADDRESS = 2,
};

struct setting {
        char *host;
        char *file;
        unsigned line;
        char *text;
};

struct reader {
        struct included_files files;
        struct address_list *addresses;
        struct squid_conditions conditions;
        struct setting settings[ADDRESS_COUNT];
        bool has_snmp;
        bool has_quotes; /* configuration_includes_quoted_values */
};

static void setting_clear(struct setting *setting) {
        free(setting->host);
        free(setting->file);
        free(setting->text);
        *setting = (struct setting){ 0 };
}

static void reader_clear(struct reader *reader) {
        for (size_t i = 0; i < ADDRESS_COUNT; i++)
                setting_clear(&reader->settings[i]);
}

static int set(struct setting *setting, const char *host, const char *path,
               const struct word_line *line) {
        setting_clear(setting);
        setting->host = strdup(host);
        setting->file = strdup(path);
        setting->text = strdup(line->text);
        setting->line = line->line;
        return setting->host && setting->file && setting->text ? 0 : -ENOMEM;
}

/* ConfigParser::UnQuote() in src/ConfigParser.cc. Values of interest have no blanks. @value:
 * changed */
static char *unquote(const struct reader *reader, char *value) {
        char quote = value[0];
        char *out = value;

        if (!reader->has_quotes || !quote || !strchr("\"'", quote))
                return value;
        for (const char *p = value + 1; *p && *p != quote; p++) {
                p += *p == '\\' && p[1];
                *out++ = *p;
        }
        *out = '\0';
        return value;
}

/* A port with "tproxy" binds addresses that are not assigned (IPV6_TRANSPARENT). */
static bool is_transparent(const struct string_list *words) {
        return string_list_contains(words, "tproxy");
}

/* "[ADDR]:PORT OPTION...", "HOST:PORT", "PORT" */
static int add_port(struct reader *reader, const char *path, const struct word_line *line) {
        const char *value = unquote(reader, line->words.items[1]);
        const char *end = strrchr(value, ':');
        CLEANUP(freep) char *host = NULL;

        if (reader->has_quotes && strncmp(value, FROM_FILE, strlen(FROM_FILE)) == 0)
                return address_list_add_unknown(reader->addresses, path, line->line, line->text,
                                                "values from other files are not read");
        if (!end || is_transparent(&line->words))
                return 0;
        host = strndup(value, (size_t)(end - value));
        if (!host)
                return -ENOMEM;
        return host_add_bracketed(reader->addresses, host, path, line->line, line->text);
}

static int apply(struct reader *reader, const char *path, const struct word_line *line) {
        const char *keyword = line->words.items[0];
        char *value = line->words.items[1];

        for (size_t i = 0; i < PORT_COUNT; i++)
                if (strcmp(keyword, PORTS[i]) == 0)
                        return add_port(reader, path, line);
        for (size_t i = 0; i < ADDRESS_COUNT; i++)
                if (strcmp(keyword, ADDRESSES[i]) == 0)
                        return set(&reader->settings[i], unquote(reader, value), path, line);
        if (strcmp(keyword, "snmp_port") == 0)
                reader->has_snmp = strtol(value, NULL, 10) != 0;
        if (strcmp(keyword, "workers") == 0)
                squid_conditions_set_workers(&reader->conditions, value);
        if (strcmp(keyword, "configuration_includes_quoted_values") == 0)
                reader->has_quotes = strcmp(value, "on") == 0;
        return 0;
}

/* Relative paths begin where systemd starts daemons, in "/". */
static int include(struct reader *reader, const char *path, const struct squid_line *line) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        struct token token;
        int r = scanner_init(&scanner, &PATHS, line->text + strlen("include"));

        while (r >= 0 && scanner_next(&scanner, &token)) {
                CLEANUP(freep) char *pattern = included_files_resolve("/.", token.text);

                r = pattern ? included_files_read_pattern(&reader->files, path, line->number,
                                                          pattern)
                            : -ENOMEM;
        }
        return r;
}

static int read_line(struct reader *reader, const char *path, const struct squid_line *line) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line words = { 0 };
        int r = scanner_init(&scanner, &WORDS, line->text);

        if (r >= 0)
                r = word_line_next(&scanner, &words);
        if (r <= 0)
                return r;
        words.line = line->number;
        if (squid_conditions_read(&reader->conditions, &words.words, path, line->number) ||
            !squid_conditions_met(&reader->conditions) || words.words.count < 2)
                return 0;
        return strcmp(words.words.items[0], "include") == 0 ? include(reader, path, line)
                                                            : apply(reader, path, &words);
}

/* An included_files_read_fn. NOLINTNEXTLINE(readability-non-const-parameter) */
static int read_file(struct included_files *files, const char *path, char *content) {
        struct squid_lines lines = { .position = content };
        struct squid_line line;
        struct reader *reader = files->data;
        const struct squid_conditions outer = reader->conditions;
        int r = 0;

        reader->conditions.depth = 0;
        while (r >= 0 && !files->stopped && squid_lines_next(&lines, &line))
                r = read_line(reader, path, &line);
        reader->conditions.depth = outer.depth;
        memcpy(reader->conditions.items, outer.items, sizeof(outer.items));
        return r;
}

static int allow_keywords(void) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < PORT_COUNT; i++)
                r = private_files_allow(PORTS[i]);
        for (size_t i = 0; r >= 0 && i < ADDRESS_COUNT; i++)
                r = private_files_allow(ADDRESSES[i]);
        return r;
}

int squid_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = {
                .files = { .tree = tree, .read = read_file },
                .addresses = ret,
        };
        int r = allow_keywords();

        reader.files.data = &reader;
        squid_conditions_init(&reader.conditions, source->arguments);
        for (size_t i = 0; r >= 0 && i < source->config->count; i++)
                r = included_files_read(&reader.files, source->config->items[i], NULL);
        r = r == -EISDIR ? 0 : r;
        for (size_t i = 0; r >= 0 && i < ADDRESS_COUNT; i++) {
                const struct setting *setting = &reader.settings[i];

                if (setting->host && (i < FIRST_SNMP_ADDRESS || reader.has_snmp))
                        r = host_add_bracketed(ret, setting->host, setting->file, setting->line,
                                               setting->text);
        }
        return r;
}
