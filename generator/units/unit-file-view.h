/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether the commands of a unit see other files than the machine's own
 *
 * systemd sets up these settings of systemd.exec(5) for every command of the unit, even for one
 * with the prefix '+'.
 */

#include "units/shown-setting.h"
#include "units/unit-reader.h"

/* Each is one setting or list of systemd's. */
enum view {
        VIEW_ROOT_IMAGE, /* overrides RootDirectory= */
        VIEW_ROOT_DIRECTORY,
        VIEW_ROOT_MSTACK, /* since systemd 260 */
        VIEW_EXTENSION_IMAGES,
        VIEW_EXTENSION_DIRECTORIES,
        VIEW_MOUNT_IMAGES,
        VIEW_BIND_PATHS, /* BindPaths= and BindReadOnlyPaths= are one list */
        VIEW_TEMPORARY_FILE_SYSTEM,
        VIEW_UNKNOWN, /* of a later release */
        VIEWS,
};

struct unit_file_view {
        struct shown_setting settings[VIEWS];
        bool root_directory_start_only;
};

/**
 * unit_file_view_parse() - parse an assignment if it changes which files the unit sees
 * @ret:        zeroed before the first one; unit_file_view_clear() it
 *
 * Return: 0 or -ENOMEM.
 */
int unit_file_view_parse(const struct unit_assignment *assignment, struct unit_file_view *ret);

/**
 * unit_file_view_setting() - the setting because of which an ExecStartPre= or ExecCondition= may
 * not see the machine's own files
 *
 * Return: NULL if there is none.
 */
struct shown_setting *unit_file_view_setting(struct unit_file_view *view);

/**
 * unit_file_view_clear() - free all
 */
void unit_file_view_clear(struct unit_file_view *view);
