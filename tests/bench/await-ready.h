/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The least that a program can do that waits for addresses: block on netlink. No question what the
 * state is, no timeout, no log.
 */

/**
 * await_ready() - block until the kernel has reported of each address that it is not tentative
 * @addresses:   IPv6 addresses as text, ended by NULL or "--"; 64 at most
 *
 * What the kernel reported earlier is not known, so it has to be called while all are tentative or
 * not yet assigned.
 *
 * Return: how many addresses there are, or a negative errno.
 */
int await_ready(char **addresses);
