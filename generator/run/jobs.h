/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Jobs that worker processes do before a deadline
 *
 * A job reads files, and a file system (FUSE, NFS) may answer late or never. A process that waits
 * for it reacts to nothing but SIGKILL. So jobs run in workers, children of fork(2) that execute no
 * other program; the parent opens no file of a job. They share a queue of jobs (job-queue.h).
 *
 * One worker does all jobs as long as they are quick. At each tick that finds jobs in the queue,
 * the parent starts another worker; if no job has ended since the last tick, one for each worker
 * that is blocked. So a job that hangs costs its own worker only, and jobs that burn processor time
 * do not get more of it by being many. At the deadline the parent kills all workers, does not wait
 * for them, and reports which jobs are not done. What they have written stays.
 *
 * Alternatives:
 * - Threads: one that hangs in the kernel keeps the process from exiting, and the static state of
 *   the parsers (getopt(3), the log) would need locks.
 * - A child for each job: 60 calls of fork(2) in each run, where one is enough.
 * - Kill a worker that seems to hang: a slow disk looks the same for a while. To leave it alone and
 *   start another one loses nothing.
 *
 * This module knows nothing of units.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/**
 * job_run_fn - do one job, in a worker
 * @index:      which, counted from 0
 * @report:     stream for what the parent is to receive
 *
 * Return: 0 or negative errno.
 */
typedef int job_run_fn(size_t index, FILE *report, void *data);

/**
 * job_collect_fn - receive the result of one job, in the parent
 * @result:     of job_run_fn; -ETIMEDOUT if the job was not done at the deadline, -EOWNERDEAD if
 *              its process ended before
 * @report:     its report, borrowed; NULL if it is lost, @result says why
 * @size:       in bytes
 */
typedef void job_collect_fn(size_t index, int result, const char *report, size_t size, void *data);

/**
 * jobs_run() - run jobs, and collect their results
 * @count:      of jobs
 * @deadline_usec:      CLOCK_MONOTONIC
 * @run:        called in the order of the jobs; several may run at a time
 * @collect:    called for each job, first for those without a report, then for the others
 * @data:       for both
 *
 * If no worker can be started, the jobs run in this process, without a deadline.
 *
 * Return: 0; -EOWNERDEAD if a worker ended by a signal or with an error.
 */
int jobs_run(size_t count, uint64_t deadline_usec, job_run_fn *run, job_collect_fn *collect,
             void *data);

/**
 * jobs_now_usec() - CLOCK_MONOTONIC
 */
uint64_t jobs_now_usec(void);
