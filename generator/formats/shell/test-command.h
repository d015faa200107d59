/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "common/string-list.h"

/**
 * test_command_read() - the result of the command at @cursor, if it is a test(1) of text
 * @cursor:     where the command begins; left at its end
 * @environment: "NAME=VALUE" entries
 *
 * Understood: "[ A = B ]", "[ A != B ]", "[ -n A ]", "[ -z A ]", alone in their command.
 *
 * Return: 1 if it is true, 0 if not; -EINVAL if that cannot be known; -ENOMEM.
 */
int test_command_read(const char **cursor, const struct string_list *environment);
