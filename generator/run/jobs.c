/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/jobs.h"

#include "common/cleanup.h"
#include "common/memstream.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/param.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum {
        USEC_PER_SEC = 1000000,
        TICK_USEC = 200000,
        WORKERS_MAX = 128, /* so many hang before the jobs behind them wait */
};

/* A job leaves WAITING and RUNNING once: what the parent has given up does not become DONE. */
enum job_state { WAITING, RUNNING, DONE, DIED, LATE };

struct job {
        atomic_int state;
        pid_t owner; /* who runs it */
        int result;
        bool has_report;
        uint64_t offset, size; /* of its report */
};

/* Shared by the parent and its workers. */
struct queue {
        atomic_size_t next;
        atomic_size_t done;
        atomic_uint_fast64_t reports_size;
        struct job jobs[];
};

struct pool {
        struct queue *queue;
        size_t count; /* of jobs */
        int reports_fd;
        job_run_fn *run;
        job_collect_fn *collect;
        void *data;
        pid_t workers[WORKERS_MAX];
        size_t alive;
        size_t done_before; /* at the last tick */
        bool failed;        /* a worker ended otherwise than it should */
};

uint64_t jobs_now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * USEC_PER_SEC + (uint64_t)now.tv_nsec / 1000;
}

static bool change_state(struct job *job, int from, int to) {
        return atomic_compare_exchange_strong(&job->state, &from, to);
}

static size_t queue_size(size_t count) {
        return sizeof(struct queue) + count * sizeof(struct job);
}

static void pool_clear(struct pool *pool) {
        if (pool->queue)
                (void)munmap(pool->queue, queue_size(pool->count));
        closep(&pool->reports_fd);
}

/* Return: 0 or negative errno: there can be no workers. */
static int pool_open(struct pool *pool) {
        void *memory = mmap(NULL, queue_size(pool->count), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);

        if (memory == MAP_FAILED || !memory)
                return -ENOMEM;
        pool->queue = memory; /* all zero: WAITING */
        pool->reports_fd = memfd_create("dadwait-generator", MFD_CLOEXEC);
        return pool->reports_fd < 0 ? -errno : 0;
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

static int write_at(int fd, const char *data, size_t size, uint64_t offset) {
        while (size > 0) {
                ssize_t n = pwrite(fd, data, size, (off_t)offset);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                data += n;
                size -= (size_t)n;
                offset += (uint64_t)n;
        }
        return 0;
}

static void work_on(const struct pool *pool, size_t index) {
        struct job *job = &pool->queue->jobs[index];
        CLEANUP(freep) char *report = NULL;
        size_t size = 0;
        int r;

        job->owner = getpid();
        if (!change_state(job, WAITING, RUNNING))
                return;
        job->result = run_job(pool, index, &report, &size);
        if (report) {
                job->size = size;
                job->offset = atomic_fetch_add(&pool->queue->reports_size, size);
                r = write_at(pool->reports_fd, report, size, job->offset);
                job->has_report = r >= 0;
                if (r < 0)
                        job->result = r;
        }
        if (change_state(job, RUNNING, DONE))
                atomic_fetch_add(&pool->queue->done, 1);
}

static bool has_waiting(const struct pool *pool) {
        return atomic_load(&pool->queue->next) < pool->count;
}

static void work(const struct pool *pool) {
        size_t index;

        while ((index = atomic_fetch_add(&pool->queue->next, 1)) < pool->count)
                work_on(pool, index);
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
                exit(EXIT_SUCCESS);
        }
        pool->workers[pool->alive++] = pid;
        return 0;
}

/* proc_pid_stat(5): its state comes behind its name, which is in parentheses. */
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
        size_t done = atomic_load(&pool->queue->done), more = 1;

        if (!has_waiting(pool))
                return;
        if (done == pool->done_before)
                more = MAX(count_blocked(pool), 1U);
        pool->done_before = done;
        while (more-- > 0 && pool->alive < WORKERS_MAX && has_waiting(pool))
                if (start_worker(pool) < 0)
                        return;
}

static void mark_died(struct pool *pool, pid_t owner) {
        for (size_t i = 0; i < pool->count; i++) {
                struct job *job = &pool->queue->jobs[i];

                if (job->owner == owner)
                        (void)change_state(job, RUNNING, DIED);
        }
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
                mark_died(pool, pid);
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

/* Gives up what is not done. A worker that waits in the kernel ends when that lets it. */
static void give_up(struct pool *pool) {
        for (size_t i = 0; i < pool->alive; i++)
                (void)kill(pool->workers[i], SIGKILL);
        for (size_t i = 0; i < pool->count; i++)
                if (!change_state(&pool->queue->jobs[i], RUNNING, LATE))
                        (void)change_state(&pool->queue->jobs[i], WAITING, LATE);
}

/* Until all workers have ended, or the deadline. */
static void supervise(struct pool *pool, uint64_t deadline_usec) {
        uint64_t now = jobs_now_usec(), tick = now;

        for (; now < deadline_usec && (pool->alive > 0 || has_waiting(pool));
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

/* Return: the report, to be freed by the caller, or NULL, with *result set. */
static char *read_report(const struct pool *pool, const struct job *job, int *result) {
        CLEANUP(freep) char *text = malloc(job->size + 1);
        size_t done = 0;

        while (text && done < job->size) {
                ssize_t n = pread(pool->reports_fd, text + done, job->size - done,
                                  (off_t)(job->offset + done));

                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0) {
                        *result = n < 0 ? -errno : -EIO;
                        return NULL;
                }
                done += (size_t)n;
        }
        if (!text)
                *result = -ENOMEM;
        return TAKE_POINTER(text);
}

/* Return: whether the job has a report, whether or not it can be read. */
static bool has_report(const struct pool *pool, size_t index, int *ret_result) {
        const struct job *job = &pool->queue->jobs[index];

        switch (atomic_load(&job->state)) {
        case DONE:
                *ret_result = job->result;
                return job->has_report;
        case DIED:
                *ret_result = -EOWNERDEAD;
                return false;
        default:
                *ret_result = -ETIMEDOUT;
                return false;
        }
}

static void collect(const struct pool *pool) {
        int result;

        for (size_t i = 0; i < pool->count; i++)
                if (!has_report(pool, i, &result))
                        pool->collect(i, result, NULL, 0, pool->data);
        for (size_t i = 0; i < pool->count; i++) {
                CLEANUP(freep) char *text = NULL;

                if (!has_report(pool, i, &result))
                        continue;
                text = read_report(pool, &pool->queue->jobs[i], &result);
                pool->collect(i, result, text, pool->queue->jobs[i].size, pool->data);
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
                .count = count,
                .reports_fd = -1,
                .run = run,
                .collect = collect_fn,
                .data = data,
        };
        sigset_t signals;

        if (pool_open(&pool) < 0) {
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
