/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * modules_add_static() - the modules that are built into httpd
 *
 * Return: 0 or -ENOMEM.
 */
int modules_add_static(struct server *server);

/**
 * modules_load() - the directive LoadModule
 * @arguments:  changed
 *
 * Return: 0 or -ENOMEM.
 */
int modules_load(struct server *server, char *arguments);

/**
 * modules_add() - record that a module is loaded
 * @identifier: of the module structure, as in LoadModule: "ssl_module"
 *
 * Return: 0 or -ENOMEM.
 */
int modules_add(struct server *server, const char *identifier);
