/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * ".if … .elif … .else … .endif", nested: whether a line takes effect (readcfgfile() in haproxy's
 * src/cfgparse.c)
 */

#include "common/string-list.h"
#include "formats/haproxy/truth.h"
#include "formats/haproxy/variable-store.h"

/* MAXNESTEDCONDS in haproxy's src/cfgparse.c */
enum { NESTING_DEPTH_MAX = 16 };

struct nesting {
        struct nesting_level {
                enum truth holds; /* the present branch */
                enum truth taken; /* it or one before it */
        } levels[NESTING_DEPTH_MAX];
        unsigned depth;
};

/**
 * nesting_interpret() - read a line that may be one of these
 * @words:      of the line
 *
 * Return: 1 if it is one; 0 if it is another; -EINVAL if haproxy does not accept it; -ENOMEM.
 */
int nesting_interpret(struct nesting *nesting, const struct string_list *words,
                      const struct variables *variables);

/**
 * nesting_holds() - whether the present line takes effect
 */
enum truth nesting_holds(const struct nesting *nesting);
