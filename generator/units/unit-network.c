/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-network.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <string.h>

int unit_network_parse(const struct unit_assignment *assignment, struct unit_network *ret) {
        const char *key = assignment->key, *value = assignment->value;

        if (strcmp(assignment->section, "Unit") == 0)
                /* systemd: an empty value does not reset a dependency. */
                return strcmp(key, "JoinsNamespaceOf") == 0 && value[0]
                               ? text_set(&ret->joins, value)
                               : 0;
        if (strcmp(assignment->section, "Service") != 0)
                return 0;
        if (strcmp(key, "NetworkNamespacePath") == 0)
                return text_set(&ret->namespace_path, value[0] ? value : NULL);
        if (strcmp(key, "PrivateNetwork") == 0)
                unit_assignment_boolean(assignment, &ret->is_private);
        return 0;
}

void unit_network_clear(struct unit_network *network) {
        free(network->namespace_path);
        free(network->joins);
}
