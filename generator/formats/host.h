/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A host as configurations name it: an address, or a name
 */

#include "formats/address-list.h"

/**
 * host_add() - append the address that a service binds
 * @host:       an address, with "%SCOPE" or not, without brackets and port; or a name
 * @file:       that says so
 * @line:       in @file
 * @text:       the line, to be shown
 *
 * IPv4 and "localhost" need no wait. Of any other name, and of a scope that no interface can have,
 * address_list_add_unknown() is told.
 *
 * Return: 0 or -ENOMEM.
 */
int host_add(struct address_list *list, const char *host, const char *file, unsigned line,
             const char *text);

/**
 * host_add_bracketed() - the same with brackets around an IPv6 address, or none
 * @host:       "[ADDR]" or anything that host_add() takes
 */
int host_add_bracketed(struct address_list *list, const char *host, const char *file, unsigned line,
                       const char *text);
