/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * signal-at-stop NUMBER SIGNAL COMMAND...
 *
 * Runs a command under ptrace(2) and sends it a signal at its NUMBERth stop. A stop is each entry
 * to a system call, each return from one, and each execve(2), counted from the return of the first
 * rt_sigprocmask(2). If the command calls epoll_wait(2) before that, the signal is sent there. Then
 * the command is detached. Exits as the command does, or with 128 plus the number of the signal
 * that has killed it.
 *
 * With the number 0 it only prints how many stops there are until epoll_wait(2), and kills the
 * command there.
 */

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* asm-generic/unistd.h of Linux 5.11 */
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

static void fail(const char *what) {
        perror(what);
        exit(2);
}

static bool is_wait(unsigned long long call) {
#ifdef SYS_epoll_wait
        if (call == SYS_epoll_wait)
                return true;
#endif
        return call == SYS_epoll_pwait || call == SYS_epoll_pwait2;
}

static pid_t start(char **command) {
        pid_t pid = fork();

        if (pid < 0)
                fail("fork");
        if (pid > 0)
                return pid;
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 || raise(SIGSTOP) != 0)
                fail("ptrace");
        (void)execv(command[0], command);
        perror(command[0]);
        _exit(2);
}

static int await(pid_t pid) {
        int status;

        if (waitpid(pid, &status, 0) < 0)
                fail("waitpid");
        return status;
}

static int exit_status(int status) {
        return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Continues to the next stop. Returns false if the command has ended. */
static bool run_to_stop(pid_t pid, int *status, struct __ptrace_syscall_info *ret) {
        if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) < 0)
                fail("PTRACE_SYSCALL");
        *status = await(pid);
        if (!WIFSTOPPED(*status))
                return false;
        if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(*ret), ret) < 0)
                fail("PTRACE_GET_SYSCALL_INFO");
        return true;
}

int main(int argc, char **argv) {
        struct __ptrace_syscall_info info;
        unsigned long wanted, stops = 0;
        unsigned long long call = 0;
        int signal_number, status;
        bool counts = false;
        pid_t pid;

        if (argc < 4) {
                (void)fputs("usage: signal-at-stop NUMBER SIGNAL COMMAND...\n", stderr);
                return 2;
        }
        wanted = strtoul(argv[1], NULL, 10);
        signal_number = (int)strtoul(argv[2], NULL, 10);

        pid = start(argv + 3);
        (void)await(pid);
        if (ptrace(PTRACE_SETOPTIONS, pid, NULL,
                   PTRACE_O_EXITKILL | PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD) < 0)
                fail("PTRACE_SETOPTIONS");

        for (;;) {
                if (!run_to_stop(pid, &status, &info)) {
                        (void)fputs("signal-at-stop: the command has ended before the stop\n",
                                    stderr);
                        return exit_status(status);
                }
                if (info.op == PTRACE_SYSCALL_INFO_ENTRY)
                        call = info.entry.nr;
                counts |= info.op == PTRACE_SYSCALL_INFO_EXIT && call == SYS_rt_sigprocmask;
                stops += counts;
                if (info.op == PTRACE_SYSCALL_INFO_ENTRY && is_wait(call))
                        break;
                if (wanted > 0 && stops == wanted)
                        break;
        }
        if (wanted == 0) {
                (void)printf("%lu\n", stops);
                return 0;
        }
        if (kill(pid, signal_number) < 0 || ptrace(PTRACE_DETACH, pid, NULL, NULL) < 0)
                fail("kill");
        return exit_status(await(pid));
}
