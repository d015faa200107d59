/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "wait.h"

#include "cleanup.h"
#include "clock.h"
#include "monitor.h"
#include "timespan.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>

/* The state is asked for at once this often; then the event loop has its turn. */
enum { ASK_AT_ONCE = 8 };

/* Under a flood, the bell rings no more often than this. */
enum { BELL_PAUSE_USEC = 100 * 1000 };

struct wait {
        struct wanted *wanted;
        size_t n_wanted;
        size_t n_pending;
        struct network *network;
        struct monitor monitor;
        struct report *report;
        uint64_t until_usec; /* TIMESPAN_INFINITY: no limit */
        uint64_t bell_usec;  /* when the bell is listened to again; 0: now */
        bool is_known;       /* clear: the state has to be asked for again */
};

static volatile sig_atomic_t is_terminated;

static void on_sigterm(int number) {
        (void)number;
        is_terminated = 1;
}

static void wait_donep(struct wait *wait) {
        monitor_close(&wait->monitor);
}

/* Takes what the network has come to, and tells of each address that will not be waited for. */
static void judge(struct wait *wait) {
        wait->n_pending = wanted_update(wait->wanted, wait->n_wanted, wait->network);

        for (size_t i = 0; i < wait->n_wanted; i++) {
                struct wanted *wanted = &wait->wanted[i];

                if (wanted->verdict.state == STATE_DADFAILED && !wanted->reported) {
                        report_not_ready(wait->report, wanted, wait->network);
                        wanted->reported = true;
                }
        }
}

/*
 * Asks for the whole state, and takes what has happened meanwhile on top of it.
 *
 * An interrupted dump may lack addresses, but those that it has were there, and if they are gone
 * by now an event says so: dumps add up. Under a flood that interrupts them all, several are as
 * good as a whole one. Only where events are lost all has to be forgotten.
 *
 * Returns 0 or a negative errno.
 */
static int ask(struct wait *wait) {
        int r = -ENOBUFS;

        for (unsigned i = 0; i < ASK_AT_ONCE && (r == -EINTR || r == -ENOBUFS); i++) {
                int events;

                if (r == -ENOBUFS)
                        network_forget(wait->network);
                r = monitor_ask(&wait->monitor, wait->network);
                events = monitor_read(&wait->monitor, wait->network);
                if (events < 0)
                        r = events;
        }
        if (r < 0 && r != -EINTR && r != -ENOBUFS)
                return r;
        wait->is_known = r != -ENOBUFS;
        judge(wait);
        return 0;
}

/* Reads what has happened, and judges anew if it matters. */
static int look(struct wait *wait) {
        int r;

        r = monitor_read(&wait->monitor, wait->network);
        if (r == -ENOBUFS)
                wait->is_known = false;
        else if (r < 0)
                return r;
        if (!wait->is_known)
                return ask(wait);
        if (r > 0)
                judge(wait);
        return 0;
}

/* Sleeps until there is something to read, the time is up, or SIGTERM comes. */
static int doze(struct wait *wait) {
        uint64_t now = now_usec();
        bool listens = now >= wait->bell_usec;
        struct pollfd fds[] = {
                {.fd = monitor_events_fd(&wait->monitor),               .events = POLLIN},
                { .fd = listens ? monitor_bell_fd(&wait->monitor) : -1, .events = POLLIN},
        };
        uint64_t until = wait->until_usec;
        bool for_ever;
        struct timespec timeout = { 0 };
        sigset_t none;

        if (!listens && wait->bell_usec < until)
                until = wait->bell_usec;
        for_ever = wait->is_known && until == TIMESPAN_INFINITY;
        if (wait->is_known && until > now)
                timeout = (struct timespec){
                        .tv_sec = (time_t)((until - now) / USEC_PER_SEC),
                        .tv_nsec = (long)((until - now) % USEC_PER_SEC) * NSEC_PER_USEC,
                };

        (void)sigemptyset(&none);
        if (ppoll(fds, sizeof(fds) / sizeof(fds[0]), for_ever ? NULL : &timeout, &none) < 0)
                return errno == EINTR ? 0 : -errno;
        if (fds[1].revents) {
                monitor_silence(&wait->monitor);
                wait->bell_usec = now_usec() + BELL_PAUSE_USEC;
        }
        return 0;
}

/* SIGTERM only comes while it dozes, so that it is never missed. */
static void catch_sigterm(void) {
        const struct sigaction action = { .sa_handler = on_sigterm };
        sigset_t sigterm;

        (void)sigemptyset(&sigterm);
        (void)sigaddset(&sigterm, SIGTERM);
        (void)sigprocmask(SIG_BLOCK, &sigterm, NULL);
        (void)sigaction(SIGTERM, &action, NULL);
}

/*
 * What the kernel has said goes before the clock: after SIGCONT both may be due. Before it gives
 * up it asks once more, since some changes come without an event.
 *
 * Returns 1 if the time is up, 0 if nothing is pending, or was told to stop; or a negative errno.
 */
static int loop(struct wait *wait) {
        for (;;) {
                int r;

                r = doze(wait);
                if (r >= 0)
                        r = look(wait);
                if (r < 0)
                        return r;
                if ((wait->n_pending == 0 && wait->is_known) || is_terminated)
                        return 0;
                if (now_usec() >= wait->until_usec) {
                        r = ask(wait);
                        return r < 0 ? r : wait->n_pending > 0;
                }
        }
}

int wait_until_settled(struct wanted *wanted, size_t n_wanted, struct network *network,
                       uint64_t timeout_usec, struct report *report) {
        CLEANUP(wait_donep)
        struct wait wait = {
                .wanted = wanted,
                .n_wanted = n_wanted,
                .network = network,
                .monitor = MONITOR_NULL,
                .report = report,
        };
        bool timed_out = false;
        bool waits;
        int r;

        r = monitor_open(&wait.monitor, network->patterns, network->n_patterns);
        if (r < 0)
                return r;
        r = ask(&wait);
        if (r < 0)
                return r;

        waits = timeout_usec > 0 && (wait.n_pending > 0 || !wait.is_known);
        if (waits) {
                if (__builtin_add_overflow(report->start_usec, timeout_usec, &wait.until_usec))
                        wait.until_usec = TIMESPAN_INFINITY;
                report_waiting(report, wanted, n_wanted, network, timeout_usec);
                catch_sigterm();
                r = loop(&wait);
                if (r < 0)
                        return r;
                timed_out = r > 0;
        }

        for (size_t i = 0; i < n_wanted; i++)
                if (wanted[i].verdict.state != STATE_READY && !wanted[i].reported)
                        report_not_ready(report, &wanted[i], network);
        if (waits)
                report_end(report, wanted, n_wanted, network);
        return timed_out;
}
