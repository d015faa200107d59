/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/socket-plan.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "units/unit-name.h"

#include <string.h>

/* Whether it may fail, and a drop-in can prevent that. */
static bool is_curable(const struct socket_unit *socket) {
        return socket->address.text && !socket->free_bind && !socket->transparent &&
               unit_name_may_have_drop_ins(socket->unit.name);
}

static bool is_listed(const struct socket_plan *plan, const char *name) {
        for (size_t i = 0; i < plan->count; i++)
                if (strcmp(plan->items[i]->unit.name, name) == 0)
                        return true;
        return false;
}

/* The drop-in of a template is read for its instances as well. Return: 1 if there will be one; 0;
 * -ENOMEM. */
static int has_listed_template(const struct socket_plan *plan, const struct socket_unit *socket) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r;

        r = unit_name_split(socket->unit.name, &template, &instance);
        return r <= 0 ? r : is_listed(plan, template);
}

static bool is_wanted(const struct assignment_list *config) {
        bool wanted = false;

        for (size_t i = 0; i < config->count; i++)
                if (strcmp(config->items[i].section, "sockets") == 0)
                        wanted = text_parse_boolean(config->items[i].value) > 0;
        return wanted;
}

int socket_plan_make(const struct assignment_list *config, const struct socket_list *sockets,
                     struct socket_plan *ret) {
        ret->wanted = is_wanted(config);
        for (size_t i = 0; i < sockets->count; i++) {
                const struct socket_unit *socket = &sockets->items[i];
                int r = is_curable(socket) ? has_listed_template(ret, socket) : 1;

                if (r < 0)
                        return r;
                if (r > 0)
                        continue;
                if (array_make_room(ret->items, ret->count) < 0)
                        return -ENOMEM;
                ret->items[ret->count++] = socket;
        }
        return 0;
}

void socket_plan_clear(struct socket_plan *plan) {
        free(plan->items);
        *plan = (struct socket_plan){ 0 };
}
