/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/wait.h"

#include "common/cleanup.h"
#include "common/timespan.h"
#include "helper/gathering.h"
#include "helper/resync.h"
#include "helper/signals.h"
#include "network/monitor.h"
#include "network/watched-families.h"

#include <errno.h>
#include <sys/epoll.h>
#include <systemd/sd-event.h>
#include <time.h>

enum { TIMER_ACCURACY_USEC = 1000 };

/* After this time, when the flood may be over, there is a dump more if all were interrupted. */
enum { GAPS_PAUSE_USEC = 100 * 1000 };

struct wait {
        struct target *targets;
        size_t n_targets;
        size_t n_pending;
        bool timed_out;
        bool has_gaps; /* every dump was interrupted: an address may be missing */
        struct network *network;
        struct monitor monitor;
        struct report *report;
        struct gathering gathering;
        sd_event_source *resync_again; /* enabled while events have been lost */
        sd_event_source *fill_gaps;    /* enabled while there may be gaps */
};

static void wait_donep(struct wait *wait) {
        gathering_close(&wait->gathering);
        sd_event_source_unref(wait->resync_again);
        sd_event_source_unref(wait->fill_gaps);
        monitor_close(&wait->monitor);
}

/* Brings the targets up to date with the network. */
static void update(struct wait *wait) {
        wait->n_pending =
                target_update(wait->targets, wait->n_targets, wait->network, wait->n_pending);
}

static bool is_all_ready(const struct wait *wait) {
        for (size_t i = 0; wait->n_pending == 0 && i < wait->n_targets; i++)
                if (wait->targets[i].status.state != STATE_READY)
                        return false;
        return wait->n_pending == 0;
}

/*
 * The kernel sends no event when ip_nonlocal_bind changes. systemd-sysctl.service sets it before
 * any service starts; where somebody sets it during a wait, the next event that passes the filter
 * has it read, or the dump when the time is up. Where all are ready without it, it is not read, and
 * the service starts some 20 us earlier.
 */
static void update_from_sysctls(struct wait *wait) {
        if ((wait->network->nonlocal_bind || !is_all_ready(wait)) &&
            watched_families_read_sysctls(wait->network, wait->monitor.families))
                update(wait);
}

/* Logs each address whose DAD has failed since the last call. */
static void report_dadfailed(struct wait *wait) {
        for (size_t i = network_next_change(wait->network, 0); i < wait->n_targets;
             i = network_next_change(wait->network, i + 1)) {
                struct target *target = &wait->targets[i];

                if (target->status.state == STATE_DADFAILED && !target->reported) {
                        report_not_ready(wait->report, target, wait->network);
                        target->reported = true;
                }
        }
        network_forget_changes(wait->network);
}

/* Returns 1 if the state is known, 0 if events were lost and it may be wrong, or a negative errno.
 */
static int resync_and_update(struct wait *wait, bool forget) {
        int r = resync(&wait->monitor, wait->network, forget);

        if (r < 0 && r != -EINTR && r != -ENOBUFS)
                return r;
        wait->has_gaps = r == -EINTR;
        update(wait);
        report_dadfailed(wait);
        return r != -ENOBUFS;
}

static int schedule_gaps(struct wait *wait, sd_event *event) {
        uint64_t now_usec;
        int r;

        if (!wait->has_gaps)
                return sd_event_source_set_enabled(wait->fill_gaps, SD_EVENT_OFF);
        r = sd_event_now(event, CLOCK_MONOTONIC, &now_usec);
        if (r >= 0)
                r = sd_event_source_set_time(wait->fill_gaps, now_usec + GAPS_PAUSE_USEC);
        return r < 0 ? r : sd_event_source_set_enabled(wait->fill_gaps, SD_EVENT_ONESHOT);
}

static int resync_or_postpone(struct wait *wait, sd_event *event, bool forget) {
        int r = resync_and_update(wait, forget);

        if (r < 0)
                return sd_event_exit(event, r);
        if (r == 0)
                return sd_event_source_set_enabled(wait->resync_again, SD_EVENT_ONESHOT);

        (void)sd_event_source_set_enabled(wait->resync_again, SD_EVENT_OFF);
        if (wait->n_pending == 0)
                return sd_event_exit(event, 0);
        r = schedule_gaps(wait, event);
        return r < 0 ? sd_event_exit(event, r) : 0;
}

static int on_resync_again(sd_event_source *source, void *userdata) {
        return resync_or_postpone(userdata, sd_event_source_get_event(source), true);
}

static int on_gaps(sd_event_source *source, uint64_t usec, void *userdata) {
        (void)usec;
        return resync_or_postpone(userdata, sd_event_source_get_event(source), false);
}

