/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The generator from /etc/dadwait.conf to the text of the drop-ins, fed with anything (libFuzzer):
 * the ini files through libinih, sections, names and files of units. The input is a whole tree, see
 * memory-tree.h.
 */

#include "cleanup.h"
#include "drop-in.h"
#include "log.h"
#include "memory-tree.h"
#include "unit-name.h"

#include <string.h>

static const char *const DIRECTORIES[] = { "/etc/systemd/system", "/run/systemd/generator", "/lib",
                                           NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Comments, "[Service]", one command that holds none of systemd's special characters alone. */
static void check_text(const char *text) {
        while (text[0] == '#') {
                text = strchr(text, '\n');
                if (!text++)
                        abort();
        }
        if (strncmp(text, "[Service]\nExec", strlen("[Service]\nExec")) != 0)
                abort();
        text += strlen("[Service]\n");
        if (text[strcspn(text, "\n")] != '\n' || text[strcspn(text, "\n") + 1] != '\0' ||
            text[strcspn(text, "\"'\\${};")])
                abort();
        while ((text = strchr(text, '%'))) {
                if (text[1] != '%')
                        abort();
                text += 2;
        }
}

static void handle(struct tree *tree, const struct unit_index *units,
                   const struct service *service) {
        CLEANUP(decision_clear) struct decision decision = { 0 };
        CLEANUP(freep) char *text = NULL;

        if (!unit_name_is_service(service->unit.name) || strchr(service->unit.name, '/'))
                abort();
        if (decide(tree, units, service, &decision) < 0)
                abort();
        if (decision.verdict != VERDICT_WAIT)
                return;
        if (drop_in_format(service, &decision, &text) < 0)
                abort();
        check_text(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(service_list_clear) struct service_list services = { 0 };
        CLEANUP(unit_index_clear) struct unit_index units = { 0 };
        CLEANUP(config_clear) struct config config = { 0 };
        CLEANUP(tree_close) struct tree tree = TREE_NULL;

        memory_tree_set((const char *)data, size);
        if (tree_open(&tree, NULL) < 0 || unit_index_read(&tree, DIRECTORIES, &units) < 0 ||
            config_read(&tree, &config) < 0 || services_find(&tree, &config, &units, &services) < 0)
                abort();
        for (size_t i = 0; i < services.count; i++)
                handle(&tree, &units, &services.items[i]);
        log_close();
        return 0;
}
