/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What to do about one service: wait, for what and how long, or not, and why not
 */

#include "plan/service.h"
#include "units/late-mounts.h"
#include "units/socket-list.h"

enum verdict {
        VERDICT_WAIT,
        VERDICT_MISSING, /* no such unit on this machine */
        VERDICT_MASKED,
        VERDICT_OFF,            /* Enable=no */
        VERDICT_NO_ADDRESS,     /* nothing to wait for */
        VERDICT_BEFORE_NETWORK, /* it would wait for what waits for it */
        VERDICT_SOCKET,         /* systemd binds its sockets */
        VERDICT_REPLACED,       /* an administrator's file has the place of the drop-in */
        VERDICT_RESET,          /* a later drop-in removes the command from its list */
        VERDICT_OWN_NETWORK,    /* in its network are none of the machine's addresses */
        VERDICT_JOB_TIMEOUT,    /* the wait could use up the time that its start may take */
        VERDICT_NO_PLACE,       /* neither within the unit nor outside of it */
};

/* Where the helper runs. */
enum place {
        PLACE_IN_UNIT,  /* a command of the unit */
        PLACE_OWN_UNIT, /* a unit of its own: wait-unit.h */
};

struct decision {
        enum verdict verdict;
        struct address_list addresses; /* VERDICT_WAIT */
        uint64_t timeout_usec;         /* VERDICT_WAIT */
        uint64_t start_timeout_usec;   /* the unit's own, if it shortened the wait; else 0 */
        enum place place;              /* VERDICT_WAIT */
        enum hook hook;                /* PLACE_IN_UNIT */
        /* A mount point, borrowed, that its configuration is below and that is mounted only after
         * the generators have run; NULL if there is none. */
        const char *late_mount;
        bool is_awaited; /* it is read all the same, before the service starts */
        char *cause;     /* what the verdict or the place is due to: the name of a unit
                            or file, or a setting; NULL if there is no more to say */
};

/**
 * decide() - read the service's configuration and decide
 * @units:      of unit_index_read()
 * @sockets:    of socket_list_read()
 * @ret:                zeroed; decision_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int decide(struct tree *tree, const struct unit_index *units, const struct socket_list *sockets,
           const struct late_mounts *late_mounts, const struct service *service,
           struct decision *ret);

/**
 * decision_clear() - free all
 */
void decision_clear(struct decision *decision);
