/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "report.h"

#include "cleanup.h"
#include "entry.h"
#include "explain.h"
#include "memstream.h"
#include "message-id.h"
#include "timespan.h"

#include <inttypes.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

/* Addresses that are named in one entry, or have entries of their own. */
enum { NAMED_MAX = 100 };

static uint64_t now_usec(void) {
        struct timespec now;

        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

struct report report_open(bool verbose) {
        return (struct report){
                .start_usec = now_usec(),
                .to_stderr = isatty(STDERR_FILENO) || !entry_has_journal() ||
                             (verbose && !entry_journal_reads_stderr()),
        };
}

static void tell(const struct report *report, struct entry *entry, int priority, const char *id,
                 uint64_t elapsed_usec, const char *text) {
        entry_add(entry, "DADWAIT_ELAPSED_USEC=%" PRIu64, elapsed_usec);
        entry_send(entry, priority, id, text);
        if (report->to_stderr)
                (void)fprintf(stderr, "dadwait: %s\n", text);
}

/*
 * The interface that an address is about, by the name that ip(8) and sysctl(8) take: that of the
 * link or, where there is none, the one asked for.
 */
static const char *interface_of(const struct wanted *wanted, const struct network *network) {
        const char *name = network_link_name(network, wanted->verdict.index);

        return name[0] ? name : wanted->pattern.interface;
}

static void add_address(struct entry *entry, const struct wanted *wanted,
                        const struct network *network) {
        const char *interface = interface_of(wanted, network);
        char address[PATTERN_STRING_SIZE];

        entry_add(entry, "DADWAIT_ADDRESS=%s", pattern_format(&wanted->pattern, address));
        entry_add(entry, "DADWAIT_STATE=%s", state_name(wanted->verdict.state));
        if (interface[0])
                entry_add(entry, "DADWAIT_INTERFACE=%s", interface);
}

static bool is_ready(const struct wanted *wanted) {
        return wanted->verdict.state == STATE_READY;
}

static bool is_not_ready(const struct wanted *wanted) {
        return !is_ready(wanted);
}

/*
 * The addresses that an entry is about, NAMED_MAX at most: each as fields, all as one text, to be
 * freed. Where they are not ready each has its state behind it. NULL without memory.
 */
static char *add_addresses(struct entry *entry, const struct wanted *wanted, size_t n_wanted,
                           const struct network *network, bool (*belongs)(const struct wanted *)) {
        CLEANUP(freep) char *text = NULL;
        size_t n_named = 0, n_more = 0;
        FILE *stream;
        size_t size;

        stream = open_memstream(&text, &size);
        if (!stream)
                return NULL;
        for (size_t i = 0; i < n_wanted; i++) {
                char address[PATTERN_STRING_SIZE];

                if (!belongs(&wanted[i]))
                        continue;
                if (n_named == NAMED_MAX) {
                        n_more++;
                        continue;
                }
                add_address(entry, &wanted[i], network);
                (void)fprintf(stream, "%s%s", n_named++ > 0 ? ", " : "",
                              pattern_format(&wanted[i].pattern, address));
                if (!is_ready(&wanted[i]))
                        (void)fprintf(stream, " (%s)", state_name(wanted[i].verdict.state));
        }
        if (n_more > 0)
                (void)fprintf(stream, " and %zu more", n_more);
        return memstream_close(stream, &text) < 0 ? NULL : TAKE_POINTER(text);
}

void report_waiting(const struct report *report, const struct wanted *wanted, size_t n_wanted,
                    const struct network *network, uint64_t timeout_usec) {
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *names = NULL;
        CLEANUP(freep) char *text = NULL;
        char timeout[TIMESPAN_STRING_SIZE];
        int r;

        names = add_addresses(&entry, wanted, n_wanted, network, wanted_is_pending);
        if (!names)
                return;
        if (timeout_usec == TIMESPAN_INFINITY)
                r = asprintf(&text, "Waiting for %s", names);
        else
                r = asprintf(&text, "Waiting up to %s for %s",
                             timespan_format(timeout_usec, timeout), names);
        if (r >= 0)
                tell(report, &entry, LOG_INFO, MESSAGE_WAITING, now_usec() - report->start_usec,
                     text);
}

void report_end(const struct report *report, const struct wanted *wanted, size_t n_wanted,
                const struct network *network) {
        uint64_t elapsed_usec = now_usec() - report->start_usec;
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *names = NULL;
        CLEANUP(freep) char *text = NULL;
        bool all_ready = true;

        for (size_t i = 0; i < n_wanted; i++)
                all_ready &= is_ready(&wanted[i]);
        names = add_addresses(&entry, wanted, n_wanted, network,
                              all_ready ? is_ready : is_not_ready);
        if (names && asprintf(&text, "%s after %" PRIu64 ".%03" PRIu64 "s: %s",
                              all_ready ? "Ready" : "Not ready", elapsed_usec / 1000000,
                              elapsed_usec / 1000 % 1000, names) >= 0)
                tell(report, &entry, all_ready ? LOG_INFO : LOG_WARNING,
                     all_ready ? MESSAGE_READY : MESSAGE_GAVE_UP, elapsed_usec, text);
}

struct reason {
        const char *id;
        const char *text;
};

static struct reason reason_of(const struct wanted *wanted) {
        if (wanted_is_absent(wanted) && wanted->already_timed_out)
                return (struct reason){ MESSAGE_ALREADY_TIMED_OUT,
                                        "not assigned, and not waited for again: it did not come "
                                        "before" };

        switch (wanted->verdict.state) {
        case STATE_TENTATIVE:
                return (struct reason){ MESSAGE_TENTATIVE,
                                        "duplicate address detection has not ended" };
        case STATE_NO_CARRIER:
                return (struct reason){ MESSAGE_NO_CARRIER,
                                        "no carrier, so duplicate address detection cannot run" };
        case STATE_DADFAILED:
                return (struct reason){ MESSAGE_DUPLICATE,
                                        "duplicate address, another host has it; not waiting for "
                                        "it" };
        case STATE_OTHER_VRF:
                return (struct reason){ MESSAGE_OTHER_VRF,
                                        "assigned in a VRF that this process is not in" };
        case STATE_ABSENT:
                return (struct reason){ MESSAGE_ABSENT, "not assigned" };
        case STATE_NO_INTERFACE:
                return (struct reason){ MESSAGE_ABSENT, "there is no such interface" };
        case STATE_READY:
        case STATE_UNKNOWN:
                break;
        }
        return (struct reason){ MESSAGE_CANNOT_WATCH, "its state is not known" };
}

void report_not_ready(struct report *report, const struct wanted *wanted,
                      const struct network *network) {
        const char *interface = interface_of(wanted, network);
        struct reason reason = reason_of(wanted);
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *more = NULL;
        CLEANUP(freep) char *text = NULL;
        char address[PATTERN_STRING_SIZE];
        bool names_interface;

        if (report->n_not_ready++ >= NAMED_MAX)
                return;
        add_address(&entry, wanted, network);
        pattern_format(&wanted->pattern, address);
        names_interface = wanted->pattern.interface[0] || !interface[0];
        more = explain(wanted, interface);
        if (asprintf(&text, "%s%s%s: %s%s%s", address, names_interface ? "" : " on ",
                     names_interface ? "" : interface, reason.text, more ? "; " : "",
                     more ?: "") >= 0)
                tell(report, &entry, LOG_WARNING, reason.id, now_usec() - report->start_usec, text);
}

void report_omitted(const struct report *report) {
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *text = NULL;

        if (report->n_not_ready > NAMED_MAX &&
            asprintf(&text, "Not ready: %zu more", report->n_not_ready - NAMED_MAX) >= 0)
                tell(report, &entry, LOG_WARNING, MESSAGE_GAVE_UP, now_usec() - report->start_usec,
                     text);
}

void report_cannot_watch(const struct report *report, const struct wanted *wanted, size_t n_wanted,
                         int error) {
        CLEANUP(entry_donep) struct entry entry = { 0 };
        CLEANUP(freep) char *names = NULL;
        CLEANUP(freep) char *text = NULL;
        struct network unknown = { 0 };

        names = add_addresses(&entry, wanted, n_wanted, &unknown, is_not_ready);
        if (names && asprintf(&text,
                              "Cannot watch the addresses of this machine (%s), so not "
                              "waiting for %s",
                              strerror(-error), names) >= 0)
                tell(report, &entry, LOG_WARNING, MESSAGE_CANNOT_WATCH,
                     now_usec() - report->start_usec, text);
}
