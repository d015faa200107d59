/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Net-SNMP's snmpd: agentAddress, agentXSocket, and addresses on the command line
 *
 * snmplib/read_config.c has the lines, sections and includes; init_master_agent() of
 * agent/snmp_agent.c opens the addresses of all agentAddress lines and of the command line;
 * snmplib/snmp_transport.c and transports/snmpIPv6BaseDomain.c have an address: "udp6:[ADDR]:PORT".
 */

#include "common/cleanup.h"
#include "common/whitespace.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/included-files.h"
#include "formats/word-lines.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

static const struct scanner_syntax SYNTAX = {
        .comments = "#",
        .quotes = "\"'",
        .lines = true,
};

/* Options of snmpd(8) whose argument is the next word, if it is not in the same one. */
static const char OPTIONS_WITH_ARGUMENT[] = "cgIlLmMnpPSuxY";

struct options {
        const char *files;        /* -c, borrowed, or NULL */
        bool only_optional_files; /* -C: no others than those of -c */
};

struct reader {
        struct included_files files;
        struct address_list *addresses;
        struct address_list agentx; /* counts only with "master agentx" */
        bool is_master;
        bool is_ours; /* outside of sections, or in [snmpd] */
};

static void reader_clear(struct reader *reader) {
        address_list_clear(&reader->agentx);
}

#define IPV6 ADDRESS_IPV6
#define IPV4 ADDRESS_IPV4

static const struct transport {
        const char *name;
        unsigned families;
} TRANSPORTS[] = {
        { "alias", 0 },       { "callback", 0 }, { "dtls6", IPV6 },      { "dtlsudp", IPV4 },
        { "dtlsudp6", IPV6 }, { "ipv6", IPV6 },  { "ipx", 0 },           { "pvc", 0 },
        { "ssh", 0 },         { "std", 0 },      { "tcp", IPV4 },        { "tcp6", IPV6 },
        { "tcpipv6", IPV6 },  { "tcpv6", IPV6 }, { "tls", IPV6 | IPV4 }, { "tlstcp", IPV6 | IPV4 },
        { "udp", IPV4 },      { "udp6", IPV6 },  { "udpipv6", IPV6 },    { "udpv6", IPV6 },
        { "unix", 0 },
};

/* Return: the address behind "TRANSPORT:".
 * @ret_families:       of the transport; 0: it has no internet addresses */
static char *skip_transport(char *address, unsigned *ret_families) {
        size_t length = strcspn(address, ":");

        *ret_families = address[0] == '/' ? 0 : IPV6 | IPV4;
        for (size_t i = 0; address[length] && i < sizeof(TRANSPORTS) / sizeof(TRANSPORTS[0]); i++) {
                const struct transport *transport = &TRANSPORTS[i];

                if (strlen(transport->name) == length &&
                    strncasecmp(address, transport->name, length) == 0) {
                        *ret_families = transport->families;
                        return address + length + 1;
                }
        }
        return address;
}

/* Cuts off the port. Without brackets "ADDR:PORT" is an address as a whole wherever it can be. */
static void cut_port(char *host) {
        char *end = host[0] == '[' ? strchr(host, ']') : NULL;
        char *colon = strrchr(host, ':');
        struct pattern pattern;

        if (end) {
                end[1] = '\0';
        } else if (colon && pattern_parse_address(host, &pattern) < 0) {
                *colon = '\0';
        }
}

/* "udp6:[ADDR]:PORT", "[ADDR]", "ADDR:PORT", "PORT" */
static int add_address(struct address_list *list, const char *text, size_t length, const char *file,
                       unsigned line, const char *shown) {
        CLEANUP(freep) char *copy = strndup(text, length);
        unsigned families;
        char *host;

        if (!copy)
                return -ENOMEM;
        host = skip_transport(copy, &families);
        if (families == 0)
                return 0;
        if (host[0] == ':')
                host++;
        if (host[strspn(host, "0123456789")] == '\0')
                return 0; /* a port */
        cut_port(host);
        return host_add_bracketed_of(list, families, host, file, line, shown);
}

static int add_list(struct address_list *list, const char *values, const char *file, unsigned line,
                    const char *shown) {
        int r = 0;

        for (const char *p = values; r >= 0 && *p;) {
                size_t length = strcspn(p, ",");

                r = add_address(list, p, length, file, line, shown);
                p += length + (p[length] == ',');
        }
        return r;
}

static int include(struct reader *reader, const char *file, unsigned line, const char *keyword,
                   const char *name) {
        bool is_directory = strcasecmp(keyword, "includeDir") == 0;
        CLEANUP(freep) char *target = included_files_resolve(file, name);
        CLEANUP(freep) char *pattern = NULL;

        if (!target || asprintf(&pattern, "%s%s", target, is_directory ? "/*.conf" : "") < 0)
                return -ENOMEM;
        return included_files_read_pattern(&reader->files, file, line, pattern);
}

/* "KEYWORD VALUE", also behind "[SECTION]", which is for this line then. */
static int read_line(struct reader *reader, const char *path, const struct word_line *line) {
        const struct string_list *words = &line->words;
        bool has_section = words->items[0][0] == '[';
        bool is_ours = has_section ? strcasecmp(words->items[0], "[snmpd]") == 0 : reader->is_ours;
        const char *keyword, *value;

        if (has_section && words->count == 1) {
                reader->is_ours = is_ours;
                return 0;
        }
        keyword = words->items[has_section];
        value = words->count > has_section + 1U ? words->items[has_section + 1] : "";
        if (strcasecmp(keyword, "includeFile") == 0 || strcasecmp(keyword, "includeDir") == 0)
                return *value ? include(reader, path, line->line, keyword, value) : 0;
        if (!is_ours)
                return 0;
        if (strcasecmp(keyword, "agentaddress") == 0)
                return add_list(reader->addresses, value, path, line->line, line->text);
        if (strcasecmp(keyword, "agentxsocket") == 0)
                return add_list(&reader->agentx, value, path, line->line, line->text);
        if (strcasecmp(keyword, "master") == 0)
                reader->is_master = strcasecmp(value, "agentx") == 0 ||
                                    strcasecmp(value, "all") == 0 || strcasecmp(value, "on") == 0 ||
                                    strcasecmp(value, "yes") == 0;
        return 0;
}

