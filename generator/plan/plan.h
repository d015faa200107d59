/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The plan: what the generator would write, and why; printed when it is called by hand
 */

#include "plan/decision.h"
#include "plan/socket-plan.h"
#include "plan/unknown-units.h"

/* Whether systemd has read what the plan says. */
enum in_force {
        IN_FORCE_UNKNOWN, /* not looked up, or systemd does not run */
        IN_FORCE_DENIED,  /* this user cannot read all that decides it */
        IN_FORCE_YES,
        IN_FORCE_NOT_YET, /* there is no drop-in */
        IN_FORCE_DIFFERS, /* there is another drop-in */
        IN_FORCE_STALE,   /* there is a drop-in, and none would be written */
};

struct plan_entry {
        const struct service *service; /* borrowed */
        struct decision decision;
        char *drop_in;                  /* of drop_in_format(), or NULL */
        char *wait_unit;                /* of wait_unit_format(), or NULL */
        const char **states;            /* of each address, static texts; NULL: unknown */
        struct string_list config;      /* of @decision, those that exist */
        struct address_list not_waited; /* of not_waited_find() */
        struct address_list mentions;   /* of mentions_find() */
        enum in_force in_force;         /* of show/in-force.h */
        bool was_denied;                /* this user cannot read all files that decide it */
        bool is_chosen;                 /* by plan_select() */
};

struct plan {
        struct plan_entry *items;
        size_t count;
        struct socket_plan sockets;
        struct unknown_unit_list unknown_units;
        struct string_list stale; /* units with a drop-in that are not in the plan */
        bool is_selected;         /* by plan_select() */
        const char *mask;         /* file that keeps systemd from running the generator, or NULL */
};

/**
 * plan_add() - add one service
 * @tree:       where to look up which of its files exist
 * @service:    outlives @plan
 * @decision:   its contents are moved into @plan
 * @not_waited: the same; of not_waited_find()
 * @drop_in:    the same; may point to NULL
 * @wait_unit:  the same; may point to NULL
 *
 * Omits services that only shipped definitions name and that are not installed: a machine has few
 * of them.
 *
 * What cannot be found for its notes is left out.
 *
 * Return: 0, or negative errno, which has been logged; @decision, @not_waited, @drop_in and
 * @wait_unit are empty in either case.
 */
int plan_add(struct plan *plan, struct tree *tree, const struct service *service,
             struct decision *decision, struct address_list *not_waited, char **drop_in,
             char **wait_unit);

/**
 * plan_select() - keep only some units
 * @names:      as a person types them (unit_name_is_meant()); aliases are names, too. What names no
 *              unit names the instances of a template (unit_name_is_instance_meant()).
 * @count:      how many; 0 keeps all except those that a shipped definition switches off
 */
void plan_select(struct plan *plan, char *const *names, size_t count);

/**
 * plan_has_unit() - whether a name is that of a unit in the plan (unit_name_is_meant())
 */
bool plan_has_unit(const struct plan *plan, const char *name);

/**
 * plan_has_name() - whether plan_select() finds a unit by a name, instances of a template included
 */
bool plan_has_name(const struct plan *plan, const char *name);

/**
 * plan_name_may_mean() - whether plan_select() may choose a unit by a name, if it is in the plan
 */
bool plan_name_may_mean(const char *name, const struct unit *unit);

/**
 * plan_clear() - free all
 */
void plan_clear(struct plan *plan);
