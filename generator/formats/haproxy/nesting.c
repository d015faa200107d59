/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/haproxy/nesting.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "formats/haproxy/predicates.h"

#include <string.h>

enum truth nesting_holds(const struct nesting *nesting) {
        enum truth holds = TRUTH_YES;

        for (unsigned i = 0; i < nesting->depth; i++)
                holds = truth_and(holds, nesting->levels[i].holds);
        return holds;
}

/* The words of a condition are joined again before it is read. */
static int evaluate(const struct string_list *words, const struct variables *variables,
                    enum truth *ret) {
        CLEANUP(freep) char *text = NULL;
        CLEANUP(fclosep) FILE *out = NULL;
        size_t size;

        out = open_memstream(&text, &size);
        if (!out)
                return -ENOMEM;
        for (size_t i = 1; i < words->count; i++)
                (void)fprintf(out, i > 1 ? " %s" : "%s", words->items[i]);
        if (memstream_close(TAKE_POINTER(out), &text) < 0)
                return -ENOMEM;
        return expression_evaluate(text, variables, ret);
}

static int open_if(struct nesting *nesting, const struct string_list *words,
                   const struct variables *variables) {
        /* In a branch that is not taken no branch is. */
        struct nesting_level level = { .holds = TRUTH_NO, .taken = TRUTH_YES };

        if (nesting->depth == NESTING_DEPTH_MAX)
                return -EINVAL;
        if (nesting_holds(nesting) != TRUTH_NO) {
                int r = evaluate(words, variables, &level.holds);

                if (r < 0)
                        return r;
                level.taken = level.holds;
        }
        nesting->levels[nesting->depth++] = level;
        return 1;
}

static int next_branch(struct nesting *nesting, const struct string_list *words,
                       const struct variables *variables) {
        struct nesting_level *level;
        enum truth holds = TRUTH_YES;

        if (nesting->depth == 0)
                return -EINVAL;
        level = &nesting->levels[nesting->depth - 1];
        if (words && level->taken != TRUTH_YES) {
                int r = evaluate(words, variables, &holds);

                if (r < 0)
                        return r;
        }
        level->holds = truth_and(holds, truth_not(level->taken));
        level->taken = truth_or(level->taken, holds);
        return 1;
}

int nesting_interpret(struct nesting *nesting, const struct string_list *words,
                      const struct variables *variables) {
        const char *name = words->items[0];

        if (strcmp(name, ".if") == 0)
                return open_if(nesting, words, variables);
        if (strcmp(name, ".elif") == 0)
                return next_branch(nesting, words, variables);
        if (strcmp(name, ".else") == 0)
                return next_branch(nesting, NULL, variables);
        if (strcmp(name, ".endif") != 0)
                return 0;
        if (nesting->depth == 0)
                return -EINVAL;
        nesting->depth--;
        return 1;
}
