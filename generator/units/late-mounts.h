/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Mount points whose file systems are mounted only after the generators have run
 *
 * At boot systemd runs generators before it mounts anything but / and /usr (systemd.generator(7)).
 * Configuration on another file system cannot be read then, so its drop-ins are missing until
 * systemd is reloaded. dadwait-after-mounts.service reloads it once local-fs.target is reached.
 */

#include "units/unit-index.h"

struct late_mounts {
        struct string_list points;    /* mount points */
        struct string_list unordered; /* those that local-fs.target does not wait for */
        bool are_awaited;             /* dadwait-after-mounts.service is enabled */
};

/**
 * late_mounts_read() - find them
 * @units:      of unit_index_read()
 * @ret:        zeroed; receives the mount points in fstab(5) and of mount units outside of /usr,
 *              except /, /usr, what the initrd mounts (x-initrd.mount in systemd.mount(5)), and the
 *              kernel's own file systems; late_mounts_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int late_mounts_read(struct tree *tree, const struct unit_index *units, struct late_mounts *ret);

/**
 * late_mounts_drop_mounted() - remove those that are mounted on this machine now
 */
void late_mounts_drop_mounted(struct late_mounts *mounts);

/**
 * late_mounts_find() - find the mount point that a path is below
 * @path:       absolute; need not exist; symbolic links in it are followed as far as they exist
 * @ret:        borrowed from @mounts; NULL if there is none
 *
 * Return: 0 or -ENOMEM.
 */
int late_mounts_find(struct tree *tree, const struct late_mounts *mounts, const char *path,
                     const char **ret);

/**
 * late_mounts_is_awaited() - whether configuration below a mount point is read before services
 * start
 * @point:      of late_mounts_find()
 *
 * That requires that dadwait-after-mounts.service is enabled, and that local-fs.target waits for
 * the mount: it does not wait for network file systems, nor with the options _netdev, nofail and
 * noauto (systemd.mount(5)).
 */
bool late_mounts_is_awaited(const struct late_mounts *mounts, const char *point);

/**
 * late_mounts_clear() - free all
 */
void late_mounts_clear(struct late_mounts *mounts);
