/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * When the generator does nothing at all
 */

/**
 * kill_switch_reason() - why the generator has nothing to do here
 *
 * In the initrd, for user managers, and with dadwait=no on the kernel command line (in a
 * container: among PID 1's arguments, as systemd itself reads them).
 *
 * Return: static text, or NULL if nothing speaks against it.
 */
const char *kill_switch_reason(void);
