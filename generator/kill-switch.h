/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The cases in which the generator does nothing
 */

/**
 * kill_switch_reason() - why the generator does nothing here
 *
 * It does nothing in the initrd, for user managers, and with dadwait=no on the kernel command line
 * (kernel-command-line.h).
 *
 * Return: static text, or NULL if the generator may run.
 */
const char *kill_switch_reason(void);
