/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The drop-in that makes a unit wait: UNIT.d/zz-dadwait.conf
 *
 * systemd reads drop-ins in the order of their names (systemd.unit(5)). This one comes behind
 * override.conf, which `systemctl edit` writes: an `ExecStartPre=` there, which empties the list,
 * would remove the wait. And the helper is the last command of the list, so that a daemon-reload
 * that changes its line while it runs costs the unit no other command.
 */

#include "decision.h"

#define DROP_IN_NAME "zz-dadwait.conf"

/**
 * drop_in_format() - the text of a drop-in
 * @service:    whose
 * @decision:   VERDICT_WAIT
 * @ret:        the text, to be freed by the caller
 *
 * Only text that parsed as an address or a time span gets into the [Service] section, escaped for
 * systemd: '%' doubled (specifiers). Comments hold what the configuration says, made printable.
 *
 * Return: 0 or -ENOMEM.
 */
int drop_in_format(const struct service *service, const struct decision *decision, char **ret);

/**
 * drop_in_write() - put a drop-in in its place
 * @directory_fd:       normal-dir of systemd.generator(7)
 * @unit:               name of the unit
 * @text:               of drop_in_format()
 *
 * The file is complete or absent, and is 0644 whatever the umask.
 *
 * Return: 0 or negative errno.
 */
int drop_in_write(int directory_fd, const char *unit, const char *text);
