/* SPDX-License-Identifier: LGPL-2.1-or-later */

#define SD_JOURNAL_SUPPRESS_LOCATION

#include "helper/journal-entry.h"

#include "common/cleanup.h"
#include "common/journal.h"
#include "common/wait-unit-prefix.h"

#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <systemd/sd-login.h>

void journal_entry_donep(struct journal_entry *entry) {
        for (size_t i = 0; i < entry->n_fields; i++)
                free(entry->fields[i].iov_base);
        free(entry->fields);
}

void journal_entry_add(struct journal_entry *entry, const char *format, ...) {
        struct iovec *fields;
        va_list arguments;
        char *text;
        int length;

        fields = reallocarray(entry->fields, entry->n_fields + 1, sizeof(*fields));
        if (!fields)
                return;
        entry->fields = fields;
        va_start(arguments, format);
        length = vasprintf(&text, format, arguments);
        va_end(arguments);
        if (length >= 0)
                fields[entry->n_fields++] =
                        (struct iovec){ .iov_base = text, .iov_len = (size_t)length };
}

/* The unit that this process runs in, or NULL. It does not change, and sd_pid_get_unit(3) makes
 * some thirty system calls, so it is called once for all entries. */
static const char *own_unit(void) {
        static char *unit;
        static bool is_known;

        if (!is_known)
                (void)sd_pid_get_unit(0, &unit);
        is_known = true;
        return unit;
}

void journal_entry_send(struct journal_entry *entry, int priority, const char *id,
                        const char *text) {
        const char *unit;

        if (!journal_accepts("/run/systemd/journal/socket"))
                return;
        journal_entry_add(entry, "MESSAGE=%s", text);
        journal_entry_add(entry, "MESSAGE_ID=%s", id);
        journal_entry_add(entry, "PRIORITY=%d", priority);
        journal_entry_add(entry, "SYSLOG_IDENTIFIER=dadwait");
        /* journalctl(1), --unit=: entries about a unit count if they come from root. */
        unit = own_unit();
        if (unit)
                journal_entry_add(entry, "OBJECT_SYSTEMD_UNIT=%s", unit);
        /* Its LogExtraFields= has the same, but journald may read that after the unit has ended. */
        if (unit && strncmp(unit, WAIT_UNIT_PREFIX, strlen(WAIT_UNIT_PREFIX)) == 0)
                journal_entry_add(entry, "OBJECT_SYSTEMD_UNIT=%s", unit + strlen(WAIT_UNIT_PREFIX));
        /* There is no other place to log that the journal has failed. */
        (void)sd_journal_sendv(entry->fields, (int)entry->n_fields);
}

/* $JOURNAL_STREAM in systemd.exec(5). */
bool journal_entry_journal_reads_stderr(void) {
        char own[sizeof("18446744073709551615:18446744073709551615")];
        const char *stream = getenv("JOURNAL_STREAM");
        struct stat st;

        if (!stream || fstat(STDERR_FILENO, &st) < 0)
                return false;
        (void)snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
        return strcmp(stream, own) == 0;
}

bool journal_entry_has_journal(void) {
        return access("/run/systemd/journal/socket", F_OK) == 0;
}
