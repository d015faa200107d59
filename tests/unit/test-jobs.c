/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/jobs.h"

#include "common/cleanup.h"
#include "unit.h"

#include <string.h>

enum { JOBS = 4, HANGS = 1, ENDS = 2 };

static char collected[200];
static pid_t parent;

/* Reports its number, but for jobs that are to go wrong. */
static int run(size_t index, FILE *report, void *data) {
        const int *goes_wrong = data;

        assert_true(getpid() != parent);
        if (goes_wrong && index == HANGS && *goes_wrong == HANGS)
                for (;;)
                        (void)pause();
        if (goes_wrong && index == ENDS && *goes_wrong == ENDS)
                _exit(EXIT_FAILURE);
        fprintf(report, "job %zu", index);
        return index == 0 ? -EIO : 0;
}

static void collect(size_t index, int result, const char *report, size_t size, void *data) {
        size_t used = strlen(collected);

        (void)data;
        assert_int_equal(getpid(), parent);
        (void)snprintf(collected + used, sizeof(collected) - used, "%zu: %s: %.*s\n", index,
                       strerror(-result), (int)size, report ? report : "");
}

static int run_jobs(int goes_wrong, uint64_t usec) {
        parent = getpid();
        collected[0] = '\0';
        (void)fflush(NULL); /* workers have a copy of what is not written yet */
        return jobs_run(JOBS, jobs_now_usec() + usec, run, collect, &goes_wrong);
}

#define DONE(index, result) #index ": " result ": job " #index "\n"

static void test_all(void **state) {
        (void)state;
        assert_int_equal(run_jobs(0, 600000000), 0);
        assert_string_equal(collected, DONE(0, "Input/output error") DONE(1, "Success")
                                               DONE(2, "Success") DONE(3, "Success"));
}

static void test_worker_that_hangs(void **state) {
        (void)state;
        assert_int_equal(run_jobs(HANGS, 5000000), 0);
        assert_string_equal(collected, "1: Connection timed out: \n" DONE(0, "Input/output error")
                                               DONE(2, "Success") DONE(3, "Success"));
}

static void test_worker_that_ends(void **state) {
        (void)state;
        assert_int_equal(run_jobs(ENDS, 600000000), -EOWNERDEAD);
        assert_string_equal(collected, "2: Owner died: \n" DONE(0, "Input/output error")
                                               DONE(1, "Success") DONE(3, "Success"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_all),
                cmocka_unit_test(test_worker_that_hangs),
                cmocka_unit_test(test_worker_that_ends),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
