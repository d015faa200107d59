/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/decision.h"

#include "build-config.h"
#include "common/cleanup.h"
#include "common/timespan.h"
#include "log.h"
#include "output/wait-unit.h"
#include "plan/configured-addresses.h"
#include "plan/local-definition.h"
#include "units/socket-activation.h"
#include "units/unit-name.h"
#include "units/unit-settings.h"

#include <string.h>
#include <sys/param.h>

/*
 * The ExecStartPre= line of a drop-in holds all of them. It must be shorter than the longest line
 * that systemd reads (LONG_LINE_MAX, 1 MiB) and than the longest argument list of execve(2): 10,000
 * patterns have at most 690,000 bytes.
 */
enum { ADDRESSES_MAX = 10000 };

/* Of the paths that were recorded, the first one below a late mount point decides. */
static int find_late_mount(struct tree *tree, const struct late_mounts *late_mounts, size_t first,
                           struct decision *ret) {
        int r = 0;

        for (size_t i = first; r >= 0 && !ret->late_mount && i < tree->watched.paths.count; i++)
                r = late_mounts_find(tree, late_mounts, tree->watched.paths.items[i],
                                     &ret->late_mount);
        ret->is_awaited = ret->late_mount && late_mounts_is_awaited(late_mounts, ret->late_mount);
        return r;
}

static int keep_ignored(const struct address_list *addresses, const struct address_list *ignored,
                        struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < addresses->count; i++) {
                const struct address *address = &addresses->items[i];

                if (address_list_find_ignoring(ignored, &address->pattern))
                        r = address_list_add(ret, &address->pattern, address->file, address->line,
                                             address->text);
        }
        return r;
}

/* @ignored: IgnoreAddress= */
static int reduce(struct address_list *addresses, const struct address_list *ignored,
                  struct decision *ret) {
        static const struct address_list NONE = { 0 };
        const struct address *first = ignored->items;
        int r;

        r = address_list_reduce(addresses, &NONE);
        if (r < 0 || addresses->count == 0 || ignored->count == 0)
                return r;
        r = keep_ignored(addresses, ignored, &ret->ignored);
        if (r >= 0)
                r = address_list_reduce(addresses, ignored);
        if (r < 0 || addresses->count > 0)
                return r;
        ret->verdict = VERDICT_IGNORED;
        if (asprintf(&ret->cause, "%s:%u", first->file, first->line) < 0) {
                ret->cause = NULL;
                return -ENOMEM;
        }
        return 0;
}

static int find_addresses(struct tree *tree, const struct late_mounts *late_mounts,
                          const struct service *service, const struct unit_settings *unit,
                          struct decision *decision) {
        struct address_list *ret = &decision->addresses;
        const struct settings *settings = &service->settings;
        size_t first = tree->watched.paths.count;
        int r;

        tree_record(tree, true);
        r = configured_addresses_read(tree, service, unit, settings->families, decision);
        tree_record(tree, false);
        decision->end_path = tree->watched.paths.count;
        if (r >= 0)
                r = find_late_mount(tree, late_mounts, first, decision);
        /* An Address= is meant, of whichever family. */
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
        return reduce(ret, &settings->ignored, decision);
}

/* Rounded down, for people: 13s, not 13.333332s. */
static uint64_t round_timeout(uint64_t usec) {
        uint64_t unit = usec >= 10000000 ? 1000000 : usec >= 1000000 ? 100000 : 1000;

        return usec < unit ? usec : usec - usec % unit;
}

/*
 * The wait has to end before the start timeout of the unit, or a service that would have started
 * fails. systemd applies this timeout to each command by itself, and not to a unit of our own; the
 * timeout of the job includes all of them. A third leaves room for a loaded machine, but to start
 * the helper takes as long where the timeout is short: systemd 257 and 262 needed 0.4 s with some
 * fifty units at once.
 */
static uint64_t longest_wait(uint64_t start_timeout_usec) {
        enum { ROOM_USEC = 1000000 };
        uint64_t third = start_timeout_usec / 3;
        uint64_t left = start_timeout_usec - MIN(start_timeout_usec, (uint64_t)ROOM_USEC);

        return MIN(third * 2, MAX(third, left));
}

