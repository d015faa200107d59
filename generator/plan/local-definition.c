/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/local-definition.h"

#include "log.h"

#include <errno.h>
#include <string.h>

/* Return: 1 if it is missing, 0 if not, or -ENOMEM. */
static int is_missing(struct tree *tree, const struct late_mounts *late_mounts, const char *path) {
        const char *mount = NULL;
        struct stat st;
        int r;

        if (tree_stat(tree, path, &st) != -ENOENT)
                return 0;
        r = late_mounts_find(tree, late_mounts, path, &mount);
        return r < 0 ? r : !mount;
}

/* Return: how many of Config= exist, whoever names them; or -ENOMEM. */
static int check_config(struct tree *tree, const struct late_mounts *late_mounts,
                        const struct service *service) {
        const struct settings *settings = &service->settings;
        int existing = 0;

        for (size_t i = 0; i < settings->config.count; i++) {
                const struct assignment *assignment = settings->config_assignments[i];
                int r = is_missing(tree, late_mounts, settings->config.items[i]);

                if (r < 0)
                        return r;
                existing += r == 0;
                if (r > 0 && !assignment_is_shipped(assignment))
                        log_warning(assignment->file, assignment->line,
                                    "%s does not exist, so what %s listens on is not known.%s",
                                    settings->config.items[i], service->unit.name,
                                    strpbrk(settings->config.items[i], "*?")
                                            ? " Config= has no wildcards."
                                            : "");
        }
        return existing;
}

int local_definition_check(struct tree *tree, const struct late_mounts *late_mounts,
                           const struct service *service, const struct decision *decision) {
        const struct settings *settings = &service->settings;
        const struct assignment *directive = settings->last_directive;
        int r = 1;

        if (!settings->format)
                return 0;
        tree_reset_budget(tree);
        if (!decision->config_is_of_command)
                r = check_config(tree, late_mounts, service);
        if (r <= 0 || settings->format != directive_read || decision->addresses.has_statement ||
            !directive || assignment_is_shipped(directive) || decision->late_mount)
                return r < 0 ? r : 0;
        log_warning(directive->file, directive->line,
                    "The configuration of %s has no line that Directive= describes: %s",
                    service->unit.name, directive->value);
        return 0;
}
