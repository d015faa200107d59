/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Message: what rtnetlink(7) says of a link or an address, taken into the network
 */

#include "network/network.h"

struct nlmsghdr;

/**
 * message_apply() - take RTM_NEWLINK, RTM_DELLINK, RTM_NEWADDR or RTM_DELADDR
 * @message:    the message, whole; of other types it is left aside, and so is a malformed one
 * @network:    the network
 *
 * Return: 1 if something that matters may have changed, 0 if not; -ENOMEM.
 */
int message_apply(const struct nlmsghdr *message, struct network *network);
