/* SPDX-License-Identifier: LGPL-2.1-or-later */

#define SD_JOURNAL_SUPPRESS_LOCATION

#include "show/boot-waits.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/message-id.h"
#include "common/text.h"
#include "common/wait-unit-prefix.h"
#include "log.h"
#include "show/boot-list.h"
#include "units/unit-name.h"
#include "units/unit.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#define PERSISTENT "/var/log/journal" /* systemd-journald.service(8) */

struct wait {
        char *unit;
        char *process;   /* its PID: a unit may wait several times */
        const char *end; /* how it ended; NULL: not yet */
        char *addresses; /* with their states, where they were not ready */
        uint64_t usec;
};

struct wait_list {
        struct wait *items;
        size_t count;
        char *const *units;            /* to be listed, as they were typed */
        size_t n_units;                /* 0: all */
        struct string_list real_names; /* of @units, behind aliases */
};

static void wait_list_clear(struct wait_list *list) {
        for (size_t i = 0; i < list->count; i++) {
                free(list->items[i].unit);
                free(list->items[i].process);
                free(list->items[i].addresses);
        }
        free(list->items);
        string_list_clear(&list->real_names);
}

static void journal_closep(sd_journal **journal) {
        sd_journal_close(*journal);
}

/* Return: the value, to be freed; NULL if the entry has no such field, or without memory. */
static char *get_field(sd_journal *journal, const char *name) {
        size_t size, length = strlen(name) + 1;
        const void *data;

        if (sd_journal_get_data(journal, name, &data, &size) < 0 || size < length)
                return NULL;
        return strndup((const char *)data + length, size - length);
}

/*
 * The unit that waited, to be freed; NULL if there is none. The helper adds the unit that it runs
 * in, since journald may look for that after it has ended. That may be a unit of its own
 * (output/wait-unit.h), which is not what a reader looks for.
 */
static char *get_unit(sd_journal *journal) {
        CLEANUP(freep) char *unit = get_field(journal, "OBJECT_SYSTEMD_UNIT");

        if (!unit)
                unit = get_field(journal, "_SYSTEMD_UNIT");
        if (unit && strncmp(unit, WAIT_UNIT_PREFIX, strlen(WAIT_UNIT_PREFIX)) == 0)
                return strdup(unit + strlen(WAIT_UNIT_PREFIX));
        return TAKE_POINTER(unit);
}

/* The journal has the real names of units only. Return: 0 or negative errno. */
static int find_real_names(struct wait_list *list) {
        CLEANUP(tree_close) struct tree tree = TREE_NULL;
        CLEANUP(unit_index_clear) struct unit_index units = { 0 };
        int r;

        r = tree_open(&tree, NULL);
        if (r >= 0)
                r = unit_index_read(&tree, NULL, &units);
        for (size_t i = 0; i < list->n_units && r >= 0; i++) {
                CLEANUP(unit_clear) struct unit unit = { 0 };
                CLEANUP(freep) char *name = unit_name_complete(list->units[i]);

                r = !name                         ? -ENOMEM
                    : !unit_name_is_service(name) ? 0
                                                  : unit_find(&tree, &units, name, &unit);
                if (r >= 0)
                        r = string_list_add(&list->real_names, unit.name ?: list->units[i]);
        }
        return r;
}

static bool is_meant(const struct wait_list *list, size_t index, const char *unit) {
        return unit_name_is_meant(list->units[index], unit) ||
               unit_name_is_instance_meant(list->units[index], unit) ||
               strcmp(list->real_names.items[index], unit) == 0;
}

static bool is_listed(const struct wait_list *list, const char *unit) {
        for (size_t i = 0; i < list->n_units; i++)
                if (is_meant(list, i, unit))
                        return true;
        return list->n_units == 0;
}

static struct wait *find_wait(struct wait_list *list, const char *unit, const char *process) {
        for (size_t i = list->count; i > 0; i--) {
                struct wait *wait = &list->items[i - 1];

                if (strcmp(wait->unit, unit) == 0 && strcmp(wait->process, process) == 0)
                        return wait->end ? NULL : wait;
        }
        return NULL;
}

static int add_wait(struct wait_list *list, char **unit, char **process, struct wait **ret) {
        if (array_make_room(list->items, list->count) < 0)
                return -ENOMEM;
        *ret = &list->items[list->count++];
        **ret = (struct wait){ .unit = TAKE_POINTER(*unit), .process = TAKE_POINTER(*process) };
        return 0;
}

/* "Ready after 1.865s: ADDRESS, ..." and "Waiting up to 30s for ADDRESS (STATE), ..." */
static char *addresses_of(const char *message, const char *separator) {
        const char *found = strstr(message, separator);

        return strdup(found ? found + strlen(separator) : message);
}

static int add_entry(sd_journal *journal, struct wait_list *list) {
        CLEANUP(freep) char *unit = get_unit(journal);
        CLEANUP(freep) char *process = get_field(journal, "_PID");
        CLEANUP(freep) char *id = get_field(journal, "MESSAGE_ID");
        CLEANUP(freep) char *message = get_field(journal, "MESSAGE");
        CLEANUP(freep) char *elapsed = get_field(journal, "DADWAIT_ELAPSED_USEC");
        struct wait *wait;
        int r;

        if (!unit || !process || !id || !message || !is_listed(list, unit))
                return 0;
        wait = find_wait(list, unit, process);
        if (!wait) {
                r = add_wait(list, &unit, &process, &wait);
                if (r < 0)
                        return r;
        }
        if (strcmp(id, MESSAGE_READY) == 0)
                wait->end = "ready";
        else if (strcmp(id, MESSAGE_GAVE_UP) == 0)
                wait->end = "not ready";
        free(wait->addresses);
        wait->addresses = addresses_of(message, wait->end ? ": " : " for ");
        if (!wait->addresses)
                return -ENOMEM;
        wait->usec = elapsed ? strtoull(elapsed, NULL, 10) : 0;
        return 0;
}

