/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-settings.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "formats/host.h"

#include <string.h>

/* More than Dovecot has. Each line looks for its setting among all. */
enum {
        ROOT_MAX = 500,
        SERVICES_MAX = 200,
        LISTENERS_MAX = 500,
};

/* Of Dovecot 2.3 and 2.4, `doveconf -d`: those with a program. */
static const struct {
        const char *name;
        const char *protocol;
} SERVICES[] = {
        { "aggregator", "" },
        { "anvil", "" },
        { "auth", "" },
        { "auth-worker", "" },
        { "config", "" },
        { "dict", "" },
        { "dict-async", "" },
        { "dict-expire", "" },
        { "director", "" },
        { "dns-client", "" },
        { "doveadm", "" },
        { "health-check", "" },
        { "imap", "imap" },
        { "imap-hibernate", "imap" },
        { "imap-login", "imap" },
        { "imap-urlauth", "imap" },
        { "imap-urlauth-login", "imap" },
        { "imap-urlauth-worker", "imap" },
        { "indexer", "" },
        { "indexer-worker", "" },
        { "ipc", "" },
        { "lmtp", "lmtp" },
        { "log", "" },
        { "managesieve", "sieve" },
        { "managesieve-login", "sieve" },
        { "old-stats", "" },
        { "pop3", "pop3" },
        { "pop3-login", "pop3" },
        { "replicator", "" },
        { "stats", "" },
        { "submission", "submission" },
        { "submission-login", "submission" },
        { "tcpwrap", "" },
};

static const struct {
        const char *service;
        const char *name;
        bool ssl;
} LISTENERS[] = {
        { "imap-login", "imap", false },         { "imap-login", "imaps", true },
        { "managesieve-login", "sieve", false }, { "pop3-login", "pop3", false },
        { "pop3-login", "pop3s", true },         { "submission-login", "submission", false },
};

static void value_clear(struct dovecot_value *value) {
        free(value->value);
        free(value->file);
        free(value->text);
        free(value->items);
        free(value->own);
        *value = (struct dovecot_value){ 0 };
}

int dovecot_value_set(struct dovecot_value *value, const char *text, const char *file,
                      unsigned line, const char *shown) {
        struct dovecot_value set;

        if (value->is_fixed)
                return 0;
        set = (struct dovecot_value){
                .value = strdup(text),
                .file = strdup(file),
                .line = line,
                .text = strdup(shown),
                .own = value->own,
        };
        value->own = NULL;
        value_clear(value); /* @text may be a part of it: copied above */
        *value = set;
        return set.value && set.file && set.text ? 0 : -ENOMEM;
}

struct dovecot_value *dovecot_settings_get(const struct dovecot_settings *settings,
                                           const char *key) {
        for (size_t i = 0; i < settings->root_count; i++)
                if (strcmp(settings->root[i].key, key) == 0)
                        return &settings->root[i].value;
        return NULL;
}

int dovecot_settings_add(struct dovecot_settings *settings, const char *key,
                         struct dovecot_value **ret) {
        struct dovecot_setting *setting;

        *ret = dovecot_settings_get(settings, key);
        if (*ret || settings->root_count == ROOT_MAX)
                return 0;
        if (array_make_room(settings->root, settings->root_count) < 0)
                return -ENOMEM;
        setting = &settings->root[settings->root_count];
        *setting = (struct dovecot_setting){ .key = strdup(key) };
        if (!setting->key)
                return -ENOMEM;
        settings->root_count++;
        *ret = &setting->value;
        return 0;
}

int dovecot_settings_add_service(struct dovecot_settings *settings, const char *name, size_t *ret) {
        struct dovecot_service *service;

        for (*ret = 0; *ret < settings->service_count; (*ret)++)
                if (strcmp(settings->services[*ret].name, name) == 0)
                        return 0;
        if (settings->service_count == SERVICES_MAX)
                return -E2BIG;
        if (array_make_room(settings->services, settings->service_count) < 0)
                return -ENOMEM;
        service = &settings->services[settings->service_count++];
        *service = (struct dovecot_service){ .name = strdup(name), .protocol = strdup("") };
        return service->name && service->protocol ? 0 : -ENOMEM;
}

