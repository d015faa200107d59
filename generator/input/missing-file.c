/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/missing-file.h"

#include "input/private-files.h"

#include <errno.h>
#include <stdio.h>

void missing_file_record(struct missing_file *missing, const char *from, unsigned line,
                         const char *included) {
        if (missing->path[0] || private_files_is_hidden(from))
                return;
        missing->line = line;
        (void)snprintf(missing->from, sizeof(missing->from), "%s", from);
        (void)snprintf(missing->path, sizeof(missing->path), "%s", included);
}

int missing_file_pop(struct missing_file *missing, char **ret) {
        *ret = NULL;
        if (!missing->path[0])
                return 0;
        if (asprintf(ret, "%s:%u includes %s, which does not exist", missing->from, missing->line,
                     missing->path) < 0) {
                *ret = NULL;
                return -ENOMEM;
        }
        missing->path[0] = '\0';
        return 0;
}
