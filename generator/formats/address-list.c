/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/address-list.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/whitespace.h"
#include "input/private-files.h"
#include "log.h"

#include <string.h>

static void address_free(struct address *address) {
        free(address->file);
        free(address->text);
}

static char *copy_trimmed(const char *text) {
        size_t length;

        text += strspn(text, SYSTEMD_WHITESPACE);
        length = strnlen(text, ADDRESS_TEXT_MAX);
        while (length > 0 && strchr(SYSTEMD_WHITESPACE, text[length - 1]))
                length--;
        return strndup(text, length);
}

static bool accepts(const struct address_list *list, const struct pattern *pattern) {
        return !(list->left_out & pattern_family(pattern)) && list->count < ADDRESS_LIST_MAX;
}

int address_list_add(struct address_list *list, const struct pattern *pattern, const char *file,
                     unsigned line, const char *text) {
        struct address address = { .pattern = *pattern, .line = line };

        if (!accepts(list, pattern))
                return 0;
        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        address.file = strdup(private_files_name(file));
        address.text =
                copy_trimmed(private_files_is_hidden(file) ? private_files_keyword(text) : text);
        if (!address.file || !address.text) {
                address_free(&address);
                return -ENOMEM;
        }
        list->items[list->count++] = address;
        return 0;
}

static void unknown_address_free(struct unknown_address *unknown) {
        free(unknown->file);
        free(unknown->text);
        free(unknown->reason);
}

static int add_unknown(struct address_list *list, const char *file, unsigned line, const char *text,
                       const char *reason, bool is_mistyped) {
        struct unknown_address unknown = { .line = line, .is_mistyped = is_mistyped };

        if (list->unknown_count == ADDRESS_UNKNOWN_MAX)
                return 0;
        if (array_make_room(list->unknown, list->unknown_count) < 0)
                return -ENOMEM;
        unknown.file = strdup(file);
        unknown.text = copy_trimmed(private_files_is_hidden(file) ? "" : text);
        unknown.reason = strdup(reason);
        if (!unknown.file || !unknown.text || !unknown.reason) {
                unknown_address_free(&unknown);
                return -ENOMEM;
        }
        /* It is ours, so it may be shown for any file. */
        if (!private_files_is_allowed(reason, strlen(reason)) && private_files_allow(reason) < 0) {
                unknown_address_free(&unknown);
                return -ENOMEM;
        }
        log_warning(file, line,
                    is_mistyped ? "%s%s%s; the service cannot bind it."
                                : "%s%s%s; give the address as Address= in dadwait.conf.",
                    unknown.text, unknown.text[0] ? ": " : "", reason);
        list->unknown[list->unknown_count++] = unknown;
        return 0;
}

int address_list_add_unknown(struct address_list *list, const char *file, unsigned line,
                             const char *text, const char *reason) {
        return add_unknown(list, file, line, text, reason, false);
}

int address_list_add_mistyped(struct address_list *list, const char *file, unsigned line,
                              const char *text, const char *reason) {
        return add_unknown(list, file, line, text, reason, true);
}

static int take_unknown(struct unknown_address *unknown, struct address_list *ret) {
        if (ret->unknown_count == ADDRESS_UNKNOWN_MAX)
                return 0;
        if (array_make_room(ret->unknown, ret->unknown_count) < 0)
                return -ENOMEM;
        ret->unknown[ret->unknown_count++] = *unknown;
        *unknown = (struct unknown_address){ 0 };
        return 0;
}

static int take(struct address *address, struct address_list *ret) {
        if (!accepts(ret, &address->pattern))
                return 0;
        if (array_make_room(ret->items, ret->count) < 0)
                return -ENOMEM;
        ret->items[ret->count++] = *address;
        *address = (struct address){ 0 };
        return 0;
}

int address_list_move(struct address_list *from, struct address_list *ret) {
        int r = 0;

        for (size_t i = 0; r >= 0 && i < from->count; i++)
                r = take(&from->items[i], ret);
        for (size_t i = 0; r >= 0 && i < from->unknown_count; i++)
                r = take_unknown(&from->unknown[i], ret);
        ret->has_statement |= from->has_statement;
        address_list_clear(from);
        return r;
}

const struct address *address_list_find_ignoring(const struct address_list *ignore,
                                                 const struct pattern *pattern) {
        for (size_t i = 0; i < ignore->count; i++) {
                const struct pattern *other = &ignore->items[i].pattern;

                if (other->interface[0] && strcmp(other->interface, pattern->interface) != 0)
                        continue;
                if (pattern->prefix_length >= other->prefix_length &&
                    (!pattern->is_prefix || other->is_prefix) &&
                    pattern_covers(other, &pattern->address))
                        return &ignore->items[i];
        }
        return NULL;
}

/* Equal patterns become neighbours, in the order of the list. */
static int compare_by_pattern(const void *a, const void *b) {
        const struct address *x = *(const struct address *const *)a;
        const struct address *y = *(const struct address *const *)b;
        int r = pattern_compare(&x->pattern, &y->pattern);

        return r != 0 ? r : (x > y) - (x < y);
}

/* Marks what to drop, by index. Sorted, since comparing each with each is slow for thousands. */
static void mark_repetitions(const struct address_list *list, const struct address **sorted,
                             bool *dropped) {
        for (size_t i = 0; i < list->count; i++)
                sorted[i] = &list->items[i];
        qsort(sorted, list->count, sizeof(*sorted), compare_by_pattern);
        for (size_t i = 1; i < list->count; i++)
                if (pattern_compare(&sorted[i - 1]->pattern, &sorted[i]->pattern) == 0)
                        dropped[sorted[i] - list->items] = true;
}

int address_list_reduce(struct address_list *list, const struct address_list *ignore) {
        CLEANUP(freep) const struct address **sorted = NULL;
        CLEANUP(freep) bool *dropped = NULL;
        size_t kept = 0;

        if (list->count == 0)
                return 0;
        sorted = calloc(list->count, sizeof(*sorted));
        dropped = calloc(list->count, sizeof(*dropped));
        if (!sorted || !dropped)
                return -ENOMEM;
        mark_repetitions(list, sorted, dropped);

        for (size_t i = 0; i < list->count; i++) {
                struct address *address = &list->items[i];

                if (dropped[i] || pattern_needs_no_waiting(&address->pattern) ||
                    address_list_find_ignoring(ignore, &address->pattern))
                        address_free(address);
                else if (kept++ != i)
                        list->items[kept - 1] = *address;
        }
        list->count = kept;
        return 0;
}

void address_list_truncate(struct address_list *list, size_t count) {
        for (size_t i = count; i < list->count; i++)
                address_free(&list->items[i]);
        if (count < list->count)
                list->count = count;
}

void address_list_clear(struct address_list *list) {
        for (size_t i = 0; i < list->count; i++)
                address_free(&list->items[i]);
        free(list->items);
        for (size_t i = 0; i < list->unknown_count; i++)
                unknown_address_free(&list->unknown[i]);
        free(list->unknown);
        *list = (struct address_list){ .left_out = list->left_out };
}
