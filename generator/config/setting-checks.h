/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The values of the keys of dadwait.conf(5): which are well-formed
 *
 * One function for each kind of value. @value: not empty. Return: 0 or negative errno.
 */

typedef int setting_check_fn(const char *value);

setting_check_fn setting_check_boolean;
setting_check_fn setting_check_timespan;
setting_check_fn setting_check_pattern;
setting_check_fn setting_check_families;
setting_check_fn setting_check_path;
setting_check_fn setting_check_config_option;
setting_check_fn setting_check_directory_option;
setting_check_fn setting_check_config_search;
setting_check_fn setting_check_config_repeat;
setting_check_fn setting_check_format;
setting_check_fn setting_check_on_timeout;
setting_check_fn setting_check_hook;
setting_check_fn setting_check_programs;
setting_check_fn setting_check_units;
