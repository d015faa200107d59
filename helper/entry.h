/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Entry: a structured journal entry in the making
 *
 * Speaks the journal's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL) instead of linking
 * libsystemd, which does the same: see meson.build for what that would cost.
 */

#include <stdbool.h>
#include <stdio.h>

/* Where entries go. What it takes to send one is kept, so that the last is sent without delay. */
struct journal {
        int fd;     /* -1: not asked for yet, or none to be had */
        char *unit; /* that this process runs in; NULL: not asked for yet, or none */
};

#define JOURNAL_NULL ((struct journal){ .fd = -1 })

struct entry {
        FILE *stream; /* lines "NAME=value" go to .data; NULL without memory */
        char *data;
        size_t size;
};

/**
 * entry_begin() - an entry without fields
 * @entry:      uninitialised; to be freed with entry_donep(). It must not move.
 */
void entry_begin(struct entry *entry);

/**
 * entry_add() - add a field
 * @name:       may come more than once
 * @value:      ends at its first newline
 */
void entry_add(struct entry *entry, const char *name, const char *value);

/**
 * entry_send() - hand the entry to the journal, with who says it and about which unit
 * @journal:    JOURNAL_NULL at first; to be closed with journal_close()
 *
 * By itself the journal finds out the unit from the process, which may be gone by the time it
 * looks. Where there is no journal there is nobody to complain to.
 */
void entry_send(struct entry *entry, struct journal *journal);

void entry_donep(struct entry *entry);

/**
 * journal_close() - close the socket and free the name of the unit
 */
void journal_close(struct journal *journal);

/**
 * journal_reads_stderr() - Return: whether standard error leads to the journal anyway
 */
bool journal_reads_stderr(void);

/**
 * journal_exists() - Return: whether there is a journal to take entries
 */
bool journal_exists(void);
