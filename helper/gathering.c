/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/gathering.h"

#include "common/timespan.h"

#include <sys/epoll.h>
#include <time.h>

/* With no more than so many pending, each event is read at once. */
enum { FEW_PENDING = 100 };

/*
 * On a virtual machine of 2026 the kernel took 60 us to end DAD of one address
 * (addrconf_dad_work(), with nothing else to do); this leaves room for machines that are ten times
 * as fast.
 */
enum { USEC_PER_PENDING = 5, ACCURACY_USEC = 1 };

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata) {
        const struct gathering *gathering = userdata;
        int r;

        (void)usec;
        r = sd_event_source_set_enabled(gathering->events, SD_EVENT_ON);
        return r < 0 ? sd_event_exit(sd_event_source_get_event(source), r) : 0;
}

int gathering_open(struct gathering *gathering, sd_event *event, int fd,
                   sd_event_io_handler_t handler, void *userdata) {
        int r;

        r = sd_event_add_io(event, &gathering->events, fd, EPOLLIN, handler, userdata);
        if (r < 0)
                return r;
        return sd_event_add_time(event, &gathering->timer, CLOCK_MONOTONIC, TIMESPAN_INFINITY,
                                 ACCURACY_USEC, on_timer, gathering);
}

int gathering_pause(struct gathering *gathering, size_t n_pending) {
        uint64_t now_usec;
        int r;

        if (n_pending <= FEW_PENDING)
                return 0;
        r = sd_event_now(sd_event_source_get_event(gathering->timer), CLOCK_MONOTONIC, &now_usec);
        if (r >= 0)
                r = sd_event_source_set_time(gathering->timer,
                                             now_usec + n_pending * USEC_PER_PENDING);
        if (r >= 0)
                r = sd_event_source_set_enabled(gathering->timer, SD_EVENT_ONESHOT);
        return r < 0 ? r : sd_event_source_set_enabled(gathering->events, SD_EVENT_OFF);
}

void gathering_close(struct gathering *gathering) {
        sd_event_source_unref(gathering->events);
        sd_event_source_unref(gathering->timer);
        *gathering = (struct gathering){ 0 };
}
