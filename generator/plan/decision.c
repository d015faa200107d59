/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/decision.h"

#include "build-config.h"
#include "common/cleanup.h"
#include "common/timespan.h"
#include "log.h"
#include "output/wait-unit.h"
#include "units/socket-activation.h"
#include "units/unit-settings.h"

#include <string.h>
#include <sys/param.h>

/*
 * A drop-in's ExecStartPre= line holds them all, and has to stay well below the longest line
 * systemd reads (LONG_LINE_MAX, 1 MiB) and the longest argument list of execve(2): 10,000
 * patterns are 690,000 bytes at most.
 */
enum { ADDRESSES_MAX = 10000 };

/* The first of the paths that were looked at and are below one of the mount points decides. */
static int find_late_mount(struct tree *tree, const struct late_mounts *late_mounts, size_t first,
                           struct decision *ret) {
        int r = 0;

        for (size_t i = first; r >= 0 && !ret->late_mount && i < tree->watched.paths.count; i++)
                r = late_mounts_find(tree, late_mounts, tree->watched.paths.items[i], &ret->late_mount);
        ret->is_awaited = ret->late_mount && late_mounts_is_awaited(late_mounts, ret->late_mount);
        return r;
}

static int collect(struct tree *tree, const struct late_mounts *late_mounts,
                   const struct service *service, const struct unit_settings *facts,
                   struct decision *decision) {
        struct address_list *ret = &decision->addresses;
        size_t first = tree->watched.paths.count;
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
        tree_record(tree, true);
        if (settings->format)
                r = settings->format(tree, &source, ret);
        tree_record(tree, false);
        if (r >= 0)
                r = find_late_mount(tree, late_mounts, first, decision);
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
 * have started into one that fails. Each command of the unit has the whole start timeout to itself,
 * a unit of its own has no such limit; the timeout of the job is for all of them. Two thirds leave
 * room for a loaded machine.
 */
static void limit_timeout(const struct service *service, const struct unit_settings *facts,
                          struct decision *decision) {
        uint64_t start_timeout_usec = facts->job_timeout_usec;

        if (decision->place == PLACE_IN_UNIT)
                start_timeout_usec = MIN(start_timeout_usec, facts->start_timeout_usec);
        decision->timeout_usec = service->settings.timeout_usec;
        if (start_timeout_usec == TIMESPAN_INFINITY ||
            decision->timeout_usec <= start_timeout_usec / 3 * 2)
                return;
        decision->timeout_usec = start_timeout_usec / 3 * 2;
        decision->start_timeout_usec = start_timeout_usec;
}

static int set_verdict(struct decision *decision, enum verdict verdict, const char *cause) {
        decision->verdict = verdict;
        free(decision->cause);
        decision->cause = cause ? strdup(cause) : NULL;
        return cause && !decision->cause ? -ENOMEM : 0;
}

/* What keeps a service that has addresses from waiting for them. Return: 1 if something does, 0. */
static int find_obstacle(const struct service *service, const struct unit_settings *facts,
                         const struct socket_unit *socket, struct decision *ret) {
        const struct assignment *enable = service->settings.last_enable;
        bool is_asked_for = enable && strcmp(enable->section, "dadwait") != 0;
        enum verdict verdict;
        const char *cause;
        int r;

        if (facts->before) {
                verdict = VERDICT_BEFORE_NETWORK;
                cause = facts->before;
        } else if (socket) {
                verdict = VERDICT_SOCKET;
                cause = socket->unit.name;
        } else if (facts->replaced_by) {
                verdict = VERDICT_REPLACED;
                cause = facts->replaced_by;
        } else if (facts->private_network) {
                verdict = VERDICT_OWN_NETWORK;
                cause = "PrivateNetwork=yes";
        } else if (facts->job_timeout_usec != TIMESPAN_INFINITY && !is_asked_for) {
                verdict = VERDICT_JOB_TIMEOUT;
                cause = facts->job_timeout_setting.text;
        } else {
                return 0;
        }
        r = set_verdict(ret, verdict, cause);
        return r < 0 ? r : 1;
}

/*
 * A command with "+" runs as root, on the files that the unit sees. Where those are not the
 * machine's own, it might be any program: then a unit of its own waits. That one is in the
 * machine's network, so it is of no use to a service that is in another.
 */
static int choose_place(const struct service *service, const struct unit_settings *facts,
                        struct decision *ret) {
        const char *cause = facts->file_view.text ? facts->file_view.text
                            : HELPER_IS_STATIC    ? NULL
                                                  : "the helper is not linked statically";
        CLEANUP(freep) char *name = NULL;
        int r;

        if (!cause)
                return 0;
        r = set_verdict(ret, VERDICT_WAIT, cause);
        if (r < 0)
                return r;
        ret->place = PLACE_OWN_UNIT;
        if (facts->network_namespace_path || facts->joins_namespace)
                return set_verdict(ret, VERDICT_NO_PLACE, cause);
        r = wait_unit_name(service->unit.name, &name);
        return r == -ENAMETOOLONG ? set_verdict(ret, VERDICT_NO_PLACE, cause) : r;
}

/*
 * A drop-in with a name behind ours may empty the list that the helper is in. And where it adds
 * commands, a daemon-reload during the wait would lose them. ExecCondition= is another list, and
 * systemd runs all of ExecStartPre= after it, whatever has become of it.
 */
static int choose_hook(const struct service *service, const struct unit_settings *facts,
                       struct decision *ret) {
        const struct settings *settings = &service->settings;
        const struct unit_hook *behind;

        if (ret->place != PLACE_IN_UNIT)
                return 0;
        ret->hook = settings->hook;
        if (!settings->hook_is_set && facts->start_pre_behind.file && !facts->condition_behind.file)
                ret->hook = HOOK_EXEC_CONDITION;
        behind = ret->hook == HOOK_EXEC_CONDITION ? &facts->condition_behind
                                                  : &facts->start_pre_behind;
        if (!behind->resets)
                return 0;
        log_warning(behind->file, 0, "Removes the wait for the addresses of %s: it empties %s=.",
                    service->unit.name, hook_name(ret->hook));
        return set_verdict(ret, VERDICT_RESET, behind->file);
}

static int decide_wait(const struct service *service, const struct unit_settings *facts,
                       const struct socket_unit *socket, struct decision *ret) {
        int r;

        r = find_obstacle(service, facts, socket, ret);
        if (r != 0)
                return r < 0 ? r : 0;
        r = choose_place(service, facts, ret);
        if (r >= 0 && ret->verdict == VERDICT_WAIT)
                r = choose_hook(service, facts, ret);
        if (r >= 0 && ret->verdict == VERDICT_WAIT)
                limit_timeout(service, facts, ret);
        return r;
}

int decide(struct tree *tree, const struct unit_index *units, const struct socket_list *sockets,
           const struct late_mounts *late_mounts, const struct service *service,
           struct decision *ret) {
        CLEANUP(unit_settings_clear) struct unit_settings facts = { 0 };
        int r;

        if (service->unit.state == UNIT_MISSING)
                return set_verdict(ret, VERDICT_MISSING, NULL);
        if (service->unit.state == UNIT_MASKED)
                return set_verdict(ret, VERDICT_MASKED, service->unit.file);
        if (!service->settings.enable)
                return set_verdict(ret, VERDICT_OFF, NULL);

        tree_reset_budget(tree);
        r = unit_settings_read(tree, units, &service->unit, &facts);
        if (r < 0)
                return r;
        r = collect(tree, late_mounts, service, &facts, ret);
        if (r < 0)
                return r;
        if (ret->addresses.count == 0)
                return set_verdict(ret, VERDICT_NO_ADDRESS, NULL);
        if (ret->addresses.count > ADDRESSES_MAX) {
                const struct address *first = &ret->addresses.items[ADDRESSES_MAX];

                log_warning(first->file, first->line,
                            "%s listens on more than %d addresses, not waiting for this one and "
                            "those that follow.",
                            service->unit.name, ADDRESSES_MAX);
                address_list_truncate(&ret->addresses, ADDRESSES_MAX);
        }
        return decide_wait(service, &facts,
                           socket_activation_find(sockets, &service->unit, &facts.sockets), ret);
}

void decision_clear(struct decision *decision) {
        address_list_clear(&decision->addresses);
        free(decision->cause);
        *decision = (struct decision){ 0 };
}
