/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "network/sysctl.h"

#include "common/cleanup.h"

#include <fcntl.h>

bool sysctl_is_on(const char *path) {
        CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        char value;

        return fd >= 0 && read(fd, &value, 1) == 1 && value == '1';
}
