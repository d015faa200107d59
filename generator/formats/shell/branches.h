/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * "if … elif … else … fi", nested: whether what is read takes effect (POSIX XCU 2.9.4)
 *
 * Where a condition cannot be known its branch counts, and so do those that follow.
 */

#include <stdbool.h>

/* More than any file of variables nests; the array is on the stack. */
enum { IF_DEPTH_MAX = 32 };

struct branches {
        struct branch {
                bool counts; /* what is read takes effect */
                bool taken;  /* a condition was true, so no later branch counts */
        } open[IF_DEPTH_MAX];
        unsigned depth; /* how many "if" are open */
};

/**
 * branches_if() - open a level; branches_condition() has to follow
 *
 * Return: 0, or -E2BIG if IF_DEPTH_MAX are open.
 */
int branches_if(struct branches *branches);

/**
 * branches_condition() - the innermost "if" or "elif" has this condition
 * @condition:  1 if it is true, 0 if not, negative if that cannot be known
 */
void branches_condition(struct branches *branches, int condition);

/**
 * branches_else() - the innermost "if" has an "else" here
 */
void branches_else(struct branches *branches);

/**
 * branches_fi() - close the innermost "if"
 */
void branches_fi(struct branches *branches);

/**
 * branches_count() - whether what is read takes effect; true outside of all
 */
bool branches_count(const struct branches *branches);
