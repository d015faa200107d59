/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Opening what was looked at
 *
 * A path that is checked and then opened by its name may be two things: who owns a directory on
 * the way exchanges them in between. So files are checked by a descriptor of O_PATH, which opens
 * nothing, and opened through that descriptor (open(2), "O_PATH"; proc(5), "/proc/pid/fd").
 */

/**
 * reopen() - open(2) what a descriptor refers to, whatever its path leads to by now
 * @fd:         of O_PATH; stays open
 * @flags:      of open(2); O_CLOEXEC is added
 *
 * Return: the new descriptor, or negative errno; -EUNATCH where /proc is not mounted.
 */
int reopen(int fd, int flags);
