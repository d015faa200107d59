/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/boot-list.h"

#include "common/array.h"
#include "common/cleanup.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct boot {
        sd_id128_t id;
        uint64_t first_usec; /* CLOCK_REALTIME of its first entry */
};

static const char FIELD[] = "_BOOT_ID=";

/* Return: 1 if there is an entry, 0 if all of the boot have been deleted, or negative errno. */
static int find_first_entry(sd_journal *journal, struct boot *boot) {
        char match[sizeof(FIELD) + SD_ID128_STRING_MAX];
        char id[SD_ID128_STRING_MAX];
        int r;

        (void)snprintf(match, sizeof(match), "%s%s", FIELD, sd_id128_to_string(boot->id, id));
        sd_journal_flush_matches(journal);
        r = sd_journal_add_match(journal, match, 0);
        if (r >= 0)
                r = sd_journal_seek_head(journal);
        if (r >= 0)
                r = sd_journal_next(journal);
        if (r > 0)
                r = sd_journal_get_realtime_usec(journal, &boot->first_usec) < 0 ? 0 : 1;
        sd_journal_flush_matches(journal);
        return r;
}

static int compare_boots(const void *left, const void *right) {
        const struct boot *a = left, *b = right;

        return a->first_usec < b->first_usec ? -1 : a->first_usec > b->first_usec;
}

/* @ret: receives the boots in the order of their first entries; to be freed */
static int list_boots(sd_journal *journal, struct boot **ret, size_t *ret_count) {
        CLEANUP(freep) struct boot *boots = NULL;
        size_t count = 0, kept = 0, size;
        const void *data;
        int r;

        r = sd_journal_query_unique(journal, "_BOOT_ID");
        if (r < 0)
                return r;
        SD_JOURNAL_FOREACH_UNIQUE(journal, data, size) {
                char id[SD_ID128_STRING_MAX] = "";
                struct boot boot = { 0 };

                if (size != strlen(FIELD) + SD_ID128_STRING_MAX - 1)
                        continue;
                memcpy(id, (const char *)data + strlen(FIELD), sizeof(id) - 1);
                if (sd_id128_from_string(id, &boot.id) < 0)
                        continue;
                if (array_make_room(boots, count) < 0)
                        return -ENOMEM;
                boots[count++] = boot;
        }
        for (size_t i = 0; i < count; i++) {
                r = find_first_entry(journal, &boots[i]);
                if (r < 0)
                        return r;
                if (r > 0)
                        boots[kept++] = boots[i];
        }
        qsort(boots, kept, sizeof(*boots), compare_boots);
        *ret = TAKE_POINTER(boots);
        *ret_count = kept;
        return 0;
}

static int find_by_number(sd_journal *journal, long number, sd_id128_t *ret) {
        CLEANUP(freep) struct boot *boots = NULL;
        size_t count = 0, position = 0;
        sd_id128_t current;
        int r;

        r = sd_id128_get_boot(&current);
        if (r >= 0)
                r = list_boots(journal, &boots, &count);
        if (r < 0)
                return r;
        if (number > 0) {
                if ((size_t)number > count)
                        return -ENOENT;
                *ret = boots[number - 1].id;
                return 0;
        }
        /* The present boot may have no entry yet; it is the last one all the same. */
        while (position < count && !sd_id128_equal(boots[position].id, current))
                position++;
        if ((size_t)-number > position)
                return -ENOENT;
        *ret = boots[position - (size_t)-number].id;
        return 0;
}

int boot_list_find(sd_journal *journal, const char *text, sd_id128_t *ret) {
        long number;
        char *end;

        if (!text)
                return sd_id128_get_boot(ret);
        if (sd_id128_from_string(text, ret) >= 0)
                return 0;
        errno = 0;
        number = strtol(text, &end, 10);
        if (errno != 0 || end == text || *end != '\0')
                return -EINVAL;
        return number == 0 ? sd_id128_get_boot(ret) : find_by_number(journal, number, ret);
}