/* Reads what has happened, and updates the targets if it matters. */
static int process(struct wait *wait, sd_event *event) {
        int enabled = SD_EVENT_OFF;
        int r;

        r = monitor_read(&wait->monitor, wait->network);
        if (r == -ENOBUFS)
                return resync_or_postpone(wait, event, true);
        if (r < 0)
                return sd_event_exit(event, r);

        (void)sd_event_source_get_enabled(wait->resync_again, &enabled);
        if (enabled != SD_EVENT_OFF)
                return 0;
        if (r > 0)
                update(wait);
        update_from_sysctls(wait);
        report_dadfailed(wait);
        return wait->n_pending == 0 ? sd_event_exit(event, 0) : 0;
}

static int on_events(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        sd_event *event = sd_event_source_get_event(source);
        struct wait *wait = userdata;
        int r;

        (void)fd;
        (void)revents;
        r = process(wait, event);
        if (r >= 0)
                r = gathering_pause(&wait->gathering, wait->n_pending);
        return r < 0 ? sd_event_exit(event, r) : 0;
}

/*
 * One resync more before the helper gives up: some changes come without an event, and after SIGCONT
 * events may be unread. So no source needs a higher priority than the clock, and no flood delays
 * the end.
 */
static int on_timeout(sd_event_source *source, uint64_t usec, void *userdata) {
        struct wait *wait = userdata;
        int r = resync_and_update(wait, true);

        (void)usec;
        wait->timed_out = wait->n_pending > 0;
        return sd_event_exit(sd_event_source_get_event(source), r < 0 ? r : 0);
}

static int on_signal(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        (void)revents;
        (void)userdata;
        return signals_end_wait(fd) ? sd_event_exit(sd_event_source_get_event(source), 0) : 0;
}

static int add_monitor(sd_event *event, struct wait *wait) {
        int r;

        r = gathering_open(&wait->gathering, event, monitor_fd(&wait->monitor), on_events, wait);
        if (r >= 0)
                r = sd_event_add_time(event, &wait->fill_gaps, CLOCK_MONOTONIC, 0, 0, on_gaps,
                                      wait);
        if (r >= 0)
                r = schedule_gaps(wait, event);
        if (r >= 0)
                r = sd_event_add_defer(event, &wait->resync_again, on_resync_again, wait);
        if (r >= 0)
                r = sd_event_source_set_priority(wait->resync_again, SD_EVENT_PRIORITY_IDLE);
        return r;
}

static int loop(struct wait *wait, bool is_known, uint64_t until_usec) {
        CLEANUP(closep) int signals_fd = signals_open();
        __attribute__((cleanup(sd_event_unrefp))) sd_event *event = NULL;
        int r;

        r = signals_fd < 0 ? signals_fd : sd_event_new(&event);
        if (r >= 0)
                r = add_monitor(event, wait);
        if (r >= 0)
                r = sd_event_add_io(event, NULL, signals_fd, EPOLLIN, on_signal, NULL);
        if (r >= 0 && until_usec != TIMESPAN_INFINITY)
                r = sd_event_add_time(event, NULL, CLOCK_MONOTONIC, until_usec, TIMER_ACCURACY_USEC,
                                      on_timeout, wait);
        if (r >= 0)
                r = sd_event_source_set_enabled(wait->resync_again,
                                                is_known ? SD_EVENT_OFF : SD_EVENT_ONESHOT);
        if (r < 0)
                return r;
        return sd_event_loop(event);
}

int wait_until_settled(struct target *targets, size_t n_targets, struct network *network,
                       uint64_t timeout_usec, struct report *report) {
        CLEANUP(wait_donep)
        struct wait wait = {
                .targets = targets,
                .n_targets = n_targets,
                .n_pending = target_count_pending(targets, n_targets),
                .network = network,
                .report = report,
        };
        uint64_t until_usec;
        bool waits;
        int r;

        r = monitor_open(&wait.monitor, network->patterns, network->n_patterns);
        if (r < 0)
                return r;
        r = resync_and_update(&wait, true);
        if (r < 0)
                return r;

        waits = timeout_usec > 0 && (r == 0 || wait.n_pending > 0);
        if (waits) {
                if (__builtin_add_overflow(report->start_usec, timeout_usec, &until_usec))
                        until_usec = TIMESPAN_INFINITY;
                if (wait.n_pending > 0)
                        report_waiting(report, targets, n_targets, network, timeout_usec);
                r = loop(&wait, r > 0, until_usec);
                if (r < 0)
                        return r;
        }

        for (size_t i = 0; i < n_targets; i++)
                if (targets[i].status.state != STATE_READY && !targets[i].reported)
                        report_not_ready(report, &targets[i], network);
        if (waits)
                report_end(report, targets, n_targets, network);
        else
                report_omitted(report);
        return wait.timed_out;
}
