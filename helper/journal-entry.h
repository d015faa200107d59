/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal entry: a list of fields, and how it is sent
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct journal_entry {
        struct iovec *fields; /* each an allocated "NAME=value", without a terminating NUL */
        size_t n_fields;
};

/**
 * journal_entry_add() - add a field
 * @format:     as printf(3), for "NAME=value"; a name may occur more than once
 *
 * A field for which there is no memory is left out: the rest is still worth logging.
 */
__attribute__((format(printf, 2, 3))) void journal_entry_add(struct journal_entry *entry,
                                                             const char *format, ...);

/**
 * journal_entry_send() - send the entry to the journal
 * @priority:   as syslog(3)
 * @id:         MESSAGE_ID=
 * @text:       MESSAGE=
 *
 * It is attributed to the unit that this process runs in. journald would find the unit by the
 * process, which may have ended by then.
 */
void journal_entry_send(struct journal_entry *entry, int priority, const char *id,
                        const char *text);

/**
 * journal_entry_journal_reads_stderr() - Return: whether standard error leads to the journal anyway
 */
bool journal_entry_journal_reads_stderr(void);

/**
 * journal_entry_has_journal() - Return: whether a journal is running
 */
bool journal_entry_has_journal(void);

void journal_entry_donep(struct journal_entry *entry);
