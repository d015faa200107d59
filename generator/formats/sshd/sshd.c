/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * sshd(8): its options, then one file
 *
 * main() in sshd.c of OpenSSH. ListenAddress adds up; of AddressFamily the first counts, with the
 * options before the file.
 */

#include "common/cleanup.h"
#include "formats/format.h"
#include "formats/last-existing.h"
#include "formats/sshd/sshd-config.h"
#include "input/private-files.h"
#include "log.h"

#include <getopt.h>
#include <string.h>

/* Of OpenSSH 9 and 10. It stops at the first word that is no option. */
static const char OPTIONS[] = "+46C:DE:GQRTVb:c:def:g:h:ik:o:p:qrtu:";

struct command {
        const char *config; /* -f */
        bool binds_nothing; /* a test, or started by inetd */
};

static int apply(struct command *command, int option, const struct source *source,
                 struct listen_queue *queue) {
        switch (option) {
        case '4':
        case '6':
                queue->family_is_set = true;
                queue->family = option == '4' ? ADDRESS_IPV4 : ADDRESS_IPV6;
                return 0;
        case 'f':
                command->config = optarg;
                return 0;
        case 'o':
                return sshd_config_read_option(optarg, source->arguments_file,
                                               source->arguments_line, queue);
        case 'G':
        case 'T':
        case 'V':
        case 'i':
        case 't':
                command->binds_nothing = true;
                return 0;
        case '?':
                log_warning(source->arguments_file, source->arguments_line,
                            "Not all of these are options of sshd");
                return 0;
        default:
                return 0;
        }
}

static int read_options(const struct source *source, struct command *command,
                        struct listen_queue *queue) {
        CLEANUP(freep) char **words = NULL;
        size_t count = source->arguments ? source->arguments->count : 0;
        char name[] = "sshd";
        int option, r = 0;

        if (count == 0)
                return 0;
        words = calloc(count + 2, sizeof(*words));
        if (!words)
                return -ENOMEM;
        words[0] = name;
        memcpy(words + 1, source->arguments->items, count * sizeof(*words));

        opterr = 0;
        optind = 0; /* start afresh: glibc's extension, getopt(3) */
        while (r >= 0 && (option = getopt((int)count + 1, words, OPTIONS)) >= 0)
                r = apply(command, option, source, queue);
        return r;
}

static int read_config(struct tree *tree, const char *path, struct listen_queue *queue) {
        CLEANUP(freep) char *absolute = NULL;

        if (!path || strcasecmp(path, "none") == 0)
                return 0;
        /* systemd starts daemons in "/" */
        if (asprintf(&absolute, "%s%s", path[0] == '/' ? "" : "/", path) < 0)
                return -ENOMEM;
        return sshd_config_read(tree, absolute, queue);
}

int sshd_read(struct tree *tree, const struct source *source, struct address_list *ret) {
        CLEANUP(listen_queue_clear) struct listen_queue queue = { 0 };
        struct command command = { 0 };
        int r = private_files_allow("ListenAddress");

        if (r >= 0)
                r = read_options(source, &command, &queue);
        if (r < 0 || command.binds_nothing)
                return r < 0 ? r : 0;
        r = read_config(tree,
                        command.config ? command.config : last_existing_path(tree, source->config),
                        &queue);
        return r < 0 ? r : listen_queue_resolve(&queue, ret);
}
