/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/target.h"

bool target_is_absent(const struct target *target) {
        return target->status.state == STATE_ABSENT || target->status.state == STATE_NO_INTERFACE;
}

bool target_is_pending(const struct target *target) {
        if (target->status.state == STATE_READY || target->status.state == STATE_DADFAILED ||
            target->status.state == STATE_NO_IPV6)
                return false;
        return !(target_is_absent(target) && target->already_timed_out);
}

size_t target_count_pending(const struct target *targets, size_t n_targets) {
        size_t ret = 0;

        for (size_t i = 0; i < n_targets; i++)
                ret += target_is_pending(&targets[i]);
        return ret;
}

size_t target_update(struct target *targets, size_t n_targets, const struct network *network,
                     size_t n_pending) {
        for (size_t i = network_next_change(network, 0); i < n_targets;
             i = network_next_change(network, i + 1)) {
                struct address_status now = address_status(&targets[i].pattern, network);

                n_pending -= target_is_pending(&targets[i]);
                if (now.state != targets[i].status.state)
                        targets[i].reported = false;
                targets[i].status = now;
                n_pending += target_is_pending(&targets[i]);
        }
        return n_pending;
}
