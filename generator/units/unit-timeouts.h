/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How long the start of a unit may take (systemd.service(5), systemd.unit(5))
 */

#include "units/shown-setting.h"
#include "units/unit-reader.h"

/* Times are in microseconds; 0: not set; TIMESPAN_INFINITY: no limit. */
struct job_timeout {
        uint64_t usec;
        struct shown_setting setting; /* that sets it */
};

struct unit_timeouts {
        uint64_t start_usec;            /* TimeoutStartSec=, TimeoutSec= */
        bool is_oneshot;                /* Type=oneshot: no start timeout unless one is set */
        struct job_timeout job;         /* JobTimeoutSec= */
        struct job_timeout job_running; /* JobRunningTimeoutSec= */
};

/**
 * unit_timeouts_parse() - parse an assignment if it is about timeouts
 * @ret:        zeroed before the first one; unit_timeouts_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_timeouts_parse(const struct unit_assignment *assignment, struct unit_timeouts *ret);

/**
 * unit_timeouts_start() - the start timeout, which each command of a start has to itself
 * @default_usec:       of units that set none
 *
 * Return: microseconds; TIMESPAN_INFINITY: none.
 */
uint64_t unit_timeouts_start(const struct unit_timeouts *timeouts, uint64_t default_usec);

/**
 * unit_timeouts_job() - the shorter one of the timeouts of the start job
 *
 * Return: NULL if there is none.
 */
struct job_timeout *unit_timeouts_job(struct unit_timeouts *timeouts);

/**
 * unit_timeouts_clear() - free all
 */
void unit_timeouts_clear(struct unit_timeouts *timeouts);
