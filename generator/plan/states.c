/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/states.h"

#include "common/cleanup.h"
#include "network/address-status.h"
#include "network/dump.h"

#include <errno.h>

/* How often to ask where the state changes during the answer (NLM_F_DUMP_INTR). */
enum { ATTEMPTS = 16 };

static int ask(struct network *network) {
        int r = -EINTR;

        for (int i = 0; r == -EINTR && i < ATTEMPTS; i++) {
                network_forget(network);
                r = dump(network);
        }
        return r;
}

int address_states(const struct pattern *patterns, size_t count, const char **ret) {
        CLEANUP(network_done)
        struct network network = { .patterns = patterns, .n_patterns = count };
        int r;

        r = ask(&network);
        if (r < 0)
                return r;
        for (size_t i = 0; i < count; i++) {
                enum address_state state = address_status(&patterns[i], &network).state;

                ret[i] = state == STATE_DADFAILED ? "duplicate" : address_state_name(state);
        }
        return 0;
}
