/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * To be preloaded: lets one allocation fail
 *
 * $FAIL_AT says which one, counted from 1, beginning when the libraries are loaded. When the
 * process exits, by exit(3) or _exit(2), and before each fork(2), the number of its allocations
 * becomes a line of the file $ALLOCATIONS. A child counts on, and adds a line of its own; with
 * $NO_FORK there is none.
 *
 * The allocations themselves are made by whatever comes next, the C library or the address
 * sanitizer. What else allocates (asprintf(3), open_memstream(3), getline(3), ...) does it through
 * malloc() and its siblings; the sanitizer has functions of its own for those that are here beside
 * them.
 */

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long allocations, fail_at;
static bool counting;

/* The next function of that name. Looked up late: to look up may be to allocate. */
#define NEXT(name)                                                                                 \
        ({                                                                                         \
                static __typeof__(name) *next_;                                                    \
                if (!next_)                                                                        \
                        *(void **)&next_ = dlsym(RTLD_NEXT, #name);                                \
                next_;                                                                             \
        })

static bool fails(void) {
        if (!counting || ++allocations != fail_at)
                return false;
        errno = ENOMEM;
        return true;
}

/* The parameters' names of the C library's headers are reserved to it.
 * NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */
void *malloc(size_t size) {
        return fails() ? NULL : NEXT(malloc)(size);
}

void *calloc(size_t count, size_t size) {
        return fails() ? NULL : NEXT(calloc)(count, size);
}

void *realloc(void *memory, size_t size) {
        return fails() ? NULL : NEXT(realloc)(memory, size);
}

void *reallocarray(void *memory, size_t count, size_t size) {
        size_t product;

        if (__builtin_mul_overflow(count, size, &product)) {
                errno = ENOMEM;
                return NULL;
        }
        return realloc(memory, product);
}

char *strndup(const char *text, size_t size) {
        size_t length = strnlen(text, size);
        char *copy = malloc(length + 1);

        if (!copy)
                return NULL;
        copy[length] = '\0';
        return memcpy(copy, text, length);
}

char *strdup(const char *text) {
        return strndup(text, SIZE_MAX - 1);
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

static void report(void) {
        const char *path = getenv("ALLOCATIONS");
        FILE *file;

        counting = false;
        file = path ? fopen(path, "ae") : NULL;
        if (file) {
                fprintf(file, "%lu\n", allocations);
                (void)fclose(file);
        }
        counting = true;
}

pid_t fork(void) {
        if (!getenv("NO_FORK")) {
                report();
                return NEXT(fork)();
        }
        errno = EAGAIN;
        return -1;
}

/* Called by the helper in place of exit(3), which would run end(). */
void _exit(int status) {
        report();
        NEXT(_exit)(status);
        __builtin_unreachable();
}

__attribute__((constructor)) static void begin(void) {
        const char *number = getenv("FAIL_AT");

        fail_at = number ? strtoul(number, NULL, 10) : 0;
        counting = true;
}

__attribute__((destructor)) static void end(void) {
        report();
        counting = false;
}
