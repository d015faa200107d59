/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The plan: what the generator would write, and why, for someone who is about to reboot
 */

#include "plan/decision.h"
#include "plan/socket-plan.h"

struct plan_entry {
        const struct service *service; /* borrowed */
        struct decision decision;
        char *drop_in;       /* of drop_in_format() if it waits, else NULL */
        char *wait_unit;     /* of wait_unit_format() if that unit waits for it, else NULL */
        const char **states; /* one for each address, static; NULL: not known */
};

struct plan {
        struct plan_entry *items;
        size_t count;
        struct socket_plan sockets;
};

/**
 * plan_add() - take one service into the plan
 * @service:    outlives @plan
 * @decision:   its contents are @plan's from now on
 * @drop_in:    the same; may point to NULL
 * @wait_unit:  the same; may point to NULL
 *
 * Leaves out services that are missing here and known from shipped definitions only: most of those
 * are for what a machine does not have.
 *
 * Return: 0 or -ENOMEM; @decision, @drop_in and @wait_unit are empty then, too.
 */
int plan_add(struct plan *plan, const struct service *service, struct decision *decision,
             char **drop_in, char **wait_unit);

/**
 * plan_ask_states() - find out in which state the addresses are at this moment
 *
 * Return: 0 or negative errno; the plan is complete without it.
 */
int plan_ask_states(struct plan *plan);

/**
 * plan_print() - print it as a table, in colours if standard output is a terminal
 */
void plan_print(const struct plan *plan);

/**
 * plan_print_json() - print it as JSON (RFC 8259), for programs
 * @refusal:    why there is nothing to do, or NULL
 */
void plan_print_json(const struct plan *plan, const char *refusal);

/**
 * plan_clear() - free all
 */
void plan_clear(struct plan *plan);
