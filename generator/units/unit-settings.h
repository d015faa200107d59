/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The settings of a unit that decide whether, and how long, it may wait
 */

#include "units/shown-setting.h"
#include "units/unit-command.h"
#include "units/unit-hook.h"

struct unit_settings {
        /* TimeoutStartSec=, TimeoutSec= or the default; each command of a start has all of it.
         * TIMESPAN_INFINITY: none. */
        uint64_t start_timeout_usec;
        /* The shorter one of JobTimeoutSec= and JobRunningTimeoutSec=, for the whole start; the
         * former includes the time in which the job is queued. TIMESPAN_INFINITY: neither. */
        uint64_t job_timeout_usec;
        struct shown_setting job_timeout_setting; /* that sets it */

        /* Why it starts before the network is configured: the name in its Before=, or
         * "DefaultDependencies=no". NULL: it does not. */
        char *before;

        /* Whose addresses its processes see. NetworkNamespacePath= overrides PrivateNetwork=. */
        bool private_network;         /* PrivateNetwork=yes, and no other unit's namespace */
        char *network_namespace_path; /* value of NetworkNamespacePath=, or NULL */
        char *joins_namespace;        /* with PrivateNetwork=yes: value of JoinsNamespaceOf= */

        /* Why an ExecStartPre= or ExecCondition= with the prefix '+' may not see the machine's own
         * files. Its text is "FILE cannot be read" where an unreadable file of the unit might have
         * such a setting, and a reason without a file where the file of the unit is not known. */
        struct shown_setting file_view;

        struct string_list sockets; /* Sockets=: names of units */
        struct unit_command command;

        struct string_list drop_ins; /* of struct unit_files */
        /* A file under the name of the generated drop-in, the present or a former one, that systemd
         * reads instead of it, a mask (systemd.unit(5)) included; or NULL. */
        char *replaced_by;
        struct unit_hook start_pre_behind; /* ExecStartPre= */
        struct unit_hook condition_behind; /* ExecCondition= */
        bool is_incomplete;                /* a file of the unit cannot be read */
};

/**
 * unit_settings_read() - read the settings of a unit
 * @units:      of unit_index_read()
 * @unit:       not UNIT_MASKED; UNIT_MISSING: only its drop-ins are read
 * @ret:        zeroed; unit_settings_clear() it
 *
 * Settings of other units are not read: an After= on this unit in a network manager's file, or this
 * unit's Before= of a unit that is itself ordered before the network.
 *
 * Return: 0 or -ENOMEM. A file that cannot be read is skipped with a warning.
 */
int unit_settings_read(struct tree *tree, const struct unit_index *units, const struct unit *unit,
                       struct unit_settings *ret);

/**
 * unit_settings_read_with() - the same, for a caller that needs more settings of the unit
 * @assignment: called for each assignment as well
 * @data:       passed to @assignment
 */
int unit_settings_read_with(struct tree *tree, const struct unit_index *units,
                            const struct unit *unit, unit_assignment_fn *assignment, void *data,
                            struct unit_settings *ret);

/**
 * unit_settings_clear() - free all
 */
void unit_settings_clear(struct unit_settings *settings);
