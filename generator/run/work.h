/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The work of a run, in independent parts
 *
 * A part is one unit, or one template with all its instances. Each has a quota of its own, so the
 * owner of its files (how many there are, how long they take to read) cannot harm another part.
 * Units come before templates.
 */

#include "plan/plan.h"
#include "plan/template.h"
#include "units/late-mounts.h"
#include "units/socket-list.h"

struct work {
        struct tree *tree;
        const char *root; /* of --root=; NULL: this machine */
        struct assignment_list config;
        struct program_list programs; /* of @config */
        struct unit_index units;
        struct socket_list sockets;
        struct quadlet_list quadlets;
        struct dependency_links links;
        struct started_units started;
        struct late_mounts late_mounts; /* called by hand: all; else those not mounted yet */
        struct service_list services;   /* with a section of their own, or known by program */
        struct template_list templates;
        int output_fd;  /* normal-dir of systemd.generator(7), borrowed; -1: called by hand */
        size_t written; /* bytes, by the present part */
};

/**
 * work_find() - read dadwait's own configuration, and find the parts
 * @work:       with @tree, @root and @output_fd; work_clear() it
 *
 * Reads the configuration, the unit files of all services that are started, and all socket units,
 * but no configuration of a service.
 *
 * Return: 0, or negative errno, which has been logged.
 */
int work_find(struct work *work);

/**
 * work_context() - what its services are found by
 *
 * Return: borrowed from @work.
 */
struct service_context work_context(const struct work *work);

/**
 * work_count() - how many parts there are
 */
size_t work_count(const struct work *work);

/**
 * work_name() - the unit or template of a part
 */
const char *work_name(const struct work *work, size_t index);

/**
 * work_do() - do one part: write its drop-ins or, by hand, add it to a plan
 * @plan:       called by hand, must not outlive @work; else NULL
 *
 * Return: 0, or negative errno, which has been logged.
 */
int work_do(struct work *work, size_t index, struct plan *plan);

/**
 * work_plan_sockets() - choose the socket units that may fail
 * @ret:        zeroed; socket_plan_clear() it
 *
 * Return: 0, or negative errno, which has been logged; there is no socket then.
 */
int work_plan_sockets(const struct work *work, struct socket_plan *ret);

/**
 * work_clear() - free all
 */
void work_clear(struct work *work);
