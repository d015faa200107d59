/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the name of a unit that waits for another one begins with; the name of the other follows
 */

#define WAIT_UNIT_PREFIX "dadwait-for@"
