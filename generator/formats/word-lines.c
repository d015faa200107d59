/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/word-lines.h"

#include "common/cleanup.h"

int word_line_next(struct scanner *scanner, struct word_line *ret) {
        struct token token;

        word_line_clear(ret);
        while (scanner_next(scanner, &token)) {
                if (token.type == TOKEN_LINE && ret->words.count > 0)
                        return 1;
                if (token.type != TOKEN_WORD)
                        continue;
                if (ret->words.count == 0) {
                        ret->line = token.line;
                        ret->text = scanner_copy_line(scanner, &token);
                        if (!ret->text)
                                return -ENOMEM;
                }
                ret->is_unclosed |= token.is_unclosed;
                if (string_list_add(&ret->words, token.text) < 0)
                        return -ENOMEM;
        }
        return ret->words.count > 0;
}

void word_line_clear(struct word_line *line) {
        string_list_clear(&line->words);
        free(line->text);
        *line = (struct word_line){ 0 };
}
