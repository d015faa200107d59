/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-settings.h"

#include "common/cleanup.h"
#include "common/timespan.h"
#include "units/unit-drop-ins.h"
#include "units/unit-file-view.h"
#include "units/unit-name-list.h"
#include "units/unit-network.h"
#include "units/unit-order.h"
#include "units/unit-timeouts.h"

#include <string.h>

/* TimeoutSec=5min, which systemd-sysv-generator(8) writes. */
#define SYSV_START_TIMEOUT_USEC UINT64_C(300000000)

struct parsed_unit {
        struct unit_timeouts timeouts;
        struct unit_order order;
        struct unit_network network;
        struct unit_file_view file_view;
        struct unit_command command;
        struct unit_hook start_pre, condition;
        struct string_list sockets;     /* Sockets= */
        unit_assignment_fn *assignment; /* is called for each as well, or NULL */
        void *data;
};

static void parsed_unit_clear(struct parsed_unit *parsed) {
        unit_timeouts_clear(&parsed->timeouts);
        unit_order_clear(&parsed->order);
        unit_network_clear(&parsed->network);
        unit_file_view_clear(&parsed->file_view);
        unit_command_clear(&parsed->command);
        unit_hook_clear(&parsed->start_pre);
        unit_hook_clear(&parsed->condition);
        string_list_clear(&parsed->sockets);
}

/* systemd.service(5): nothing resets the list. */
static int parse_sockets(const struct unit_assignment *assignment, struct string_list *ret) {
        if (strcmp(assignment->section, "Service") != 0 || strcmp(assignment->key, "Sockets") != 0)
                return 0;
        return unit_name_list_add(assignment->value, assignment->instance, ret);
}

static int parse(const struct unit_assignment *assignment, void *data) {
        struct parsed_unit *parsed = data;

        if (unit_timeouts_parse(assignment, &parsed->timeouts) < 0 ||
            unit_order_parse(assignment, &parsed->order) < 0 ||
            unit_network_parse(assignment, &parsed->network) < 0 ||
            unit_file_view_parse(assignment, &parsed->file_view) < 0 ||
            unit_command_parse(assignment, &parsed->command) < 0 ||
            unit_hook_parse(assignment, "ExecStartPre", &parsed->start_pre) < 0 ||
            unit_hook_parse(assignment, "ExecCondition", &parsed->condition) < 0 ||
            parse_sockets(assignment, &parsed->sockets) < 0)
                return -ENOMEM;
        return parsed->assignment ? parsed->assignment(assignment, parsed->data) : 0;
}

static struct shown_setting move_setting(struct shown_setting *from) {
        struct shown_setting setting = *from;

        *from = (struct shown_setting){ 0 };
        return setting;
}

static void set_timeouts(struct unit_timeouts *timeouts, uint64_t default_usec,
                         struct unit_settings *ret) {
        struct job_timeout *job = unit_timeouts_job(timeouts);

        ret->start_timeout_usec = unit_timeouts_start(timeouts, default_usec);
        ret->job_timeout_usec = job ? job->usec : TIMESPAN_INFINITY;
        if (job)
                ret->job_timeout_setting = move_setting(&job->setting);
}

static void set_network(struct unit_network *network, struct unit_settings *ret) {
        if (!network->namespace_path && network->is_private) {
                ret->joins_namespace = TAKE_POINTER(network->joins);
                ret->private_network = !ret->joins_namespace;
        }
        ret->network_namespace_path = TAKE_POINTER(network->namespace_path);
}

/* Why it is not known which files the commands of a unit see, though nothing of it is unreadable.
 * What nobody has seen may have any setting. */
static const char *unseen_cause(const struct unit *unit) {
        if (unit->state == UNIT_MISSING)
                return "no file of it is found, another generator may make it";
        return unit->is_uncertain ? "another file may be that of the unit" : NULL;
}

/* systemd may be able to read what the generator cannot: it mounts what is behind an automount. */
static int set_file_view(struct unit_file_view *view, const char *unreadable,
                         const struct unit *unit, struct unit_settings *ret) {
        struct shown_setting *setting = unit_file_view_setting(view);
        const char *cause = unseen_cause(unit);

        if (setting) {
                ret->file_view = move_setting(setting);
                return 0;
        }
        if (cause) {
                ret->file_view.text = strdup(cause);
                return ret->file_view.text ? 0 : -ENOMEM;
        }
        if (!unreadable)
                return 0;
        if (asprintf(&ret->file_view.text, "%s cannot be read", unreadable) < 0)
                ret->file_view.text = NULL;
        ret->file_view.file = strdup(unreadable);
        return ret->file_view.text && ret->file_view.file ? 0 : -ENOMEM;
}

static void set_command(struct unit_command *command, struct unit_settings *ret) {
        ret->command = *command;
        *command = (struct unit_command){ 0 };
}

static void set_hooks(struct parsed_unit *parsed, struct unit_settings *ret) {
        ret->start_pre_behind = parsed->start_pre;
        ret->condition_behind = parsed->condition;
        parsed->start_pre = parsed->condition = (struct unit_hook){ 0 };
}

static void set_sockets(struct parsed_unit *parsed, struct unit_settings *ret) {
        ret->sockets = parsed->sockets;
        parsed->sockets = (struct string_list){ 0 };
}

static void set_drop_ins(struct unit_files *files, struct unit_settings *ret) {
        ret->drop_ins = files->drop_ins;
        files->drop_ins = (struct string_list){ 0 };
}

int unit_settings_read(struct tree *tree, const struct unit_index *units, const struct unit *unit,
                       struct unit_settings *ret) {
        return unit_settings_read_with(tree, units, unit, NULL, NULL, ret);
}

int unit_settings_read_with(struct tree *tree, const struct unit_index *units,
                            const struct unit *unit, unit_assignment_fn *assignment, void *data,
                            struct unit_settings *ret) {
        CLEANUP(parsed_unit_clear)
        struct parsed_unit parsed = {
                .order = UNIT_ORDER_NULL,
                .assignment = assignment,
                .data = data,
        };
        CLEANUP(unit_files_clear) struct unit_files files = { 0 };
        uint64_t default_usec = unit->state == UNIT_SYSV ? SYSV_START_TIMEOUT_USEC
                                                         : units->default_start_timeout_usec;
        int r;

        r = unit_read(tree, units, unit, parse, &parsed, &files);
        if (r < 0)
                return r;
        ret->is_incomplete = files.unreadable;
        set_timeouts(&parsed.timeouts, default_usec, ret);
        set_network(&parsed.network, ret);
        set_command(&parsed.command, ret);
        set_hooks(&parsed, ret);
        set_sockets(&parsed, ret);
        r = unit_order_is_early(&parsed.order, &ret->before);
        if (r >= 0)
                r = set_file_view(&parsed.file_view, files.unreadable, unit, ret);
        set_drop_ins(&files, ret);
        return r < 0 ? r
                     : unit_drop_ins_find_replacement(tree, units, unit->name, &ret->replaced_by);
}

void unit_settings_clear(struct unit_settings *settings) {
        shown_setting_clear(&settings->job_timeout_setting);
        free(settings->before);
        free(settings->network_namespace_path);
        free(settings->joins_namespace);
        shown_setting_clear(&settings->file_view);
        string_list_clear(&settings->sockets);
        unit_command_clear(&settings->command);
        string_list_clear(&settings->drop_ins);
        free(settings->replaced_by);
        unit_hook_clear(&settings->start_pre_behind);
        unit_hook_clear(&settings->condition_behind);
        *settings = (struct unit_settings){ 0 };
}
