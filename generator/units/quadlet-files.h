/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The files from which podman's generator makes units (podman-systemd.unit(5), "Quadlets"): where
 * they are, and which drop-ins each has
 */

#include "common/string-list.h"
#include "input/tree.h"

/* A directory that podman reads. */
struct quadlet_directory {
        char *path;
        struct string_list names; /* sorted */
        dev_t device;
        ino_t inode;
};

struct quadlet_files {
        struct quadlet_directory *directories; /* highest priority first */
        size_t count;
        struct string_list drop_in_directories; /* "NAME.d" in these; in the same order */
};

/**
 * quadlet_files_read() - list the directories of the system manager, subdirectories included
 * @ret:        zeroed; quadlet_files_clear() it
 *
 * As podman's GetUnitDirs() does: links are followed, a directory is read once, directories for
 * users are left out. Those deeper or more than any machine has are skipped with a warning.
 *
 * Return: 0 or -ENOMEM. A directory that cannot be read is skipped with a warning.
 */
int quadlet_files_read(struct tree *tree, struct quadlet_files *ret);

/**
 * quadlet_files_drop_ins() - the drop-ins of one file
 * @name:       "web.container"
 * @ret:        receives the paths, in the order in which podman merges them
 *
 * As podman's GetUnitDropinPaths(): of files of one name the one for the longest name counts.
 *
 * Return: 0 or -ENOMEM.
 */
int quadlet_files_drop_ins(struct tree *tree, const struct quadlet_files *files, const char *name,
                           struct string_list *ret);

/**
 * quadlet_files_clear() - free all
 */
void quadlet_files_clear(struct quadlet_files *files);
