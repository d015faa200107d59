/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Entry: a structured journal entry in the making
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct entry {
        struct iovec *fields; /* each an allocated "NAME=value", without a terminating NUL */
        size_t n_fields;
};

/**
 * entry_add() - add a field
 * @format:     as printf(3), for "NAME=value"; a name may come more than once
 *
 * A field for which there is no memory is left out: the rest is still worth telling.
 */
__attribute__((format(printf, 2, 3))) void entry_add(struct entry *entry, const char *format, ...);

/**
 * entry_send() - hand the entry to the journal
 * @priority:   as syslog(3)
 * @id:         MESSAGE_ID=
 * @text:       MESSAGE=
 *
 * It is attributed to the unit that this process runs in. By itself the journal finds that out
 * from the process, which may be gone by the time it looks.
 */
void entry_send(struct entry *entry, int priority, const char *id, const char *text);

/**
 * entry_journal_reads_stderr() - Return: whether standard error leads to the journal anyway
 */
bool entry_journal_reads_stderr(void);

/**
 * entry_has_journal() - Return: whether there is a journal to take entries
 */
bool entry_has_journal(void);

void entry_donep(struct entry *entry);
