/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Startup: empty the environment before the C library reads it
 *
 * A program that is linked statically has no dynamic loader, but its C library reads the
 * environment before main() all the same. With GLIBC_TUNABLES=glibc.malloc.top_pad=… set to the
 * largest number, glibc 2.36 fails to allocate and crashes there; it reads LD_LIBRARY_PATH, LD_WARN
 * and others, too (_dl_non_dynamic_init()). So the linker redirects the call of __libc_start_main()
 * in the start file to this function (ld(1), --wrap; the original and its arguments are part of the
 * Linux Standard Base). It makes each variable an empty string, except JOURNAL_STREAM, which the C
 * library does not read.
 *
 * Nothing has been set up yet: no relocation, no thread-local storage, no string functions. So this
 * file is compiled without a stack protector, and without turning loops into calls of functions.
 */

#include <stddef.h>

typedef int main_fn(int argc, char **argv, char **environment);

int __real___libc_start_main(main_fn *main, int argc, char **argv, void *init, void *fini,
                             void *rtld_fini, void *stack_end);
int __wrap___libc_start_main(main_fn *main, int argc, char **argv, void *init, void *fini,
                             void *rtld_fini, void *stack_end);

static int begins_with(const char *text, const char *prefix) {
        while (*prefix && *text == *prefix) {
                text++;
                prefix++;
        }
        return *prefix == '\0';
}

/* In memory the environment follows the NULL at the end of the arguments (execve(2)). */
int __wrap___libc_start_main(main_fn *main, int argc, char **argv, void *init, void *fini,
                             void *rtld_fini, void *stack_end) {
        for (char **variable = argv + argc + 1; *variable; variable++)
                if (!begins_with(*variable, "JOURNAL_STREAM="))
                        **variable = '\0';
        return __real___libc_start_main(main, argc, argv, init, fini, rtld_fini, stack_end);
}
