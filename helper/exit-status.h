/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Exit statuses of both programs of the helper, besides EXIT_SUCCESS (dadwait(8))
 */

enum {
        EXIT_USAGE = 2,
        EXIT_NOT_READY =
                255, /* with 1 to 254 of an ExecCondition= the unit is skipped, not failed */
};
