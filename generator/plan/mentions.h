/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * For the plan: addresses in statements that look like listeners, which no rule has read
 *
 * Nothing waits for them, and the log has no entry for them.
 */

#include "plan/decision.h"

/**
 * mentions_find() - find those of a service
 * @decision:   of decide() for the same service, which was the last one
 * @ret:        empty; receives each address once, with its first place
 *
 * The files are those that the service's format has read. Left out is what the service waits for,
 * what IgnoreAddress= names, and lines that address_list_add_unknown() has mentioned.
 *
 * Return: 0, or negative errno, which has been logged: what is decided holds all the same.
 */
int mentions_find(struct tree *tree, const struct service *service, const struct decision *decision,
                  struct address_list *ret);