int dovecot_settings_add_listener(struct dovecot_settings *settings, size_t service,
                                  const char *name, size_t *ret) {
        struct dovecot_listener *listener;

        for (*ret = 0; *ret < settings->listener_count; (*ret)++)
                if (settings->listeners[*ret].service == service && name[0] &&
                    strcmp(settings->listeners[*ret].name, name) == 0)
                        return 0;
        if (settings->listener_count == LISTENERS_MAX)
                return -E2BIG;
        if (array_make_room(settings->listeners, settings->listener_count) < 0)
                return -ENOMEM;
        listener = &settings->listeners[settings->listener_count++];
        *listener = (struct dovecot_listener){ .service = service, .name = strdup(name) };
        return listener->name ? 0 : -ENOMEM;
}

static int add_default_listener(struct dovecot_settings *settings, const char *service_name,
                                const char *name, bool ssl) {
        size_t service, listener;
        int r = dovecot_settings_add_service(settings, service_name, &service);

        if (r >= 0)
                r = dovecot_settings_add_listener(settings, service, name, &listener);
        if (r < 0)
                return r;
        settings->listeners[listener].ssl = ssl;
        settings->listeners[listener].port.value = strdup("default");
        return settings->listeners[listener].port.value ? 0 : -ENOMEM;
}

int dovecot_settings_add_2_4(struct dovecot_settings *settings) {
        return add_default_listener(settings, "submission-login", "submissions", true);
}

int dovecot_settings_init(struct dovecot_settings *settings) {
        size_t service;
        int r;

        *settings = (struct dovecot_settings){ 0 };
        for (size_t i = 0; i < sizeof(SERVICES) / sizeof(SERVICES[0]); i++) {
                r = dovecot_settings_add_service(settings, SERVICES[i].name, &service);
                if (r < 0)
                        return r;
                settings->services[service].has_program = true;
                free(settings->services[service].protocol);
                settings->services[service].protocol = strdup(SERVICES[i].protocol);
                if (!settings->services[service].protocol)
                        return -ENOMEM;
        }
        for (size_t i = 0; i < sizeof(LISTENERS) / sizeof(LISTENERS[0]); i++) {
                r = add_default_listener(settings, LISTENERS[i].service, LISTENERS[i].name,
                                         LISTENERS[i].ssl);
                if (r < 0)
                        return r;
        }
        return 0;
}

static bool has_word(const char *list, const char *word) {
        size_t length = strlen(word);

        for (const char *p = list; *(p += strspn(p, ", ")); p += strcspn(p, ", "))
                if (strcspn(p, ", ") == length && strncmp(p, word, length) == 0)
                        return true;
        return false;
}

/* Seen of 2.4.1: if the last item of a list was taken away again, a group adds to the list. */
static bool takes_more(const struct dovecot_value *list) {
        const char *last = list->items ? strrchr(list->items, ' ') : NULL;

        return last && !has_word(list->value, last + 1);
}

/* @is_part: it is a list that is added to another one */
static int fix(struct dovecot_value *value, bool is_part) {
        if (!value->file)
                return 0;
        value->is_fixed = !is_part && !takes_more(value);
        if (!value->is_fixed && !(value->own = strdup(value->value)))
                return -ENOMEM;
        return 0;
}

int dovecot_settings_fix(struct dovecot_settings *settings) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < settings->root_count; i++)
                r = fix(&settings->root[i].value, false);
        for (size_t i = 0; r >= 0 && i < settings->service_count; i++)
                r = fix(&settings->services[i].listen.addresses,
                        !settings->services[i].listen.is_whole);
        for (size_t i = 0; r >= 0 && i < settings->listener_count; i++) {
                r = fix(&settings->listeners[i].port, false);
                if (r >= 0)
                        r = fix(&settings->listeners[i].listen.addresses,
                                !settings->listeners[i].listen.is_whole);
        }
        return r;
}

