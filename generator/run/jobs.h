/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Jobs that other processes do, within a time by the clock
 *
 * A job reads files, and a file system may answer late or never: FUSE, NFS. Who waits for it there
 * can only be killed (SIGKILL). So jobs run in workers, children of fork(2) that execute no other
 * program. They take the next job from a queue in shared memory, and the parent touches no file of
 * a job. One worker does all of them as long as they are quick. At each tick that finds jobs in the
 * queue a further worker starts; if no job has ended since the last tick, one for each that waits
 * for something. So what hangs costs itself a worker, and the others move on; what burns processor
 * time gets no more of it by being many. At the deadline the parent kills
 * what is left without waiting for it, and says which jobs are not done. What they have written
 * stays.
 *
 * Weighed against it:
 * - threads: one that hangs in the kernel keeps the whole process from ending, and the parsers'
 *   static state (getopt(3), the log) would need locks;
 * - a child for each job: 60 forks in each run, where one will do;
 * - to kill a worker that seems to hang and go on behind its job: a slow disk looks the same for
 *   a while. To leave it alone and start another one loses nothing.
 *
 * This module knows nothing of units.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/**
 * job_run_fn - do one job, in a worker
 * @index:      which, counted from 0
 * @report:     to write to whatever the parent shall receive
 *
 * Return: 0 or negative errno.
 */
typedef int job_run_fn(size_t index, FILE *report, void *data);

/**
 * job_collect_fn - receive what became of one job, in the parent
 * @result:     of job_run_fn; -ETIMEDOUT if the job was not done at the deadline, -EOWNERDEAD if
 *              its process ended before
 * @report:     its report, borrowed; NULL if it is lost, @result says why
 * @size:       in bytes
 */
typedef void job_collect_fn(size_t index, int result, const char *report, size_t size, void *data);

/**
 * jobs_run() - run jobs, and collect what became of each
 * @count:      of jobs
 * @deadline_usec:      CLOCK_MONOTONIC
 * @run:        called in the order of the jobs, except that some may run at a time
 * @collect:    called for each job, first for those without a report, then for the others
 * @data:       for both
 *
 * Where there can be no worker the jobs run in this process, whatever time they take.
 *
 * Return: 0; -EOWNERDEAD if a worker ended otherwise than it should.
 */
int jobs_run(size_t count, uint64_t deadline_usec, job_run_fn *run, job_collect_fn *collect,
             void *data);

/**
 * jobs_now_usec() - CLOCK_MONOTONIC
 */
uint64_t jobs_now_usec(void);
