/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The addresses that a service binds, each with its place in the configuration
 *
 * It is the interface between the formats, which fill it, and output/, which reads it.
 */

#include "common/pattern.h"

enum {
        ADDRESS_TEXT_MAX = 200, /* bytes */
        /* addresses; twice what a drop-in holds, since there may be repetitions */
        ADDRESS_LIST_MAX = 20000,
        ADDRESS_UNKNOWN_MAX = 100,
};

struct address {
        struct pattern pattern;
        char *file;    /* absolute, below the tree's root */
        unsigned line; /* in @file; 0 if it is in no single line */
        char *text;    /* the line as it is in the file, or an explanation of ours; of a file that
                          not every user may read, the keyword or "" */
};

/* A statement that names an address to bind, but not in a way that can be known at boot. */
struct unknown_address {
        char *file;       /* absolute, below the tree's root */
        unsigned line;    /* in @file */
        char *text;       /* the value; of a file that not every user may read, "" */
        char *reason;     /* why it is not known */
        bool is_mistyped; /* no machine can bind it */
};

struct address_list {
        struct address *items;
        size_t count;
        struct unknown_address *unknown;
        size_t unknown_count;
        unsigned left_out;  /* families of addresses that are not added */
        bool has_statement; /* of Format=directive: a Directive= or Option= has occurred */
};

/**
 * address_list_add() - append an address that the service binds
 * @pattern:    copied
 * @file:       copied
 * @line:       1-based, or 0
 * @text:       its first ADDRESS_TEXT_MAX bytes are copied, without leading and trailing blanks
 *
 * Formats add all addresses, in the order of the configuration. An address of a family that
 * the list leaves out is not added, and does not count. address_list_reduce() removes repetitions,
 * and addresses that need no waiting (::, ::1, 0.0.0.0, 127.0.0.1). Those after the first
 * ADDRESS_LIST_MAX are dropped.
 *
 * Return: 0 or -ENOMEM.
 */
int address_list_add(struct address_list *list, const struct pattern *pattern, const char *file,
                     unsigned line, const char *text);

/**
 * address_list_add_unknown() - log and keep that an address cannot be known
 * @file:       copied
 * @line:       1-based
 * @text:       what the configuration says instead of an address; its first ADDRESS_TEXT_MAX bytes
 *              are copied
 * @reason:     a clause such as "names are not resolved before the network is up"; not from a file
 *
 * The warning tells to set Address= in dadwait.conf. After the first ADDRESS_UNKNOWN_MAX of a list
 * they are dropped.
 *
 * Return: 0 or -ENOMEM.
 */
int address_list_add_unknown(struct address_list *list, const char *file, unsigned line,
                             const char *text, const char *reason);

/**
 * address_list_add_mistyped() - the same for what is meant as an address and can be none
 *
 * An Address= would be no help, so the warning does not mention it.
 */
int address_list_add_mistyped(struct address_list *list, const char *file, unsigned line,
                              const char *text, const char *reason);

/**
 * address_list_move() - append all of another list, the unknown ones included, as by
 * address_list_add()
 * @from:       empty afterwards
 *
 * Return: 0 or -ENOMEM.
 */
int address_list_move(struct address_list *from, struct address_list *ret);

/**
 * address_list_find_ignoring() - the entry of IgnoreAddress= that leaves a pattern out
 * @ignore:     as in address_list_reduce()
 *
 * Return: borrowed from @ignore, or NULL.
 */
const struct address *address_list_find_ignoring(const struct address_list *ignore,
                                                 const struct pattern *pattern);

/**
 * address_list_reduce() - keep each address once, and only those worth waiting for
 * @list:       keeps its order; of equal patterns the first stays
 * @ignore:     patterns to leave out (an exact one: itself, on any interface if it names none;
 *              a prefix: every address and every prefix within it)
 *
 * Return: 0 or -ENOMEM; @list is unchanged then.
 */
int address_list_reduce(struct address_list *list, const struct address_list *ignore);

/**
 * address_list_truncate() - drop all behind the first @count
 */
void address_list_truncate(struct address_list *list, size_t count);

/**
 * address_list_clear() - free all; the list is empty and usable afterwards, and leaves out what it
 * has left out before
 */
void address_list_clear(struct address_list *list);
