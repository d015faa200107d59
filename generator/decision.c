/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "decision.h"

#include "cleanup.h"
#include "log.h"
#include "timespan.h"
#include "unit-facts.h"

#include <sys/param.h>

/*
 * A drop-in's ExecStartPre= line holds them all, and has to stay well below the longest line
 * systemd reads (LONG_LINE_MAX, 1 MiB) and the longest argument list of execve(2): 10,000
 * patterns are 690,000 bytes at most.
 */
enum { ADDRESSES_MAX = 10000 };

static int collect(struct tree *tree, const struct service *service, const struct unit_facts *facts,
                   struct address_list *ret) {
        const struct settings *settings = &service->settings;
        struct source source = {
                .config = &settings->config,
                .environment = &facts->environment,
                .arguments = &facts->arguments,
                .arguments_file = facts->arguments_file,
                .environment_files = &settings->environment_files,
                .language = &settings->language,
        };
        int r = 0;

        tree_reset_budget(tree);
        tree_note(tree, true);
        if (settings->format)
                r = settings->format(tree, &source, ret);
        tree_note(tree, false);
        for (size_t i = 0; r >= 0 && i < settings->addresses.count; i++) {
                const struct address *address = &settings->addresses.items[i];

                r = address_list_add(ret, &address->pattern, address->file, address->line,
                                     address->text);
        }
        if (r < 0)
                return r;
        if (ret->count == ADDRESS_LIST_MAX) {
                const struct address *last = &ret->items[ret->count - 1];

                log_warning(last->file, last->line,
                            "%s listens %d times up to here, ignoring what follows.",
                            service->unit.name, ADDRESS_LIST_MAX);
        }
        return address_list_reduce(ret, &settings->ignored);
}

/*
 * The wait has to end before systemd gives up on the unit, or it would turn a service that might
 * have started into one that fails; each ExecStartPre= has the whole start timeout to itself. Two
 * thirds of it leave room for a loaded machine, whatever its length.
 */
static void limit_timeout(const struct service *service, const struct unit_facts *facts,
                          struct decision *decision) {
        uint64_t start = MIN(facts->start_timeout_usec, facts->job_timeout_usec);
        uint64_t limit = start / 3 * 2;

        decision->timeout_usec = service->settings.timeout_usec;
        if (start == TIMESPAN_INFINITY || decision->timeout_usec <= limit)
                return;
        decision->timeout_usec = limit;
        decision->start_timeout_usec = start;
}

int decide(struct tree *tree, const struct string_list *search_path, const struct service *service,
           struct decision *ret) {
        CLEANUP(unit_facts_clear) struct unit_facts facts = { 0 };
        int r;

        if (service->unit.state == UNIT_MISSING || service->unit.state == UNIT_MASKED) {
                ret->verdict =
                        service->unit.state == UNIT_MISSING ? VERDICT_MISSING : VERDICT_MASKED;
                return 0;
        }
        if (!service->settings.enable) {
                ret->verdict = VERDICT_OFF;
                return 0;
        }

        tree_reset_budget(tree);
        r = unit_facts_read(tree, search_path, &service->unit, &facts);
        if (r < 0)
                return r;
        r = collect(tree, service, &facts, &ret->addresses);
        if (r < 0)
                return r;
        if (ret->addresses.count == 0) {
                ret->verdict = VERDICT_NO_ADDRESS;
                return 0;
        }
        if (ret->addresses.count > ADDRESSES_MAX) {
                const struct address *first = &ret->addresses.items[ADDRESSES_MAX];

                log_warning(first->file, first->line,
                            "%s listens on more than %d addresses, not waiting for this one and "
                            "those that follow.",
                            service->unit.name, ADDRESSES_MAX);
                address_list_truncate(&ret->addresses, ADDRESSES_MAX);
        }

        if (facts.before_network) {
                ret->verdict = VERDICT_BEFORE_NETWORK;
                return 0;
        }
        if (facts.socket) {
                ret->verdict = VERDICT_SOCKET;
                ret->socket = TAKE_POINTER(facts.socket);
                return 0;
        }
        ret->verdict = VERDICT_WAIT;
        limit_timeout(service, &facts, ret);
        return 0;
}

void decision_clear(struct decision *decision) {
        address_list_clear(&decision->addresses);
        free(decision->socket);
        *decision = (struct decision){ 0 };
}
