/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * dadwait: the first stage of the helper
 *
 * Asks bind() for each address and exits if all are ready, as on a machine that has been up for a
 * while. Else it executes the second stage, dadwait-wait, which watches the kernel until nothing is
 * left to wait for.
 *
 * It runs as root (generator/output/drop-in.c says why), with an environment and in a working
 * directory that the unit's user may have written: LD_PRELOAD= in an EnvironmentFile= for one. So
 * it is linked statically, empties the environment before the C library sees it (startup.c),
 * allocates nothing, and passes on a checked list of variables instead of an environment. The
 * second stage loads libsystemd and with it seven more libraries, none of which was written for a
 * hostile environment.
 *
 * Where it could only be linked dynamically (the build option static_helper), the dynamic loader
 * has already obeyed the environment when main() begins, and HELPER_IS_STATIC is 0: such a helper
 * must not run with privileges inside a unit.
 */

#include "build-config.h"
#include "common/pattern.h"
#include "common/timespan.h"
#include "helper/exit-status.h"
#include "helper/signals.h"
#include "helper/timed-out.h"
#include "network/probe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A crash in the unit's working directory would leave a core dump of root's there. */
static void leave_directory(void) {
        if (chdir("/") < 0)
                return; /* nothing here depends on it */
}

/* Whether an argument is an option that changes nothing where all addresses are ready. */
static bool is_plain_option(const char *argument) {
        static const char TIMEOUT[] = "--timeout=";
        uint64_t usec;

        if (strncmp(argument, TIMEOUT, sizeof(TIMEOUT) - 1) == 0)
                return timespan_parse(argument + sizeof(TIMEOUT) - 1, &usec) >= 0;
        return strcmp(argument, "--strict") == 0;
}

/*
 * Whether bind() accepts every address. False also where the command line has an option, or a
 * mistake, that only the second stage handles.
 */
static bool is_all_ready(int argc, char **argv) {
        bool found = false;

        for (int i = 1; i < argc; i++) {
                struct pattern pattern;

                if (is_plain_option(argv[i]))
                        continue;
                if (pattern_parse(argv[i], &pattern) < 0 || probe(&pattern) <= 0)
                        return false;
                found = true;
        }
        return found;
}

/* Of addresses that timed out. They are out of date once all are ready; the second stage removes
 * them. */
static bool has_records(void) {
        return access(TIMED_OUT_DIRECTORY, F_OK) == 0;
}

/* As getopt_long(3) has it, an option may be shortened. */
static bool is_strict(int argc, char **argv) {
        for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
                size_t length = strlen(argv[i]);

                if (length > 2 && strncmp(argv[i], "--strict", length) == 0)
                        return true;
        }
        return false;
}

static const char *skip_digits(const char *text) {
        return text + strspn(text, "0123456789");
}

/* "DEVICE:INODE", as systemd.exec(5) has it, each of which fits into 64 bits. */
static bool is_journal_stream(const char *text) {
        enum { MAX_DIGITS = sizeof("18446744073709551615") - 1 };
        const char *colon = skip_digits(text);
        const char *end;

        if (colon == text || colon - text > MAX_DIGITS || *colon != ':')
                return false;
        end = skip_digits(colon + 1);
        return end != colon + 1 && end - (colon + 1) <= MAX_DIGITS && *end == '\0';
}

/*
 * Executes the second stage in place of this program. Returns a negative errno if that fails.
 *
 * Its environment is JOURNAL_STREAM only, with which --verbose does not write to the journal twice.
 * The worst that a forged one does is that, or that nothing is written to standard error.
 */
static int execute_second_stage(char **argv) {
        char variable[sizeof("JOURNAL_STREAM=18446744073709551615:18446744073709551615")];
        const char *stream = getenv("JOURNAL_STREAM");
        char *environment[2] = { NULL };

        if (stream && is_journal_stream(stream)) {
                (void)snprintf(variable, sizeof(variable), "JOURNAL_STREAM=%s", stream);
                environment[0] = variable;
        }
        (void)execve(WAIT_PATH, argv, environment);
        return -errno;
}

/* Without stdio, which allocates a buffer. Signals can interrupt a write that blocks. */
static void print_error(int error) {
        char text[512];
        int length;

        errno = -error;
        length = snprintf(text, sizeof(text), "dadwait: cannot execute %s, so not waiting: %m\n",
                          WAIT_PATH);
        signals_unblock();
        if (length > 0 && write(STDERR_FILENO, text, strnlen(text, sizeof(text))) < 0)
                return; /* there is no other place to write to */
}

int main(int argc, char **argv) {
        int r;

        signals_block();
        leave_directory();
        if (is_all_ready(argc, argv) && !has_records())
                return EXIT_SUCCESS;

        r = execute_second_stage(argv);
        print_error(r);
        return is_strict(argc, argv) ? EXIT_NOT_READY : EXIT_SUCCESS;
}
