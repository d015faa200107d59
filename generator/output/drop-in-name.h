/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The name of the generated drop-ins, and their name in release 0.1.0, under which an administrator
 * may have masked or replaced them
 *
 * systemd reads drop-ins in the order of their names (systemd.unit(5)). This one sorts behind
 * override.conf, which `systemctl edit` writes, so an empty `ExecStartPre=` there does not remove
 * the wait. It also makes the helper the last command of the list: a daemon-reload that changes its
 * line while it runs makes systemd skip no other command.
 */

#define DROP_IN_NAME        "zz-dadwait.conf"
#define FORMER_DROP_IN_NAME "50-dadwait.conf"
