/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * condition_find() - the conditional sections: <IfDefine> and its like
 * @name:       "<IfDefine", in any case
 * @ret_end:    receives the line that ends the section, "</IfDefine>"
 *
 * Return: whether @name is one.
 */
bool condition_find(const char *name, const char **ret_end);

/**
 * condition_evaluate() - whether the condition of a section is true
 * @name:       as condition_find()
 * @arguments:  what is behind it in the line, ">" included; changed
 *
 * Return: 1, 0, or -ENOMEM.
 */
int condition_evaluate(struct server *server, const char *name, char *arguments);
