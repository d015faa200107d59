/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The arguments of dadwait-plan, which people start
 */

#include <stdbool.h>
#include <stddef.h>

enum action {
        ACTION_PLAN, /* print the plan */
        ACTION_BOOT, /* print what was waited for at a boot */
        ACTION_DONE, /* help or version, which has been printed */
};

struct arguments {
        enum action action;
        const char *root;   /* --root=; NULL: this machine */
        const char *boot;   /* ACTION_BOOT: an offset such as "-1", or an identifier */
        bool json;          /* print it for programs */
        bool check;         /* the exit status says whether all is well */
        char *const *units; /* to be shown; 0: all */
        size_t n_units;
};

/**
 * arguments_parse() - read the arguments
 * @argv:       its texts, and @argv itself, outlive @ret
 * @ret:        zeroed
 *
 * Prints to standard error what is wrong.
 *
 * Return: 0 or -EINVAL.
 */
int arguments_parse(int argc, char *argv[], struct arguments *ret);
