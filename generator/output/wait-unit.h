/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A unit of its own that waits for a service: dadwait-for@NAME.service, for NAME.service
 *
 * For a service in whose unit the helper cannot run safely. With RootDirectory=, for example, the
 * owner of that directory could replace the helper by another program, which would run as root. The
 * service's drop-in has Wants= and After= of this unit, which sees the machine's own files.
 *
 * It is ordered after no other unit, so it cannot be part of an ordering cycle. It exits with
 * status 0, except with OnTimeout=fail: then the service has Requires= instead of Wants=, and does
 * not start if this unit fails. Its name does not depend on the addresses: after a daemon-reload
 * that changed the name, the service would not wait for the old unit any more.
 */

#include "plan/decision.h"

/**
 * wait_unit_name() - the name of the unit that waits for a service
 * @service:    name of the service's unit
 * @ret:        the name, to be freed by the caller
 *
 * Return: 0; -ENAMETOOLONG if that would be no valid name; -ENOMEM.
 */
int wait_unit_name(const char *service, char **ret);

/**
 * wait_unit_format() - the text of that unit
 * @service:    whose addresses it waits for
 * @decision:   VERDICT_WAIT with PLACE_OWN_UNIT
 * @ret:        the text, to be freed by the caller
 *
 * Return: 0 or -ENOMEM.
 */
int wait_unit_format(const struct service *service, const struct decision *decision, char **ret);

/**
 * wait_unit_write() - write the unit
 * @directory_fd:       normal-dir of systemd.generator(7)
 * @service:            name of the service's unit
 * @text:               of wait_unit_format()
 *
 * Return: 0 or negative errno.
 */
int wait_unit_write(int directory_fd, const char *service, const char *text);
