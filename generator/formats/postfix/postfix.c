/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Postfix 3: master(8) binds the services of master.cf, each on the host that it names or on all of
 * inet_interfaces (own_inet_addr_init() in global/own_inet_addr.c)
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/host.h"
#include "formats/postfix/instances.h"
#include "formats/postfix/master-cf.h"
#include "formats/postfix/parameter-expansion.h"
#include "input/private-files.h"

#include <string.h>

static const char INTERFACES[] = "inet_interfaces";

/* A parameter, and where it is set. */
struct value {
        const struct main_cf *main_cf;
        const char *name;
        char *value; /* expanded; NULL if that is not possible */
};

static void value_clear(struct value *value) {
        free(value->value);
}

/* What cannot be expanded is "an address that cannot be known": Postfix does not start then. */
static int read_value(struct value *value, struct address_list *ret) {
        const struct parameter *parameter = main_cf_find(value->main_cf, value->name);
        int r = parameter_expand(value->main_cf, value->name, &value->value);

        if (r != -EINVAL)
                return r;
        return address_list_add_unknown(ret, value->main_cf->path, parameter ? parameter->line : 0,
                                        parameter ? parameter->value : value->name,
                                        "this expression is not understood");
}

/* Tokens of util/inet_proto.c. */
static int parse_protocols(const char *protocols, unsigned *ret) {
        CLEANUP(freep) char *copy = strdup(protocols);
        char *cursor = copy, *word;

        *ret = 0;
        while ((word = strsep(&cursor, ", \t\r\n"))) {
                bool is_all = strcmp(word, "all") == 0;

                if (is_all || strcmp(word, "ipv6") == 0)
                        *ret |= ADDRESS_IPV6;
                if (is_all || strcmp(word, "ipv4") == 0)
                        *ret |= ADDRESS_IPV4;
        }
        return copy ? 0 : -ENOMEM;
}

static int add_interfaces(const struct value *interfaces, unsigned families,
                          struct address_list *ret) {
        const struct parameter *parameter = main_cf_find(interfaces->main_cf, INTERFACES);
        CLEANUP(freep) char *text = NULL, *copy = NULL;
        char *cursor, *host;
        int r = 0;

        if (!parameter || strcasecmp(interfaces->value, "all") == 0 ||
            strcmp(interfaces->value, "loopback-only") == 0)
                return 0;
        copy = strdup(interfaces->value);
        if (!copy || asprintf(&text, "%s = %s", INTERFACES, parameter->value) < 0)
                return -ENOMEM;
        cursor = copy;
        while (r >= 0 && (host = strsep(&cursor, " \t,")))
                if (host[0])
                        r = host_add_bracketed_of(ret, families, host, interfaces->main_cf->path,
                                                  parameter->line, text);
        return r;
}

static int read_instance(struct tree *tree, const char *directory, struct address_list *ret) {
        CLEANUP(main_cf_clear) struct main_cf main_cf = { 0 };
        CLEANUP(value_clear) struct value protocols = { &main_cf, "inet_protocols", NULL };
        CLEANUP(value_clear) struct value interfaces = { &main_cf, INTERFACES, NULL };
        CLEANUP(value_clear) struct value disabled = { &main_cf, "master_service_disable", NULL };
        unsigned families = ADDRESS_IPV6 | ADDRESS_IPV4;
        bool all_interfaces = false;
        int r = main_cf_read(tree, directory, &main_cf);

        if (r <= 0)
                return r;
        r = read_value(&protocols, ret);
        if (r >= 0 && protocols.value)
                r = parse_protocols(protocols.value, &families);
        if (r < 0 || !(families & ~ret->left_out))
                return r;
        r = read_value(&disabled, ret);
        if (r >= 0)
                r = master_cf_read(tree, directory, disabled.value ? disabled.value : "", families,
                                   ret, &all_interfaces);
        if (r < 0 || !all_interfaces)
                return r;
        r = read_value(&interfaces, ret);
        return r < 0 || !interfaces.value ? r : add_interfaces(&interfaces, families, ret);
}

int postfix_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        int r = private_files_allow(INTERFACES);

        if (r >= 0)
                r = instances_find(tree, source, &directories);
        for (size_t i = 0; i < directories.count && r >= 0; i++)
                r = read_instance(tree, directories.items[i], ret);
        return r;
}
