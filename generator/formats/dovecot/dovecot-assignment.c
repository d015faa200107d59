/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/dovecot/dovecot-assignment.h"

#include "common/cleanup.h"
#include "common/memstream.h"
#include "common/text.h"
#include "log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Each change copies the list. */
enum { CHANGES_MAX = 1000, CHANGED_LIST_MAX = 64 << 10 };

static bool is_yes(const char *text) {
        return text[0] && strchr("yY1tT", text[0]);
}

static int set_value(struct dovecot_value *value, const char *text,
                     const struct dovecot_place *place) {
        return dovecot_value_set(value, text, place->file, place->line, place->text);
}

/* Adds or removes a word of a list. Return: the list, with a blank before each word; NULL if out of
 * memory. */
static char *change_words(const char *list, const char *item, bool present) {
        CLEANUP(freep) char *copy = strdup(list), *changed = NULL;
        char *cursor = copy, *word;
        size_t size;
        FILE *out = copy ? open_memstream(&changed, &size) : NULL;

        if (!out)
                return NULL;
        while ((word = strsep(&cursor, ", ")))
                if (word[0] && (present || strcmp(word, item) != 0)) {
                        present &= strcmp(word, item) != 0;
                        (void)fprintf(out, " %s", word);
                }
        if (present)
                (void)fprintf(out, " %s", item);
        return memstream_close(out, &changed) < 0 ? NULL : TAKE_POINTER(changed);
}

/* Whether a list has been changed too often, or is too long, to be changed once more. */
static bool is_full(struct dovecot_value *list, const struct dovecot_place *place) {
        if (list->changes < CHANGES_MAX &&
            (!list->value || strnlen(list->value, CHANGED_LIST_MAX) < CHANGED_LIST_MAX)) {
                list->changes++;
                return false;
        }
        if (list->changes <= CHANGES_MAX)
                log_warning(place->file, place->line,
                            "A list is changed more than %d times or is longer than %d KiB, "
                            "ignoring the other changes.",
                            CHANGES_MAX, CHANGED_LIST_MAX >> 10);
        list->changes = CHANGES_MAX + 1;
        return true;
}

/* "item = yes" adds to a list, "item = no" takes away. */
static int change_list(struct dovecot_value *list, const char *item, bool present,
                       const struct dovecot_place *place) {
        unsigned changes;
        CLEANUP(freep) char *items = NULL, *changed = NULL;
        const char *old = list->value ? list->value : "";
        int r;

        if (is_full(list, place))
                return 0;
        items = change_words(list->items ? list->items : old, item, true);
        changed = change_words(old, item, present);
        if (!items || !changed)
                return -ENOMEM;
        changes = list->changes;
        r = set_value(list, changed, place);
        list->changes = changes;
        free(list->items);
        list->items = TAKE_POINTER(items);
        return r;
}

/* A whole list. */
static int set_list(struct dovecot_value *list, const char *items,
                    const struct dovecot_place *place) {
        CLEANUP(freep) char *words = NULL;

        if (!list->own)
                return set_value(list, items, place);
        if (asprintf(&words, "%s %s", list->own, items) < 0) {
                words = NULL;
                return -ENOMEM;
        }
        return set_value(list, words, place);
}

static int change_root_list(struct dovecot_settings *settings, const char *name, const char *item,
                            const char *value, const struct dovecot_place *place) {
        struct dovecot_value *list;
        int r = dovecot_settings_add(settings, name, &list);

        return r < 0 || !list ? r : change_list(list, item, is_yes(value), place);
}

static int set_addresses(struct dovecot_listen *listen, const char *value,
                         const struct dovecot_place *place) {
        if (listen->addresses.is_fixed)
                return 0;
        listen->is_whole = value[0];
        return set_list(&listen->addresses, value, place);
}

static int set_listener(struct dovecot_listener *listener, const char *key, const char *value,
                        const struct dovecot_place *place, bool is_2_4, bool is_default) {
        if (strcmp(key, is_2_4 ? "listen" : "address") == 0)
                return set_addresses(&listener->listen, value, place);
        key = dovecot_key_without(key, "inet_listener_");
        if (strcmp(key, "port") == 0)
                return set_value(&listener->port, value, place);
        if (strcmp(key, "ssl") == 0 && !(is_default && listener->ssl_is_set)) {
                listener->ssl = is_yes(value);
                listener->ssl_is_set = !is_default;
        }
        return 0;
}

static int set_service(struct dovecot_service *service, const char *key, const char *value,
                       const struct dovecot_place *place, bool is_2_4, bool is_default) {
        if (is_2_4 && strcmp(key, "listen") == 0)
                return set_addresses(&service->listen, value, place);
        key = dovecot_key_without(key, "service_");
        if (strcmp(key, "protocol") == 0 && !(is_default && service->protocol_is_set)) {
                service->protocol_is_set = !is_default;
                return text_set(&service->protocol, value);
        }
        if (strcmp(key, "executable") == 0 && !(is_default && service->program_is_set)) {
                service->program_is_set = !is_default;
                service->has_program = value[0];
        }
        return 0;
}

static int set_root(struct dovecot_settings *settings, const char *key, const char *value,
                    const struct dovecot_place *place) {
        struct dovecot_value *setting;
        int r = dovecot_settings_add(settings, key, &setting);

        return r < 0 || !setting ? r : set_list(setting, value, place);
}

int dovecot_assign(struct dovecot_settings *settings, struct dovecot_section section,
                   const char *key, const char *value, const struct dovecot_place *place,
                   bool is_2_4, bool is_default) {
        switch (section.type) {
        case DOVECOT_SECTION_ROOT:
                return set_root(settings, key, value, place);
        case DOVECOT_SECTION_SERVICE:
                return set_service(&settings->services[section.index], key, value, place, is_2_4,
                                   is_default);
        case DOVECOT_SECTION_LISTENER:
                return set_listener(&settings->listeners[section.index], key, value, place, is_2_4,
                                    is_default);
        case DOVECOT_SECTION_LISTEN:
                return change_root_list(settings, "listen", key, value, place);
        case DOVECOT_SECTION_PROTOCOLS:
                return change_root_list(settings, "protocols", key, value, place);
        case DOVECOT_SECTION_ADDRESSES:
                return change_list(&settings->listeners[section.index].listen.addresses, key,
                                   is_yes(value), place);
        case DOVECOT_SECTION_SERVICE_ADDRESSES:
                return change_list(&settings->services[section.index].listen.addresses, key,
                                   is_yes(value), place);
        case DOVECOT_SECTION_OTHER:
                break;
        }
        return 0;
}
