/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/format.h"

/**
 * source_environment_read() - the environment of a daemon: the unit's, then what its start script
 * reads
 * @ret:        "NAME=VALUE"; the last one of a name counts; may hold some already
 *
 * A file of the definition's EnvironmentFile= that the unit reads itself is not read again, since
 * the unit may override it.
 *
 * Return: 0 or -ENOMEM.
 */
int source_environment_read(struct tree *tree, const struct source *source,
                            struct string_list *ret);
