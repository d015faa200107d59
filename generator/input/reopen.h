/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Opening the file that was checked
 *
 * A path that is checked first and opened later may lead to two files: whoever owns a directory of
 * the path can exchange them in between. So files are checked through a descriptor of O_PATH, which
 * opens nothing, and opened through that descriptor (open(2), "O_PATH"; proc(5), "/proc/pid/fd").
 */

/**
 * reopen() - open(2) the file that a descriptor refers to, wherever its path leads now
 * @fd:         of O_PATH; stays open
 * @flags:      of open(2); O_CLOEXEC is added
 *
 * Return: the new descriptor, or negative errno; -EUNATCH where /proc is not mounted.
 */
int reopen(int fd, int flags);
