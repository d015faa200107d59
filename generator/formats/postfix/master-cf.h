/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The services of master.cf (master(5)) that listen on the network
 */

#include "formats/address-list.h"
#include "input/tree.h"

/**
 * master_cf_read() - read the file in a directory
 * @disabled:   the value of master_service_disable
 * @families:   as host_add_of()
 * @ret:        receives the hosts of services that name one
 * @ret_all_interfaces: receives whether a service names none: it binds those of inet_interfaces
 *
 * Return: 0 or -ENOMEM.
 */
int master_cf_read(struct tree *tree, const char *directory, const char *disabled,
                   unsigned families, struct address_list *ret, bool *ret_all_interfaces);
