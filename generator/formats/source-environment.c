/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/source-environment.h"

#include "formats/shell/environment-file.h"

#include <errno.h>
#include <string.h>

int source_environment_read(struct tree *tree, const struct source *source,
                            struct string_list *ret) {
        const struct string_list *files = source->environment_files;

        for (size_t i = 0; source->environment && i < source->environment->count; i++)
                if (string_list_add(ret, source->environment->items[i]) < 0)
                        return -ENOMEM;
        for (size_t i = 0; i < files->count; i++) {
                if (source->unit_environment_files &&
                    string_list_contains(source->unit_environment_files, files->items[i]))
                        continue;
                if (environment_file_read(tree, files->items[i], ret) == -ENOMEM)
                        return -ENOMEM;
        }
        return 0;
}
