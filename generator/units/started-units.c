/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/started-units.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "input/private-files.h"
#include "log.h"
#include "units/activation.h"
#include "units/dbus-services.h"
#include "units/systemd-units.h"
#include "units/unit-name.h"

#include <search.h>
#include <string.h>

struct search {
        struct tree *tree;
        const struct unit_index *units;
        const struct socket_list *sockets;
        struct string_list queue; /* names, each once, in the order in which they are reached */
        void *seen;               /* the same for tsearch(3), borrowed from @queue */
        struct started_units *started;
};

static int compare_texts(const void *a, const void *b) {
        return strcmp(a, b);
}

static void keep(void *text) {
        (void)text;
}

static void search_clear(struct search *search) {
        tdestroy(search->seen, keep);
        string_list_clear(&search->queue);
}

static bool has_suffix(const char *name, const char *suffix) {
        const char *dot = strrchr(name, '.');

        return dot && strcmp(dot, suffix) == 0;
}

/* Return: 1; 0 if it is in the queue already, or cannot start a service; -ENOMEM. */
static int enqueue(struct search *search, const char *name) {
        static const char *const SUFFIXES[] = { ".service", ".socket", ".timer", ".path",
                                                ".target" };
        bool is_followed = false;

        for (size_t i = 0; i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++)
                is_followed |= has_suffix(name, SUFFIXES[i]);
        if (!is_followed || !unit_name_is_valid(name) || unit_name_is_template(name) ||
            tfind(name, &search->seen, compare_texts))
                return 0;
        if (string_list_add(&search->queue, name) < 0 ||
            !tsearch(search->queue.items[search->queue.count - 1], &search->seen, compare_texts))
                return -ENOMEM;
        return 1;
}

static int enqueue_all(struct search *search, const struct string_list *names) {
        int r = 0;

        for (size_t i = 0; i < names->count && r >= 0; i++)
                r = enqueue(search, names->items[i]);
        return r < 0 ? r : 0;
}

/* The name of the service that belongs to a timer or path without Unit=. */
static int enqueue_namesake(struct search *search, const char *name) {
        CLEANUP(freep) char *service = NULL;
        int r;

        if (asprintf(&service, "%.*s.service", (int)(strrchr(name, '.') - name), name) < 0)
                return -ENOMEM;
        r = enqueue(search, service);
        return r < 0 ? r : 0;
}

/* One that starts an instance for each connection hands it the connection. */
static int follow_socket(struct search *search, const struct unit *unit) {
        for (size_t i = 0; i < search->sockets->count; i++) {
                const struct socket_unit *socket = &search->sockets->items[i];
                int r;

                if (strcmp(socket->unit.name, unit->name) != 0 || socket->accept)
                        continue;
                r = enqueue(search, socket->service);
                return r < 0 ? r : 0;
        }
        return 0;
}

static int parse_activation(const struct unit_assignment *assignment, void *data) {
        return activation_parse(assignment, data);
}

/* A timer, path or target. */
static int follow_other(struct search *search, const struct unit *unit) {
        CLEANUP(activation_clear) struct activation activation = { 0 };
        CLEANUP(unit_files_clear) struct unit_files files = { 0 };
        int r;

        r = unit_read(search->tree, search->units, unit, parse_activation, &activation, &files);
        if (r >= 0)
                r = enqueue_all(search, &activation.names);
        if (r < 0 || has_suffix(unit->name, ".target"))
                return r;
        if (!activation.unit)
                return enqueue_namesake(search, unit->name);
        r = enqueue(search, activation.unit);
        return r < 0 ? r : 0;
}

/* Forgets an error that is no fault of a file's: it costs what depends on the file, not all. */
static int pop_error(struct search *search) {
        const char *path;
        int r = tree_pop_io_error(search->tree, 0, &path);

        if (r < 0) {
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
                search->started->error = r;
        }
        return r;
}

