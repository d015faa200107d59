/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Macros, as in mod_macro (modules/core/mod_macro.c)
 */

#include "formats/apache/lines.h"
#include "formats/apache/server.h"

/**
 * macro_define() - the section <Macro NAME PARAMETER...>: read its body and store it
 * @arguments:  what is behind "<Macro", ">" included; changed
 *
 * Return: 0 or -ENOMEM.
 */
int macro_define(struct server *server, struct lines *lines, char *arguments);

/**
 * macro_use() - the directive Use: read the macro's text next
 * @arguments:  changed
 *
 * Return: 0 or -ENOMEM.
 */
int macro_use(struct server *server, struct lines *lines, char *arguments);

/**
 * macro_undefine() - the directive UndefMacro
 * @arguments:  changed
 *
 * Return: 0.
 */
int macro_undefine(struct server *server, char *arguments);