static int read_file(struct included_files *files, const char *path, char *content) {
        CLEANUP(scanner_clear) struct scanner scanner = { 0 };
        CLEANUP(word_line_clear) struct word_line line = { 0 };
        struct reader *reader = files->data;
        int r;

        reader->is_ours = true;
        r = scanner_init(&scanner, &SYNTAX, content);
        while (r >= 0 && !files->stopped && (r = word_line_next(&scanner, &line)) > 0)
                r = read_line(reader, path, &line);
        reader->is_ours = true;
        return r < 0 ? r : 0;
}

/* Beside each snmpd.conf there may be an snmpd.local.conf. */
static int read_config(struct reader *reader, const char *path) {
        size_t length = strlen(path);
        CLEANUP(freep) char *local = NULL;
        int r;

        r = included_files_read(&reader->files, path, NULL);
        if (r < 0 || length < 5 || strcmp(path + length - 5, ".conf") != 0)
                return r == -EISDIR ? 0 : r;
        if (asprintf(&local, "%.*s.local.conf", (int)(length - 5), path) < 0)
                return -ENOMEM;
        r = included_files_read(&reader->files, local, NULL);
        return r == -EISDIR ? 0 : r;
}

/* -c: a list with commas, read after the other files. */
static int read_optional_files(struct reader *reader, const struct source *source,
                               const char *list) {
        CLEANUP(freep) char *copy = strdup(list);
        char *rest = copy, *path;
        int r = copy ? 0 : -ENOMEM;

        while (r >= 0 && (path = strsep(&rest, ","))) {
                if (path[0] != '/') {
                        log_warning(source->arguments_file, source->arguments_line,
                                    "Not an absolute path, ignoring: -c %s", path);
                        continue;
                }
                r = included_files_read(&reader->files, path, NULL);
                r = r == -EISDIR ? 0 : r;
        }
        return r;
}

/* Of several -c, the last one counts. */
static int apply_option(struct reader *reader, char letter, const char *argument,
                        const struct source *source, struct options *options) {
        if (letter == 'C')
                options->only_optional_files = true;
        else if (letter == 'c')
                options->files = argument;
        else if (letter == 'x' && argument)
                return add_list(&reader->agentx, argument, source->arguments_file,
                                source->arguments_line, argument);
        return 0;
}

/* getopt(3): "-fc FILE" is "-f -c FILE", "-LOw" is "-L Ow". The argument of -D is never the next
 * word. */
static int read_option_word(struct reader *reader, const struct source *source, size_t *index,
                            struct options *options) {
        const struct string_list *words = source->arguments;
        int r = 0;

        for (const char *letter = words->items[*index] + 1; r >= 0 && *letter; letter++) {
                const char *argument = NULL;

                if (*letter == 'D' || *letter == '-')
                        break;
                if (!strchr(OPTIONS_WITH_ARGUMENT, *letter)) {
                        r = apply_option(reader, *letter, NULL, source, options);
                        continue;
                }
                if (letter[1])
                        argument = letter + 1;
                else if (*index + 1 < words->count)
                        argument = words->items[++*index];
                r = apply_option(reader, *letter, argument, source, options);
                break;
        }
        return r;
}

/* What is no option is an address; "--NAME=VALUE" is a line of snmpd.conf. */
static int read_arguments(struct reader *reader, const struct source *source,
                          struct options *options, struct address_list *ret) {
        static const char TOKEN[] = "--agentaddress=";
        const struct string_list *arguments = source->arguments;
        bool are_plain = false;
        int r = 0;

        for (size_t i = 0; arguments && r >= 0 && i < arguments->count; i++) {
                const char *word = arguments->items[i];

                if (!are_plain && strcmp(word, "--") == 0)
                        are_plain = true;
                else if (!are_plain && strncasecmp(word, TOKEN, strlen(TOKEN)) == 0)
                        r = add_list(ret, word + strlen(TOKEN), source->arguments_file,
                                     source->arguments_line, word);
                else if (!are_plain && word[0] == '-')
                        r = read_option_word(reader, source, &i, options);
                else
                        r = add_list(ret, word, source->arguments_file, source->arguments_line,
                                     word);
        }
        return r;
}

int snmpd_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(reader_clear)
        struct reader reader = {
                .files = { .tree = tree, .read = read_file },
                .addresses = ret,
                .agentx = { .left_out = ret->left_out },
        };
        CLEANUP(address_list_clear)
        struct address_list arguments = { .left_out = ret->left_out };
        struct options options = { 0 };
        int r;

        reader.files.data = &reader;
        r = private_files_allow("agentAddress");
        if (r >= 0)
                r = private_files_allow("agentXSocket");
        if (r >= 0)
                r = read_arguments(&reader, source, &options, &arguments);
        for (size_t i = 0; r >= 0 && !options.only_optional_files && i < source->config->count; i++)
                r = read_config(&reader, source->config->items[i]);
        if (r >= 0 && options.files)
                r = read_optional_files(&reader, source, options.files);
        if (r >= 0)
                r = address_list_move(&arguments, ret);
        if (r >= 0 && reader.is_master)
                r = address_list_move(&reader.agentx, ret);
        return r;
}
