/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/report.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/message-id.h"
#include "common/timespan.h"
#include "helper/journal-entry.h"
#include "helper/reason.h"

#include <inttypes.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

/* How many addresses one entry names at most, and how many have entries of their own. */
enum { NAMED_MAX = 100 };

static uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* systemd is the parent of each command of a unit, whatever the unit's StandardError= is. */
static bool is_started_by_systemd(void) {
        return getppid() == 1;
}

struct report report_open(bool verbose) {
        return (struct report){
                .start_usec = now_usec(),
                .to_stderr = isatty(STDERR_FILENO) || !journal_entry_has_journal() ||
                             ((verbose || !is_started_by_systemd()) &&
                              !journal_entry_journal_reads_stderr()),
        };
}

static void log_entry(const struct report *report, struct journal_entry *entry, int priority,
                      const char *id, uint64_t elapsed_usec, const char *text) {
        journal_entry_add(entry, "DADWAIT_ELAPSED_USEC=%" PRIu64, elapsed_usec);
        journal_entry_send(entry, priority, id, text);
        if (report->to_stderr)
                (void)fprintf(stderr, "dadwait: %s\n", text);
}

/*
 * The interface that an address is about, by the name that ip(8) and sysctl(8) accept: that of
 * the link or, where there is none, the one in the pattern.
 */
static const char *interface_of(const struct target *target, const struct network *network) {
        const char *name = network_link_name(network, target->status.index);

        return name[0] ? name : target->pattern.interface;
}

static void add_address(struct journal_entry *entry, const struct target *target,
                        const struct network *network) {
        const char *interface = interface_of(target, network);
        char address[PATTERN_STRING_SIZE];

        journal_entry_add(entry, "DADWAIT_ADDRESS=%s", pattern_format(&target->pattern, address));
        journal_entry_add(entry, "DADWAIT_STATE=%s", address_state_name(target->status.state));
        if (interface[0])
                journal_entry_add(entry, "DADWAIT_INTERFACE=%s", interface);
}

static bool is_ready(const struct target *target) {
        return target->status.state == STATE_READY;
}

static bool is_not_ready(const struct target *target) {
        return !is_ready(target);
}

/*
 * Adds NAMED_MAX addresses at most to an entry, each as fields. Returns all of them as one text, to
 * be freed, in which each that is not ready is followed by its state; NULL without memory.
 */
static char *add_addresses(struct journal_entry *entry, const struct target *targets,
                           size_t n_targets, const struct network *network,
                           bool (*belongs)(const struct target *)) {
        CLEANUP(freep) char *text = NULL;
        size_t n_named = 0, n_more = 0;
        FILE *stream;
        size_t size;

        stream = open_memstream(&text, &size);
        if (!stream)
                return NULL;
        for (size_t i = 0; i < n_targets; i++) {
                char address[PATTERN_STRING_SIZE];

                if (!belongs(&targets[i]))
                        continue;
                if (n_named == NAMED_MAX) {
                        n_more++;
                        continue;
                }
                add_address(entry, &targets[i], network);
                (void)fprintf(stream, "%s%s", n_named++ > 0 ? ", " : "",
                              pattern_format(&targets[i].pattern, address));
                if (!is_ready(&targets[i]))
                        (void)fprintf(stream, " (%s)", address_state_name(targets[i].status.state));
        }
        if (n_more > 0)
                (void)fprintf(stream, " and %zu more", n_more);
        return memstream_close(stream, &text) < 0 ? NULL : TAKE_POINTER(text);
}

void report_waiting(const struct report *report, const struct target *targets, size_t n_targets,
                    const struct network *network, uint64_t timeout_usec) {
        CLEANUP(journal_entry_donep) struct journal_entry entry = { 0 };
        CLEANUP(freep) char *names = NULL;
        CLEANUP(freep) char *text = NULL;
        char timeout[TIMESPAN_STRING_SIZE];
        int r;

        names = add_addresses(&entry, targets, n_targets, network, target_is_pending);
        if (!names)
                return;
        if (timeout_usec == TIMESPAN_INFINITY)
                r = asprintf(&text, "Waiting for %s", names);
        else
                r = asprintf(&text, "Waiting up to %s for %s",
                             timespan_format(timeout_usec, timeout), names);
        if (r >= 0)
                log_entry(report, &entry, LOG_INFO, MESSAGE_WAITING,
                          now_usec() - report->start_usec, text);
}

void report_end(const struct report *report, const struct target *targets, size_t n_targets,
                const struct network *network) {
        uint64_t elapsed_usec = now_usec() - report->start_usec;
        CLEANUP(journal_entry_donep) struct journal_entry entry = { 0 };
        CLEANUP(freep) char *names = NULL;
        CLEANUP(freep) char *text = NULL;
        bool all_ready = true;

        for (size_t i = 0; i < n_targets; i++)
                all_ready &= is_ready(&targets[i]);
        names = add_addresses(&entry, targets, n_targets, network,
                              all_ready ? is_ready : is_not_ready);
        if (names && asprintf(&text, "%s after %" PRIu64 ".%03" PRIu64 "s: %s",
                              all_ready ? "Ready" : "Not ready", elapsed_usec / 1000000,
                              elapsed_usec / 1000 % 1000, names) >= 0)
                log_entry(report, &entry, all_ready ? LOG_INFO : LOG_WARNING,
                          all_ready ? MESSAGE_READY : MESSAGE_GAVE_UP, elapsed_usec, text);
}

void report_not_ready(struct report *report, const struct target *target,
                      const struct network *network) {
        const char *interface = interface_of(target, network);
        struct reason reason = reason_of(target, interface);
        CLEANUP(journal_entry_donep) struct journal_entry entry = { 0 };
        CLEANUP(freep) char *text = NULL;
        char address[PATTERN_STRING_SIZE];
        bool names_interface;

        if (report->n_not_ready++ >= NAMED_MAX)
                return;
        add_address(&entry, target, network);
        pattern_format(&target->pattern, address);
        names_interface = target->pattern.interface[0] || !interface[0];
        if (asprintf(&text, "%s%s%s: %s%s%s", address, names_interface ? "" : " on ",
                     names_interface ? "" : interface, reason.text, reason.detail ? "; " : "",
                     reason.detail ?: "") >= 0)
                log_entry(report, &entry, LOG_WARNING, reason.id, now_usec() - report->start_usec,
                          text);
}

void report_omitted(const struct report *report) {
        CLEANUP(journal_entry_donep) struct journal_entry entry = { 0 };
        CLEANUP(freep) char *text = NULL;

        if (report->n_not_ready > NAMED_MAX &&
            asprintf(&text, "Not ready: %zu more", report->n_not_ready - NAMED_MAX) >= 0)
                log_entry(report, &entry, LOG_WARNING, MESSAGE_GAVE_UP,
                          now_usec() - report->start_usec, text);
}

void report_cannot_watch(const struct report *report, const struct target *targets,
                         size_t n_targets, int error) {
        CLEANUP(journal_entry_donep) struct journal_entry entry = { 0 };
        CLEANUP(freep) char *names = NULL;
        CLEANUP(freep) char *text = NULL;
        struct network unknown = { 0 };

        names = add_addresses(&entry, targets, n_targets, &unknown, is_not_ready);
        if (names && asprintf(&text,
                              "Cannot watch the addresses of this machine (%s), so not "
                              "waiting for %s",
                              strerror(-error), names) >= 0)
                log_entry(report, &entry, LOG_WARNING, MESSAGE_CANNOT_WATCH,
                          now_usec() - report->start_usec, text);
}
