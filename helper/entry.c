/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "entry.h"

#include "cleanup.h"
#include "own-unit.h"

#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static const struct sockaddr_un JOURNAL = {
        .sun_family = AF_UNIX,
        .sun_path = "/run/systemd/journal/socket",
};

/* Room for an entry about thousands of addresses: a datagram has to fit as a whole. */
static const int SEND_BUFFER_SIZE = 8 * 1024 * 1024;

void entry_begin(struct entry *entry) {
        *entry = (struct entry){ 0 };
        entry->stream = open_memstream(&entry->data, &entry->size);
}

void entry_donep(struct entry *entry) {
        fclosep(&entry->stream);
        free(entry->data);
}

void entry_add(struct entry *entry, const char *name, const char *value) {
        if (entry->stream)
                (void)fprintf(entry->stream, "%s=%.*s\n", name, (int)strcspn(value, "\n"), value);
}

static void journal_open(struct journal *journal) {
        journal->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (journal->fd < 0)
                return;
        (void)setsockopt(journal->fd, SOL_SOCKET, SO_SNDBUF, &SEND_BUFFER_SIZE,
                         sizeof(SEND_BUFFER_SIZE));
        journal->unit = own_unit();
}

void journal_close(struct journal *journal) {
        closep(&journal->fd);
        free(journal->unit);
        *journal = JOURNAL_NULL;
}

void entry_send(struct entry *entry, struct journal *journal) {
        if (journal->fd < 0)
                journal_open(journal);

        entry_add(entry, "SYSLOG_IDENTIFIER", "dadwait");
        /* journalctl(1), --unit=: entries about a unit count if they come from root. */
        if (journal->unit)
                entry_add(entry, "OBJECT_SYSTEMD_UNIT", journal->unit);
        if (entry->stream && fflush(entry->stream) == 0)
                (void)sendto(journal->fd, entry->data, entry->size, MSG_NOSIGNAL,
                             (const struct sockaddr *)&JOURNAL, sizeof(JOURNAL));
}

/* $JOURNAL_STREAM in systemd.exec(5). */
bool journal_reads_stderr(void) {
        char own[sizeof("18446744073709551615:18446744073709551615")];
        const char *stream = getenv("JOURNAL_STREAM");
        struct stat st;

        if (!stream || fstat(STDERR_FILENO, &st) < 0)
                return false;
        (void)snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
        return strcmp(stream, own) == 0;
}

bool journal_exists(void) {
        return access(JOURNAL.sun_path, F_OK) == 0;
}
