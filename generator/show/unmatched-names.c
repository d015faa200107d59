/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "show/unmatched-names.h"

#include "common/cleanup.h"
#include "config/advice.h"
#include "log.h"
#include "units/unit-name.h"

#include <errno.h>
#include <string.h>

/* Return: "x" for "x.service", to be freed; NULL without memory. */
static char *short_name(const char *unit) {
        static const char SUFFIX[] = ".service";
        size_t length = strlen(unit);

        if (length > strlen(SUFFIX) && strcmp(unit + length - strlen(SUFFIX), SUFFIX) == 0)
                length -= strlen(SUFFIX);
        return strndup(unit, length);
}

/* @ret: receives the short name of a unit in the plan of the whole machine that was probably meant,
 * to be freed, or NULL. Return: 0 or -ENOMEM. */
static int find_closest(const struct work *work, const char *name, char **ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        const char *found;

        for (size_t i = 0; i < work->services.count; i++) {
                const struct unit *unit = &work->services.items[i].unit;
                CLEANUP(freep) char *item = NULL;

                if (unit->state == UNIT_MISSING)
                        continue;
                item = short_name(unit->name);
                if (!item || string_list_add(&names, item) < 0)
                        return -ENOMEM;
        }
        found = advice_closest(name, (const char *const *)names.items, names.count);
        *ret = found ? strdup(found) : NULL;
        return found && !*ret ? -ENOMEM : 0;
}

static void log_missing(const struct work *work, const char *name) {
        CLEANUP(freep) char *word = short_name(name), *closest = NULL;

        if (!word || find_closest(work, word, &closest) < 0 || !closest)
                log_warning(NULL, 0, "%s: There is no such service.", name);
        else
                log_warning(NULL, 0, "%s: There is no such service (did you mean %s?).", name,
                            closest);
}

/* Why a unit that exists is not in the plan. */
static void log_not_known(const struct work *work, const struct unit *unit) {
        const struct started_unit *started = started_units_find(&work->started, unit->name);
        const char *program =
                started && started->programs.count > 0 ? started->programs.items[0] : "sh";
        bool is_script = strcmp(program, "sh") == 0;
        static const char SECTION[] =
                "If it listens on addresses of its own, add a section for it, see dadwait.conf(5).";

        if (unit_name_is_template(unit->name))
                log_warning(NULL, 0,
                            "%s: This is a template. None of its instances is known by this name.",
                            unit->name);
        else if (unit->state == UNIT_MASKED)
                log_warning(NULL, 0, "%s: The unit is masked.", unit->name);
        else if (!started)
                log_warning(NULL, 0,
                            "%s: Not known: no section of dadwait.conf(5) names it, and it is not "
                            "enabled, nor started by another unit. %s",
                            unit->name, SECTION);
        else
                log_warning(NULL, 0,
                            "%s: Not known: no definition of dadwait.conf(5) names it or the "
                            "program that it runs%s%s. %s",
                            unit->name, is_script ? "" : ", ", is_script ? "" : program, SECTION);
}

/* Return: 0 or -ENOMEM. */
static int log_unknown(const struct work *work, const char *name) {
        static const char *const OTHER_TYPES[] = { ".socket", ".target", ".timer", ".path",
                                                   ".mount",  ".device", ".slice", ".scope" };
        CLEANUP(unit_clear) struct unit unit = { 0 };
        CLEANUP(freep) char *full = NULL;
        const char *suffix = strrchr(name, '.');
        int r;

        for (size_t i = 0; suffix && i < sizeof(OTHER_TYPES) / sizeof(OTHER_TYPES[0]); i++)
                if (strcmp(suffix, OTHER_TYPES[i]) == 0) {
                        log_warning(NULL, 0, "%s: Not a service. Only services wait.%s", name,
                                    i == 0 ? " The plan of all units lists sockets that cannot."
                                           : "");
                        return 0;
                }
        full = unit_name_complete(name);
        if (!full)
                return -ENOMEM;
        if (!unit_name_is_service(full)) {
                log_warning(NULL, 0, "\"%s\": Not the name of a service.", name);
                return 0;
        }
        r = unit_find(work->tree, &work->units, full, &unit);
        if (r < 0)
                return r;
        if (unit.state == UNIT_MISSING)
                log_missing(work, name);
        else
                log_not_known(work, &unit);
        return 0;
}

int unmatched_names_log(const struct work *work, const struct plan *plan, char *const *names,
                        size_t count) {
        int result = 0;

        for (size_t i = 0; i < count; i++) {
                if (plan_has_name(plan, names[i]))
                        continue;
                result = -ENOENT;
                if (log_unknown(work, names[i]) < 0)
                        log_warning(NULL, 0, "%s: Not known: %s.", names[i], strerror(ENOMEM));
        }
        return result;
}
