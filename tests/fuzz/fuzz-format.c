/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A format, fed with anything (libFuzzer). FORMAT is its function, CONFIG and ENVIRONMENT the paths
 * where it starts; the input is a whole tree, see memory-tree.h.
 */

#include "common/cleanup.h"
#include "config/directive-language.h"
#include "formats/format.h"
#include "formats/listener-lines.h"
#include "input/private-files.h"
#include "log.h"
#include "memory-tree.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is written into a drop-in has to be an address that the helper reads back as the same. */
static void check(const struct address *address) {
        char text[PATTERN_STRING_SIZE];
        struct pattern again;

        (void)pattern_format(&address->pattern, text);
        if (pattern_parse(text, &again) < 0 || pattern_compare(&address->pattern, &again) != 0)
                abort();
        if (!address->file || address->file[0] != '/' || !address->text)
                abort();
}

/* For Format=directive: the first byte chooses the language, which is YAML with -DYAML. */
static void define(struct directive_language *language, unsigned choice) {
        static const char *const LISTS[][2] = {
                { "Directive", "bind" },      { "Directive", "in/listen" },
                { "Directive", "list/*" },    { "Directive", "[]" },
                { "Directive", "listen+on" }, { "OnlyIf", "only+if yes" },
                { "Option", "-a" },           { "Option", "-o bind" },
                { "Include", "include" },     { "Comment", "#;" },
                { "FreebindOption", "free" }, { "Unless", "never yes" },
                { "IPv6Unless", "-4" },       { "IPv4Unless", "no4 yes" },
                { "IPv4OnlyIf", "four" },     { "OptionFile", "@" },
                { "AllAddresses", "*" },      { "PortlessDirective", "in/listen" },
                { "Repeat", "first" },        { "OnlyIf", "only" },
                { "Include", "<?include" },   { "InterfaceDirective", "device" },
        };

        for (size_t i = 0; i < sizeof(LISTS) / sizeof(LISTS[0]) - (choice & 1); i++)
                if (directive_language_apply(language, LISTS[i][0], LISTS[i][1]) < 0)
                        abort();
        for (unsigned i = 0; i < 2 && (choice & 64); i++)
                if (directive_language_apply(language, "Comment", i > 0 ? "//" : "/*") < 0)
                        abort();
        language->semicolons = choice & 2;
        language->indented_continuation = choice & 4;
        language->port_after_last_colon = choice & 8;
        language->last_one_counts = choice & 16;
        language->includes_last = choice & 32;
#ifdef YAML
        language->yaml = true;
#endif
        language->parameters = choice & 4;
        language->parentheses = choice & 32;
        language->names_networks = language->macros = choice & 128;
        /* Neither of the two means anything in JSON. */
        language->json = language->names_links = (choice & 6) == 6;
}

/* For the plan, after the format. */
static void find_listener_lines(const uint8_t *data, size_t size, struct address_list *ret) {
        CLEANUP(freep) char *text = strndup((const char *)data, size);
        const struct string_list needless = { 0 };

        if (!text || listener_lines_find(CONFIG, text, &needless, ret) < 0)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(directive_language_clear) struct directive_language language = { 0 };
        CLEANUP(string_list_clear)
        struct string_list config = { 0 }, environment = { 0 }, arguments = { 0 };
        CLEANUP(address_list_clear) struct address_list found = { 0 };
        struct source source = {
                .config = &config,
                .environment_files = &environment,
                .arguments = &arguments,
                .arguments_file = "/usr/lib/systemd/system/daemon.service",
                .language = &language,
        };
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        const struct address_list ignore = { 0 };

        private_files_begin("daemon.service");
        define(&language, size > 0 ? data[0] : 0);
        memory_tree_set((const char *)data, size);
        if (tree_open(&tree, NULL) < 0 || string_list_add(&config, CONFIG) < 0 ||
            string_list_add(&environment, ENVIRONMENT) < 0 ||
            string_list_add(&arguments, "-a${NAME}") < 0 ||
            string_list_add(&arguments, "$NAME") < 0 ||
            string_list_add(&arguments, "@" CONFIG) < 0 || FORMAT(&tree, &source, &found) < 0)
                abort();
        log_close();

        find_listener_lines(data, size, &found);
        for (size_t i = 0; i < found.count; i++)
                check(&found.items[i]);
        if (address_list_reduce(&found, &ignore) < 0)
                abort();
        private_files_end();
        return 0;
}
