/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/job-queue.h"

#include "common/cleanup.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

/* A job leaves WAITING and RUNNING once: what the parent has given up does not become DONE. */
enum job_state { WAITING, RUNNING, DONE, ABANDONED, EXPIRED };

struct job {
        atomic_int state;
        pid_t owner; /* who runs it */
        int result;
        bool has_report;
        uint64_t offset, size; /* of its report */
};

struct shared_queue {
        atomic_size_t next;
        atomic_size_t done;
        atomic_uint_fast64_t reports_size;
        struct job jobs[];
};

static bool change_state(struct job *job, int from, int to) {
        return atomic_compare_exchange_strong(&job->state, &from, to);
}

static size_t shared_size(size_t count) {
        return sizeof(struct shared_queue) + count * sizeof(struct job);
}

int job_queue_open(struct job_queue *queue, size_t count) {
        void *memory = mmap(NULL, shared_size(count), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);

        if (memory == MAP_FAILED || !memory)
                return -ENOMEM;
        queue->shared = memory; /* all zero: WAITING */
        queue->count = count;
        queue->reports_fd = memfd_create("dadwait-generator", MFD_CLOEXEC);
        return queue->reports_fd < 0 ? -errno : 0;
}

void job_queue_close(struct job_queue *queue) {
        if (queue->shared)
                (void)munmap(queue->shared, shared_size(queue->count));
        closep(&queue->reports_fd);
        *queue = JOB_QUEUE_NULL;
}

bool job_queue_has_waiting(const struct job_queue *queue) {
        return atomic_load(&queue->shared->next) < queue->count;
}

size_t job_queue_count_done(const struct job_queue *queue) {
        return atomic_load(&queue->shared->done);
}

bool job_queue_start(const struct job_queue *queue, size_t *ret_index) {
        size_t index;

        while ((index = atomic_fetch_add(&queue->shared->next, 1)) < queue->count) {
                struct job *job = &queue->shared->jobs[index];

                job->owner = getpid();
                if (!change_state(job, WAITING, RUNNING))
                        continue;
                *ret_index = index;
                return true;
        }
        return false;
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

void job_queue_finish(const struct job_queue *queue, size_t index, int result, const char *report,
                      size_t size) {
        struct job *job = &queue->shared->jobs[index];
        int r;

        job->result = result;
        if (report) {
                job->size = size;
                job->offset = atomic_fetch_add(&queue->shared->reports_size, size);
                r = write_at(queue->reports_fd, report, size, job->offset);
                job->has_report = r >= 0;
                if (r < 0)
                        job->result = r;
        }
        if (change_state(job, RUNNING, DONE))
                atomic_fetch_add(&queue->shared->done, 1);
}

void job_queue_abandon(const struct job_queue *queue, pid_t owner) {
        for (size_t i = 0; i < queue->count; i++) {
                struct job *job = &queue->shared->jobs[i];

                if (job->owner == owner)
                        (void)change_state(job, RUNNING, ABANDONED);
        }
}

void job_queue_expire(const struct job_queue *queue) {
        for (size_t i = 0; i < queue->count; i++) {
                struct job *job = &queue->shared->jobs[i];

                if (!change_state(job, RUNNING, EXPIRED))
                        (void)change_state(job, WAITING, EXPIRED);
        }
}

int job_queue_result(const struct job_queue *queue, size_t index, bool *ret_has_report) {
        const struct job *job = &queue->shared->jobs[index];
        int state = atomic_load(&job->state);

        *ret_has_report = state == DONE && job->has_report;
        if (state == DONE)
                return job->result;
        return state == ABANDONED ? -EOWNERDEAD : -ETIMEDOUT;
}

int job_queue_read_report(const struct job_queue *queue, size_t index, char **ret,
                          size_t *ret_size) {
        const struct job *job = &queue->shared->jobs[index];
        CLEANUP(freep) char *text = malloc(job->size + 1);
        size_t done = 0;

        if (!text)
                return -ENOMEM;
        while (done < job->size) {
                ssize_t n = pread(queue->reports_fd, text + done, job->size - done,
                                  (off_t)(job->offset + done));

                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return n < 0 ? -errno : -EIO;
                done += (size_t)n;
        }
        *ret = TAKE_POINTER(text);
        *ret_size = job->size;
        return 0;
}
