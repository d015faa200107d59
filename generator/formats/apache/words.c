/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/words.h"

#include "common/whitespace.h"

#include <string.h>

char *skip_blanks(char *text) {
        return text + strspn(text, C_WHITESPACE);
}

static char *find_quote(char *text, char quote) {
        while (*text && *text != quote) {
                if (text[0] == '\\' && (text[1] == quote || text[1] == '\\'))
                        text++;
                text++;
        }
        return text;
}

/* Unquotes [@start, @end) in place. @end may hold what belongs to the next word. */
static void unquote(char *start, const char *end, char quote) {
        char *to = start;

        for (const char *from = start; from < end; from++) {
                if (from[0] == '\\' && from + 1 < end &&
                    (from[1] == '\\' || (quote && from[1] == quote)))
                        from++;
                *to++ = *from;
        }
        *to = '\0';
}

char *next_word(char **line) {
        char *word = skip_blanks(*line);
        char *end, *rest;
        char quote = '\0';

        if (*word == '"' || *word == '\'') {
                quote = *word++;
                end = find_quote(word, quote);
                rest = *end ? end + 1 : end;
        } else {
                end = word + strcspn(word, C_WHITESPACE);
                rest = end;
        }
        *line = skip_blanks(rest);
        unquote(word, end, quote);
        return word;
}
