/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What to do about one service: wait, for what and how long, or not, and why not
 */

#include "service.h"

enum verdict {
        VERDICT_WAIT,
        VERDICT_MISSING, /* no such unit on this machine */
        VERDICT_MASKED,
        VERDICT_OFF,            /* Enable=no */
        VERDICT_NO_ADDRESS,     /* nothing to wait for */
        VERDICT_BEFORE_NETWORK, /* it would wait for what waits for it */
        VERDICT_SOCKET,         /* systemd binds its sockets */
};

struct decision {
        enum verdict verdict;
        struct address_list addresses; /* VERDICT_WAIT */
        uint64_t timeout_usec;         /* VERDICT_WAIT */
        uint64_t start_timeout_usec;   /* the unit's own, if it shortened the wait; else 0 */
        char *socket;                  /* VERDICT_SOCKET: its name */
};

/**
 * decide() - read the service's configuration and decide
 * @search_path:        of unit_search_path()
 * @ret:                zeroed; decision_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int decide(struct tree *tree, const struct string_list *search_path, const struct service *service,
           struct decision *ret);

/**
 * decision_clear() - free all
 */
void decision_clear(struct decision *decision);
