/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "run/generate.h"

#include "common/cleanup.h"
#include "log.h"
#include "output/path-unit.h"
#include "run/jobs.h"

#include <string.h>

/* A report is a list of records: a letter, a text and a NUL. Messages have LOG_MESSAGE. */
enum { REPORT_WATCH = 'w', REPORT_MORE_MESSAGES = '+' };

struct generation {
        struct work *work;
        struct path_unit reload;
        int watch_error; /* of path_unit_init() */
        int result;      /* of the parts */
};

static void generation_clear(struct generation *generation) {
        path_unit_clear(&generation->reload);
}

static void put_record(FILE *report, char kind, const char *text) {
        (void)fputc(kind, report);
        (void)fwrite(text, 1, strlen(text) + 1, report);
}

/* In the worker: to read symbolic links may hang as well. */
static int report_watches(const struct generation *generation, size_t index, FILE *report) {
        CLEANUP(string_list_clear) struct string_list watches = { 0 };
        int r = 0;

        if (generation->reload.wanted)
                r = path_unit_collect(generation->work->tree, &watches);
        if (r < 0)
                log_warning(NULL, 0, "Changes to what was read for %s will not be noticed: %s.",
                            work_name(generation->work, index), tree_strerror(r));
        for (size_t i = 0; i < watches.count && r >= 0; i++)
                put_record(report, REPORT_WATCH, watches.items[i]);
        return r;
}

/* Return: 0, or negative errno, which has been logged. */
static int run(size_t index, FILE *report, void *data) {
        struct generation *generation = data;
        char number[sizeof("4294967295")];
        int r, watching;

        log_capture(report);
        r = work_do(generation->work, index, NULL);
        watching = report_watches(generation, index, report);
        (void)snprintf(number, sizeof(number), "%u", log_end_capture());
        put_record(report, REPORT_MORE_MESSAGES, number);
        return r < 0 ? r : watching;
}

static int read_record(const char *record, struct string_list *watches) {
        switch (record[0]) {
        case LOG_MESSAGE:
                log_captured(record + 1);
                return 0;
        case REPORT_MORE_MESSAGES:
                log_count((unsigned)strtoul(record + 1, NULL, 10));
                return 0;
        default:
                return string_list_add(watches, record + 1);
        }
}

static void log_lost(const struct work *work, size_t index, int error) {
        const char *name = work_name(work, index);
        const char *what =
                index < work->services.count ? "drop-in for" : "further drop-in for an instance of";

        if (error == -ETIMEDOUT)
                log_warning(NULL, 0, "No %s %s: reading its configuration takes too long or hangs.",
                            what, name);
        else if (error == -EOWNERDEAD)
                log_warning(NULL, 0, "No %s %s: the process that read its configuration ended.",
                            what, name);
        else
                log_warning(NULL, 0, "What was found for %s is lost: %s.", name,
                            tree_strerror(error));
}

static void collect(size_t index, int result, const char *report, size_t size, void *data) {
        CLEANUP(string_list_clear) struct string_list watches = { 0 };
        struct generation *generation = data;
        int r = 0;

        if (result < 0)
                generation->result = result;
        if (!report) {
                log_lost(generation->work, index, result);
                return;
        }
        for (const char *p = report; p < report + size && r >= 0; p += strlen(p) + 1)
                r = read_record(p, &watches);
        if (r >= 0)
                r = path_unit_add(&generation->reload, &watches);
        if (r < 0) {
                log_lost(generation->work, index, r);
                generation->result = r;
        }
}

static int write_reload(struct generation *generation) {
        int r = generation->watch_error;

        if (r >= 0)
                r = path_unit_write(&generation->reload, generation->work->output_fd);
        if (r < 0)
                log_warning(NULL, 0, "Changes to configuration files will not be noticed: %s.",
                            tree_strerror(r));
        return r;
}

int generate(struct work *work, uint64_t deadline_usec) {
        CLEANUP(generation_clear) struct generation generation = { .work = work };
        int r;

        generation.watch_error =
                path_unit_init(&generation.reload, work->tree, &work->units, &work->links);
        r = jobs_run(work_count(work), deadline_usec, run, collect, &generation);
        if (r < 0) {
                log_warning(NULL, 0, "A process that read configuration ended with an error.");
                generation.result = r;
        }
        r = write_reload(&generation);
        return r < 0 ? r : generation.result;
}
