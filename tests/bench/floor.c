/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * floor ADDRESS... [-- COMMAND...]
 *
 * Blocks on netlink until no address is tentative (await-ready.h). Then it exits, or executes the
 * command.
 */

#include "await-ready.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
        char **command;
        int n;

        if (argc < 2)
                return 2;
        n = await_ready(argv + 1);
        if (n < 0) {
                (void)fprintf(stderr, "floor: %s\n", strerror(-n));
                return 1;
        }
        command = argv + 1 + n;
        if (!*command || !*++command)
                return 0;
        (void)execv(*command, command);
        perror(*command);
        return 1;
}
