/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/job-queue.h"

#include "common/cleanup.h"
#include "unit.h"

#include <string.h>
#include <sys/wait.h>

static int set_up(void **state) {
        static struct job_queue queue;

        queue = JOB_QUEUE_NULL;
        *state = &queue;
        return job_queue_open(&queue, 3);
}

static int tear_down(void **state) {
        job_queue_close(*state);
        return 0;
}

static void assert_started(const struct job_queue *queue, size_t expected) {
        size_t index = 99;

        assert_true(job_queue_start(queue, &index));
        assert_int_equal(index, expected);
}

static void assert_lost(const struct job_queue *queue, size_t index, int expected) {
        bool has_report = true;

        assert_int_equal(job_queue_result(queue, index, &has_report), expected);
        assert_false(has_report);
}

/* Reports are stored in the order in which they come, and may hold anything. */
static void test_reports(void **state) {
        const struct job_queue *queue = *state;
        CLEANUP(freep) char *first = NULL, *second = NULL;
        bool has_report = false;
        size_t size;

        for (size_t i = 0; i < 3; i++)
                assert_started(queue, i);
        assert_false(job_queue_has_waiting(queue));
        assert_false(job_queue_start(queue, &size));
        job_queue_finish(queue, 2, 0, "second\0", 7);
        job_queue_finish(queue, 1, -ENOMEM, NULL, 0);
        assert_int_equal(job_queue_count_done(queue), 2);
        job_queue_finish(queue, 0, -EIO, "first", 5);
        assert_int_equal(job_queue_count_done(queue), 3);

        assert_int_equal(job_queue_result(queue, 0, &has_report), -EIO);
        assert_true(has_report);
        assert_int_equal(job_queue_read_report(queue, 0, &first, &size), 0);
        assert_int_equal(size, 5);
        assert_memory_equal(first, "first", 5);
        assert_lost(queue, 1, -ENOMEM);
        assert_int_equal(job_queue_result(queue, 2, &has_report), 0);
        assert_int_equal(job_queue_read_report(queue, 2, &second, &size), 0);
        assert_int_equal(size, 7);
        assert_memory_equal(second, "second\0", 7);
}

/* What is finished stays finished, and what is given up is given up. */
static void test_expiry(void **state) {
        const struct job_queue *queue = *state;
        bool has_report;
        size_t index;

        assert_started(queue, 0);
        assert_started(queue, 1);
        job_queue_finish(queue, 0, 0, "x", 1);
        job_queue_expire(queue);
        job_queue_finish(queue, 1, 0, "y", 1);
        assert_int_equal(job_queue_count_done(queue), 1);
        assert_int_equal(job_queue_result(queue, 0, &has_report), 0);
        assert_true(has_report);
        assert_lost(queue, 1, -ETIMEDOUT);
        assert_lost(queue, 2, -ETIMEDOUT);
        assert_false(job_queue_start(queue, &index));
}

/* Another process's jobs are unharmed, and so is what it has finished before it ended. */
static void test_owner_that_ends(void **state) {
        const struct job_queue *queue = *state;
        bool has_report;
        pid_t child;

        assert_started(queue, 0);
        child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                size_t index;

                (void)job_queue_start(queue, &index);
                job_queue_finish(queue, index, 0, "x", 1);
                (void)job_queue_start(queue, &index);
                _exit(EXIT_SUCCESS);
        }
        assert_int_equal(waitpid(child, NULL, 0), child);
        job_queue_abandon(queue, child);
        job_queue_finish(queue, 0, 0, "y", 1);
        assert_int_equal(job_queue_count_done(queue), 2);
        assert_int_equal(job_queue_result(queue, 0, &has_report), 0);
        assert_int_equal(job_queue_result(queue, 1, &has_report), 0);
        assert_true(has_report);
        assert_lost(queue, 2, -EOWNERDEAD);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_reports, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_expiry, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_owner_that_ends, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
