/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/sshd/listen-queue.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/host.h"
#include "log.h"

#include <string.h>

struct listen_queue_item {
        char *argument;
        char *file;
        unsigned line;
        char *text;
};

int listen_queue_add(struct listen_queue *queue, const char *argument, const char *file,
                     unsigned line, const char *text) {
        struct listen_queue_item *item;

        if (array_make_room(queue->items, queue->count) < 0)
                return -ENOMEM;
        item = &queue->items[queue->count++];
        *item = (struct listen_queue_item){
                .argument = strdup(argument),
                .file = strdup(file),
                .line = line,
                .text = strdup(text),
        };
        return item->argument && item->file && item->text ? 0 : -ENOMEM;
}

/*
 * Cuts the port off, and the brackets: sListenAddress in servconf.c, hpdelim() and cleanhostname()
 * in misc.c. Return: the host, or NULL where sshd does not start.
 */
static char *cut_host(char *argument) {
        char *colon = strchr(argument, ':'), *end;

        if (!strchr(argument, '[') && colon && strchr(colon + 1, ':'))
                return argument;
        if (argument[0] == '[') {
                end = strchr(argument, ']');
                if (!end || (end[1] && end[1] != ':'))
                        return NULL;
                *end = '\0';
                return argument + 1;
        }
        end = argument + strcspn(argument, ":/");
        if (*end == '/')
                return NULL;
        *end = '\0';
        return argument;
}

static int resolve(const struct listen_queue_item *item, unsigned families,
                   struct address_list *ret) {
        CLEANUP(freep) char *copy = strdup(item->argument);
        const char *host;

        if (!copy)
                return -ENOMEM;
        host = cut_host(copy);
        if (host)
                return host_add_of(ret, families, host, item->file, item->line, item->text);
        log_warning(item->file, item->line, "Neither address nor host name, ignoring: %s",
                    item->argument);
        return 0;
}

int listen_queue_resolve(const struct listen_queue *queue, struct address_list *ret) {
        unsigned families = queue->family ? queue->family : ADDRESS_IPV6 | ADDRESS_IPV4;
        int r = 0;

        if (!(families & ~ret->left_out))
                return 0;
        for (size_t i = 0; i < queue->count && r >= 0; i++)
                r = resolve(&queue->items[i], families, ret);
        return r;
}

void listen_queue_clear(struct listen_queue *queue) {
        for (size_t i = 0; i < queue->count; i++) {
                free(queue->items[i].argument);
                free(queue->items[i].file);
                free(queue->items[i].text);
        }
        free(queue->items);
        *queue = (struct listen_queue){ 0 };
}
