/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The parameters of main.cf (postconf(5))
 */

#include "input/tree.h"

struct parameter {
        const char *name;
        const char *value; /* as it is written: parameter_expand() */
        unsigned line;
};

struct main_cf {
        char *path; /* of the file */
        char *content;
        struct parameter *parameters; /* sorted by name */
        size_t count;
};

/**
 * main_cf_read() - read the file in a directory
 * @ret:        main_cf_clear() it
 *
 * Return: 1; 0 if it cannot be read, which is logged unless it does not exist; -ENOMEM.
 */
int main_cf_read(struct tree *tree, const char *directory, struct main_cf *ret);

/**
 * main_cf_find() - a parameter that the file sets
 *
 * Return: the last one of the name, or NULL.
 */
const struct parameter *main_cf_find(const struct main_cf *main_cf, const char *name);

/**
 * main_cf_clear() - free all
 */
void main_cf_clear(struct main_cf *main_cf);
