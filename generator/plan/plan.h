/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The plan: what the generator would write, and why; printed when it is called by hand
 */

#include "plan/decision.h"
#include "plan/socket-plan.h"

struct plan_entry {
        const struct service *service; /* borrowed */
        struct decision decision;
        char *drop_in;                /* of drop_in_format(), or NULL */
        char *wait_unit;              /* of wait_unit_format(), or NULL */
        const char **states;          /* of each address, static texts; NULL: unknown */
        struct string_list config;    /* of @decision, those that exist */
        struct address_list mentions; /* of mentions_find() */
};

struct plan {
        struct plan_entry *items;
        size_t count;
        struct socket_plan sockets;
};

/**
 * plan_add() - add one service
 * @tree:       where to look up which of its files exist
 * @service:    outlives @plan
 * @decision:   its contents are moved into @plan
 * @drop_in:    the same; may point to NULL
 * @wait_unit:  the same; may point to NULL
 *
 * Omits services that only shipped definitions name and that are not installed: a machine has few
 * of them.
 *
 * Return: 0 or -ENOMEM; @decision, @drop_in and @wait_unit are empty in either case.
 */
int plan_add(struct plan *plan, struct tree *tree, const struct service *service,
             struct decision *decision, char **drop_in, char **wait_unit);

/**
 * plan_ask_states() - ask the kernel for the present state of the addresses
 *
 * Return: 0 or negative errno; the plan is complete without it.
 */
int plan_ask_states(struct plan *plan);

/**
 * plan_print() - print it as a table; in colour on a terminal
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
