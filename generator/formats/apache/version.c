/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/version.h"

#include "common/cleanup.h"
#include "formats/apache/words.h"

#include <ctype.h>
#include <regex.h>
#include <string.h>

/* httpd on Debian, Fedora and openSUSE. */
static const char *const PROGRAMS[] = {
        "/usr/sbin/apache2",      "/usr/sbin/httpd",       "/usr/sbin/httpd-prefork",
        "/usr/sbin/httpd-worker", "/usr/sbin/httpd-event",
};

/* Without an httpd: any version of 2.4 in these years. */
static const unsigned ASSUMED[] = { 2, 4, 65 };

enum {
        NUMBER_MAX = 999999,   /* of a version; longer ones would overflow */
        REGEX_LENGTH_MAX = 64, /* bytes; longer ones could take too much time and memory */
        /* bytes of its translation: of "\\d" two become five */
        TRANSLATION_SIZE = 3 * REGEX_LENGTH_MAX + 1,
};

/* "2", "2.4" or "2.4.65"; one more '.' may follow. Return: whether it is a version. */
static bool parse(const char *text, unsigned version[static 3]) {
        memset(version, 0, 3 * sizeof(*version));
        if (!isdigit((unsigned char)text[0]))
                return false;
        for (unsigned i = 0; i < 3; i++) {
                while (isdigit((unsigned char)*text) && version[i] <= NUMBER_MAX / 10)
                        version[i] = version[i] * 10 + (unsigned)(*text++ - '0');
                if (*text == '.')
                        text++;
                else
                        break;
        }
        return *text == '\0';
}

/* The program contains its name, "Apache/2.4.65". It is read, not run. */
static bool read_program(struct server *server, const char *path, unsigned version[static 3]) {
        static const char NAME[] = "Apache/";
        CLEANUP(freep) char *data = NULL;
        const char *p;
        size_t size;

        if (tree_read(server->tree, path, &data, &size) < 0)
                return false;
        for (p = data; (p = memmem(p, size - (size_t)(p - data), NAME, strlen(NAME)));) {
                char text[sizeof("999.999.999")];

                p += strlen(NAME);
                (void)snprintf(text, sizeof(text), "%.*s", (int)strspn(p, "0123456789."), p);
                if (strchr(text, '.') && parse(text, version))
                        return true;
        }
        return false;
}

static void find_version(struct server *server) {
        if (server->version[0] != 0)
                return;
        for (size_t i = 0; i < sizeof(PROGRAMS) / sizeof(PROGRAMS[0]); i++)
                if (read_program(server, PROGRAMS[i], server->version))
                        return;
        memcpy(server->version, ASSUMED, sizeof(ASSUMED));
        server_warn(server, "found no httpd whose version could be compared; assuming %u.%u.%u.",
                    ASSUMED[0], ASSUMED[1], ASSUMED[2]);
}

/* Return: -1, 0 or 1 in @ret, as httpd's own version is less, equal or greater. */
static bool compare(struct server *server, const char *text, int *ret) {
        unsigned other[3];

        if (!parse(text, other)) {
                server_warn(server, "<IfVersion>: \"%s\" is no version; left out.", text);
                return false;
        }
        *ret = 0;
        for (unsigned i = 0; i < 3 && *ret == 0; i++)
                *ret = (server->version[i] > other[i]) - (server->version[i] < other[i]);
        return true;
}

/* httpd has Perl's regular expressions. The C library's are the same in most parts, but have no \d.
 */
static bool translate(const char *pattern, char ret[static TRANSLATION_SIZE]) {
        char *to = ret;

        if (strlen(pattern) > REGEX_LENGTH_MAX || strchr(pattern, '{'))
                return false; /* repetitions can make it use up memory and time */
        for (; *pattern; pattern++) {
                if (pattern[0] == '\\' && pattern[1] == 'd') {
                        to = stpcpy(to, "[0-9]");
                        pattern++;
                } else {
                        *to++ = *pattern;
                        if (pattern[0] == '\\' && pattern[1])
                                *to++ = *++pattern;
                }
        }
        *to = '\0';
        return true;
}

static int match_regex(struct server *server, const char *pattern) {
        char translated[TRANSLATION_SIZE];
        char version[sizeof("4294967295.4294967295.4294967295")];
        regex_t regex;
        int r;

        if (!translate(pattern, translated) ||
            regcomp(&regex, translated, REG_EXTENDED | REG_NOSUB) != 0) {
                server_warn(server, "<IfVersion>: expression \"%s\" is not understood; left out.",
                            pattern);
                return -EINVAL;
        }
        (void)snprintf(version, sizeof(version), "%u.%u.%u", server->version[0], server->version[1],
                       server->version[2]);
        r = regexec(&regex, version, 0, NULL, 0) == 0;
        regfree(&regex);
        return r;
}

/* Return: 1, 0, or -EINVAL with a warning. */
static int evaluate(struct server *server, const char *comparison, char *operand) {
        bool or_equal = comparison[1] == '=';
        size_t length = strlen(operand);
        int order;

        if (comparison[0] == '~')
                return match_regex(server, operand);
        if (comparison[0] == '=' && operand[0] == '/') {
                if (length < 2 || operand[length - 1] != '/') {
                        server_warn(server, "<IfVersion>: expression without its second '/'.");
                        return -EINVAL;
                }
                operand[length - 1] = '\0';
                return match_regex(server, operand + 1);
        }
        if (!compare(server, operand, &order))
                return -EINVAL;
        switch (comparison[0]) {
        case '<':
                return order < 0 || (or_equal && order == 0);
        case '>':
                return order > 0 || (or_equal && order == 0);
        default:
                return order == 0;
        }
}

static bool is_operator(const char *text) {
        if (text[0] == '\0' || !strchr("=<>~", text[0]))
                return false;
        return text[1] == '\0' || (text[0] != '~' && text[1] == '=' && text[2] == '\0');
}

/* The operator is optional, and the bracket may be a word. Return: whether there is a bracket. */
static bool split(char *arguments, const char **ret_comparison, char **ret_operand) {
        char *words[3] = { NULL };
        size_t count = 0, length;
        bool alone;

        while (*arguments && count < 3)
                words[count++] = next_word(&arguments);
        if (count == 0)
                return false;
        alone = count > 1 && strcmp(words[count - 1], ">") == 0;
        if (alone)
                count--;
        *ret_comparison = count > 1 ? words[0] : "=";
        *ret_operand = words[count > 1];
        length = strlen(*ret_operand);
        if (*arguments || length == 0)
                return false;
        if (alone)
                return true;
        if ((*ret_operand)[length - 1] != '>')
                return false;
        (*ret_operand)[length - 1] = '\0';
        return true;
}

int version_matches(struct server *server, char *arguments) {
        const char *comparison;
        char *operand;
        bool negate;
        int r;

        if (!split(arguments, &comparison, &operand)) {
                server_warn(server, "<IfVersion> is not understood; left out.");
                return 0;
        }
        negate = comparison[0] == '!';
        comparison += negate;
        if (!is_operator(comparison)) {
                server_warn(server, "<IfVersion>: unknown operator \"%s\"; left out.", comparison);
                return 0;
        }
        find_version(server);
        r = evaluate(server, comparison, operand);
        return r >= 0 && (r > 0) != negate;
}
