/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "format.h"

int apache_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        (void)tree;
        (void)source;
        (void)ret;
        return 0;
}
