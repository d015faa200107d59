/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "formats/apache/server.h"

/**
 * known_directive() - whether httpd knows a directive, with the modules loaded so far
 * @name:       in any case; of a section with its bracket: "<Proxy"
 *
 * For <IfDirective> and <IfSection>. Directives of modules that do not come with httpd 2.4 are
 * never known.
 */
bool known_directive(struct server *server, const char *name);
