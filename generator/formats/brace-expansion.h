/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Braces in a pattern of file names, as glob(3) expands them with GLOB_BRACE
 */

#include "common/string-list.h"

/* How many patterns one with braces may become: "{a,b}" repeated n times makes 2^n. */
enum { BRACE_EXPANSION_MAX = 1000 };

/**
 * brace_expand() - the patterns that one with braces stands for
 * @pattern:    as "/etc/{a,b{c,d}}.conf"; braces that are not closed stay as they are
 * @ret:        empty; receives the patterns in their order, @pattern itself if it has no braces
 *
 * Return: 0; -E2BIG if there are more than BRACE_EXPANSION_MAX; -ENOMEM.
 */
int brace_expand(const char *pattern, struct string_list *ret);
