/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/advice.h"

#include "common/whitespace.h"

#include <string.h>
#include <strings.h>
#include <sys/param.h>

enum { WORD_MAX = 40, DISTANCE_MAX = 2 };

/* How many letters have to be added, removed or replaced (Levenshtein); the case counts for
 * nothing. */
static size_t distance(const char *a, const char *b) {
        size_t row[WORD_MAX + 1], length = strlen(b);

        for (size_t i = 0; i <= length; i++)
                row[i] = i;
        for (; *a; a++) {
                size_t diagonal = row[0]++;

                for (size_t i = 1; i <= length; i++) {
                        size_t replaced = diagonal + (strncasecmp(a, &b[i - 1], 1) != 0);

                        diagonal = row[i];
                        row[i] = MIN(replaced, MIN(row[i], row[i - 1]) + 1);
                }
        }
        return row[length];
}

const char *advice_closest(const char *word, const char *const *names, size_t count) {
        const char *closest = NULL;
        size_t best = DISTANCE_MAX + 1;

        for (size_t i = 0; i < count && strlen(word) <= WORD_MAX; i++) {
                size_t d = strlen(names[i]) <= WORD_MAX ? distance(word, names[i]) : best;

                /* Two letters of a short word make another word. */
                if (d < best && 2 * d < strlen(names[i])) {
                        best = d;
                        closest = names[i];
                }
        }
        return closest;
}

static bool has_comment(const char *value) {
        const char *mark = strpbrk(value, "#;");

        return mark && mark > value && strchr(SYSTEMD_WHITESPACE, mark[-1]);
}

const char *advice_for_address(const char *value) {
        if (has_comment(value))
                return "a comment needs a line of its own";
        if (strpbrk(value, SYSTEMD_WHITESPACE ","))
                return "each address needs a line of its own";
        if (value[0] == '[')
                return "without brackets and port";
        return NULL;
}

bool advice_has_host_bits(const char *value, struct pattern *ret) {
        char text[INET6_ADDRSTRLEN + IF_NAMESIZE + sizeof("%")];
        const char *slash = strchr(value, '/');
        struct pattern whole, address;
        size_t length;

        if (!slash || pattern_parse(value, &whole) < 0)
                return false;
        length = (size_t)(slash - value);
        if (length + strlen(strchrnul(slash, '%')) >= sizeof(text))
                return false;
        memcpy(text, value, length);
        strcpy(text + length, strchrnul(slash, '%'));
        if (pattern_parse_address(text, &address) < 0 ||
            memcmp(&address.address, &whole.address, sizeof(address.address)) == 0)
                return false;
        *ret = address;
        return true;
}
