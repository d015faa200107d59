/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Message: applies what rtnetlink(7) reports of a link or an address to the network
 */

#include "network/network.h"

struct nlmsghdr;

/**
 * message_apply() - apply RTM_NEWLINK, RTM_DELLINK, RTM_NEWADDR or RTM_DELADDR
 * @message:    the message, whole; ignored if it is of another type or malformed
 * @network:    the network
 *
 * Return: 1 if something that matters may have changed, 0 if not; -ENOMEM.
 */
int message_apply(const struct nlmsghdr *message, struct network *network);
