/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/jobs.h"

#include "common/cleanup.h"
#include "common/leave.h"
#include "common/memstream.h"
#include "run/job-queue.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/param.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum {
        USEC_PER_SEC = 1000000,
        TICK_USEC = 200000,
        WORKERS_MAX = 128, /* so many may hang before the jobs behind them have to wait */
};

struct pool {
        struct job_queue queue;
        size_t count; /* of jobs */
        job_run_fn *run;
        job_collect_fn *collect;
        void *data;
        pid_t workers[WORKERS_MAX];
        size_t alive;
        size_t done_before; /* jobs at the last tick */
        bool failed;        /* a worker ended by a signal or with an error */
};

uint64_t jobs_now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * USEC_PER_SEC + (uint64_t)now.tv_nsec / 1000;
}

static void pool_clear(struct pool *pool) {
        job_queue_close(&pool->queue);
}

/* @ret: the report, to be freed by the caller; NULL if there was no memory for it. */
static int run_job(const struct pool *pool, size_t index, char **ret, size_t *ret_size) {
        CLEANUP(freep) char *text = NULL;
        FILE *stream = open_memstream(&text, ret_size);
        int r;

        if (!stream)
                return -ENOMEM;
        r = pool->run(index, stream, pool->data);
        if (memstream_close(stream, &text) < 0)
                return -ENOMEM;
        *ret = TAKE_POINTER(text);
        return r;
}

/* Until no job waits. */
static void work(const struct pool *pool) {
        size_t index;

        while (job_queue_start(&pool->queue, &index)) {
                CLEANUP(freep) char *report = NULL;
                size_t size = 0;
                int result = run_job(pool, index, &report, &size);

                job_queue_finish(&pool->queue, index, result, report, size);
        }
}

/* Return: 0 or negative errno. */
static int start_worker(struct pool *pool) {
        pid_t parent = getpid(), pid = fork();

        if (pid < 0)
                return -errno;
        if (pid == 0) {
                (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
                if (getppid() == parent)
                        work(pool);
                leave_early(EXIT_SUCCESS);
                exit(EXIT_SUCCESS);
        }
        pool->workers[pool->alive++] = pid;
        return 0;
}

/* proc_pid_stat(5): the state follows the name, which is in parentheses. */
static bool is_blocked(pid_t pid) {
        char path[sizeof("/proc/2147483647/stat")], text[512];
        CLEANUP(closep) int fd = -1;
        const char *state;
        ssize_t length;

        (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
        fd = open(path, O_RDONLY | O_CLOEXEC);
        length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
        if (length <= 0)
                return false;
        text[length] = '\0';
        state = strrchr(text, ')');
        return state && strncmp(state, ") R", 3) != 0;
}

static size_t count_blocked(const struct pool *pool) {
        size_t count = 0;

        for (size_t i = 0; i < pool->alive; i++)
                count += is_blocked(pool->workers[i]);
        return count;
}

static void start_workers(struct pool *pool) {
        size_t done = job_queue_count_done(&pool->queue), more = 1;

        if (!job_queue_has_waiting(&pool->queue))
                return;
        if (done == pool->done_before)
                more = MAX(count_blocked(pool), 1U);
        pool->done_before = done;
        while (more-- > 0 && pool->alive < WORKERS_MAX && job_queue_has_waiting(&pool->queue))
                if (start_worker(pool) < 0)
                        return;
}

/* Without blocking. */
static void reap(struct pool *pool) {
        size_t alive = 0;

        for (size_t i = 0; i < pool->alive; i++) {
                pid_t pid = pool->workers[i];
                int status = 0;
                pid_t r = waitpid(pid, &status, WNOHANG);

                if (r == 0 || (r < 0 && errno != ECHILD)) {
                        pool->workers[alive++] = pid;
                        continue;
                }
                if (r > 0 && status != 0)
                        pool->failed = true;
                job_queue_abandon(&pool->queue, pid);
        }
        pool->alive = alive;
}

static void wait_for_worker(uint64_t until_usec) {
        uint64_t now = jobs_now_usec();
        uint64_t left = until_usec > now ? until_usec - now : 0;
        struct timespec timeout = { (time_t)(left / USEC_PER_SEC),
                                    (long)(left % USEC_PER_SEC) * 1000 };
        sigset_t signals;

        (void)sigemptyset(&signals);
        (void)sigaddset(&signals, SIGCHLD);
        (void)sigtimedwait(&signals, NULL, &timeout);
}

/* A worker that hangs in the kernel ends once the kernel lets it: so nobody waits for that. */
static void give_up(struct pool *pool) {
        for (size_t i = 0; i < pool->alive; i++)
                (void)kill(pool->workers[i], SIGKILL);
        job_queue_expire(&pool->queue);
}

/* Until all workers have ended, or the deadline. */
static void supervise(struct pool *pool, uint64_t deadline_usec) {
        uint64_t now = jobs_now_usec(), tick = now;

        for (; now < deadline_usec && (pool->alive > 0 || job_queue_has_waiting(&pool->queue));
             now = jobs_now_usec()) {
                if (pool->alive == 0 || now >= tick) {
                        start_workers(pool);
                        tick = now + TICK_USEC;
                }
                if (pool->alive == 0) {
                        work(pool); /* there can be no worker */
                        return;
                }
                wait_for_worker(MIN(tick, deadline_usec));
                reap(pool);
        }
        give_up(pool);
}

static void collect(const struct pool *pool) {
        const struct job_queue *queue = &pool->queue;
        bool has_report;

        for (size_t i = 0; i < pool->count; i++) {
                int result = job_queue_result(queue, i, &has_report);

                if (!has_report)
                        pool->collect(i, result, NULL, 0, pool->data);
        }
        for (size_t i = 0; i < pool->count; i++) {
                CLEANUP(freep) char *report = NULL;
                int result = job_queue_result(queue, i, &has_report), r;
                size_t size = 0;

                if (!has_report)
                        continue;
                r = job_queue_read_report(queue, i, &report, &size);
                pool->collect(i, r < 0 ? r : result, report, size, pool->data);
        }
}

static void run_here(const struct pool *pool) {
        for (size_t i = 0; i < pool->count; i++) {
                CLEANUP(freep) char *report = NULL;
                size_t size = 0;
                int r = run_job(pool, i, &report, &size);

                pool->collect(i, r, report, size, pool->data);
        }
}

int jobs_run(size_t count, uint64_t deadline_usec, job_run_fn *run, job_collect_fn *collect_fn,
             void *data) {
        CLEANUP(pool_clear)
        struct pool pool = {
                .queue = JOB_QUEUE_NULL,
                .count = count,
                .run = run,
                .collect = collect_fn,
                .data = data,
        };
        sigset_t signals;

        if (job_queue_open(&pool.queue, count) < 0) {
                run_here(&pool);
                return 0;
        }
        (void)signal(SIGCHLD, SIG_DFL);
        (void)sigemptyset(&signals);
        (void)sigaddset(&signals, SIGCHLD);
        (void)sigprocmask(SIG_BLOCK, &signals, NULL);
        supervise(&pool, deadline_usec);
        collect(&pool);
        return pool.failed ? -EOWNERDEAD : 0;
}
