/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Gathering: let events gather for a moment while many addresses are pending
 *
 * Of thousands of events it is the wake-ups that cost, not the reading: 10,000 addresses assigned
 * during a wait took 2.5 s of processor time when each event woke the helper, and take 0.3 s now
 * (docs/helper-figures.md).
 *
 * It hardly delays the end of the wait: the pause is no longer than the least time in which the
 * kernel may end DAD of all that is pending, one address after the other under the RTNL. (One event
 * about a link may make many ready; then the end is late by that pause.)
 */

#include <stddef.h>
#include <systemd/sd-event.h>

struct gathering {
        sd_event_source *events; /* enabled except while events gather */
        sd_event_source *timer;  /* enabled while events gather */
};

/**
 * gathering_open() - have a handler called when a file descriptor has input
 * @gathering:  zero; to be closed with gathering_close(), also on error
 * @event:      the event loop
 * @fd:         the file descriptor; it must be open for as long as @gathering is
 * @handler:    to call gathering_pause() when it has read all events
 * @userdata:   for @handler
 *
 * Return: 0 or a negative errno.
 */
int gathering_open(struct gathering *gathering, sd_event *event, int fd,
                   sd_event_io_handler_t handler, void *userdata);

/**
 * gathering_pause() - call the handler no more for a moment, if many addresses are pending
 * @gathering:  open
 * @n_pending:  how many are pending
 *
 * Return: 0 or a negative errno.
 */
int gathering_pause(struct gathering *gathering, size_t n_pending);

/**
 * gathering_close() - call the handler no more
 */
void gathering_close(struct gathering *gathering);
