/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "memory-tree.h"

#include "common/cleanup.h"
#include "input/tree.h"

#include <stdbool.h>
#include <string.h>

enum {
        FILES_MAX = 64,
        LINKS_MAX = 8,
        /* Far fewer than BUDGET_FILES, or files that include themselves would use most of the
         * time. */
        FILES_READ_MAX = 32,
};

struct file {
        const char *path, *target, *content; /* target: of a link, else NULL */
        size_t path_length, target_length, size;
};

static struct file files[FILES_MAX];
static size_t file_count;
static unsigned files_read; /* since tree_reset_budget() */

static const char *find_header(const char *text, const char *end) {
        const char *found = text;

        while (found && end - found >= 4 && memcmp(found, "=== ", 4) != 0) {
                found = memchr(found, '\n', (size_t)(end - found));
                found = found ? found + 1 : NULL;
        }
        return found && end - found >= 4 ? found : end;
}

void memory_tree_set(const char *text, size_t size) {
        const char *end = text + size, *header = find_header(text, end);

        for (file_count = 0; header < end && file_count < FILES_MAX; file_count++) {
                struct file *file = &files[file_count];
                const char *newline = memchr(header, '\n', (size_t)(end - header));
                const char *content = newline ? newline + 1 : end;
                const char *arrow;

                *file = (struct file){ .path = header + 4, .content = content };
                file->path_length = (size_t)((newline ? newline : end) - file->path);
                arrow = memmem(file->path, file->path_length, " -> ", 4);
                if (arrow) {
                        file->target = arrow + 4;
                        file->target_length =
                                file->path_length - (size_t)(file->target - file->path);
                        file->path_length = (size_t)(arrow - file->path);
                }
                header = find_header(content, end);
                file->size = (size_t)(header - content);
        }
}

static size_t path_length(const char *path) {
        size_t length = strlen(path);

        while (length > 1 && path[length - 1] == '/')
                length--;
        return length;
}

/* The file at a path, or else whether there is a directory. */
static const struct file *find(const char *path, bool *ret_directory) {
        size_t length = path_length(path);

        *ret_directory = length == 1;
        for (size_t i = 0; i < file_count; i++) {
                const struct file *file = &files[i];

                if (file->path_length < length || memcmp(file->path, path, length) != 0)
                        continue;
                if (file->path_length == length)
                        return file;
                *ret_directory |= file->path[length] == '/';
        }
        return NULL;
}

/* Follows links. Return: 0 with a file, or NULL for a directory, in @ret; or negative errno. */
static int resolve(const char *path, const struct file **ret) {
        CLEANUP(freep) char *current = strdup(path);

        for (unsigned i = 0; current && i < LINKS_MAX; i++) {
                const struct file *file;
                size_t parent;
                char *next;
                bool directory;

                file = find(current, &directory);
                if (!file && !directory)
                        return -ENOENT;
                if (!file || !file->target) {
                        *ret = file;
                        return 0;
                }
                parent = file->target_length > 0 && file->target[0] == '/'
                                 ? 0
                                 : (size_t)(strrchr(current, '/') - current) + 1;
                if (asprintf(&next, "%.*s%.*s", (int)parent, current, (int)file->target_length,
                             file->target) < 0)
                        return -ENOMEM;
                free(current);
                current = next;
                if (current[0] != '/')
                        return -ENOENT;
        }
        return current ? -ELOOP : -ENOMEM;
}

int tree_open(struct tree *tree, const char *root) {
        (void)root;
        tree_reset_budget(tree);
        return 0;
}

void tree_close(struct tree *tree) {
        (void)tree;
}

void tree_reset_budget(struct tree *tree) {
        (void)tree;
        files_read = 0;
}

void tree_reset_total(struct tree *tree) {
        tree_reset_budget(tree);
}

bool tree_total_is_exhausted(const struct tree *tree) {
        (void)tree;
        return false;
}

void tree_record(struct tree *tree, bool on) {
        (void)tree;
        (void)on;
}

int tree_stat(struct tree *tree, const char *path, struct stat *ret) {
        const struct file *file;
        int r;

        (void)tree;
        r = resolve(path, &file);
        if (r < 0)
                return r;
        *ret = (struct stat){ .st_mode = file ? S_IFREG : S_IFDIR };
        return 0;
}

int tree_readlink(struct tree *tree, const char *path, char **ret) {
        bool directory;
        const struct file *file = find(path, &directory);

        (void)tree;
        if (!file && !directory)
                return -ENOENT;
        if (!file || !file->target)
                return -EINVAL;
        *ret = strndup(file->target, file->target_length);
        return *ret ? 0 : -ENOMEM;
}

int tree_read(struct tree *tree, const char *path, char **ret, size_t *ret_size) {
        const struct file *file;
        int r;

        (void)tree;
        r = resolve(path, &file);
        if (r < 0)
                return r;
        if (!file)
                return -EISDIR;
        if (files_read++ >= FILES_READ_MAX)
                return -EDQUOT;
        *ret = malloc(file->size + 1);
        if (!*ret)
                return -ENOMEM;
        memcpy(*ret, file->content, file->size);
        (*ret)[file->size] = '\0';
        *ret_size = file->size;
        return 0;
}

int tree_list(struct tree *tree, const char *path, struct string_list *ret) {
        size_t length = path_length(path);
        struct stat st;
        int r;

        r = tree_stat(tree, path, &st);
        if (r < 0)
                return r;
        if (!S_ISDIR(st.st_mode))
                return -ENOTDIR;
        length = length == 1 ? 0 : length;
        for (size_t i = 0; i < file_count; i++) {
                CLEANUP(freep) char *name = NULL;
                const struct file *file = &files[i];

                if (file->path_length <= length + 1 || memcmp(file->path, path, length) != 0 ||
                    file->path[length] != '/')
                        continue;
                name = strndup(file->path + length + 1, file->path_length - length - 1);
                if (!name)
                        return -ENOMEM;
                *strchrnul(name, '/') = '\0';
                if (name[0] && !string_list_contains(ret, name) && string_list_add(ret, name) < 0)
                        return -ENOMEM;
        }
        string_list_sort(ret);
        return 0;
}

/* Of no name the type is known. */
int tree_list_links(struct tree *tree, const char *path, struct string_list *ret,
                    struct string_list *ret_links) {
        int r;

        r = tree_list(tree, path, ret);
        for (size_t i = 0; r >= 0 && i < ret->count; i++)
                r = string_list_add(ret_links, ret->items[i]);
        return r;
}

const char *tree_strerror(int error) {
        const char *text = strerrordesc_np(error < 0 ? -error : error);

        return text ? text : "unknown error"; /* there are gaps between the numbers */
}

int tree_pop_io_error(struct tree *tree, int result, const char **ret_path) {
        (void)tree;
        *ret_path = NULL;
        return result;
}
