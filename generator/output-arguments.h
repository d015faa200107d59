/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The arguments of dadwait-generator, which systemd starts
 */

struct output_arguments {
        const char *root;       /* --root=; NULL: this machine */
        const char *normal_dir; /* of systemd.generator(7) */
};

/**
 * output_arguments_parse() - read the arguments
 * @argv:       its texts outlive @ret
 * @ret:        zeroed
 *
 * Prints to standard error what is wrong. A directory that is not absolute, or that holds the
 * machine's configuration, is wrong: `dadwait-generator apache2` is meant as a question about a
 * unit, and would write into ./apache2.
 *
 * Without directories, with other options, or under the name dadwait-plan, the arguments are those
 * of dadwait-plan, as in 0.1.0. That is executed then: the one beside this program, which is of the
 * same build, or else the installed one.
 *
 * Return: 1, or 0 if the answer was printed, or -EINVAL, or -errno of execv(3).
 */
int output_arguments_parse(int argc, char *argv[], struct output_arguments *ret);
