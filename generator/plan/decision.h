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
        VERDICT_IGNORED,        /* IgnoreAddress= leaves nothing to wait for */
        VERDICT_BEFORE_NETWORK, /* it starts before the network is configured */
        VERDICT_SOCKET,         /* socket activation: systemd binds its addresses */
        VERDICT_REPLACED,       /* a file of an administrator replaces the drop-in */
        VERDICT_RESET,          /* a later drop-in removes the command from its list */
        VERDICT_OWN_NETWORK,    /* its network has none of the machine's addresses */
        VERDICT_JOB_TIMEOUT,    /* the timeout of its job could expire during the wait */
        VERDICT_NO_PLACE,       /* neither in the unit nor in a unit of its own */
};

/* Where the helper runs. */
enum place {
        PLACE_IN_UNIT,  /* a command of the unit */
        PLACE_OWN_UNIT, /* a unit of its own: wait-unit.h */
};

struct decision {
        enum verdict verdict;
        struct address_list addresses; /* VERDICT_WAIT */
        struct address_list ignored;   /* those that IgnoreAddress= leaves out */
        uint64_t timeout_usec;         /* VERDICT_WAIT */
        uint64_t start_timeout_usec;   /* the unit's own, if it shortened the wait; else 0 */
        enum place place;              /* VERDICT_WAIT */
        enum hook hook;                /* PLACE_IN_UNIT */
        /* Mount point above its configuration, borrowed, whose file system is mounted only after
         * the generators have run; or NULL. */
        const char *late_mount;
        bool is_awaited; /* dadwait-after-mounts.service reads it before the service starts */
        /* For the plan; where the configuration was read: */
        char *program;             /* that the unit runs, or NULL */
        struct string_list config; /* files and directories where reading starts */
        bool config_is_of_command; /* the command line names them, not the definition */
        size_t first_path;         /* of tree->watched.paths: what the format has looked up, */
        size_t end_path;           /* up to here; until the next service */
        char *missing; /* a file that is included and does not exist, in words; or NULL */
        char *cause;   /* of the verdict or the place: the name of a unit or file, or a
                          setting; or NULL */
};

/**
 * decide() - read the service's configuration and decide
 * @units:      of unit_index_read()
 * @sockets:    of socket_list_read()
 * @ret:                zeroed; decision_clear() it
 *
 * Return: 0; -ENOMEM; or the error with which its unit could not be read.
 */
int decide(struct tree *tree, const struct unit_index *units, const struct socket_list *sockets,
           const struct late_mounts *late_mounts, const struct service *service,
           struct decision *ret);

/**
 * decision_read_unit() - the settings of a service's unit
 * @storage:    zeroed; receives them if they are not kept with the unit; unit_settings_clear() it
 * @ret:        receives where they are, borrowed from @storage or @service
 *
 * Return: 0 or negative errno.
 */
int decision_read_unit(struct tree *tree, const struct unit_index *units,
                       const struct service *service, struct unit_settings *storage,
                       const struct unit_settings **ret);

/**
 * decision_clear() - free all
 */
void decision_clear(struct decision *decision);
