/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/advice.h"

#include "common/whitespace.h"

#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/param.h>

enum { WORD_MAX = 40, DISTANCE_MAX = 2, BEGINNING_MIN = 4, ENDING_MAX = 7 };

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

/* "Timeout" is nearer to TimeoutSec, whose beginning it is, than to OnTimeout, and "Ignore" is
 * IgnoreAddress. Return: the only name that begins so and is not much longer, or NULL. */
static const char *find_beginning(const char *word, const char *const *names, size_t count) {
        const char *found = NULL;

        for (size_t i = 0; i < count && strlen(word) >= BEGINNING_MIN; i++) {
                if (strncasecmp(word, names[i], strlen(word)) != 0 ||
                    strlen(names[i]) - strlen(word) > ENDING_MAX)
                        continue;
                if (found)
                        return NULL;
                found = names[i];
        }
        return found;
}

const char *advice_closest(const char *word, const char *const *names, size_t count) {
        const char *closest = find_beginning(word, names, count);
        size_t best = closest ? 0 : DISTANCE_MAX + 1;

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

/* Such as eth0 and br-lan. A word without digits may be the name of a host: localhost. */
static bool is_interface(const char *value) {
        size_t letters = 0, length = 0;

        for (; isalnum((unsigned char)value[length]) || value[length] == '-'; length++)
                letters += isalpha((unsigned char)value[length]) != 0;
        return letters > 0 && letters < length && length < IF_NAMESIZE && value[length] == '\0';
}

/* 192.0.2.1:80. What ends so and has two colons is an IPv6 address. */
static bool has_port(const char *value) {
        const char *colon = strchr(value, ':');
        size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;

        return digits > 0 && colon[1 + digits] == '\0' && colon > value;
}

const char *advice_for_value(const char *value) {
        size_t length = strlen(value);

        if (has_comment(value))
                return "a comment needs a line of its own";
        if (length > 1 && strchr("\"'", value[0]) && value[length - 1] == value[0])
                return "without quotes";
        return NULL;
}

const char *advice_for_path(const char *value) {
        const char *advice = advice_for_value(value);

        if (advice)
                return advice;
        if (value[0] == '-' && value[1] == '/')
                return "without \"-\", since the file need not exist";
        if (value[0] == '/')
                return "each path needs a line of its own";
        return NULL;
}

const char *advice_for_words(const char *value) {
        const char *advice = advice_for_value(value);

        if (advice)
                return advice;
        if (strchr(value, ','))
                return "with blanks between them";
        if (value[strcspn(value, "*$")])
                return value[0] == '$' ? "without \"$\"" : "without wildcards";
        return NULL;
}

const char *advice_for_programs(const char *value) {
        const char *advice = advice_for_value(value);

        return advice ?: "without directories";
}

const char *advice_for_units(const char *value) {
        const char *advice = advice_for_words(value);

        return advice ?: "with \".service\" at the end";
}

const char *advice_for_families(const char *value) {
        const char *advice = advice_for_words(value);

        for (; !advice && *value; value++)
                if (isupper((unsigned char)*value))
                        advice = "in small letters";
        return advice;
}

/* A blank that a web page or a word processor has put there, say, which nobody sees. */
static bool has_other_letters(const char *value) {
        while (*value && isascii((unsigned char)*value))
                value++;
        return *value;
}

const char *advice_for_address(const char *value) {
        const char *advice = advice_for_value(value);

        if (advice)
                return advice;
        if (strpbrk(value, SYSTEMD_WHITESPACE ","))
                return "each address needs a line of its own";
        if (value[0] == '[')
                return "without brackets and port";
        if (has_port(value))
                return "without port";
        if (is_interface(value))
                return "all addresses of an interface are any%INTERFACE";
        if (strcmp(value, "*") == 0 || strcasecmp(value, "all") == 0 ||
            strcasecmp(value, "any") == 0)
                return "all addresses of the machine are \"any\"";
        if (has_other_letters(value))
                return "a character in it is not ASCII";
        return NULL;
}

bool advice_has_host_bits(const char *value, struct pattern *ret) {
        char text[INET6_ADDRSTRLEN + IF_NAMESIZE + sizeof("%")];
        const char *slash = strchr(value, '/');
        struct pattern whole, address;
        int length;

        if (!slash || pattern_parse(value, &whole) < 0)
                return false;
        length = snprintf(text, sizeof(text), "%.*s%s", (int)(slash - value), value,
                          strchrnul(slash, '%'));
        if (length < 0 || (size_t)length >= sizeof(text))
                return false;
        if (pattern_parse_address(text, &address) < 0 ||
            memcmp(&address.address, &whole.address, sizeof(address.address)) == 0)
                return false;
        *ret = address;
        return true;
}