/* Return: the next word of a list; NULL at the end. */
static char *next_word(char **cursor) {
        char *word;

        while ((word = strsep(cursor, ", ")) && !word[0])
                ;
        return word;
}

/* "imaps" and "pop3s" of Dovecot 1, which 2.3 accepts. */
static bool is_with_ssl(const char *word, const char *protocol) {
        size_t length = strlen(protocol);

        return strncmp(word, protocol, length) == 0 && strcmp(word + length, "s") == 0;
}

/* service_want() in master/service.c. Return: -ENOMEM. */
static int is_started(const struct dovecot_settings *settings,
                      const struct dovecot_service *service) {
        const struct dovecot_value *protocols = dovecot_settings_get(settings, "protocols");
        CLEANUP(freep) char *copy = strdup(protocols ? protocols->value : "");
        char *cursor = copy, *word;

        if (!copy)
                return -ENOMEM;
        if (!service->has_program || service->protocol[0] == '\0')
                return service->has_program;
        while ((word = next_word(&cursor)))
                if (strcmp(word, service->protocol) == 0 || is_with_ssl(word, service->protocol))
                        return true;
        return false;
}

static int add_addresses(const struct dovecot_value *value, struct address_list *ret) {
        CLEANUP(freep) char *copy = NULL;
        char *cursor, *word;
        int r = 0;

        if (!value || !value->file)
                return 0;
        copy = strdup(value->value);
        if (!copy)
                return -ENOMEM;
        cursor = copy;
        while (r >= 0 && (word = next_word(&cursor)))
                r = host_add_bracketed(ret, word, value->file, value->line, value->text);
        return r;
}

/* Those of the listener and of its service. @binds_all: set if it has those of `listen` too. */
static int add_own_addresses(const struct dovecot_settings *settings,
                             const struct dovecot_listener *listener, bool *binds_all,
                             struct address_list *ret) {
        const struct dovecot_listen *outer = &settings->services[listener->service].listen;
        int r = add_addresses(&listener->listen.addresses, ret);

        if (r < 0 || listener->listen.is_whole)
                return r;
        *binds_all |= !outer->is_whole;
        return add_addresses(&outer->addresses, ret);
}

static bool is_port(const struct dovecot_value *port) {
        return port->value && port->value[strspn(port->value, "0")];
}

/* service_create_inet_listeners() in master/service.c */
int dovecot_settings_resolve(const struct dovecot_settings *settings, struct address_list *ret) {
        const struct dovecot_value *ssl = dovecot_settings_get(settings, "ssl");
        const struct dovecot_value *listen = dovecot_settings_get(settings, "listen");
        bool without_ssl = ssl && strcmp(ssl->value, "no") == 0;
        bool binds_all = false; /* whether a listener has the addresses of `listen` */
        int r = 0;

        for (size_t i = 0; i < settings->listener_count; i++) {
                const struct dovecot_listener *listener = &settings->listeners[i];

                if (!is_port(&listener->port) || (listener->ssl && without_ssl) ||
                    listener->is_unlisted || settings->services[listener->service].is_unlisted)
                        continue;
                r = is_started(settings, &settings->services[listener->service]);
                if (r > 0)
                        r = add_own_addresses(settings, listener, &binds_all, ret);
                if (r < 0)
                        return r;
        }
        return binds_all ? add_addresses(listen, ret) : 0;
}

void dovecot_settings_clear(struct dovecot_settings *settings) {
        for (size_t i = 0; i < settings->root_count; i++) {
                free(settings->root[i].key);
                value_clear(&settings->root[i].value);
        }
        for (size_t i = 0; i < settings->service_count; i++) {
                free(settings->services[i].name);
                free(settings->services[i].protocol);
                value_clear(&settings->services[i].listen.addresses);
        }
        for (size_t i = 0; i < settings->listener_count; i++) {
                free(settings->listeners[i].name);
                value_clear(&settings->listeners[i].listen.addresses);
                value_clear(&settings->listeners[i].port);
        }
        free(settings->root);
        free(settings->services);
        free(settings->listeners);
        *settings = (struct dovecot_settings){ 0 };
}
