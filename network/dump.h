/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Dump: all links and addresses of the machine, asked for at once
 */

#include "network/network.h"

/**
 * dump() - ask the kernel for all that a network holds
 * @network:    the network; what it holds already stays, unless the kernel contradicts it
 *
 * Return: 0; -EINTR if something changed meanwhile, so that an address or a link may be missing
 * (NLM_F_DUMP_INTR); another negative errno, as netlink_open() or probe().
 */
int dump(struct network *network);
