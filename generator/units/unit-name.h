/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Names of units (systemd.unit(5)): "NAME.service", "TEMPLATE@.service",
 * "TEMPLATE@INSTANCE.service"
 */

#include <stdbool.h>

/**
 * unit_name_is_valid() - whether @name is a valid name of a unit, template or instance of any type
 *
 * At most 255 bytes of letters, digits and ":-_.\@", so it contains neither a '/' nor a newline.
 * The type need not be one of systemd's.
 */
bool unit_name_is_valid(const char *name);

/**
 * unit_name_may_have_drop_ins() - whether "NAME.d" is short enough for a directory (NAME_MAX)
 */
bool unit_name_may_have_drop_ins(const char *name);

/**
 * unit_name_is_service() - whether @name is a valid name of a service
 */
bool unit_name_is_service(const char *name);

/**
 * unit_name_complete() - the name of the service that a person means
 * @typed:      as systemctl(1) accepts it: the suffix may be missing
 *
 * Return: to be freed, perhaps no valid name; NULL without memory.
 */
char *unit_name_complete(const char *typed);

/**
 * unit_name_is_meant() - whether a person who types a name means a unit
 * @typed:      its whole name, or that of a service without the suffix, as systemctl(1) accepts it
 * @name:       the name of the unit
 */
bool unit_name_is_meant(const char *typed, const char *name);

/**
 * unit_name_is_instance_meant() - the same for an instance and the name of its template without "@"
 *
 * "postfix" and "postfix.service" mean postfix@-.service.
 */
bool unit_name_is_instance_meant(const char *typed, const char *name);

/**
 * unit_name_is_template() - whether a valid name is that of a template: nothing between '@' and
 * suffix
 */
bool unit_name_is_template(const char *name);

/**
 * unit_name_split() - split the name of an instance
 * @name:               a valid name
 * @ret_template:       "TEMPLATE@.service" (or of its type), to be freed by the caller
 * @ret_instance:       "INSTANCE", to be freed by the caller
 *
 * Return: 1; 0 if @name is not an instance, then both are NULL; -ENOMEM.
 */
int unit_name_split(const char *name, char **ret_template, char **ret_instance);

/**
 * unit_name_join() - make the name of an instance
 * @ret:        a valid name, to be freed by the caller
 *
 * Return: 0; -EINVAL if the name would not be valid or may not have drop-ins; -ENOMEM.
 */
int unit_name_join(const char *template_name, const char *instance, char **ret);

/**
 * unit_name_shorten() - the next shorter name whose drop-ins are read for a unit
 * @name:       a valid name
 * @ret:        "foo-.service" for "foo-bar.service", "foo-@x.service" for "foo-bar@x.service"; to
 *              be freed by the caller
 *
 * Return: 1; 0 if there is no '-' to shorten it at; -ENOMEM.
 */
int unit_name_shorten(const char *name, char **ret);

/**
 * unit_name_escape_path() - the instance name for a path, as systemd-escape(1) makes it
 * @path:       relative; '/' becomes '-', characters that no name may contain become "\\xHH"
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *unit_name_escape_path(const char *path);

/**
 * unit_name_unescape() - undo the escaping: the value of "%I" (systemd.unit(5))
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *unit_name_unescape(const char *instance);
