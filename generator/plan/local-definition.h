/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether what an administrator says of a service's configuration is true of the machine
 *
 * A definition that is installed with dadwait names the files of all distributions, so most of them
 * do not exist. A Config= of the administrator's that does not exist is a mistake.
 */

#include "plan/decision.h"

/**
 * local_definition_check() - log a warning for what an administrator's section names in vain
 * @late_mounts:        a file below one of them may exist later
 * @decision:           with what was read
 *
 * That is: a Config= that does not exist; a Directive= that occurs in none of the files.
 *
 * Return: 0 or -ENOMEM.
 */
int local_definition_check(struct tree *tree, const struct late_mounts *late_mounts,
                           const struct service *service, const struct decision *decision);
