/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Automount points (systemd.automount(5)): a lookup below them mounts a file system
 *
 * systemd is the one that mounts it, and does not while it waits for its generators. So a
 * generator that looks up such a path hangs, and systemd hangs with it until it gives up on the
 * generator.
 */

#include <stdbool.h>

/**
 * automount_exists() - whether there is any automount point on this machine
 *
 * Return: true also if that cannot be determined; false without /proc.
 */
bool automount_exists(void);

/**
 * automount_open() - open(2) that triggers no automount point
 * @path:       absolute
 * @flags:      of open(2); without O_PATH it is opened by reopen()
 *
 * Return: the file descriptor, or negative errno; -EREMOTE if the path leads to an automount point
 * with nothing mounted on it.
 */
int automount_open(const char *path, int flags);
