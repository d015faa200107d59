/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the helper does if it is not told otherwise, and so what the generator need not write
 */

enum { DEFAULT_TIMEOUT_USEC = 30 * 1000 * 1000 };
