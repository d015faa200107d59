/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The variables and settings of lighttpd.conf, each in the block where it is assigned
 *
 * A setting such as server.bind is a variable as well. Blocks with the same condition in the same
 * block are one.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than any configuration has. They are searched one by one. */
enum { BLOCKS_MAX = 5000, VARIABLES_MAX = 10000, VALUE_LENGTH_MAX = 16 << 10 };

enum { BLOCK_GLOBAL = 0 };

struct value {
        enum {
                VALUE_UNKNOWN, /* depends on what is not known at boot */
                VALUE_STRING,
                VALUE_INTEGER,
                VALUE_ARRAY, /* its elements are not kept */
        } type;
        char *text; /* of VALUE_STRING and VALUE_INTEGER; "" otherwise */
};

struct variables {
        struct block {
                size_t parent;
                uint32_t hash;
                char *condition;
        } * blocks;
        size_t block_count;
        struct variable {
                size_t block;
                uint32_t hash;
                char *name;
                struct value value;
        } * items;
        size_t count;
};

/**
 * value_set() - make a value
 * @ret:        value_clear() it
 * @text:       copied
 *
 * Return: 0 or -ENOMEM.
 */
int value_set(struct value *ret, int type, const char *text);

/**
 * value_append() - what "+" does (configparser_merge_data() in configparser.y)
 * @value:      becomes the result; VALUE_UNKNOWN if it would be too long
 *
 * Return: 0; -EINVAL if lighttpd cannot add these; -ENOMEM.
 */
int value_append(struct value *value, const struct value *other);

void value_clear(struct value *value);

/**
 * variables_init() - with the global block
 *
 * Return: 0 or -ENOMEM.
 */
int variables_init(struct variables *variables);

/**
 * variables_enter() - the block of a condition
 * @condition:  NULL for one that is like no other
 * @ret:        receives its index
 *
 * Return: 0; -E2BIG if there are BLOCKS_MAX; -ENOMEM.
 */
int variables_enter(struct variables *variables, size_t parent, const char *condition, size_t *ret);

/**
 * variables_get_in() - the value that is assigned in a block
 *
 * Return: borrowed until the next assignment, or NULL.
 */
struct value *variables_get_in(const struct variables *variables, size_t block, const char *name);

/**
 * variables_get() - the value that is visible in a block
 *
 * Return: as above.
 */
const struct value *variables_get(const struct variables *variables, size_t block,
                                  const char *name);

/**
 * variables_set() - assign a value in a block
 * @value:      its text is taken, also on error
 *
 * Return: 0; -E2BIG if there are VARIABLES_MAX; -ENOMEM.
 */
int variables_set(struct variables *variables, size_t block, const char *name, struct value *value);

void variables_clear(struct variables *variables);
