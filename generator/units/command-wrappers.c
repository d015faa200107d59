/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/command-wrappers.h"

#include <string.h>

/* Options with an argument, which may be the next word, and how many words are before the program
 * that are no options: the mask of taskset, the duration of timeout. */
static const struct wrapper {
        const char *name, *letters, *long_options; /* the latter between blanks */
        unsigned words;
} WRAPPERS[] = {
        { "authbind", "", " --depth ", 0 },
        { "catchsegv", "", "", 0 },
        { "chpst", "uUbe/nlLmdopfcrt", "", 0 }, /* runit */
        { "chrt", "TPD", " --sched-runtime --sched-period --sched-deadline ", 1 },
        { "dumb-init", "r", " --rewrite ", 0 },
        { "gosu", "", "", 1 },
        { "ionice", "cn", " --class --classdata ", 0 },
        { "nice", "n", " --adjustment ", 0 },
        { "nohup", "", "", 0 },
        { "numactl", "iNmpCw",
          " --interleave --cpunodebind --membind --physcpubind --preferred --weighted-interleave ",
          0 },
        { "prlimit", "", "", 0 },
        { "s6-setuidgid", "", "", 1 },
        { "setpriv", "",
          " --reuid --ruid --euid --regid --rgid --egid --groups --inh-caps --ambient-caps"
          " --bounding-set --securebits --pdeathsig --selinux-label --apparmor-profile ",
          0 },
        { "setsid", "", "", 0 },
        { "setuidgid", "", "", 1 },
        { "stdbuf", "ioe", " --input --output --error ", 0 },
        { "su-exec", "", "", 1 },
        { "sudo", "CDRTghpru",
          " --chdir --chroot --close-from --command-timeout --group --host --prompt --role --user ",
          0 },
        { "systemd-cat", "tp",
          " --identifier --priority --stderr-priority --level-prefix --namespace ", 0 },
        { "taskset", "", "", 1 },
        { "timeout", "ks", " --kill-after --signal ", 1 },
        { "tini", "pe", "", 0 },
};

static const struct wrapper *find(const char *name) {
        for (size_t i = 0; i < sizeof(WRAPPERS) / sizeof(WRAPPERS[0]); i++)
                if (strcmp(WRAPPERS[i].name, name) == 0)
                        return &WRAPPERS[i];
        return NULL;
}

/* As getopt_long(3): "-n 5" has its argument in the next word, "-n5" and "--adjustment=5" not. */
static bool takes_next(const struct wrapper *wrapper, const char *word) {
        size_t length = strlen(word);

        if (strncmp(word, "--", strlen("--")) == 0) {
                const char *found = strstr(wrapper->long_options, word);

                return found && found[-1] == ' ' && found[length] == ' ';
        }
        for (size_t i = 1; i < length; i++)
                if (strchr(wrapper->letters, word[i]))
                        return i + 1 == length;
        return false;
}

/* ip [OPTION]... vrf exec NAME PROGRAM: the sockets of the program are bound to the device of the
 * VRF, in the same network namespace. */
static ssize_t behind_vrf(const struct string_list *words) {
        size_t i = 0;

        while (i < words->count && words->items[i][0] == '-')
                i++;
        if (i + 3 >= words->count || strcmp(words->items[i], "vrf") != 0 ||
            strcmp(words->items[i + 1], "exec") != 0)
                return -1;
        return (ssize_t)i + 3;
}

ssize_t command_wrapper_program(const char *name, const struct string_list *words) {
        const struct wrapper *wrapper = find(name);
        size_t i = 0;

        if (strcmp(name, "ip") == 0)
                return behind_vrf(words);
        if (!wrapper)
                return -1;
        while (i < words->count && words->items[i][0] == '-') {
                const char *word = words->items[i++];

                if (strcmp(word, "--") == 0)
                        break;
                i += takes_next(wrapper, word);
        }
        i += wrapper->words;
        return i < words->count ? (ssize_t)i : -1;
}
