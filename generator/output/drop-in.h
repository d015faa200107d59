/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The drop-in that makes a unit wait: UNIT.d/zz-dadwait.conf
 */

#include "plan/decision.h"

/**
 * drop_in_format() - the text of a drop-in
 * @service:    that waits
 * @decision:   VERDICT_WAIT
 * @ret:        the text, to be freed by the caller
 *
 * The section holds no text but addresses and time spans that were parsed, with '%' escaped as "%%"
 * (systemd.unit(5), "Specifiers"). Comments quote the configuration, with what is not printable
 * replaced.
 *
 * Return: 0 or -ENOMEM.
 */
int drop_in_format(const struct service *service, const struct decision *decision, char **ret);

/**
 * drop_in_write() - write a drop-in
 * @directory_fd:       normal-dir of systemd.generator(7)
 * @unit:               name of the unit
 * @text:               of drop_in_format()
 *
 * The file is complete or absent, and is 0644 whatever the umask.
 *
 * Return: 0 or negative errno.
 */
int drop_in_write(int directory_fd, const char *unit, const char *text);
