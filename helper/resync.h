/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Resync: bring a network up to date by dumps, with the events that have arrived meanwhile on top
 */

#include "network/monitor.h"

/**
 * resync() - dump the network and read the events
 * @monitor:    open
 * @network:    the network
 * @forget:     whether events were lost, or none was read yet, so that what @network holds may be
 *              wrong
 *
 * An interrupted dump may lack addresses, but those that it has were there, and if one is gone by
 * now an event says so: interrupted dumps add up. With @forget there are several dumps, until one
 * is whole; together they often show that all is ready, though each was interrupted. Without, there
 * is one: thousands of addresses whose DAD ends one by one interrupt all dumps for seconds.
 *
 * Return: 0; -EINTR if every dump was interrupted: an address that none of them has may be ready,
 * and no event will say so; -ENOBUFS if events were lost each time, so that @network may be wrong;
 * another negative errno.
 */
int resync(struct monitor *monitor, struct network *network, bool forget);
