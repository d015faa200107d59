/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Which configuration directories a command of Postfix starts (postmulti(1), postfix(1))
 */

#include "formats/format.h"

/**
 * instances_find() - the directories of the instances that a unit starts
 * @ret:        empty; receives them
 *
 * Option -c names the directory, postmulti's -i an instance, MAIL_CONFIG of the environment the
 * directory else. Without any of these it is the one of the last Config= that exists; if it has a
 * multi_instance_wrapper, its enabled instances are started with it.
 *
 * Return: 0 or -ENOMEM.
 */
int instances_find(struct tree *tree, const struct source *source, struct string_list *ret);