static int read_service(struct search *search, struct started_unit *item,
                        struct activation *activation) {
        int r;

        private_files_begin(item->unit.name);
        r = unit_settings_read_with(search->tree, search->units, &item->unit, parse_activation,
                                    activation, &item->settings);
        item->may_be_kept = !private_files_is_hidden(NULL) && !item->settings.is_incomplete;
        private_files_end();
        return r;
}

static int follow_service(struct search *search, struct unit *unit) {
        CLEANUP(activation_clear) struct activation activation = { 0 };
        struct started_units *started = search->started;
        struct started_unit *item;
        int r;

        if (array_make_room(started->items, started->count) < 0)
                return -ENOMEM;
        item = &started->items[started->count++];
        *item = (struct started_unit){ .unit = *unit };
        *unit = (struct unit){ 0 };

        r = read_service(search, item, &activation);
        item->error = pop_error(search);
        if (r < 0 && item->error == 0)
                return r;
        if (item->error < 0)
                item->may_be_kept = false;
        else
                r = unit_command_add_programs(&item->settings.command, &item->programs);
        if (r >= 0)
                r = enqueue_all(search, &activation.names);
        return r < 0 ? r : enqueue_all(search, &item->settings.sockets);
}

static int follow(struct search *search, const char *name) {
        CLEANUP(unit_clear) struct unit unit = { 0 };
        int r;

        r = systemd_unit(search->units, name);
        if (r != 0)
                return r < 0 ? r : 0;
        r = unit_find(search->tree, search->units, name, &unit);
        if (r < 0)
                return r;
        /* Under its real name it is followed later, and once. */
        if (strcmp(unit.name, name) != 0) {
                r = enqueue(search, unit.name);
                return r < 0 ? r : 0;
        }
        if (unit.state != UNIT_FOUND)
                return 0;
        if (has_suffix(name, ".service"))
                return follow_service(search, &unit);
        return has_suffix(name, ".socket") ? follow_socket(search, &unit)
                                           : follow_other(search, &unit);
}

/* Where the search begins. */
static int enqueue_roots(struct search *search, const struct dependency_links *links,
                         const struct string_list *names) {
        CLEANUP(string_list_clear) struct string_list bus = { 0 };
        int r;

        r = enqueue(search, "default.target");
        for (size_t i = 0; i < links->count && r >= 0; i++)
                r = enqueue(search, links->items[i].name);
        if (r >= 0)
                r = enqueue_all(search, names);
        if (r >= 0)
                r = dbus_services_list(search->tree, search->units, &bus);
        return r < 0 ? r : enqueue_all(search, &bus);
}

static int compare_units(const void *a, const void *b) {
        const struct started_unit *x = a, *y = b;

        return strcmp(x->unit.name, y->unit.name);
}

int started_units_read(struct tree *tree, const struct unit_index *units,
                       const struct dependency_links *links, const struct socket_list *sockets,
                       const struct string_list *names, struct started_units *ret) {
        CLEANUP(search_clear)
        struct search search = {
                .tree = tree,
                .units = units,
                .sockets = sockets,
                .started = ret,
        };
        int r;

        r = enqueue_roots(&search, links, names);
        for (size_t i = 0; i < search.queue.count && r >= 0; i++) {
                tree_reset_budget(tree);
                r = follow(&search, search.queue.items[i]);
                if (pop_error(&search) < 0)
                        r = 0;
        }
        if (ret->count > 1)
                qsort(ret->items, ret->count, sizeof(*ret->items), compare_units);
        return r < 0 ? r : 0;
}

static int compare_name(const void *name, const void *unit) {
        return strcmp(name, ((const struct started_unit *)unit)->unit.name);
}

struct started_unit *started_units_find(const struct started_units *started, const char *name) {
        if (started->count == 0)
                return NULL;
        return bsearch(name, started->items, started->count, sizeof(*started->items), compare_name);
}

void started_units_clear(struct started_units *started) {
        for (size_t i = 0; i < started->count; i++) {
                unit_clear(&started->items[i].unit);
                unit_settings_clear(&started->items[i].settings);
                string_list_clear(&started->items[i].programs);
        }
        free(started->items);
        *started = (struct started_units){ 0 };
}
