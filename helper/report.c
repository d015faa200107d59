/* SPDX-License-Identifier: LGPL-2.1-or-later */

#define SD_JOURNAL_SUPPRESS_LOCATION

#include "report.h"

#include "cleanup.h"
#include "message-id.h"
#include "timespan.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <time.h>

/* An entry in the making: its fields, each an allocated "NAME=value". */
struct entry {
        struct iovec *fields;
        size_t n_fields;
};

static void entry_donep(struct entry *entry) {
        for (size_t i = 0; i < entry->n_fields; i++)
                free(entry->fields[i].iov_base);
        free(entry->fields);
}

/* A field for which there is no memory is left out: the rest is still worth telling. */
__attribute__((format(printf, 2, 3))) static void entry_add(struct entry *entry, const char *format,
                                                            ...) {
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

static uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* systemd.exec(5), $JOURNAL_STREAM: whether standard error is a way into the journal itself. */
static bool stderr_is_journal(void) {
        const char *stream = getenv("JOURNAL_STREAM");
        uintmax_t device, inode;
        struct stat st;

        return stream && sscanf(stream, "%ju:%ju", &device, &inode) == 2 &&
               fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device && st.st_ino == inode;
}

struct report report_open(bool verbose) {
        bool has_journal = access("/run/systemd/journal/socket", F_OK) == 0;

        return (struct report){
                .start_usec = now_usec(),
                .to_stderr =
                        isatty(STDERR_FILENO) || !has_journal || (verbose && !stderr_is_journal()),
        };
}

/* Tells an entry. Where the journal does not take it there is nobody left to complain to. */
static void tell(const struct report *report, struct entry *entry, int priority, const char *id,
                 uint64_t elapsed_usec, const char *text) {
        entry_add(entry, "MESSAGE=%s", text);
        entry_add(entry, "MESSAGE_ID=%s", id);
        entry_add(entry, "PRIORITY=%d", priority);
        entry_add(entry, "SYSLOG_IDENTIFIER=dadwait");
        entry_add(entry, "DADWAIT_ELAPSED_USEC=%" PRIu64, elapsed_usec);
        (void)sd_journal_sendv(entry->fields, (int)entry->n_fields);
        if (report->to_stderr)
                (void)fprintf(stderr, "dadwait: %s\n", text);
}

typedef bool (*predicate)(const struct wanted *wanted);

static bool is_ready(const struct wanted *wanted) {
        return wanted->verdict.state == STATE_READY;
}

static bool is_not_ready(const struct wanted *wanted) {
        return !is_ready(wanted);
}

/* The addresses told of: each as a field, all as one text to be freed, or NULL. */
static char *list(struct entry *entry, const struct wanted *wanted, size_t n_wanted,
                  predicate belongs, bool with_state) {
        char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);
        const char *separator = "";

        if (!stream)
                return NULL;
        for (size_t i = 0; i < n_wanted; i++) {
                char address[PATTERN_STRING_SIZE];

                if (!belongs(&wanted[i]))
                        continue;
                pattern_format(&wanted[i].pattern, address);
                entry_add(entry, "DADWAIT_ADDRESS=%s", address);
                (void)fprintf(stream, "%s%s", separator, address);
                if (with_state)
                        (void)fprintf(stream, " (%s)", state_name(wanted[i].verdict.state));
                separator = ", ";
        }
        (void)fclose(stream);
        return text;
}

void report_waiting(const struct report *report, const struct wanted *wanted, size_t n_wanted,
                    uint64_t timeout_usec) {
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *names = list(&entry, wanted, n_wanted, wanted_is_pending, true);
        CLEANUP(freep) char *text = NULL;
        char timeout[TIMESPAN_STRING_SIZE];

        timespan_format(timeout_usec, timeout);
        if (asprintf(&text, "Waiting%s%s for %s",
                     timeout_usec == TIMESPAN_INFINITY ? "" : " up to ",
                     timeout_usec == TIMESPAN_INFINITY ? "" : timeout, names ?: "addresses") < 0)
                return;
        tell(report, &entry, LOG_INFO, MESSAGE_WAITING, now_usec() - report->start_usec, text);
}

void report_end(const struct report *report, const struct wanted *wanted, size_t n_wanted) {
        uint64_t elapsed_usec = now_usec() - report->start_usec;
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *text = NULL;
        CLEANUP(freep) char *names = NULL;
        bool all_ready = true;
        int r;

        for (size_t i = 0; i < n_wanted; i++)
                all_ready &= is_ready(&wanted[i]);
        names = list(&entry, wanted, n_wanted, all_ready ? is_ready : is_not_ready, !all_ready);
        r = asprintf(&text, "%s after %" PRIu64 ".%03" PRIu64 "s: %s",
                     all_ready ? "Ready" : "Not ready", elapsed_usec / 1000000,
                     elapsed_usec / 1000 % 1000, names ?: "addresses");
        if (r < 0)
                return;
        tell(report, &entry, all_ready ? LOG_INFO : LOG_WARNING,
             all_ready ? MESSAGE_READY : MESSAGE_GAVE_UP, elapsed_usec, text);
}

static const struct {
        const char *id;
        const char *text;
} REASONS[] = {
        [STATE_TENTATIVE] = {MESSAGE_TENTATIVE,     "duplicate address detection has not ended"  },
        [STATE_NO_CARRIER] = { MESSAGE_NO_CARRIER,
                             "the link has no carrier, so duplicate address detection cannot run"},
        [STATE_DADFAILED] = { MESSAGE_DUPLICATE,
                             "duplicate address: another host has it; not waiting for it"        },
        [STATE_OTHER_VRF] = { MESSAGE_OTHER_VRF,
                             "assigned, but inside a VRF that this process is not in"            },
        [STATE_ABSENT] = { MESSAGE_ABSENT,       "not assigned to any interface"              },
        [STATE_NO_INTERFACE] = { MESSAGE_ABSENT,       "there is no such interface"                 },
        [STATE_UNKNOWN] = { MESSAGE_CANNOT_WATCH, "its state cannot be told"                   },
};

void report_not_ready(const struct report *report, const struct wanted *wanted,
                      const struct network *network) {
        const char *link = network_link_name(network, wanted->verdict.index);
        enum state state = wanted->verdict.state;
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *text = NULL;
        char address[PATTERN_STRING_SIZE];

        pattern_format(&wanted->pattern, address);
        entry_add(&entry, "DADWAIT_ADDRESS=%s", address);
        entry_add(&entry, "DADWAIT_STATE=%s", state_name(state));
        if (wanted->pattern.interface[0] || link[0])
                entry_add(&entry, "DADWAIT_INTERFACE=%s",
                          wanted->pattern.interface[0] ? wanted->pattern.interface : link);
        if (asprintf(&text, "%s%s%s: %s", address,
                     wanted->pattern.interface[0] || !link[0] ? "" : " on ",
                     wanted->pattern.interface[0] ? "" : link, REASONS[state].text) < 0)
                return;
        tell(report, &entry, LOG_WARNING, REASONS[state].id, now_usec() - report->start_usec, text);
}

void report_cannot_watch(const struct report *report, const struct wanted *wanted, size_t n_wanted,
                         int error) {
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *names = list(&entry, wanted, n_wanted, is_not_ready, false);
        CLEANUP(freep) char *text = NULL;

        if (asprintf(&text,
                     "Cannot watch the addresses of this machine (%s), so not waiting for %s",
                     strerror(-error), names ?: "any") < 0)
                return;
        tell(report, &entry, LOG_WARNING, MESSAGE_CANNOT_WATCH, now_usec() - report->start_usec,
             text);
}
