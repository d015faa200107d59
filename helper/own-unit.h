/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The systemd unit that this process runs in
 */

/**
 * own_unit() - as sd_pid_get_unit(3) finds it
 *
 * Return: its name, to be freed; NULL outside of any.
 */
char *own_unit(void);

/**
 * own_unit_in_cgroups() - the same, from the text of /proc/self/cgroup
 * @text:       what cgroups(7) says is in that file; it is changed
 *
 * Return: the name, within @text, or NULL.
 */
char *own_unit_in_cgroups(char *text);
