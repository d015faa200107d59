/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "wanted.h"

bool wanted_is_absent(const struct wanted *wanted) {
        return wanted->verdict.state == STATE_ABSENT || wanted->verdict.state == STATE_NO_INTERFACE;
}

bool wanted_is_pending(const struct wanted *wanted) {
        if (wanted->verdict.state == STATE_READY || wanted->verdict.state == STATE_DADFAILED)
                return false;
        return !(wanted_is_absent(wanted) && wanted->already_timed_out);
}

size_t wanted_count_pending(const struct wanted *wanted, size_t n_wanted) {
        size_t ret = 0;

        for (size_t i = 0; i < n_wanted; i++)
                ret += wanted_is_pending(&wanted[i]);
        return ret;
}

size_t wanted_update(struct wanted *wanted, size_t n_wanted, const struct network *network,
                     size_t n_pending) {
        for (size_t i = network_next_change(network, 0); i < n_wanted;
             i = network_next_change(network, i + 1)) {
                struct verdict now = verdict(&wanted[i].pattern, network);

                n_pending -= wanted_is_pending(&wanted[i]);
                if (now.state != wanted[i].verdict.state)
                        wanted[i].reported = false;
                wanted[i].verdict = now;
                n_pending += wanted_is_pending(&wanted[i]);
        }
        return n_pending;
}
