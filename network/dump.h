/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Dump: all links and addresses of the machine, asked for at once
 *
 * bind() accepts an IPv4 address for which the local table has a route (inet_addr_type_table()).
 * Not all of these are assigned: a prefix on lo is local as a whole, `ip route add local` makes any
 * prefix local, and the broadcast address of a subnet counts. No event is about such an address, so
 * a dump asks bind() about each IPv4 address that is not found. It is kept as assigned to link 0.
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
