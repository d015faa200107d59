/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/wait-conditions.h"

#include "common/cleanup.h"
#include "common/pattern.h"
#include "common/whitespace.h"
#include "formats/directive/values.h"

#include <string.h>

/* @condition: "KEYWORD" or "KEYWORD VALUE". Return: 1 if the statement makes it hold, 0 if it makes
 * it no longer hold, -ENOENT if it is another statement, -ENOMEM. */
static int evaluate(const char *condition, const struct blocks *blocks, const char *text) {
        size_t length = strcspn(condition, SYSTEMD_WHITESPACE);
        const char *value = condition + length + strspn(condition + length, SYSTEMD_WHITESPACE);
        CLEANUP(freep) char *keyword = NULL;
        const char *values;

        keyword = strndup(condition, length);
        if (!keyword)
                return -ENOMEM;
        values = blocks_find_values(blocks, keyword, text);
        if (!values)
                return -ENOENT;
        return !*value || values_contain(values, value);
}

static int update(const struct string_list *conditions, const struct blocks *blocks,
                  const char *text, uint64_t *met) {
        for (size_t i = 0; i < conditions->count && i < WAIT_CONDITIONS_MAX; i++) {
                int r = evaluate(conditions->items[i], blocks, text);

                if (r == -ENOMEM)
                        return r;
                if (r > 0)
                        *met |= UINT64_C(1) << i;
                else if (r == 0)
                        *met &= ~(UINT64_C(1) << i);
        }
        return 0;
}

int wait_conditions_update(struct wait_conditions *conditions,
                           const struct directive_language *language, const struct blocks *blocks,
                           const char *text) {
        int r = update(&language->unless, blocks, text, &conditions->unless_met);

        if (r >= 0)
                r = update(&language->ipv4_unless, blocks, text, &conditions->ipv4_unless_met);
        if (r >= 0)
                r = update(&language->ipv6_unless, blocks, text, &conditions->ipv6_unless_met);
        if (r >= 0)
                r = update(&language->only_if, blocks, text, &conditions->only_if_met);
        if (r >= 0)
                r = update(&language->ipv4_only_if, blocks, text, &conditions->ipv4_only_if_met);
        if (r >= 0)
                r = update(&language->ipv6_only_if, blocks, text, &conditions->ipv6_only_if_met);
        return r;
}

static bool is_met(const struct string_list *only_if, uint64_t met) {
        return only_if->count == 0 || met;
}

unsigned wait_conditions_families(const struct wait_conditions *conditions,
                                  const struct directive_language *language) {
        unsigned families = 0;

        if (conditions->unless_met || !is_met(&language->only_if, conditions->only_if_met))
                return 0;
        if (!conditions->ipv4_unless_met &&
            is_met(&language->ipv4_only_if, conditions->ipv4_only_if_met))
                families |= ADDRESS_IPV4;
        if (!conditions->ipv6_unless_met &&
            is_met(&language->ipv6_only_if, conditions->ipv6_only_if_met))
                families |= ADDRESS_IPV6;
        return families;
}
