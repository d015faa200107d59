/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Words as systemd splits them: quotes, and backslashes (systemd.syntax(7), "Quoting";
 * extract_first_word() in its src/basic/extract-word.c)
 */

/* What a backslash does. */
enum quoted_escapes {
        QUOTED_ESCAPES,         /* "\n", "\x41": an unknown one is an error (Environment=) */
        QUOTED_ESCAPES_OR_TEXT, /* an unknown one stays as it is (ExecStart=) */
        QUOTED_ANY,             /* it is removed; an open quotation mark ends with the text
                                   ($NAME in a command line) */
};

/**
 * quoted_word_next() - cut off the next word
 * @cursor:     text; moved behind the word and the blanks after it
 * @ret:        the word, to be freed by the caller; NULL if there is none
 *
 * Return: 1; 0 at the end; -EINVAL if a quotation mark is open, or for an escape; -ENOMEM.
 */
int quoted_word_next(const char **cursor, enum quoted_escapes escapes, char **ret);
