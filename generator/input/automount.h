/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Automount points: places where nothing is mounted before somebody goes there
 *
 * systemd itself is the one that mounts there (systemd.automount(5)), and while it waits for its
 * generators it does not: whoever goes there hangs, and systemd with it, until it gives up on the
 * generator.
 */

#include <stdbool.h>

/**
 * automount_exists() - whether there is any automount point on this machine
 *
 * Where that cannot be found out there may be. Without /proc there is none.
 */
bool automount_exists(void);

/**
 * automount_open() - open(2), but without going where something would have to be mounted
 * @path:       absolute
 * @flags:      of open(2); without O_PATH it is opened by reopen()
 *
 * Return: the file descriptor, or negative errno; -EREMOTE if the way leads to an automount point
 * with nothing mounted on it.
 */
int automount_open(const char *path, int flags);
