/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The name of the generated drop-ins, and that of release 0.1.0, under which an administrator may
 * have masked or replaced them
 *
 * systemd reads drop-ins in the order of their names (systemd.unit(5)). The present one comes
 * behind override.conf, which `systemctl edit` writes: an `ExecStartPre=` there, which empties the
 * list, would remove the wait. And the helper is the last command of the list, so that a
 * daemon-reload that changes its line while it runs costs the unit no other command.
 */

#define DROP_IN_NAME        "zz-dadwait.conf"
#define FORMER_DROP_IN_NAME "50-dadwait.conf"
