/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The generator from /etc/dadwait.conf to the text of the drop-ins, fed with anything (libFuzzer):
 * the ini files through libinih, sections, names and files of units. The input is a whole tree, see
 * memory-tree.h.
 */

#include "common/cleanup.h"
#include "log.h"
#include "memory-tree.h"
#include "output/drop-in.h"
#include "output/wait-unit.h"
#include "units/late-mounts.h"
#include "units/unit-name.h"

#include <string.h>

static const char *const DIRECTORIES[] = { "/etc/systemd/system", "/run/systemd/generator", "/lib",
                                           NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void skip(const char **text, const char *prefix) {
        if (strncmp(*text, prefix, strlen(prefix)) != 0)
                abort();
        *text += strlen(prefix);
}

/* One line, the last, that holds none of systemd's special characters alone. */
static void check_command(const char *text) {
        if (text[strcspn(text, "\n")] != '\n' || text[strcspn(text, "\n") + 1] != '\0' ||
            text[strcspn(text, "\"'\\${};")])
                abort();
        while ((text = strchr(text, '%'))) {
                if (text[1] != '%')
                        abort();
                text += 2;
        }
}

/* The names of units hold nothing special but backslashes, which systemd.unit(5) keeps there. */
static void check_dependency(const char **text, const char *key, const char *unit) {
        skip(text, key);
        skip(text, unit);
        skip(text, "\n");
}

/* Comments, then the command, or the unit of its own that has it. */
static void check_drop_in(const char *text, const struct service *service, enum place place) {
        CLEANUP(freep) char *unit = NULL;

        while (text[0] == '#') {
                text = strchr(text, '\n');
                if (!text++)
                        abort();
        }
        if (place == PLACE_IN_UNIT) {
                skip(&text, "[Service]\nExec");
                check_command(text);
                return;
        }
        if (wait_unit_name(service->unit.name, &unit) < 0)
                abort();
        skip(&text, "[Unit]\n");
        check_dependency(&text, service->settings.fail_on_timeout ? "Requires=" : "Wants=", unit);
        check_dependency(&text, "After=", unit);
        if (*text)
                abort();
}

static void check_wait_unit(const char *text) {
        const char *command = strstr(text, "\nExecStart=");

        if (!command)
                abort();
        check_command(command + 1);
}

static void handle(struct tree *tree, const struct unit_index *units,
                   const struct socket_list *sockets, const struct late_mounts *late_mounts,
                   const struct service *service) {
        CLEANUP(decision_clear) struct decision decision = { 0 };
        CLEANUP(freep) char *text = NULL, *wait_unit = NULL;
        int r;

        if (!unit_name_is_service(service->unit.name) || strchr(service->unit.name, '/'))
                abort();
        if (decide(tree, units, sockets, late_mounts, service, &decision) < 0)
                abort();
        if (decision.verdict != VERDICT_WAIT)
                return;
        r = drop_in_format(service, &decision, &text);
        if (r == -ENAMETOOLONG) /* of the unit of its own */
                return;
        if (r < 0)
                abort();
        check_drop_in(text, service, decision.place);
        if (decision.place != PLACE_OWN_UNIT)
                return;
        if (wait_unit_format(service, &decision, &wait_unit) < 0)
                abort();
        check_wait_unit(wait_unit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(service_list_clear) struct service_list services = { 0 };
        CLEANUP(unit_index_clear) struct unit_index units = { 0 };
        CLEANUP(socket_list_clear) struct socket_list sockets = { 0 };
        CLEANUP(late_mounts_clear) struct late_mounts late_mounts = { 0 };
        CLEANUP(assignment_list_clear) struct assignment_list config = { 0 };
        CLEANUP(tree_close) struct tree tree = TREE_NULL;

        memory_tree_set((const char *)data, size);
        if (tree_open(&tree, NULL) < 0 || unit_index_read(&tree, DIRECTORIES, &units) < 0 ||
            socket_list_read(&tree, &units, &sockets) < 0 ||
            late_mounts_read(&tree, &units, &late_mounts) < 0 ||
            assignment_list_read(&tree, &config) < 0 ||
            services_find(&tree, &config, &units, &services) < 0)
                abort();
        for (size_t i = 0; i < services.count; i++)
                handle(&tree, &units, &sockets, &late_mounts, &services.items[i]);
        log_close();
        return 0;
}
