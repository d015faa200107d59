/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What a unit's file and drop-ins say that decides whether, and how long, it may wait
 */

#include "units/unit.h"

/* One setting, to be shown. Both are NULL if the unit has none of its kind. */
struct shown_setting {
        char *text; /* "KEY=VALUE", as it is in the file */
        char *file;
};

/* A list of commands that a drop-in changes whose name sorts behind the generator's. */
struct unit_hook {
        char *file;  /* the first such drop-in, or NULL; with @resets the first that empties it */
        bool resets; /* an empty assignment: commands of drop-ins before it are lost */
};

struct unit_settings {
        /* TimeoutStartSec=, TimeoutSec= or the default, for each command of a start by itself.
         * TIMESPAN_INFINITY: none. */
        uint64_t start_timeout_usec;
        /* The smaller one of JobTimeoutSec= and JobRunningTimeoutSec=, for the whole start; the
         * former includes the time in which the job is queued. TIMESPAN_INFINITY: neither. */
        uint64_t job_timeout_usec;
        struct shown_setting job_timeout_setting; /* that says so */

        /* It starts before the network is configured, because of: the name in its Before=, or
         * "DefaultDependencies=no"; else NULL. */
        char *before;

        /* Whose addresses its processes see. NetworkNamespacePath= wins over PrivateNetwork=. */
        bool private_network;         /* PrivateNetwork=yes, and no other unit's namespace */
        char *network_namespace_path; /* value of NetworkNamespacePath=, or NULL */
        char *joins_namespace;        /* with PrivateNetwork=yes: value of JoinsNamespaceOf= */

        /* Because of it an ExecStartPre= or ExecCondition= that begins with '+' may not see the
         * machine's own files. Its text is no setting but "FILE cannot be read" where one of the
         * unit's files might have such a setting. */
        struct shown_setting file_view;

        char *socket;                   /* enabled unit that hands it its sockets, or NULL */
        struct string_list environment; /* Environment=: "NAME=VALUE" */
        struct string_list arguments;   /* ExecStart=: its words without the program */
        char *arguments_file;           /* with the last one, or NULL */

        /* Every drop-in that counts, less the generators' and the masked ones, in the order in
         * which systemd reads them. */
        struct string_list drop_ins;
        /* A file under the generated drop-in's name, now or in an earlier release, that systemd
         * reads in its place, a mask (systemd.unit(5)) included; or NULL. */
        char *replaced_by;
        struct unit_hook start_pre_behind; /* ExecStartPre= */
        struct unit_hook condition_behind; /* ExecCondition= */
};

/**
 * unit_settings_read() - read them
 * @units:      of unit_index_read()
 * @unit:               UNIT_FOUND or UNIT_SYSV
 * @ret:                zeroed; unit_settings_clear() it
 *
 * What other units say is not seen: an After= on this unit in a network manager's own file, or
 * this unit's Before= of one that itself comes before the network.
 *
 * Return: 0 or -ENOMEM. Unreadable files are passed over with a warning.
 */
int unit_settings_read(struct tree *tree, const struct unit_index *units, const struct unit *unit,
                       struct unit_settings *ret);

/**
 * unit_settings_clear() - free all
 */
void unit_settings_clear(struct unit_settings *facts);
