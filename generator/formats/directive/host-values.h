/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Values of a directive that are the name of a host, which is not resolved at boot
 */

#include <stdbool.h>
#include <stddef.h>

/**
 * value_is_host() - whether a value names a host where an address should be
 * @value:      @length bytes, of value_next()
 * @is_first:   no other value before it is an address or a name. Behind one, a plain word may be an
 *              option of the directive
 *
 * A name has a dot, or a port behind ':', or is_first. It may be behind "SCHEME://" or "NAME=".
 * None are: IPv4 addresses, numbers, "*", paths, sockets, "localhost", words such as "yes", "any"
 * and "tcp6", and names of network interfaces, as the kernel, udev and bridges make them.
 */
bool value_is_host(const char *value, size_t length, bool is_first);

/**
 * value_may_be_interface() - whether a value may name an interface where an address should be
 * @value:      @length bytes, of value_next()
 *
 * None are: words such as "localhost" and "any", and names of hosts with a dot.
 */
bool value_may_be_interface(const char *value, size_t length);
