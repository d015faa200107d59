/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "input/tree.h"

#include "common/cleanup.h"
#include "input/private-files.h"
#include "input/regular-file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

static void closedirp(DIR **dir) {
        if (*dir)
                (void)closedir(*dir);
}

int tree_open(struct tree *tree, const char *root) {
        return root_open(&tree->root, root);
}

void tree_close(struct tree *tree) {
        root_close(&tree->root);
        watched_clear(&tree->watched);
        readable_clear(&tree->readable);
}

void tree_reset_budget(struct tree *tree) {
        budget_reset_service(&tree->budget);
}

void tree_reset_total(struct tree *tree) {
        budget_reset_total(&tree->budget);
        watched_clear(&tree->watched);
}

bool tree_total_is_exhausted(const struct tree *tree) {
        return budget_total_is_exhausted(&tree->budget);
}

void tree_record(struct tree *tree, bool on) {
        tree->watched.is_recording = on;
}

int tree_pop_io_error(struct tree *tree, int result, const char **ret_path) {
        return io_error_pop(&tree->io_error, result, ret_path);
}

/* Every function begins with this. Return: 0, or negative errno if @path is not looked up. */
static int begin(struct tree *tree, const char *path) {
        if (path[0] != '/')
                return -EINVAL;
        return budget_charge_lookup(&tree->budget);
}

/* Every function ends with this. Return: @result; -ENOMEM. */
static int end(struct tree *tree, const char *path, int result) {
        if ((result == -ENOENT || result == -ENOTDIR || result == -ENAMETOOLONG) &&
            private_files_add_missing(path) < 0)
                result = -ENOMEM;
        if (result == -EACCES)
                tree->was_denied = true;
        return io_error_record(&tree->io_error, path, result);
}

int tree_stat(struct tree *tree, const char *path, struct stat *ret) {
        int r = begin(tree, path);

        if (r >= 0)
                r = root_stat(&tree->root, path, ret);
        if (r < 0)
                r = watched_add_file(&tree->watched, path, r);
        return end(tree, path, r);
}

int tree_readlink(struct tree *tree, const char *path, char **ret) {
        int r = begin(tree, path);

        if (r >= 0)
                r = root_readlink(&tree->root, path, ret);
        return end(tree, path, r);
}

static int read_file(struct tree *tree, const char *path, char **ret, size_t *ret_size) {
        CLEANUP(freep) char *buffer = NULL;
        CLEANUP(closep) int fd = -1;
        struct stat st = { 0 };
        size_t size;
        int r = begin(tree, path);

        fd = r < 0 ? r : regular_file_open(&tree->root, path, &st);
        r = watched_add_file(&tree->watched, path, fd);
        if (r < 0)
                return r;
        if (st.st_size > TREE_FILE_SIZE_MAX)
                return -EFBIG;
        r = budget_charge_file(&tree->budget, (uint64_t)st.st_size);
        if (r < 0)
                return r;
        r = regular_file_read(fd, (size_t)st.st_size, &buffer, &size);
        if (r < 0)
                return r;
        r = readable_by_all(&tree->readable, tree->root.fd, fd, st.st_mode);
        if (r == 0)
                r = private_files_add(path);
        if (r < 0)
                return r;
        *ret_size = size;
        *ret = TAKE_POINTER(buffer);
        return 0;
}

int tree_read(struct tree *tree, const char *path, char **ret, size_t *ret_size) {
        return end(tree, path, read_file(tree, path, ret, ret_size));
}

static void move_sorted(struct string_list *from, struct string_list *ret) {
        string_list_sort(from);
        *ret = *from;
        *from = (struct string_list){ 0 };
}

/* @links: NULL, or as of tree_list_links() */
static int read_names(struct budget *budget, DIR *dir, struct string_list *names,
                      struct string_list *links) {
        struct dirent *entry;

        while (errno = 0, (entry = readdir(dir))) {
                bool is_link = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
                int r;

                if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                        continue;
                if (names->count >= TREE_DIRECTORY_ENTRIES_MAX)
                        return -E2BIG;
                r = budget_charge_name(budget);
                if (r >= 0)
                        r = string_list_add(names, entry->d_name);
                if (r >= 0 && links && is_link)
                        r = string_list_add(links, entry->d_name);
                if (r < 0)
                        return r;
        }
        return -errno;
}

static int list_directory(struct tree *tree, const char *path, struct string_list *ret,
                          struct string_list *ret_links) {
        CLEANUP(string_list_clear) struct string_list names = { 0 }, links = { 0 };
        CLEANUP(closedirp) DIR *dir = NULL;
        CLEANUP(closep) int fd = -1;
        int r = begin(tree, path);

        if (r >= 0)
                r = root_open_path(&tree->root, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
        fd = r;
        r = watched_add_directory(&tree->watched, path, r);
        if (r < 0)
                return r;
        dir = fdopendir(fd);
        if (!dir)
                return -errno;
        fd = -1;

        r = read_names(&tree->budget, dir, &names, ret_links ? &links : NULL);
        if (r < 0)
                return r;
        move_sorted(&names, ret);
        if (ret_links)
                move_sorted(&links, ret_links);
        return 0;
}

int tree_list(struct tree *tree, const char *path, struct string_list *ret) {
        return end(tree, path, list_directory(tree, path, ret, NULL));
}

int tree_list_links(struct tree *tree, const char *path, struct string_list *ret,
                    struct string_list *ret_links) {
        return end(tree, path, list_directory(tree, path, ret, ret_links));
}

/* The texts of tree_strerror() */
_Static_assert(TREE_FILE_SIZE_MAX == 4 << 20, "4 MiB");
_Static_assert(TREE_DIRECTORY_ENTRIES_MAX == 20000, "20000 names");

const char *tree_strerror(int error) {
        switch (error < 0 ? -error : error) {
        case ENOTSUP:
                return "not a regular file";
        case EREMOTE:
                return "behind an automount point with nothing mounted";
        case EUNATCH:
                return "/proc is not mounted, through which files are opened";
        case EFBIG:
                return "larger than 4 MiB";
        case EDQUOT:
                return "too many files, or too many bytes in all, for one service";
        case E2BIG:
                return "more than 20000 names in the directory";
        default:
                return strerror(error < 0 ? -error : error);
        }
}
