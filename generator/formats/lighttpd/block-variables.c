/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/lighttpd/block-variables.h"

#include "common/array.h"
#include "common/cleanup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int value_set(struct value *ret, int type, const char *text) {
        char *copy = strdup(text);

        if (!copy)
                return -ENOMEM;
        free(ret->text);
        *ret = (struct value){ .type = type, .text = copy };
        return 0;
}

void value_clear(struct value *value) {
        free(value->text);
        *value = (struct value){ 0 };
}

int value_append(struct value *value, const struct value *other) {
        CLEANUP(freep) char *text = NULL;

        if (value->type == VALUE_UNKNOWN || other->type == VALUE_UNKNOWN ||
            strlen(value->text) + strlen(other->text) > VALUE_LENGTH_MAX)
                return value_set(value, VALUE_UNKNOWN, "");
        if (value->type == VALUE_ARRAY || other->type == VALUE_ARRAY)
                return value->type == other->type ? 0 : -EINVAL;
        if (value->type == VALUE_INTEGER && other->type == VALUE_INTEGER) {
                long sum = 0;

                if (__builtin_add_overflow(strtol(value->text, NULL, 10),
                                           strtol(other->text, NULL, 10), &sum))
                        return -EINVAL;
                if (asprintf(&text, "%ld", sum) < 0)
                        return -ENOMEM;
                return value_set(value, VALUE_INTEGER, text);
        }
        if (asprintf(&text, "%s%s", value->text, other->text) < 0)
                return -ENOMEM;
        return value_set(value, VALUE_STRING, text);
}

/* FNV-1a */
static uint32_t hash_text(const char *text) {
        uint32_t hash = 2166136261U;

        for (; *text; text++)
                hash = (hash ^ (unsigned char)*text) * 16777619U;
        return hash;
}

static int add_block(struct variables *variables, size_t parent, const char *condition) {
        struct block block = { .parent = parent, .hash = hash_text(condition) };

        if (array_make_room(variables->blocks, variables->block_count) < 0)
                return -ENOMEM;
        block.condition = strdup(condition);
        if (!block.condition)
                return -ENOMEM;
        variables->blocks[variables->block_count++] = block;
        return 0;
}

int variables_init(struct variables *variables) {
        return add_block(variables, BLOCK_GLOBAL, "");
}

int variables_enter(struct variables *variables, size_t parent, const char *condition,
                    size_t *ret) {
        uint32_t hash = condition ? hash_text(condition) : 0;

        for (size_t i = 1; condition && i < variables->block_count; i++) {
                const struct block *block = &variables->blocks[i];

                if (block->hash == hash && block->parent == parent &&
                    strcmp(block->condition, condition) == 0) {
                        *ret = i;
                        return 0;
                }
        }
        if (variables->block_count == BLOCKS_MAX)
                return -E2BIG;
        *ret = variables->block_count;
        return add_block(variables, parent, condition ? condition : "");
}

struct value *variables_get_in(const struct variables *variables, size_t block, const char *name) {
        uint32_t hash = hash_text(name);

        for (size_t i = variables->count; i > 0; i--) {
                struct variable *variable = &variables->items[i - 1];

                if (variable->hash == hash && variable->block == block &&
                    strcmp(variable->name, name) == 0)
                        return &variable->value;
        }
        return NULL;
}

const struct value *variables_get(const struct variables *variables, size_t block,
                                  const char *name) {
        for (;;) {
                const struct value *value = variables_get_in(variables, block, name);

                if (value || block == BLOCK_GLOBAL)
                        return value;
                block = variables->blocks[block].parent;
        }
}

int variables_set(struct variables *variables, size_t block, const char *name,
                  struct value *value) {
        struct value *old = variables_get_in(variables, block, name);
        struct variable variable = { .block = block, .hash = hash_text(name) };
        CLEANUP(value_clear) struct value taken = *value;

        *value = (struct value){ 0 };
        if (old) {
                value_clear(old);
                *old = taken;
                taken.text = NULL;
                return 0;
        }
        if (variables->count == VARIABLES_MAX)
                return -E2BIG;
        if (array_make_room(variables->items, variables->count) < 0)
                return -ENOMEM;
        variable.name = strdup(name);
        if (!variable.name)
                return -ENOMEM;
        variable.value = taken;
        taken.text = NULL;
        variables->items[variables->count++] = variable;
        return 0;
}

void variables_clear(struct variables *variables) {
        for (size_t i = 0; i < variables->block_count; i++)
                free(variables->blocks[i].condition);
        for (size_t i = 0; i < variables->count; i++) {
                free(variables->items[i].name);
                value_clear(&variables->items[i].value);
        }
        free(variables->blocks);
        free(variables->items);
        *variables = (struct variables){ 0 };
}
