/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * known_directive() - whether a directive is one of httpd's, with the modules loaded so far
 * @name:       in any case; of a section with its bracket: "<Proxy"
 *
 * For <IfDirective> and <IfSection>. Directives of modules that are not part of httpd 2.4 never
 * are.
 */
bool known_directive(struct server *server, const char *name);
