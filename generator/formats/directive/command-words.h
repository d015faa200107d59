/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The words of a command line, with those of the files that it names: OptionFile=
 *
 * kingpin, with which Prometheus and its exporters read their options, has "@FILE": each line of
 * the file is one word, "@FILE" in it another file, and a line that begins with '#' a comment
 * (ParseContext.Next() in its parser.go, ExpandArgsFromFile()).
 */

#include "formats/directive/candidates.h"
#include "formats/format.h"

struct command_words {
        struct string_list words;
        struct word_place {
                const char *file;
                unsigned line;
        } * places;               /* of each of @words */
        struct string_list paths; /* that @places refers to */
};

/**
 * command_words_read() - replace each word that begins with OptionFile= by the words of its file
 * @source:     its arguments, which may be NULL, and where they are
 * @candidates: a file that is not there is added by address_list_add_unknown()
 * @ret:        zeroed; command_words_clear() it. Its places are borrowed from @source, too
 *
 * Without OptionFile= all words stay.
 *
 * Return: 0 or -ENOMEM.
 */
int command_words_read(struct tree *tree, const struct source *source,
                       struct candidates *candidates, struct command_words *ret);

/**
 * command_words_clear() - free all
 */
void command_words_clear(struct command_words *words);
