/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Defaults of the helper's options, which the generator therefore does not write
 */

enum { DEFAULT_TIMEOUT_USEC = 30 * 1000 * 1000 };
