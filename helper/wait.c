/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/wait.h"

#include "common/cleanup.h"
#include "common/timespan.h"
#include "helper/signals.h"
#include "network/monitor.h"

#include <errno.h>
#include <sys/epoll.h>
#include <systemd/sd-event.h>
#include <time.h>

/* The state is asked for at once this often; then the event loop has its turn. */
enum { ASK_AT_ONCE = 8 };

enum { TIMER_ACCURACY_USEC = 1000 };

/* What interrupted dumps may have left out is asked for after this time, when the flood may be
 * over. */
enum { GAPS_PAUSE_USEC = 100 * 1000 };

/*
 * While more than so many addresses are pending, events may gather for a moment after each look:
 * that each of thousands wakes the process up is what costs, not to read them.
 *
 * It hardly delays the end: the longest time is the least in which the kernel may end DAD of what
 * is pending, one address after the other under the RTNL. (One event about a link may make many
 * ready; then the end is late by that time.) On a virtual machine of 2026 that took 60 us for each
 * (addrconf_dad_work(), with nothing else to do); this leaves room for machines that are ten times
 * as fast. With few pending, each event wakes it up.
 */
enum { GATHER_MANY = 100, GATHER_USEC_PER_PENDING = 5, GATHER_ACCURACY_USEC = 1 };

struct wait {
        struct target *targets;
        size_t n_targets;
        size_t n_pending;
        bool timed_out;
        bool has_gaps; /* every dump was interrupted: an address may be missing */
        struct network *network;
        struct monitor monitor;
        struct report *report;
        sd_event_source *ask_again; /* enabled while the state has to be asked for again */
        sd_event_source *fill_gaps; /* enabled while there may be gaps */
        sd_event_source *events;    /* enabled but while they gather */
        sd_event_source *gathered;
};

static void wait_donep(struct wait *wait) {
        sd_event_source_unref(wait->ask_again);
        sd_event_source_unref(wait->fill_gaps);
        sd_event_source_unref(wait->events);
        sd_event_source_unref(wait->gathered);
        monitor_close(&wait->monitor);
}