static int read_waits(sd_journal *journal, sd_id128_t boot, struct wait_list *list) {
        static const char *const MATCHES[] = {
                "MESSAGE_ID=" MESSAGE_WAITING, "MESSAGE_ID=" MESSAGE_READY,
                "MESSAGE_ID=" MESSAGE_GAVE_UP,
                "_UID=0", /* others may send entries with any identifier */
        };
        char match[sizeof("_BOOT_ID=") + SD_ID128_STRING_MAX] = "_BOOT_ID=";
        int r = 0;

        (void)sd_id128_to_string(boot, match + strlen(match));
        r = sd_journal_add_match(journal, match, 0);
        for (size_t i = 0; i < sizeof(MATCHES) / sizeof(MATCHES[0]) && r >= 0; i++)
                r = sd_journal_add_match(journal, MATCHES[i], 0);
        if (r >= 0)
                r = sd_journal_seek_head(journal);
        while (r >= 0) {
                r = sd_journal_next(journal);
                if (r <= 0)
                        break;
                r = add_entry(journal, list);
        }
        return r;
}

static int widest(const struct wait_list *list) {
        size_t width = strlen("UNIT");

        for (size_t i = 0; i < list->count; i++)
                if (strlen(list->items[i].unit) > width)
                        width = strlen(list->items[i].unit);
        return (int)width;
}

static void print_waits(const struct wait_list *list) {
        int width = widest(list);

        if (list->count == 0)
                return;
        printf("%-*s  %8s  %-9s  %s\n", width, "UNIT", "WAITED", "ENDED", "ADDRESSES");
        for (size_t i = 0; i < list->count; i++) {
                const struct wait *wait = &list->items[i];
                char waited[sizeof("18446744073709.999s")] = "-";

                if (wait->end)
                        (void)snprintf(waited, sizeof(waited), "%" PRIu64 ".%03" PRIu64 "s",
                                       wait->usec / 1000000, wait->usec / 1000 % 1000);
                text_make_printable(wait->addresses);
                printf("%-*s  %8s  %-9s  %s\n", width, wait->unit, waited, wait->end ?: "not ended",
                       wait->addresses);
        }
}

static bool has_waited(const struct wait_list *list, size_t index) {
        for (size_t i = 0; i < list->count; i++)
                if (is_meant(list, index, list->items[i].unit))
                        return true;
        return false;
}

/* A unit that was asked for and has not waited, perhaps since its name is mistyped. */
static void print_others(const struct wait_list *list) {
        bool is_root = geteuid() == 0;
        const char *note = is_root ? "" : " (This user may not see all of the journal.)";

        /* An ordinary user sees nothing of the services, as a rule. */
        if (list->count == 0 && list->n_units == 0)
                printf("%s\n", is_root ? "No service has waited."
                                       : "No wait is in what this user may read of the journal: "
                                         "ask again as root.");
        for (size_t i = 0; i < list->n_units; i++)
                if (!has_waited(list, i))
                        printf("%s has not waited.%s\n", list->units[i], note);
}

static void log_no_boot(const char *boot) {
        const char *note = "";

        if (geteuid() != 0)
                note = " This user may not see all of the journal.";
        else if (access(PERSISTENT, F_OK) < 0)
                note = " It is lost when the machine is switched off: there is no " PERSISTENT ".";
        log_warning(NULL, 0, "%s: the journal has no such boot; see journalctl --list-boots.%s",
                    boot, note);
}

static int read_boot(const char *boot, struct wait_list *list) {
        CLEANUP(journal_closep) sd_journal *journal = NULL;
        sd_id128_t id;
        int r;

        /* The helper's entries are in the unit's own journal if it has LogNamespace=. */
        r = sd_journal_open_namespace(&journal, NULL,
                                      SD_JOURNAL_LOCAL_ONLY | SD_JOURNAL_SYSTEM |
                                              SD_JOURNAL_ALL_NAMESPACES);
        if (r < 0) {
                log_warning(NULL, 0, "Cannot open the journal: %s.", strerror(-r));
                return r;
        }
        r = boot_list_find(journal, boot, &id);
        if (r == -ENOENT || r == -EINVAL) {
                log_no_boot(boot);
                return r;
        }
        if (r >= 0)
                r = read_waits(journal, id, list);
        if (r < 0)
                log_warning(NULL, 0, "Cannot read the journal: %s.", strerror(-r));
        return r;
}

int boot_waits_print(const char *boot, char *const *units, size_t n_units) {
        CLEANUP(wait_list_clear) struct wait_list list = { .units = units, .n_units = n_units };
        int r;

        r = n_units > 0 ? find_real_names(&list) : 0;
        if (r < 0)
                log_warning(NULL, 0, "Cannot find out where units are: %s.", tree_strerror(r));
        else
                r = read_boot(boot, &list);
        if (r < 0)
                return r;
        print_waits(&list);
        print_others(&list);
        return r;
}
