/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/tree-glob.h"

#include "common/cleanup.h"
#include "input/path.h"

#include <fnmatch.h>
#include <stdbool.h>
#include <string.h>

static bool has_wildcard(const char *text, size_t length) {
        for (size_t i = 0; i < length; i++)
                if (strchr("*?[", text[i]))
                        return true;
        return false;
}

/* How much of @pattern ("/a/b/c*") comes before its first component with wildcards ("/a/b"). */
static size_t plain_length(const char *pattern) {
        size_t plain = 0;

        while (pattern[plain]) {
                size_t length = strcspn(pattern + plain + 1, "/");

                if (has_wildcard(pattern + plain + 1, length))
                        break;
                plain += 1 + length;
        }
        return plain;
}

static int glob_below(struct tree *tree, const char *base, const char *pattern,
                      struct string_list *ret);

/* Matches the first component of @pattern ("/c*", and what follows) in @directory. */
static int glob_directory(struct tree *tree, const char *directory, const char *pattern,
                          struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const char *rest = strchrnul(pattern + 1, '/');
        CLEANUP(freep) char *component = strndup(pattern + 1, (size_t)(rest - (pattern + 1)));
        int r;

        if (!component)
                return -ENOMEM;
        r = tree_list(tree, directory[0] ? directory : "/", &names);
        if (r == -ENOMEM || r == -E2BIG || r == -EDQUOT)
                return r;
        for (size_t i = 0; i < names.count; i++) {
                CLEANUP(freep) char *path = NULL;

                if (fnmatch(component, names.items[i], FNM_PERIOD) != 0)
                        continue;
                if (path_join(directory, names.items[i], &path) < 0)
                        return -ENOMEM;
                r = *rest ? glob_below(tree, path, rest, ret)
                          : string_list_take(ret, TAKE_POINTER(path));
                if (r < 0)
                        return r;
        }
        return 0;
}

/* @base: what is matched already; @pattern: what is still to match below it. */
static int glob_below(struct tree *tree, const char *base, const char *pattern,
                      struct string_list *ret) {
        size_t plain = plain_length(pattern);
        CLEANUP(freep) char *path = NULL;
        struct stat st;

        if (asprintf(&path, "%s%.*s", base, (int)plain, pattern) < 0)
                return -ENOMEM;
        if (pattern[plain])
                return glob_directory(tree, path, pattern + plain, ret);
        if (base[0] && tree_stat(tree, path, &st) < 0)
                return 0;
        return string_list_take(ret, TAKE_POINTER(path));
}

int tree_glob(struct tree *tree, const char *pattern, struct string_list *ret) {
        if (pattern[0] != '/')
                return -EINVAL;
        return glob_below(tree, "", pattern, ret);
}
