/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan.h"

#include "timespan.h"

#include <stdio.h>
#include <string.h>

static void print_off(const struct service *service) {
        const struct assignment *by = service->settings.last_enable;

        printf("switched off in %s:%u, [%s] Enable=%s.\n", by->file, by->line, by->section,
               by->value);
}

static void print_wait(const struct decision *decision) {
        char timeout[TIMESPAN_STRING_SIZE], start[TIMESPAN_STRING_SIZE];

        printf("waits up to %s", timespan_format(decision->timeout_usec, timeout));
        if (decision->start_timeout_usec > 0)
                printf(" (shortened: the unit's start timeout is %s)",
                       timespan_format(decision->start_timeout_usec, start));
        printf(".\n");
}

/* The drop-in as it will be, indented. */
static void print_drop_in(const struct service *service, const char *text) {
        printf("  %s.d/50-dadwait.conf:\n", service->unit.name);
        while (*text) {
                size_t length = strcspn(text, "\n");

                printf("    %.*s\n", (int)length, text);
                text += length + (text[length] == '\n');
        }
}

void plan_print(const struct service *service, const struct decision *decision, const char *text) {
        /* Most of the shipped definitions are for services that a machine does not have. */
        if (decision->verdict == VERDICT_MISSING && !service->is_local)
                return;

        printf("%s: ", service->unit.name);
        switch (decision->verdict) {
        case VERDICT_WAIT:
                print_wait(decision);
                print_drop_in(service, text);
                break;
        case VERDICT_MISSING:
                printf("no such unit on this machine.\n");
                break;
        case VERDICT_MASKED:
                printf("masked by %s.\n", service->unit.file);
                break;
        case VERDICT_OFF:
                print_off(service);
                break;
        case VERDICT_NO_ADDRESS:
                printf("listens on no address that could be tentative.\n");
                break;
        case VERDICT_BEFORE_NETWORK:
                printf("cannot wait, it starts before the network is configured.\n");
                break;
        case VERDICT_SOCKET:
                printf("need not wait, %s hands it its sockets.\n", decision->socket);
                break;
        }
}
