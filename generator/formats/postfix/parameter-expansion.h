/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * $name, ${name}, ${name?text}, ${name:text}, ${name?{text}:{text}}, ${{text} == {text} ? … : …}
 * in values of main.cf (mac_parse() and mac_expand() in util/ of Postfix)
 */

#include "formats/postfix/main-cf.h"

/**
 * parameter_expand() - the value of a parameter, with all parameters in it replaced
 * @name:       where main.cf does not set it, its default counts
 * @ret:        to be freed by the caller. Of a host name that main.cf does not set, "$myhostname"
 *              or "$mydomain" is in it
 *
 * A parameter that nothing sets is logged.
 *
 * Return: 0; -EINVAL if Postfix would stop, or if it is longer than any value can be; -ENOMEM.
 */
int parameter_expand(const struct main_cf *main_cf, const char *name, char **ret);
