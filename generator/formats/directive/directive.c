/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "common/cleanup.h"
#include "formats/directive/command-line.h"
#include "formats/directive/environment-values.h"
#include "formats/directive/file-reader.h"
#include "formats/format.h"
#include "formats/source-environment.h"
#include "input/private-files.h"

#include <string.h>

/* "BLOCK/KEYWORD"; of several words the first. */
static int know_keyword(const char *keyword) {
        const char *slash = strrchr(keyword, '/');
        CLEANUP(freep) char *word = NULL;

        keyword = slash ? slash + 1 : keyword;
        word = strndup(keyword, strcspn(keyword, "+"));
        return word ? private_files_allow(word) : -ENOMEM;
}

/* Return: 0 or -ENOMEM. */
static int know_keywords(const struct directive_language *language) {
        const struct string_list *const lists[] = { &language->directives,
                                                    &language->interface_directives,
                                                    &language->options, &language->variables };
        int r = 0;

        for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
                for (size_t k = 0; k < lists[i]->count && r >= 0; k++)
                        r = know_keyword(lists[i]->items[k]);
        return r;
}

static int read_files(struct tree *tree, const struct string_list *config,
                      struct evaluation *evaluation) {
        CLEANUP(file_reader_clear)
        struct file_reader reader = { .tree = tree, .evaluation = evaluation };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < config->count; i++)
                r = file_reader_read(&reader, config->items[i]);
        return r;
}

int directive_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(evaluation_clear) struct evaluation evaluation = { .language = source->language };
        CLEANUP(command_words_clear) struct command_words command = { 0 };
        int r;

        evaluation.candidates.addresses.left_out = ret->left_out;
        evaluation.expansion.keeps_unknown = source->language->macros;
        r = know_keywords(source->language);
        /* Otherwise the daemon is not known to expand variables, and a '$' may mean anything. */
        if (r >= 0 && (source->language->expands_variables || source->environment_files->count > 0))
                r = source_environment_read(tree, source, &evaluation.expansion.environment);
        if (r >= 0)
                r = read_files(tree, source->config, &evaluation);
        if (r >= 0)
                r = command_words_read(tree, source, &evaluation.candidates, &command);
        if (r >= 0)
                r = command_line_read(source, &command, &evaluation.candidates);
        if (r >= 0)
                r = environment_values_read(source, &evaluation.expansion.environment,
                                            &evaluation.candidates);
        ret->has_statement |= evaluation.candidates.addresses.has_statement;
        if (r < 0)
                return r;
        return candidates_move_of(
                &evaluation.candidates,
                command_line_families(source->language, &command) &
                        wait_conditions_families(&evaluation.conditions, source->language),
                ret);
}
