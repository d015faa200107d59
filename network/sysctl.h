/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Sysctl: switches of the kernel, in this process's network namespace
 */

#include <stdbool.h>

/**
 * sysctl_is_on() - read a switch
 * @path:       its file below /proc/sys
 *
 * Return: whether it is 1; false where it cannot be read.
 */
bool sysctl_is_on(const char *path);
