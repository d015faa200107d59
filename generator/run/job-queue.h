/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A queue of jobs with the result and the report of each, shared by processes
 *
 * It is in memory that children of fork(2) share with their parent. Reports are in a file that has
 * no name (memfd_create(2)). Any process may take the next job; what the parent has given up stays
 * given up, even if a process finishes it a moment later.
 */

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct shared_queue;

struct job_queue {
        struct shared_queue *shared;
        size_t count; /* of jobs */
        int reports_fd;
};

/* The value of a queue that is not open. */
#define JOB_QUEUE_NULL ((struct job_queue){ .reports_fd = -1 })

/**
 * job_queue_open() - make a queue of jobs that all wait
 * @queue:      JOB_QUEUE_NULL; to be closed with job_queue_close(), also on error
 * @count:      of jobs
 *
 * Return: 0 or negative errno.
 */
int job_queue_open(struct job_queue *queue, size_t count);

/**
 * job_queue_close() - the opposite, for this process
 */
void job_queue_close(struct job_queue *queue);

/**
 * job_queue_has_waiting() - whether a job waits to be taken
 */
bool job_queue_has_waiting(const struct job_queue *queue);

/**
 * job_queue_count_done() - Return: how many jobs are finished
 */
size_t job_queue_count_done(const struct job_queue *queue);

/**
 * job_queue_start() - start the next job, as its owner
 * @ret_index:  which, counted from 0
 *
 * Return: false if none waits.
 */
bool job_queue_start(const struct job_queue *queue, size_t *ret_index);

/**
 * job_queue_finish() - store what a job's owner has to report
 * @result:     0 or negative errno
 * @report:     @size bytes; NULL: none
 */
void job_queue_finish(const struct job_queue *queue, size_t index, int result, const char *report,
                      size_t size);

/**
 * job_queue_abandon() - give up the job that a process has not finished and never will
 * @owner:      the process, which has ended
 */
void job_queue_abandon(const struct job_queue *queue, pid_t owner);

/**
 * job_queue_expire() - give up all jobs that are not finished
 */
void job_queue_expire(const struct job_queue *queue);

/**
 * job_queue_result() - the result of a job, once no process works on it any more
 * @ret_has_report:     receives whether job_queue_read_report() is worth a try
 *
 * Return: as given to job_queue_finish(), or why the report was not stored; -EOWNERDEAD if its
 * owner has ended; -ETIMEDOUT if it has expired.
 */
int job_queue_result(const struct job_queue *queue, size_t index, bool *ret_has_report);

/**
 * job_queue_read_report() - read the report of a job
 * @ret:        the report, to be freed by the caller
 * @ret_size:   in bytes
 *
 * Return: 0 or negative errno; @ret is untouched then.
 */
int job_queue_read_report(const struct job_queue *queue, size_t index, char **ret,
                          size_t *ret_size);