static void limit_timeout(const struct service *service, const struct unit_settings *unit,
                          struct decision *decision) {
        uint64_t start_timeout_usec = unit->job_timeout_usec;

        if (decision->place == PLACE_IN_UNIT)
                start_timeout_usec = MIN(start_timeout_usec, unit->start_timeout_usec);
        decision->timeout_usec = service->settings.timeout_usec;
        if (start_timeout_usec == TIMESPAN_INFINITY ||
            decision->timeout_usec <= longest_wait(start_timeout_usec))
                return;
        decision->timeout_usec = round_timeout(longest_wait(start_timeout_usec));
        decision->start_timeout_usec = start_timeout_usec;
}

static int set_verdict(struct decision *decision, enum verdict verdict, const char *cause) {
        decision->verdict = verdict;
        free(decision->cause);
        decision->cause = cause ? strdup(cause) : NULL;
        return cause && !decision->cause ? -ENOMEM : 0;
}

/* Sets the verdict if a service cannot or need not wait for its addresses. Return: 1 if so; 0;
 * -ENOMEM. */
static int find_obstacle(const struct service *service, const struct unit_settings *unit,
                         const struct socket_unit *socket, struct decision *ret) {
        const struct assignment *enable = service->settings.last_enable;
        bool is_explicit = enable && strcmp(enable->section, "dadwait") != 0;
        enum verdict verdict;
        const char *cause;
        int r;

        if (unit->before) {
                verdict = VERDICT_BEFORE_NETWORK;
                cause = unit->before;
        } else if (socket) {
                verdict = VERDICT_SOCKET;
                cause = socket->unit.name;
        } else if (unit->replaced_by) {
                verdict = VERDICT_REPLACED;
                cause = unit->replaced_by;
        } else if (unit->private_network) {
                verdict = VERDICT_OWN_NETWORK;
                cause = "PrivateNetwork=yes";
        } else if (unit->job_timeout_usec != TIMESPAN_INFINITY && !is_explicit) {
                verdict = VERDICT_JOB_TIMEOUT;
                cause = unit->job_timeout_setting.text;
        } else {
                return 0;
        }
        r = set_verdict(ret, verdict, cause);
        return r < 0 ? r : 1;
}

/*
 * A command with "+" runs as root, and its program is a file that the unit sees. Where the unit
 * sees other files than the machine's, that may be any program, so the helper runs in a unit of our
 * own. That unit is in the machine's network: a service in another network cannot wait there.
 */
static int choose_place(const struct service *service, const struct unit_settings *unit,
                        struct decision *ret) {
        const char *cause = unit->file_view.text ? unit->file_view.text
                            : HELPER_IS_STATIC   ? NULL
                                                 : "the helper is not linked statically";
        CLEANUP(freep) char *name = NULL;
        int r;

        if (!cause)
                return 0;
        r = set_verdict(ret, VERDICT_WAIT, cause);
        if (r < 0)
                return r;
        ret->place = PLACE_OWN_UNIT;
        if (unit->network_namespace_path || unit->joins_namespace ||
            unit_name_is_template(service->unit.name)) /* one cannot wait for all instances */
                return set_verdict(ret, VERDICT_NO_PLACE, cause);
        r = wait_unit_name(service->unit.name, &name);
        return r == -ENAMETOOLONG ? set_verdict(ret, VERDICT_NO_PLACE, cause) : r;
}

/*
 * A drop-in whose name sorts behind ours may empty the list of commands with the helper in it. If
 * it adds commands, a daemon-reload during the wait makes systemd skip them. ExecCondition= is
 * another list, and systemd runs ExecStartPre= after it as the unit has it by then.
 */
