/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The work of a run, in parts that cost each other nothing
 *
 * A part is one unit, or one template with all its instances. Each has a quota of its own, and
 * what its files' owner makes of it (how many there are, how long they take to read) is met by no
 * other. The units come first.
 */

#include "plan/plan.h"
#include "plan/template.h"
#include "units/late-mounts.h"
#include "units/socket-list.h"

struct work {
        struct tree *tree;
        const char *root; /* of --root=; NULL: this machine */
        struct assignment_list config;
        struct unit_index units;
        struct socket_list sockets;
        struct late_mounts late_mounts; /* by hand all of them, else those not mounted yet */
        struct service_list services;   /* that have a section of their own */
        struct template_list templates;
        int output_fd;  /* normal-dir of systemd.generator(7), or -1: by hand; borrowed */
        size_t written; /* bytes, for the part that is being done */
};

/**
 * work_find() - read dadwait's own configuration, and find the parts
 * @work:       with @tree, @root and @output_fd; work_clear() it
 *
 * Reads the configuration, the unit files of the services and all socket units, but no
 * configuration of a service.
 *
 * Return: 0, or negative errno, which has been logged.
 */
int work_find(struct work *work);

/**
 * work_count() - how many parts there are
 */
size_t work_count(const struct work *work);

/**
 * work_name() - the unit that a part is for
 */
const char *work_name(const struct work *work, size_t index);

/**
 * work_do() - do one part: write its drop-ins or, by hand, add it to a plan
 * @plan:       by hand; outlived by @work. Else NULL
 *
 * Return: 0, or negative errno, which has been logged.
 */
int work_do(struct work *work, size_t index, struct plan *plan);

/**
 * work_clear() - free all
 */
void work_clear(struct work *work);
