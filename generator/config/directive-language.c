/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/directive-language.h"

#include "common/text.h"
#include "common/whitespace.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Of getopt(3), as they are used. */
#define OPTION_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

enum kind {
        KIND_LIST,  /* each assignment adds one item, which may have blanks */
        KIND_WORDS, /* each adds as many items as it has words */
        KIND_TEXT,
        KIND_FLAG, /* of two words, or of more */
};

static const struct key {
        const char *name;
        enum kind kind;
        size_t offset;        /* in struct directive_language */
        const char *off, *on; /* values of a flag */
        const char *expected;
} KEYS[] = {
#define OFFSET(member) offsetof(struct directive_language, member)
        { "Directive", KIND_WORDS, OFFSET(directives), NULL, NULL, "keywords" },
        { "InterfaceDirective", KIND_WORDS, OFFSET(interface_directives), NULL, NULL, "keywords" },
        { "Option", KIND_LIST, OFFSET(options), NULL, NULL, "an option" },
        { "OptionOrder", KIND_FLAG, OFFSET(statement_options_first), "words", "statements-first",
          "words or statements-first" },
        { "Flags", KIND_TEXT, OFFSET(flags), NULL, NULL, "letters of options" },
        { "OptionFile", KIND_TEXT, OFFSET(option_file), NULL, NULL, "what the word begins with" },
        { "Variable", KIND_WORDS, OFFSET(variables), NULL, NULL, "names of variables" },
        { "Include", KIND_WORDS, OFFSET(includes), NULL, NULL, "keywords" },
        { "IncludeBase", KIND_TEXT, OFFSET(include_base), NULL, NULL, "an absolute path or file" },
        { "IncludeSuffix", KIND_WORDS, OFFSET(include_suffixes), NULL, NULL, "ends of file names" },
        { "IncludeHidden", KIND_FLAG, OFFSET(includes_hidden), "no", "yes", "yes or no" },
        { "IncludeSubdirectories", KIND_FLAG, OFFSET(includes_subdirectories), "no", "yes",
          "yes or no" },
        { "IncludeOrder", KIND_FLAG, OFFSET(includes_last), "inline", "last", "inline or last" },
        { "Comment", KIND_LIST, OFFSET(comments), NULL, NULL, "characters" },
        { "FreebindDirective", KIND_WORDS, OFFSET(freebind_directives), NULL, NULL, "keywords" },
        { "FreebindOption", KIND_LIST, OFFSET(freebind), NULL, NULL, "a word" },
        { "Unless", KIND_LIST, OFFSET(unless), NULL, NULL, "a keyword and a value" },
        { "IPv4Unless", KIND_LIST, OFFSET(ipv4_unless), NULL, NULL, "a keyword and a value" },
        { "IPv6Unless", KIND_LIST, OFFSET(ipv6_unless), NULL, NULL, "a keyword and a value" },
        { "OnlyIf", KIND_LIST, OFFSET(only_if), NULL, NULL, "a keyword and a value" },
        { "IPv4OnlyIf", KIND_LIST, OFFSET(ipv4_only_if), NULL, NULL, "a keyword and a value" },
        { "IPv6OnlyIf", KIND_LIST, OFFSET(ipv6_only_if), NULL, NULL, "a keyword and a value" },
        { "Statements", KIND_FLAG, OFFSET(semicolons), "lines", "semicolons",
          "lines, semicolons, json or yaml" },
        { "Continuation", KIND_FLAG, OFFSET(indented_continuation), "backslash", "indent",
          "backslash or indent" },
        { "Port", KIND_FLAG, OFFSET(port_after_last_colon), "brackets", "last-colon",
          "brackets or last-colon" },
        { "PortlessDirective", KIND_WORDS, OFFSET(portless), NULL, NULL, "keywords" },
        { "Interfaces", KIND_FLAG, OFFSET(names_interfaces), "no", "yes", "yes, no or link-local" },
        { "AllAddresses", KIND_TEXT, OFFSET(all_addresses), NULL, NULL, "a word" },
        { "Networks", KIND_FLAG, OFFSET(names_networks), "no", "yes", "yes or no" },
        { "Values", KIND_FLAG, OFFSET(only_first_value), "all", "first", "all or first" },
        { "Parentheses", KIND_FLAG, OFFSET(parentheses), "no", "yes", "yes or no" },
        { "Parameters", KIND_FLAG, OFFSET(parameters), "no", "yes", "yes or no" },
        { "Macros", KIND_FLAG, OFFSET(macros), "no", "yes", "yes or no" },
        { "ExpandVariables", KIND_FLAG, OFFSET(expands_variables), "no", "yes", "yes or no" },
        { "Repeat", KIND_FLAG, OFFSET(last_one_counts), "add", "replace", "add, replace or first" },
};

