/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Names of units (systemd.unit(5)): "NAME.service", "TEMPLATE@.service",
 * "TEMPLATE@INSTANCE.service"
 */

#include <stdbool.h>

/**
 * unit_name_is_valid() - whether @name is a valid name of a unit of any type, template or instance
 *
 * At most 253 bytes of letters, digits and ":-_.\@", so it can neither leave a directory nor
 * break a line. The type itself is not looked at.
 */
bool unit_name_is_valid(const char *name);

/**
 * unit_name_is_service() - the same, of a service
 */
bool unit_name_is_service(const char *name);

/**
 * unit_name_is_template() - whether a valid name is a template's: nothing between '@' and suffix
 */
bool unit_name_is_template(const char *name);

/**
 * unit_name_split() - take an instance's name apart
 * @name:               a valid name
 * @ret_template:       "TEMPLATE@.service" (or of its type), to be freed by the caller
 * @ret_instance:       "INSTANCE", to be freed by the caller
 *
 * Return: 1; 0 if @name is no instance's, then both are NULL; -ENOMEM.
 */
int unit_name_split(const char *name, char **ret_template, char **ret_instance);

/**
 * unit_name_join() - the opposite
 * @ret:        a valid name, to be freed by the caller
 *
 * Return: 0; -EINVAL if @instance would not make one; -ENOMEM.
 */
int unit_name_join(const char *template_name, const char *instance, char **ret);

/**
 * unit_name_shorten() - the name whose drop-ins a unit has beside those of its own
 * @name:       a valid name
 * @ret:        "foo-.service" for "foo-bar.service", "foo-@x.service" for "foo-bar@x.service"; to
 * be freed by the caller
 *
 * Return: 1; 0 if there is no '-' to shorten it at; -ENOMEM.
 */
int unit_name_shorten(const char *name, char **ret);

/**
 * unit_name_escape_path() - the instance name for a path, as of systemd-escape(1)
 * @path:       relative; '/' becomes '-', what may not stand in a unit's name becomes "\\xHH"
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *unit_name_escape_path(const char *path);

/**
 * unit_name_unescape() - the opposite: what "%I" stands for (systemd.unit(5))
 *
 * Return: to be freed by the caller; NULL if out of memory.
 */
char *unit_name_unescape(const char *instance);
