/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Whether something holds, as far as that is known at boot
 */

enum truth {
        TRUTH_NO,
        TRUTH_MAYBE,
        TRUTH_YES,
};

static inline enum truth truth_and(enum truth a, enum truth b) {
        return a < b ? a : b;
}

static inline enum truth truth_or(enum truth a, enum truth b) {
        return a > b ? a : b;
}

static inline enum truth truth_not(enum truth a) {
        return (enum truth)(TRUTH_YES - a);
}