/* Takes what the network has come to, and tells of each address that will not be waited for. */
static void judge(struct wait *wait) {
        wait->n_pending =
                target_update(wait->targets, wait->n_targets, wait->network, wait->n_pending);

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

/*
 * Asks for the whole state, and takes what has happened meanwhile on top of it.
 *
 * An interrupted dump may lack addresses, but those that it has were there, and if they are gone
 * by now an event says so: dumps add up. Under a flood that interrupts them all, several will do to
 * find out that all is ready. What they lack may be ready already, of which no event will tell: so
 * while something is pending it is asked again, and one more dump at a time is added: thousands of
 * addresses whose DAD ends one by one interrupt them for seconds. Only where events are lost, or
 * may never have come, all has to be forgotten.
 *
 * Returns 1 if the state is known, 0 if it has to be asked for again, or a negative errno.
 */
static int ask(struct wait *wait, bool forget) {
        const unsigned at_once = forget ? ASK_AT_ONCE : 1;
        int r = forget ? -ENOBUFS : -EINTR;

        for (unsigned i = 0; i < at_once && (r == -EINTR || r == -ENOBUFS); i++) {
                int events;

                if (r == -ENOBUFS)
                        network_forget(wait->network);
                r = monitor_resync(&wait->monitor, wait->network);
                events = monitor_read(&wait->monitor, wait->network);
                if (events < 0)
                        r = events;
        }
        if (r < 0 && r != -EINTR && r != -ENOBUFS)
                return r;
        wait->has_gaps = r == -EINTR;
        judge(wait);
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

static int ask_or_postpone(struct wait *wait, sd_event *event, bool forget) {
        int r = ask(wait, forget);

        if (r < 0)
                return sd_event_exit(event, r);
        if (r == 0)
                return sd_event_source_set_enabled(wait->ask_again, SD_EVENT_ONESHOT);

        (void)sd_event_source_set_enabled(wait->ask_again, SD_EVENT_OFF);
        if (wait->n_pending == 0)
                return sd_event_exit(event, 0);
        r = schedule_gaps(wait, event);
        return r < 0 ? sd_event_exit(event, r) : 0;
}

static int on_ask_again(sd_event_source *source, void *userdata) {
        return ask_or_postpone(userdata, sd_event_source_get_event(source), true);
}

static int on_gaps(sd_event_source *source, uint64_t usec, void *userdata) {
        (void)usec;
        return ask_or_postpone(userdata, sd_event_source_get_event(source), false);
}

/* Reads what has happened, and judges anew if it matters. */
static int look(struct wait *wait, sd_event *event) {
        int enabled = SD_EVENT_OFF;
        int r;

        r = monitor_read(&wait->monitor, wait->network);
        if (r == -ENOBUFS)
                return ask_or_postpone(wait, event, true);
        if (r < 0)
                return sd_event_exit(event, r);

        (void)sd_event_source_get_enabled(wait->ask_again, &enabled);
        if (r == 0 || enabled != SD_EVENT_OFF)
                return 0;
        judge(wait);
        return wait->n_pending == 0 ? sd_event_exit(event, 0) : 0;
}

/* Disables a source for some time; then the timer is due, and has to enable it again. */
static int disable_for(sd_event_source *source, sd_event_source *timer, uint64_t usec) {
        uint64_t now_usec;
        int r;

        r = sd_event_now(sd_event_source_get_event(source), CLOCK_MONOTONIC, &now_usec);
        if (r >= 0)
                r = sd_event_source_set_time(timer, now_usec + usec);
        if (r >= 0)
                r = sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
        return r < 0 ? r : sd_event_source_set_enabled(source, SD_EVENT_OFF);
}

static int on_event(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        sd_event *event = sd_event_source_get_event(source);
        struct wait *wait = userdata;
        int r;

        (void)fd;
        (void)revents;
        r = look(wait, event);
        if (r >= 0 && wait->n_pending > GATHER_MANY)
                r = disable_for(source, wait->gathered, wait->n_pending * GATHER_USEC_PER_PENDING);
        return r < 0 ? sd_event_exit(event, r) : 0;
}

static int on_gathered(sd_event_source *source, uint64_t usec, void *userdata) {
        struct wait *wait = userdata;
        int r;

        (void)usec;
        r = sd_event_source_set_enabled(wait->events, SD_EVENT_ON);
        return r < 0 ? sd_event_exit(sd_event_source_get_event(source), r) : 0;
}

/*
 * Before giving up, look once more: some changes come without an event, and after SIGCONT some may
 * not have been read. So nothing need go before the clock, which no flood can keep from its turn.
 */
static int on_timeout(sd_event_source *source, uint64_t usec, void *userdata) {
        struct wait *wait = userdata;
        int r = ask(wait, true);

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

        r = sd_event_add_io(event, &wait->events, monitor_events_fd(&wait->monitor), EPOLLIN,
                            on_event, wait);
        if (r >= 0)
                r = sd_event_add_time(event, &wait->gathered, CLOCK_MONOTONIC, TIMESPAN_INFINITY,
                                      GATHER_ACCURACY_USEC, on_gathered, wait);
        if (r >= 0)
                r = sd_event_add_time(event, &wait->fill_gaps, CLOCK_MONOTONIC, 0, 0, on_gaps,
                                      wait);
        if (r >= 0)
                r = schedule_gaps(wait, event);
        if (r >= 0)
                r = sd_event_add_defer(event, &wait->ask_again, on_ask_again, wait);
        if (r >= 0)
                r = sd_event_source_set_priority(wait->ask_again, SD_EVENT_PRIORITY_IDLE);
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
                r = sd_event_source_set_enabled(wait->ask_again,
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
                .monitor = MONITOR_NULL,
                .report = report,
        };
        uint64_t until_usec;
        bool waits;
        int r;

        r = monitor_open(&wait.monitor, network->patterns, network->n_patterns);
        if (r < 0)
                return r;
        r = ask(&wait, true);
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
