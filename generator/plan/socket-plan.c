/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/socket-plan.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "config/families.h"
#include "units/unit-name.h"

#include <string.h>

const struct shown_setting *socket_plan_address(const struct socket_plan *plan,
                                                const struct socket_unit *socket) {
        static const struct shown_setting NONE = { 0 };

        if (plan->families & ADDRESS_IPV6 && socket->address.text)
                return &socket->address;
        return plan->families & ADDRESS_IPV4 ? &socket->ipv4_address : &NONE;
}

/* Whether it may fail, and a drop-in can prevent that. */
static bool is_curable(const struct socket_plan *plan, const struct socket_unit *socket) {
        return socket_plan_address(plan, socket)->text && !socket->free_bind &&
               !socket->transparent && unit_name_may_have_drop_ins(socket->unit.name);
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

static void read_freebind(const struct assignment_list *config, struct socket_plan *ret) {
        for (size_t i = 0; i < config->count; i++)
                if (strcmp(config->items[i].section, "sockets") == 0 &&
                    strcmp(config->items[i].key, "FreeBind") == 0)
                        ret->wanted = text_parse_boolean(config->items[i].value) > 0;
}

/* The last Families= of a section. */
static int read_families(const struct assignment_list *config, const char *section,
                         struct socket_plan *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < config->count; i++)
                if (strcmp(config->items[i].section, section) == 0 &&
                    strcmp(config->items[i].key, "Families") == 0)
                        r = families_parse(config->items[i].value, &ret->families);
        return r;
}

int socket_plan_make(const struct assignment_list *config, const struct socket_list *sockets,
                     struct socket_plan *ret) {
        int r;

        read_freebind(config, ret);
        ret->families = FAMILIES_DEFAULT;
        r = read_families(config, "dadwait", ret);
        if (r >= 0)
                r = read_families(config, "sockets", ret);
        for (size_t i = 0; r >= 0 && i < sockets->count; i++) {
                const struct socket_unit *socket = &sockets->items[i];

                r = is_curable(ret, socket) ? has_listed_template(ret, socket) : 1;

                if (r < 0)
                        return r;
                if (r > 0)
                        continue;
                if (array_make_room(ret->items, ret->count) < 0)
                        return -ENOMEM;
                ret->items[ret->count++] = socket;
        }
        return r < 0 ? r : 0;
}

void socket_plan_clear(struct socket_plan *plan) {
        free(plan->items);
        *plan = (struct socket_plan){ 0 };
}
