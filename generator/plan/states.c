/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/states.h"

#include "common/cleanup.h"
#include "network/address-status.h"
#include "network/dump.h"

#include <errno.h>
#include <stdlib.h>

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

static size_t count_addresses(const struct plan *plan) {
        size_t count = 0;

        for (size_t i = 0; i < plan->count; i++)
                count += plan->items[i].decision.addresses.count;
        return count;
}

/* @states: of the addresses of all services, in the order of the plan */
static int assign_states(struct plan *plan, const char *const *states) {
        for (size_t i = 0; i < plan->count; i++) {
                struct plan_entry *entry = &plan->items[i];
                size_t count = entry->decision.addresses.count;

                if (count == 0)
                        continue;
                entry->states = calloc(count, sizeof(*entry->states));
                if (!entry->states)
                        return -ENOMEM;
                for (size_t k = 0; k < count; k++)
                        entry->states[k] = *states++;
        }
        return 0;
}

int plan_ask_states(struct plan *plan) {
        CLEANUP(freep) struct pattern *patterns = NULL;
        CLEANUP(freep) const char **states = NULL;
        size_t count = count_addresses(plan), filled = 0;
        int r;

        if (count == 0)
                return 0;
        patterns = calloc(count, sizeof(*patterns));
        states = calloc(count, sizeof(*states));
        if (!patterns || !states)
                return -ENOMEM;
        for (size_t i = 0; i < plan->count; i++)
                for (size_t k = 0; k < plan->items[i].decision.addresses.count; k++)
                        patterns[filled++] = plan->items[i].decision.addresses.items[k].pattern;

        r = address_states(patterns, count, states);
        return r < 0 ? r : assign_states(plan, states);
}
