/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Signals: each one ends the wait
 *
 * systemd stops a unit that waits with the signal of KillSignal= or RestartKillSignal=
 * (systemd.kill(5)), which may be any: httpd.service of Fedora has SIGWINCH, which is ignored by
 * default. So all are blocked from the first instruction on. The kernel keeps a blocked signal
 * pending even if it would be ignored (sig_ignored()), and keeps it across execve(2), so none is
 * lost before the event loop reads them from a signalfd(2).
 *
 * SIGKILL ends the process anyway. SIGSTOP cannot be blocked either: the process stops, and the
 * SIGCONT that systemd sends after each signal ends the wait. The two signals that glibc reserves
 * (nptl(7)) end the process.
 */

#include <stdbool.h>
#include <sys/signalfd.h>

/**
 * signals_block() - block all signals
 */
void signals_block(void);

/**
 * signals_unblock() - unblock all signals; those that are pending have their default effect
 */
void signals_unblock(void);

/**
 * signals_open() - Return: a file descriptor that signalfd_siginfo can be read from, to be closed
 * by the caller, or a negative errno. It does not block.
 */
int signals_open(void);

/**
 * signals_end_wait() - whether to stop waiting
 * @fd:         of signals_open(); read until it is empty
 *
 * Return: true once a signal has been read, but for those that this process has caused itself with
 * write(2), SIGPIPE and SIGXFSZ, and for SIGWINCH from the kernel, which means that the
 * terminal has another size.
 */
bool signals_end_wait(int fd);
