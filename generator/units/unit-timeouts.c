/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-timeouts.h"

#include "common/timespan.h"
#include "units/default-timeout.h"

#include <string.h>

static int parse_job_timeout(const struct unit_assignment *assignment, struct job_timeout *ret) {
        if (!default_timeout_parse(assignment->value, &ret->usec))
                return 0;
        return shown_setting_set(&ret->setting, assignment->key, assignment->value,
                                 assignment->file);
}

/* systemd ignores a value that is not one of its types (systemd.service(5)). */
static void parse_type(const char *value, bool *ret_is_oneshot) {
        static const char *const TYPES[] = { "dbus",    "exec",   "forking",       "idle",
                                             "oneshot", "notify", "notify-reload", "simple" };

        for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
                if (strcmp(value, TYPES[i]) == 0)
                        *ret_is_oneshot = strcmp(value, "oneshot") == 0;
}

static void parse_service(const char *key, const char *value, struct unit_timeouts *ret) {
        if (strcmp(key, "TimeoutStartSec") == 0 || strcmp(key, "TimeoutSec") == 0)
                (void)default_timeout_parse(value, &ret->start_usec);
        else if (strcmp(key, "Type") == 0)
                parse_type(value, &ret->is_oneshot);
}

int unit_timeouts_parse(const struct unit_assignment *assignment, struct unit_timeouts *ret) {
        const char *key = assignment->key;

        if (strcmp(assignment->section, "Service") == 0)
                parse_service(key, assignment->value, ret);
        else if (strcmp(assignment->section, "Unit") != 0)
                return 0;
        else if (strcmp(key, "JobTimeoutSec") == 0)
                return parse_job_timeout(assignment, &ret->job);
        else if (strcmp(key, "JobRunningTimeoutSec") == 0)
                return parse_job_timeout(assignment, &ret->job_running);
        return 0;
}

uint64_t unit_timeouts_start(const struct unit_timeouts *timeouts, uint64_t default_usec) {
        if (timeouts->start_usec > 0)
                return timeouts->start_usec;
        return timeouts->is_oneshot ? TIMESPAN_INFINITY : default_usec;
}

static bool is_limited(const struct job_timeout *timeout) {
        return timeout->usec > 0 && timeout->usec < TIMESPAN_INFINITY;
}

struct job_timeout *unit_timeouts_job(struct unit_timeouts *timeouts) {
        struct job_timeout *job = &timeouts->job, *running = &timeouts->job_running;

        if (!is_limited(running))
                return is_limited(job) ? job : NULL;
        return is_limited(job) && job->usec <= running->usec ? job : running;
}

void unit_timeouts_clear(struct unit_timeouts *timeouts) {
        shown_setting_clear(&timeouts->job.setting);
        shown_setting_clear(&timeouts->job_running.setting);
}
