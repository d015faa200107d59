/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * "if CONDITION", "else" and "endif" of squid.conf
 *
 * A condition is "true", "false" or "NUMBER = NUMBER"; "${process_number}" is a number. squid runs
 * one process for each worker, and each reads the configuration, so both branches may count. Of
 * nested conditions the innermost alone decides, and a file that is included is in none
 * (parseOneConfigFile() of src/cache_cf.cc).
 */

#include "common/string-list.h"

enum { SQUID_CONDITIONS_MAX = 64 }; /* of nested ones */

struct squid_conditions {
        long first_process, last_process; /* numbers of the processes */
        size_t depth;
        struct {
                bool then_counts; /* for any process */
                bool else_counts;
                bool in_else;
        } items[SQUID_CONDITIONS_MAX];
};

/**
 * squid_conditions_init() - start without a condition
 * @arguments:  of the command line, or NULL: with -N there is one process, number 0
 */
void squid_conditions_init(struct squid_conditions *conditions,
                           const struct string_list *arguments);

/**
 * squid_conditions_set_workers() - the directive "workers NUMBER"
 */
void squid_conditions_set_workers(struct squid_conditions *conditions, const char *value);

/**
 * squid_conditions_read() - read a line if it is a part of a condition
 * @words:      of the line
 * @file:       for a warning
 *
 * Of a condition that is not understood both branches count, with a warning.
 *
 * Return: whether it is one.
 */
bool squid_conditions_read(struct squid_conditions *conditions, const struct string_list *words,
                           const char *file, unsigned line);

/**
 * squid_conditions_met() - whether the lines that follow count
 */
bool squid_conditions_met(const struct squid_conditions *conditions);
