/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * variables_expand() - replace each ${NAME} in a line, as ap_resolve_env() (server/core.c)
 * @text:       the line
 * @ret:        to be freed by the caller
 *
 * Variables have priority over the environment. What is not defined stays as it is. Values are not
 * expanded again. httpd expands the whole line before it splits it into words, so a value may be
 * several words, or have a quotation mark.
 *
 * Return: 0 or -ENOMEM.
 */
int variables_expand(struct server *server, const char *text, char **ret);

/**
 * variables_define() - the directive Define
 * @arguments:  changed
 *
 * Return: 0 or -ENOMEM.
 */
int variables_define(struct server *server, char *arguments);

/**
 * variables_undefine() - the directive UnDefine
 * @arguments:  changed
 *
 * Return: 0.
 */
int variables_undefine(struct server *server, char *arguments);
