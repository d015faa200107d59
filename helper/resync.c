/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/resync.h"

#include "network/dump.h"

#include <errno.h>

/* Dumps in a row at most; after these the event loop handles signals and the clock. */
enum { MAX_DUMPS = 8 };

int resync(struct monitor *monitor, struct network *network, bool forget) {
        const unsigned max_dumps = forget ? MAX_DUMPS : 1;
        int r = forget ? -ENOBUFS : -EINTR;

        for (unsigned i = 0; i < max_dumps && (r == -EINTR || r == -ENOBUFS); i++) {
                int events;

                /* What is still queued is older than the dump: an address may be added in it whose
                 * removal was lost. */
                if (r == -ENOBUFS) {
                        (void)monitor_read(monitor, network);
                        network_forget(network);
                }
                r = dump(network);
                events = monitor_read(monitor, network);
                if (events < 0)
                        r = events;
        }
        return r;
}