static int choose_hook(const struct service *service, const struct unit_settings *unit,
                       struct decision *ret) {
        const struct settings *settings = &service->settings;
        const struct unit_hook *behind;

        if (ret->place != PLACE_IN_UNIT)
                return 0;
        ret->hook = settings->hook;
        if (!settings->hook_is_set && unit->start_pre_behind.file && !unit->condition_behind.file)
                ret->hook = HOOK_EXEC_CONDITION;
        behind = ret->hook == HOOK_EXEC_CONDITION ? &unit->condition_behind
                                                  : &unit->start_pre_behind;
        if (!behind->resets)
                return 0;
        log_warning(behind->file, 0, "Removes the wait for the addresses of %s: it empties %s=.",
                    service->unit.name, hook_name(ret->hook));
        return set_verdict(ret, VERDICT_RESET, behind->file);
}

static int decide_wait(const struct service *service, const struct unit_settings *unit,
                       const struct socket_unit *socket, struct decision *ret) {
        int r;

        r = find_obstacle(service, unit, socket, ret);
        if (r != 0)
                return r < 0 ? r : 0;
        r = choose_place(service, unit, ret);
        if (r >= 0 && ret->verdict == VERDICT_WAIT)
                r = choose_hook(service, unit, ret);
        if (r >= 0 && ret->verdict == VERDICT_WAIT)
                limit_timeout(service, unit, ret);
        return r;
}

int decision_read_unit(struct tree *tree, const struct unit_index *units,
                       const struct service *service, struct unit_settings *storage,
                       const struct unit_settings **ret) {
        int r = 0;

        *ret = storage;
        tree_reset_budget(tree);
        if (service->started && service->started->may_be_kept)
                *ret = &service->started->settings;
        else
                r = unit_settings_read(tree, units, &service->unit, storage);
        return r;
}

int decide(struct tree *tree, const struct unit_index *units, const struct socket_list *sockets,
           const struct late_mounts *late_mounts, const struct service *service,
           struct decision *ret) {
        CLEANUP(unit_settings_clear) struct unit_settings read = { 0 };
        const struct unit_settings *unit;
        int r;

        /* A drop-in for a unit that does not exist is harmless, and another generator may make the
         * unit at this moment. A name in the search path that leads to no file is a mistake. */
        if (service->unit.state == UNIT_MISSING &&
            (!service->has_local_address || unit_index_find(units, service->unit.name)))
                return set_verdict(ret, VERDICT_MISSING, NULL);
        if (service->unit.state == UNIT_MASKED)
                return set_verdict(ret, VERDICT_MASKED, service->unit.file);
        if (!service->settings.enable)
                return set_verdict(ret, VERDICT_OFF, NULL);
        /* A definition may know its program, which could not be read. */
        if (!service->settings.format && service->started && service->started->error < 0)
                return service->started->error;

        r = decision_read_unit(tree, units, service, &read, &unit);
        if (r < 0)
                return r;
        r = find_addresses(tree, late_mounts, service, unit, ret);
        if (r >= 0)
                r = local_definition_check(tree, late_mounts, service, ret);
        if (r < 0)
                return r;
        if (ret->verdict == VERDICT_IGNORED)
                return 0;
        if (ret->addresses.count == 0)
                return set_verdict(ret,
                                   service->unit.state == UNIT_MISSING ? VERDICT_MISSING
                                                                       : VERDICT_NO_ADDRESS,
                                   NULL);
        if (ret->addresses.count > ADDRESSES_MAX) {
                const struct address *first = &ret->addresses.items[ADDRESSES_MAX];

                log_warning(first->file, first->line,
                            "%s listens on more than %d addresses, not waiting for this one and "
                            "those that follow.",
                            service->unit.name, ADDRESSES_MAX);
                address_list_truncate(&ret->addresses, ADDRESSES_MAX);
        }
        return decide_wait(service, unit,
                           socket_activation_find(sockets, &service->unit, &unit->sockets), ret);
}

void decision_clear(struct decision *decision) {
        address_list_clear(&decision->addresses);
        address_list_clear(&decision->ignored);
        free(decision->program);
        string_list_clear(&decision->config);
        free(decision->missing);
        free(decision->cause);
        *decision = (struct decision){ 0 };
}
