/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How both programs of the helper exit, where it is not with EXIT_SUCCESS (dadwait(8))
 */

enum {
        EXIT_USAGE = 2,
        EXIT_NOT_READY = 255, /* an ExecCondition= that exits 1 to 254 skips its unit in silence */
};
