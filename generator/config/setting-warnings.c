/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/setting-warnings.h"

#include "common/cleanup.h"
#include "common/pattern.h"
#include "common/text.h"
#include "config/advice.h"
#include "formats/format.h"
#include "log.h"
#include "units/unit-name.h"

#include <string.h>

enum { NAMES_MAX = 64 };

static const char *const SOCKETS_KEYS[] = { "FreeBind", "Families" };
enum { SOCKETS_KEYS_COUNT = sizeof(SOCKETS_KEYS) / sizeof(SOCKETS_KEYS[0]) };

/* Those of all other keys have advice_for_value(). */
static const struct {
        const char *key;
        const char *(*advise)(const char *value);
} ADVISORS[] = {
        { "Address", advice_for_address },
        { "IgnoreAddress", advice_for_address },
        { "Config", advice_for_path },
        { "EnvironmentFile", advice_for_path },
        { "Program", advice_for_programs },
        { "Units", advice_for_units },
        { "Families", advice_for_families },
        { "Directive", advice_for_words },
        { "InterfaceDirective", advice_for_words },
        { "FreebindDirective", advice_for_words },
        { "Include", advice_for_words },
        { "IncludeSuffix", advice_for_words },
        { "Variable", advice_for_words },
};

/* Return: a static clause, or NULL. */
static const char *find_advice(const struct assignment *assignment) {
        for (size_t i = 0; i < sizeof(ADVISORS) / sizeof(ADVISORS[0]); i++)
                if (text_is(ADVISORS[i].key, assignment->key))
                        return ADVISORS[i].advise(assignment->value);
        return advice_for_value(assignment->value);
}

/* The format that was probably meant, or NULL. */
static const char *find_closest_format(const char *value) {
        const char *names[NAMES_MAX];
        const char *name;
        size_t count = 0;

        while (count < NAMES_MAX && (name = format_name(count)))
                names[count++] = name;
        return advice_closest(value, names, count);
}

/* The word of "start or fail" that was probably meant, or NULL. @words: of @expected; is changed.
 */
static const char *find_closest_word(const char *value, char *words) {
        const char *names[NAMES_MAX];
        size_t count = 0;
        char *rest = NULL;

        if (strncmp(words, "a ", 2) == 0 || strncmp(words, "an ", 3) == 0 || !strstr(words, " or "))
                return NULL;
        for (char *word = strtok_r(words, ", ", &rest); word && count < NAMES_MAX;
             word = strtok_r(NULL, ", ", &rest))
                if (strcmp(word, "or") != 0)
                        names[count++] = word;
        return advice_closest(value, names, count);
}

void setting_warn_value(const struct assignment *assignment, const char *expected) {
        const char *advice = find_advice(assignment);
        CLEANUP(freep) char *words = strdup(expected);
        const char *closest = NULL;

        if (strcmp(assignment->key, "Format") == 0)
                closest = find_closest_format(assignment->value);
        else if (words)
                closest = find_closest_word(assignment->value, words);
        log_warning(assignment->file, assignment->line, "%s= takes %s%s%s, ignoring: %s%s%s%s",
                    assignment->key, expected, advice ? "; " : "", advice ?: "", assignment->value,
                    closest ? " (did you mean " : "", closest ?: "", closest ? "?)" : "");
}

/* An address without a key is read as "KEY:VALUE". Return: whether that was it, and was logged. */
static bool warn_bare_address(const struct assignment *assignment) {
        CLEANUP(freep) char *text = NULL;
        struct pattern pattern;

        if (asprintf(&text, "%s:%s", assignment->key, assignment->value) < 0) {
                text = NULL;
                return false;
        }
        if (pattern_parse(text, &pattern) < 0)
                return false;
        log_warning(assignment->file, assignment->line,
                    "Address without a key, ignoring: %s (did you mean Address=%s?)", text, text);
        return true;
}

void setting_warn_unknown_key(const struct assignment *assignment, const char *const *names,
                              size_t count) {
        const char *closest = advice_closest(assignment->key, names, count);
        bool is_of_sockets = strcmp(assignment->key, SOCKETS_KEYS[0]) == 0;

        if (warn_bare_address(assignment))
                return;
        if (is_of_sockets)
                log_warning(assignment->file, assignment->line,
                            "Unknown key in section [%s], ignoring: %s (it is a key of [sockets])",
                            assignment->section, assignment->key);
        else
                log_warning(assignment->file, assignment->line,
                            "Unknown key in section [%s], ignoring: %s%s%s%s", assignment->section,
                            assignment->key, closest ? " (did you mean " : "", closest ?: "",
                            closest ? "=?)" : "");
}

void setting_warn_wrong_section(const struct assignment *assignment) {
        bool is_sockets = strcmp(assignment->section, "sockets") == 0;
        const char *closest =
                is_sockets ? advice_closest(assignment->key, SOCKETS_KEYS, SOCKETS_KEYS_COUNT)
                           : NULL;

        if (closest)
                log_warning(assignment->file, assignment->line,
                            "Not a key for section [sockets], ignoring: %s (did you mean %s=?)",
                            assignment->key, closest);
        else
                log_warning(assignment->file, assignment->line,
                            "Not a key for section [%s], ignoring: %s (%s)", assignment->section,
                            assignment->key,
                            is_sockets ? "it has FreeBind= and Families= only"
                                       : "it is a key of the sections of services");
}

/* An Address= that is ready at any time, so that it does nothing. */
static void warn_no_wait(const struct assignment *assignment, const struct pattern *pattern) {
        if (pattern_needs_no_waiting(pattern))
                log_warning(assignment->file, assignment->line,
                            "Nothing waits for this address, since %s: %s",
                            pattern_is_ipv4(pattern) ? "it can be bound at any time"
                                                     : "DAD never runs on it",
                            assignment->value);
        else if (pattern->is_prefix && pattern_is_ipv4(pattern))
                log_warning(assignment->file, assignment->line,
                            "Nothing waits for an IPv4 prefix, since what the machine has of it "
                            "can be bound at once; name each address instead: %s",
                            assignment->value);
}

/* The specifiers of Config= in the section of a template: here "%" is before an interface. */
static void warn_specifier(const struct assignment *assignment, const struct pattern *pattern) {
        if (unit_name_is_template(assignment->section) &&
            (strcmp(pattern->interface, "i") == 0 || strcmp(pattern->interface, "I") == 0))
                log_warning(assignment->file, assignment->line,
                            "Taken as the interface \"%s\", not as the instance name, for which "
                            "each instance needs a section of its own: %s=%s",
                            pattern->interface, assignment->key, assignment->value);
}

void setting_warn_address(const struct assignment *assignment) {
        char text[PATTERN_STRING_SIZE];
        struct pattern pattern;

        if (pattern_parse(assignment->value, &pattern) == 0)
                warn_specifier(assignment, &pattern);
        if (advice_has_host_bits(assignment->value, &pattern))
                log_warning(assignment->file, assignment->line,
                            "Taken as the address %s, since it has bits behind the prefix: %s=%s",
                            pattern_format(&pattern, text), assignment->key, assignment->value);
        else if (strcmp(assignment->key, "Address") == 0 &&
                 pattern_parse(assignment->value, &pattern) == 0)
                warn_no_wait(assignment, &pattern);
}
