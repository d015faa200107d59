/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The lines of squid.conf: parseOneConfigFile() in src/cache_cf.cc of Squid
 *
 * A backslash at the end joins lines without a blank. Lines of comments and empty ones between them
 * do not count, and a comment behind a directive is joined like any other text.
 */

#include <stdbool.h>

struct squid_lines {
        char *position; /* borrowed */
        unsigned number;
};

struct squid_line {
        char *text; /* not empty, without blanks at its start; borrows from the content */
        unsigned number;
};

/**
 * squid_lines_next() - join the next line with those that continue it
 * @lines:      begins with .position at the content, which is changed
 *
 * Return: whether there is one. What is continued at the end of the file is none.
 */
bool squid_lines_next(struct squid_lines *lines, struct squid_line *ret);
