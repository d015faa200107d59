/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The units that podman's generator makes (podman-systemd.unit(5)), by the files they are made from
 *
 * Generators run at the same time, so the units themselves are never seen. The names are derived as
 * podman does, in getServiceName() of its pkg/systemd/quadlet. A file from which it makes no unit,
 * for a mistake in it, is in the list all the same: a drop-in for a unit that does not exist is
 * harmless.
 */

#include "units/unit.h"

struct quadlet {
        char *name;                 /* of the file: "web.container" */
        char *service;              /* name of the unit; may be a template's */
        struct string_list files;   /* the file and its drop-ins, in reading order */
        struct string_list aliases; /* Alias= */
        char *default_instance;     /* DefaultInstance=, or NULL */
        bool is_one_of_several;     /* another file makes a unit of this name */
};

struct quadlet_list {
        struct quadlet *items; /* each @service once */
        size_t count;
};

/**
 * quadlet_list_read() - find the containers, pods and Kubernetes files of the system manager
 * @ret:        zeroed; quadlet_list_clear() it
 *
 * Return: 0 or -ENOMEM. A file that cannot be read is skipped with a warning.
 */
int quadlet_list_read(struct tree *tree, struct quadlet_list *ret);

/**
 * quadlet_list_find() - the file that a unit is made from
 * @name:       of the unit, an alias of it, or of an instance
 * @ret:        borrowed from @list; NULL if there is none
 *
 * Return: 0 or -ENOMEM.
 */
int quadlet_list_find(const struct quadlet_list *list, const char *name,
                      const struct quadlet **ret);

/**
 * quadlet_is_pod() - whether the unit starts a pod
 */
bool quadlet_is_pod(const struct quadlet *quadlet);

/**
 * quadlet_list_clear() - free all
 */
void quadlet_list_clear(struct quadlet_list *list);
