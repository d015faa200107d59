/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/unknown-units.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/directive/values.h"
#include "formats/listener-lines.h"
#include "units/exec-program.h"
#include "units/unit-name.h"

#include <string.h>

/* For one unit: enough to see what it is about. */
enum { ADDRESSES_MAX = 20 };

/* They assign addresses, or connect to them. */
static const char *const NO_LISTENERS[] = {
        "arping", "curl", "ip",   "ip6tables", "ip6tables-restore", "mount", "mount.nfs",
        "ndisc6", "nft",  "ping", "ping6",     "resolvectl",        "route", "ssh",
        "sysctl", "wg",   "wget", "wg-quick",
};

static bool may_listen(const char *program) {
        for (size_t i = 0; i < sizeof(NO_LISTENERS) / sizeof(NO_LISTENERS[0]); i++)
                if (strcmp(NO_LISTENERS[i], program) == 0)
                        return false;
        return true;
}

/* "ADDR", "[ADDR]:80", "--bind=ADDR", "TCP6-LISTEN:80,bind=[ADDR],fork" */
static int add_word(const struct exec_command *command, const char *word,
                    struct address_list *ret) {
        const char *rest = word, *value;
        size_t length;
        int r = 0;

        while (r >= 0 && ret->count < ADDRESSES_MAX && (value = value_next(&rest, &length))) {
                struct pattern pattern;

                if (listener_value_parse(value, length, &pattern))
                        r = address_list_add(ret, &pattern, command->file, command->line, word);
        }
        return r;
}

/* The word in front says what an address is for: "--peer ADDR". */
static int add_command(const struct exec_command *command, const struct string_list *environment,
                       struct address_list *ret) {
        CLEANUP(exec_program_clear) struct exec_program program = { 0 };
        const struct string_list *words = &program.arguments;
        int r;

        r = exec_program_find(command, environment, &program);
        if (r < 0 || !may_listen(program.name))
                return r;
        for (size_t i = 0; r >= 0 && i < words->count; i++)
                if (!listener_word_is_of_others(words->items[i]) &&
                    (i == 0 || !listener_word_is_of_others(words->items[i - 1])))
                        r = add_word(command, words->items[i], ret);
        return r;
}

/* A section for its template is enough: its instances are units of their own. */
static bool has_section(const struct service_context *context, const struct unit *unit) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        size_t count = 0;

        if (unit_name_split(unit->name, &template, &instance) > 0)
                (void)assignment_list_section(context->config, template, &count);
        for (size_t i = 0; count == 0 && i < unit->names.count; i++)
                (void)assignment_list_section(context->config, unit->names.items[i], &count);
        return count > 0;
}

static bool is_of_interest(const struct started_unit *started) {
        const struct unit_settings *settings = &started->settings;

        return started->may_be_kept && started->error == 0 && !settings->before &&
               !settings->private_network && !settings->network_namespace_path;
}

static int add_unit(const struct started_unit *started, struct unknown_unit_list *ret) {
        const struct unit_command *command = &started->settings.command;
        CLEANUP(address_list_clear) struct address_list found = { .left_out = ADDRESS_IPV4 };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < command->commands.count; i++)
                r = add_command(&command->commands.items[i], &command->environment, &found);
        if (r < 0 || found.count == 0)
                return r;
        if (array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        ret->items[ret->count++] = (struct unknown_unit){
                .name = started->unit.name,
                .addresses = found,
        };
        found = (struct address_list){ 0 };
        return 0;
}

int unknown_units_find(const struct service_context *context, const struct service_list *services,
                       struct unknown_unit_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < context->started->count; i++) {
                const struct started_unit *started = &context->started->items[i];

                if (is_of_interest(started) && !service_list_find(services, started->unit.name) &&
                    !has_section(context, &started->unit))
                        r = add_unit(started, ret);
        }
        return r;
}

void unknown_unit_list_clear(struct unknown_unit_list *list) {
        for (size_t i = 0; i < list->count; i++)
                address_list_clear(&list->items[i].addresses);
        free(list->items);
        *list = (struct unknown_unit_list){ 0 };
}
