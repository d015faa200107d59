/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/configured-addresses.h"

#include "common/cleanup.h"
#include "input/private-files.h"
#include "plan/config-files.h"
#include "plan/daemon-command.h"

#include <string.h>

/* For the plan, which does not show what a private file says. */
static int keep_program(const struct daemon_command *command, struct decision *ret) {
        if (command->count == 0 || private_files_is_hidden(command->file))
                return 0;
        ret->program = strdup(command->programs[command->count - 1].name);
        return ret->program ? 0 : -ENOMEM;
}

static int keep_config(const struct string_list *config, struct decision *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < config->count; i++)
                r = string_list_add(&ret->config, config->items[i]);
        return r;
}

/* The ports that a container publishes. */
static int read_quadlet(struct tree *tree, const struct service *service,
                        struct address_list *ret) {
        const struct source source = {
                .config = &service->unit.quadlet->files,
                .instance = service->instance,
        };

        return quadlet_read(tree, &source, ret);
}

int configured_addresses_read(struct tree *tree, const struct service *service,
                              const struct unit_settings *unit, unsigned families,
                              struct decision *ret) {
        const struct settings *settings = &service->settings;
        CLEANUP(daemon_command_clear) struct daemon_command command = { 0 };
        CLEANUP(string_list_clear) struct string_list config = { 0 };
        struct source source = {
                .config = &config,
                .environment = &command.environment,
                .arguments = &command.arguments,
                .environment_files = &settings->environment_files,
                .unit_environment_files = &command.files,
                .language = &settings->language,
        };
        int r;

        ret->addresses.left_out = ~families;
        tree_reset_budget(tree);
        tree->missing.path[0] = '\0';
        r = daemon_command_read(tree, &unit->command, &settings->programs,
                                &settings->environment_files, &command);
        source.arguments_file = command.file;
        source.arguments_line = command.line;
        source.directory = unit->command.working_directory;
        if (r >= 0)
                r = keep_program(&command, ret);
        if (r >= 0)
                r = config_files_find(tree, settings, &command, unit->command.working_directory,
                                      &config);
        ret->config_is_of_command = r > 0;
        ret->first_path = tree->watched.paths.count;
        if (r >= 0 && settings->format)
                r = settings->format(tree, &source, &ret->addresses);
        if (r >= 0 && service->unit.quadlet)
                r = read_quadlet(tree, service, &ret->addresses);
        ret->addresses.left_out = 0;
        if (r >= 0)
                r = missing_file_pop(&tree->missing, &ret->missing);
        return r < 0 ? r : keep_config(&config, ret);
}
