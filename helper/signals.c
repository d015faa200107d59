/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "helper/signals.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static sigset_t all_signals(void) {
        sigset_t all;

        (void)sigfillset(&all);
        return all;
}

void signals_block(void) {
        sigset_t all = all_signals();

        (void)sigprocmask(SIG_SETMASK, &all, NULL);
}

void signals_unblock(void) {
        sigset_t none;

        (void)sigemptyset(&none);
        (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

int signals_open(void) {
        sigset_t all = all_signals();
        int fd = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);

        return fd < 0 ? -errno : fd;
}

static bool ends_wait(const struct signalfd_siginfo *info) {
        if (info->ssi_signo == SIGWINCH && info->ssi_code == SI_KERNEL)
                return false;
        return info->ssi_pid != (uint32_t)getpid();
}

bool signals_end_wait(int fd) {
        struct signalfd_siginfo info;
        bool ret = false;

        while (read(fd, &info, sizeof(info)) == sizeof(info))
                ret |= ends_wait(&info);
        return ret;
}
