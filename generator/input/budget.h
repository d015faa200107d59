/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * How much may be read for one service, and for one template with all its instances
 *
 * The owner of a service's configuration decides how much there is to read, and systemd waits for
 * its generators. So each service has a budget, far above what a real one needs.
 * docs/reliability.md has the figures.
 */

#include <stdbool.h>
#include <stdint.h>

/* For one service */
enum {
        BUDGET_BYTES = 64 << 20, /* of files: what their text costs, in time and memory */
        BUDGET_FILES = 20000,    /* read, again counts again: a file may include itself */
        BUDGET_NAMES = 200000,   /* in listed directories: patterns may match in many of them */
        BUDGET_LOOKUPS = 500000, /* of paths: a missing file costs time as well */
};

/* What all instances of a template may use, in budgets of one service: enough for many that are
 * usual, or for a few that each use up their own. */
enum { BUDGET_SERVICES_PER_TEMPLATE = 4 };

struct budget_use {
        uint64_t bytes, files, names, lookups;
};

/* Zeroed: nothing is used yet. */
struct budget {
        struct budget_use service; /* since budget_reset_service() */
        struct budget_use total; /* since budget_reset_total(); @files: 0, as each costs a lookup */
};

/**
 * budget_charge_file() - account for a file that is about to be read
 * @size:       bytes
 *
 * Return: 0; -EDQUOT, here and below, if the service has used up its budget.
 */
int budget_charge_file(struct budget *budget, uint64_t size);

/**
 * budget_charge_name() - account for one entry of a directory
 */
int budget_charge_name(struct budget *budget);

/**
 * budget_charge_lookup() - account for a path that is about to be looked up
 */
int budget_charge_lookup(struct budget *budget);

/**
 * budget_reset_service() - the next service begins
 */
void budget_reset_service(struct budget *budget);

/**
 * budget_reset_total() - the next unit begins, or the next template
 */
void budget_reset_total(struct budget *budget);

/**
 * budget_total_is_exhausted() - whether BUDGET_SERVICES_PER_TEMPLATE is reached
 *
 * Nothing fails for that: the service that is being read stays within its own budget.
 */
bool budget_total_is_exhausted(const struct budget *budget);