/* Further values of some flags. */
static const struct alternative {
        const char *name;
        size_t offset;
        const char *on;
} ALTERNATIVES[] = {
        { "Interfaces", OFFSET(names_links), "link-local" },
        { "Repeat", OFFSET(first_one_counts), "first" },
        { "Statements", OFFSET(json), "json" },
        { "Statements", OFFSET(yaml), "yaml" },
};

static const struct key *find_key(const char *name) {
        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                if (text_is(KEYS[i].name, name))
                        return &KEYS[i];
        return NULL;
}

const char *directive_language_key(size_t index) {
        return index < sizeof(KEYS) / sizeof(KEYS[0]) ? KEYS[index].name : NULL;
}

/* "-a", or "NAME=" for a word that begins so */
static bool is_option(const char *value) {
        return value[0] == '-' || (value[0] != '=' && value[strlen(value) - 1] == '=');
}

static bool is_value_of(const struct key *flag, const char *value) {
        if (strcmp(value, flag->off) == 0 || strcmp(value, flag->on) == 0)
                return true;
        for (size_t i = 0; i < sizeof(ALTERNATIVES) / sizeof(ALTERNATIVES[0]); i++)
                if (strcmp(ALTERNATIVES[i].name, flag->name) == 0 &&
                    strcmp(ALTERNATIVES[i].on, value) == 0)
                        return true;
        return false;
}

static void set_flag(struct directive_language *language, const struct key *flag,
                     const char *value) {
        *(bool *)((char *)language + flag->offset) = strcmp(value, flag->on) == 0;
        for (size_t i = 0; i < sizeof(ALTERNATIVES) / sizeof(ALTERNATIVES[0]); i++)
                if (strcmp(ALTERNATIVES[i].name, flag->name) == 0)
                        *(bool *)((char *)language + ALTERNATIVES[i].offset) =
                                strcmp(value, ALTERNATIVES[i].on) == 0;
}

/* Words that can be no keywords, suffixes or variables: a comma, a comment, and what each needs
 * not have. */
static bool are_words(const char *key, const char *value) {
        bool is_suffix = strcmp(key, "IncludeSuffix") == 0,
             is_variable = strcmp(key, "Variable") == 0;

        return !strchr(value, ',') && !strstr(value, " # ") && !(is_suffix && strchr(value, '*')) &&
               !(is_variable && strchr(value, '$'));
}

int directive_language_check(const char *key, const char *value, const char **ret_expected) {
        const struct key *entry = find_key(key);

        *ret_expected = entry ? entry->expected : NULL;
        if (!entry)
                return -ENOENT;
        if (!value[0])
                return 0;
        if (entry->kind == KIND_FLAG)
                return is_value_of(entry, value) ? 0 : -EINVAL;
        if (entry->kind == KIND_WORDS && !are_words(key, value))
                return -EINVAL;
        if (strcmp(key, "Option") == 0)
                return is_option(value) ? 0 : -EINVAL;
        if (strcmp(key, "Flags") == 0)
                return value[strspn(value, OPTION_LETTERS)] ? -EINVAL : 0;
        if (strcmp(key, "IncludeBase") == 0)
                return value[0] == '/' || strcmp(value, "file") == 0 ? 0 : -EINVAL;
        return 0;
}

int directive_language_apply(struct directive_language *language, const char *key,
                             const char *value) {
        const struct key *entry = find_key(key);
        void *member = (char *)language + entry->offset;

        switch (entry->kind) {
        case KIND_TEXT:
                return text_set(member, value[0] ? value : NULL);
        case KIND_FLAG:
                set_flag(language, entry, value);
                return 0;
        default:
                break;
        }
        if (value[0])
                return entry->kind == KIND_WORDS ? string_list_add_words(member, value)
                                                 : string_list_add(member, value);
        string_list_clear(member);
        return 0;
}

void directive_language_clear(struct directive_language *language) {
        string_list_clear(&language->directives);
        string_list_clear(&language->interface_directives);
        string_list_clear(&language->options);
        string_list_clear(&language->variables);
        string_list_clear(&language->portless);
        string_list_clear(&language->includes);
        string_list_clear(&language->include_suffixes);
        string_list_clear(&language->comments);
        string_list_clear(&language->freebind_directives);
        string_list_clear(&language->freebind);
        string_list_clear(&language->unless);
        string_list_clear(&language->ipv4_unless);
        string_list_clear(&language->ipv6_unless);
        string_list_clear(&language->only_if);
        string_list_clear(&language->ipv4_only_if);
        string_list_clear(&language->ipv6_only_if);
        free(language->flags);
        free(language->option_file);
        free(language->all_addresses);
        free(language->include_base);
        *language = (struct directive_language){ 0 };
}
