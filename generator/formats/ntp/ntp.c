/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "common/memstream.h"
#include "formats/format.h"
#include "formats/last-existing.h"
#include "formats/ntp/conf-file.h"
#include "formats/ntp/ntpd-options.h"
#include "formats/shell/environment-file.h"
#include "formats/shell/environment.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

/* The variable with ntpd's options: on Debian, Fedora, openSUSE. */
static const char *const VARIABLES[] = { "NTPD_OPTS", "OPTIONS", "NTPD_OPTIONS" };

static int read_options(struct tree *tree, const struct string_list *files,
                        struct ntp_options *ret) {
        CLEANUP(string_list_clear) struct string_list environment = { 0 };
        const char *file = last_existing_path(tree, files);
        int r;

        if (!file)
                return 0;
        r = environment_file_read(tree, file, &environment);
        if (r < 0)
                return r == -ENOMEM ? r : 0;
        for (size_t i = 0; i < sizeof(VARIABLES) / sizeof(VARIABLES[0]); i++) {
                const char *value = environment_get(&environment, VARIABLES[i]);

                r = value ? ntp_options_read(value, file, ret) : 0;
                if (r < 0)
                        return r;
        }
        return 0;
}

/* The words of ExecStart=; a script that starts ntpd has none. */
static int read_arguments(const struct source *source, struct ntp_options *ret) {
        const struct string_list *words = source->arguments;
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        if (!out)
                return -ENOMEM;
        for (size_t i = 0; i < words->count; i++)
                (void)fprintf(out, "%s%s", i > 0 ? " " : "", words->items[i]);
        if (memstream_close(out, &text) < 0)
                return -ENOMEM;
        return ntp_options_read_words(words, text, source->arguments_file, ret);
}

static const char NO_RULES[] = "no interface rules: ntpd binds every address one by one";

static int add_every_address(struct address_list *ret, const char *file) {
        struct pattern every = { .is_prefix = true };

        return address_list_add(ret, &every, file, 0, NO_RULES);
}

static int know_keywords(void) {
        const char *const keywords[] = { "interface", "nic", NO_RULES };
        int r = 0;

        for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]) && r >= 0; i++)
                r = private_files_allow(keywords[i]);
        return r;
}

int ntp_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(ntp_options_clear) struct ntp_options options = { 0 };
        CLEANUP(ntp_rules_clear) struct ntp_rules rules = { 0 };
        CLEANUP(freep) char *absolute = NULL;
        const char *config;
        int r;

        r = know_keywords();
        if (r >= 0 && source->arguments && source->arguments->count > 0)
                r = read_arguments(source, &options);
        else if (r >= 0)
                r = read_options(tree, source->environment_files, &options);
        if (r < 0)
                return r;
        if (options.families == 0)
                options.families = ADDRESS_FAMILIES;
        if (!(options.families & ~ret->left_out))
                return 0;

        config = options.config ? options.config : last_existing_path(tree, source->config);
        if (!config && source->config->count > 0)
                config = source->config->items[source->config->count - 1];
        if (config && config[0] != '/') { /* systemd starts daemons in "/" */
                if (asprintf(&absolute, "/%s", config) < 0)
                        return -ENOMEM;
                config = absolute;
        }
        if (config) {
                r = ntp_config_read(tree, config, &rules);
                if (r < 0)
                        return r;
        }

        if (rules.count > 0 && options.forbids_rules_in_file) {
                log_warning(rules.items[0].file, rules.items[0].line,
                            "ntpd does not start with interface rules besides option -I or -L");
                return 0;
        }
        if (rules.count > 0)
                return ntp_rules_resolve(&rules, options.families, ret);
        if (options.rules.count > 0)
                return ntp_rules_resolve(&options.rules, options.families, ret);
        /* The IPv4 addresses among them are assigned, so they are ready. */
        return config && options.families & ADDRESS_IPV6 ? add_every_address(ret, config) : 0;
}
