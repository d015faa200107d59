/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Which file radiusd reads first
 */

#include "common/string-list.h"

/* Options of radiusd without an argument (main() in src/main/radiusd.c). */
#define RADIUSD_FLAGS "CfhmMPstvxX"

/**
 * radiusd_main_file() - apply the option -n: of -n NAME it is NAME.conf in place of radiusd.conf
 * @config:     as the definition or -d says
 * @arguments:  of radiusd; may be NULL
 * @ret:        receives the path, to be freed by the caller
 *
 * Return: 0 or -ENOMEM.
 */
int radiusd_main_file(const char *config, const struct string_list *arguments, char **ret);
