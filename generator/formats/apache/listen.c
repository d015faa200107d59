/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/apache/listen.h"

#include "common/cleanup.h"
#include "formats/apache/words.h"
#include "formats/host.h"

#include <string.h>

static const char DIGITS[] = "0123456789";

enum { PORT_MAX = UINT16_MAX };

/* Cuts ":PORT" off. Return: whether there is a valid port of TCP. */
static bool cut_port(char *text) {
        char *digits = text + strlen(text);
        unsigned long port;

        while (digits > text && strchr(DIGITS, digits[-1]))
                digits--;
        if (*digits == '\0' || (digits > text && digits[-1] != ':'))
                return false;
        port = strtoul(digits, NULL, 10);
        if (port < 1 || port > PORT_MAX)
                return false;
        if (digits == text) { /* a port alone: all addresses */
                *text = '\0';
                return true;
        }
        digits[-1] = '\0';
        return digits - 1 > text;
}

/* "[ADDR]", "[ADDR%ZONE]": httpd accepts a zone with link-local addresses only: a number, or the
 * name of an interface that exists (apr_sockaddr_zone_set()). */
static int parse_bracketed(char *host, struct pattern *ret) {
        size_t length = strlen(host);

        if (host[length - 1] != ']')
                return -EINVAL;
        host[length - 1] = '\0';
        if (!strchr(host + 1, ':'))
                return -EINVAL;
        return pattern_parse_address(host + 1, ret);
}

/* httpd passes what is not in brackets to getaddrinfo(3): IPv4 in any spelling of inet_aton(3),
 * IPv6, or a name. Return: 1 if @ret is set, 0 if it is no address, or a negative errno. */
static int parse_bare(struct server *server, const char *host, struct pattern *ret) {
        int r;

        if (host[0] == '\0' || host[0] == '/' || strcmp(host, "*") == 0 ||
            strcasecmp(host, "localhost") == 0)
                return 0;
        if (host_parse_ipv4(host, ret))
                return 1;
        if (strchr(host, ':')) {
                r = pattern_parse_address(host, ret);
                return r < 0 ? r : 1;
        }
        if (host_is_wrong_ipv4(host))
                return -EINVAL;
        return address_list_add_unknown(server->addresses, server->file, server->line, host,
                                        "names are not resolved before the network is up");
}

static int add(struct server *server, char *arguments, const char *line) {
        char *address = next_word(&arguments);
        struct pattern pattern;
        int r;

        (void)next_word(&arguments); /* the protocol */
        if (*arguments || !cut_port(address)) {
                server_warn(server, "not understood, and ignored: %s", line);
                return 0;
        }
        if (server->container) {
                server_warn(server, "ignored, for httpd takes no Listen within %s>: %s",
                            server->container, line);
                return 0;
        }

        if (address[0] == '[') {
                r = parse_bracketed(address, &pattern);
                r = r < 0 ? r : 1;
        } else {
                r = parse_bare(server, address, &pattern);
        }
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                return address_list_add_mistyped(
                        server->addresses, server->file, server->line, line,
                        r == -ENODEV ? "no interface can have this name" : "this is no address");
        if (r == 0)
                return 0;
        return address_list_add(server->addresses, &pattern, server->file, server->line, line);
}

/* Replaces each run of white space by one blank: continued lines have long ones. */
static char *squeeze(const char *text) {
        char *squeezed = strdup(text);
        char *to = squeezed;

        if (!squeezed)
                return NULL;
        for (char *p = squeezed; *p;) {
                char *word = skip_blanks(p);

                if (word != p && to != squeezed)
                        *to++ = ' ';
                for (p = word; *p && skip_blanks(p) == p; p++)
                        *to++ = *p;
        }
        *to = '\0';
        return squeezed;
}

int listen_add(struct server *server, char *arguments, const char *line) {
        CLEANUP(freep) char *squeezed = squeeze(line);

        return squeezed ? add(server, arguments, squeezed) : -ENOMEM;
}
