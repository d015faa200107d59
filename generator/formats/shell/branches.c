/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/shell/branches.h"

#include <errno.h>

static bool counts_at(const struct branches *branches, unsigned depth) {
        return depth == 0 || branches->open[depth - 1].counts;
}

/* The innermost branch counts if the one around it does, and none before it was taken. */
static void enter_branch(struct branches *branches, bool may_be_true) {
        struct branch *branch = &branches->open[branches->depth - 1];

        branch->counts = counts_at(branches, branches->depth - 1) && !branch->taken && may_be_true;
}

int branches_if(struct branches *branches) {
        if (branches->depth == IF_DEPTH_MAX)
                return -E2BIG;
        branches->open[branches->depth++] = (struct branch){ 0 };
        return 0;
}

void branches_condition(struct branches *branches, int condition) {
        enter_branch(branches, condition != 0);
        if (condition > 0)
                branches->open[branches->depth - 1].taken = true;
}

void branches_else(struct branches *branches) {
        enter_branch(branches, true);
}

void branches_fi(struct branches *branches) {
        branches->depth--;
}

bool branches_count(const struct branches *branches) {
        return counts_at(branches, branches->depth);
}
