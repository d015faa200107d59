/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-network.h"

#include "common/cleanup.h"

#include <string.h>

static int set_text(const char *value, char **text) {
        free(*text);
        *text = value[0] ? strdup(value) : NULL;
        return value[0] && !*text ? -ENOMEM : 0;
}

int unit_network_parse(const struct unit_assignment *assignment, struct unit_network *ret) {
        const char *key = assignment->key, *value = assignment->value;

        if (strcmp(assignment->section, "Unit") == 0)
                /* systemd: an empty value does not reset a dependency. */
                return strcmp(key, "JoinsNamespaceOf") == 0 && value[0]
                               ? set_text(value, &ret->joins)
                               : 0;
        if (strcmp(assignment->section, "Service") != 0)
                return 0;
        if (strcmp(key, "NetworkNamespacePath") == 0)
                return set_text(value, &ret->namespace_path);
        if (strcmp(key, "PrivateNetwork") == 0)
                unit_assignment_boolean(assignment, &ret->is_private);
        return 0;
}

void unit_network_clear(struct unit_network *network) {
        free(network->namespace_path);
        free(network->joins);
}
