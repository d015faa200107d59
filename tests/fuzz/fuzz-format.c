/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A format, fed with anything (libFuzzer). FORMAT is its function, CONFIG and ENVIRONMENT the paths
 * where it starts; the input is a whole tree, see memory-tree.h.
 */

#include "cleanup.h"
#include "format.h"
#include "log.h"
#include "memory-tree.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is written into a drop-in has to be an address that the helper reads back as the same. */
static void check(const struct address *address) {
        char text[PATTERN_STRING_SIZE];
        struct pattern again;

        (void)pattern_format(&address->pattern, text);
        if (pattern_parse(text, &again) < 0 || pattern_compare(&address->pattern, &again) != 0)
                abort();
        if (!address->file || address->file[0] != '/' || !address->text)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(string_list_clear) struct string_list config = { 0 }, environment = { 0 };
        CLEANUP(address_list_clear) struct address_list found = { 0 };
        struct source source = { .config = &config, .environment_files = &environment };
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        const struct address_list ignore = { 0 };

        memory_tree_set((const char *)data, size);
        if (tree_open(&tree, NULL) < 0 || string_list_add(&config, CONFIG) < 0 ||
            string_list_add(&environment, ENVIRONMENT) < 0 || FORMAT(&tree, &source, &found) < 0)
                abort();
        log_close();

        for (size_t i = 0; i < found.count; i++)
                check(&found.items[i]);
        if (address_list_reduce(&found, &ignore) < 0)
                abort();
        return 0;
}
