/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/socket-plan.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/text.h"

#include <string.h>

static bool may_fail(const struct socket_unit *socket) {
        return socket->address.text && !socket->free_bind && !socket->transparent;
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
                if (!may_fail(&sockets->items[i]))
                        continue;
                if (array_make_room(ret->items, ret->count) < 0)
                        return -ENOMEM;
                ret->items[ret->count++] = &sockets->items[i];
        }
        return 0;
}

void socket_plan_clear(struct socket_plan *plan) {
        free(plan->items);
        *plan = (struct socket_plan){ 0 };
}
