/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "unit-facts.h"

#include "cleanup.h"
#include "layers.h"
#include "log.h"
#include "sockets.h"
#include "text.h"
#include "timespan.h"
#include "unit-file.h"
#include "unit-name.h"
#include "unit-words.h"

#include <string.h>

/* systemd's own defaults: DEFAULT_TIMEOUT_USEC, and what systemd-sysv-generator(8) writes. */
#define DEFAULT_START_TIMEOUT_USEC UINT64_C(90000000)
#define SYSV_START_TIMEOUT_USEC    UINT64_C(300000000)

/* What is picked up on the way through the files. */
struct gathered {
        uint64_t start_timeout_usec; /* 0: not set */
        uint64_t job_timeout_usec;   /* of the whole start; 0: not set */
        bool oneshot;
        bool default_dependencies;
        bool before_network;
        char *sockets;                  /* value of Sockets= */
        struct string_list environment; /* values of Environment= */
        struct string_list exec_start;  /* values of ExecStart=, without the program */
        const char *file;               /* that is being read */
        char *exec_start_file;          /* where the last ExecStart= stands */
        bool failed;                    /* for lack of memory */
};

static void gathered_clear(struct gathered *gathered) {
        free(gathered->sockets);
        string_list_clear(&gathered->environment);
        string_list_clear(&gathered->exec_start);
        free(gathered->exec_start_file);
}

/* systemd.service(5): 0 and "infinity" both switch the timeout off. */
static void take_timeout(const char *value, uint64_t *ret) {
        uint64_t usec;

        if (timespan_parse(value, &usec) >= 0)
                *ret = usec == 0 ? TIMESPAN_INFINITY : usec;
}

/* Units that the network's configuration, or what it needs, waits for: they cannot wait for it. */
static bool names_early_target(const char *value) {
        static const char *const TARGETS[] = { "network.target", "network-pre.target",
                                               "sysinit.target" };

        for (size_t i = 0; i < sizeof(TARGETS) / sizeof(TARGETS[0]); i++)
                if (text_has_word(value, TARGETS[i]))
                        return true;
        return false;
}

static void gather_exec_start(struct gathered *gathered, const char *value) {
        /* What stands before the first blank is the program. */
        const char *arguments = value + strcspn(value, " \t");

        free(gathered->exec_start_file);
        gathered->exec_start_file = strdup(gathered->file);
        gathered->failed |= !gathered->exec_start_file;
        if (!value[0])
                string_list_clear(&gathered->exec_start);
        else
                gathered->failed |= string_list_add(&gathered->exec_start, arguments) < 0;
}

static void gather(const char *section, const char *key, const char *value, void *data) {
        struct gathered *gathered = data;

        if (strcmp(section, "Unit") == 0) {
                if (strcmp(key, "DefaultDependencies") == 0)
                        gathered->default_dependencies = text_parse_boolean(value) != 0;
                else if (strcmp(key, "Before") == 0 && names_early_target(value))
                        gathered->before_network = true;
                else if (strcmp(key, "JobTimeoutSec") == 0 ||
                         strcmp(key, "JobRunningTimeoutSec") == 0)
                        take_timeout(value, &gathered->job_timeout_usec);
        } else if (strcmp(section, "Service") == 0) {
                if (strcmp(key, "TimeoutStartSec") == 0 || strcmp(key, "TimeoutSec") == 0)
                        take_timeout(value, &gathered->start_timeout_usec);
                else if (strcmp(key, "Type") == 0)
                        gathered->oneshot = strcmp(value, "oneshot") == 0;
                else if (strcmp(key, "Environment") == 0 && value[0] == '\0')
                        string_list_clear(&gathered->environment);
                else if (strcmp(key, "Environment") == 0)
                        gathered->failed |= string_list_add(&gathered->environment, value) < 0;
                else if (strcmp(key, "ExecStart") == 0)
                        gather_exec_start(gathered, value);
                else if (strcmp(key, "Sockets") == 0) {
                        free(gathered->sockets);
                        gathered->sockets = strdup(value);
                        gathered->failed |= !gathered->sockets;
                }
        }
}

static void gather_default(const char *section, const char *key, const char *value, void *data) {
        if (strcmp(section, "Manager") == 0 && strcmp(key, "DefaultTimeoutStartSec") == 0)
                take_timeout(value, data);
}

static int parse_file(struct tree *tree, const char *path, unit_file_setting_fn *setting,
                      void *data) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        int r;

        r = tree_read(tree, path, &text, &size);
        if (r == -ENOMEM || r == -ENOENT)
                return r;
        if (r < 0) {
                log_warning(path, 0, "Cannot be read, ignoring: %s.", tree_strerror(r));
                return 0;
        }
        unit_file_parse(text, size, setting, data);
        return 0;
}

static int gather_file(struct tree *tree, const char *path, struct gathered *gathered) {
        gathered->file = path;
        return parse_file(tree, path, gather, gathered);
}

static int gather_files(struct tree *tree, const struct string_list *files,
                        struct gathered *gathered) {
        for (size_t i = 0; i < files->count; i++)
                if (gather_file(tree, files->items[i], gathered) == -ENOMEM)
                        return -ENOMEM;
        return 0;
}

static int add_directories(const struct string_list *search_path, const char *name, int length,
                           const char *suffix, struct string_list *ret) {
        for (size_t i = 0; i < search_path->count; i++) {
                char *path;

                if (asprintf(&path, "%s/%.*s%s.d", search_path->items[i], length, name, suffix) < 0)
                        return -ENOMEM;
                if (string_list_take(ret, path) < 0)
                        return -ENOMEM;
        }
        return 0;
}

/* systemd.unit(5): "foo-bar.service" has drop-ins in foo-bar.service.d/, then foo-.service.d/. */
static int add_name(const struct string_list *search_path, const char *name,
                    struct string_list *ret) {
        int r;

        r = add_directories(search_path, name, (int)strlen(name), "", ret);
        for (size_t length = strlen(name); r >= 0 && length > 1; length--)
                if (name[length - 1] == '-' && name[length] != '.')
                        r = add_directories(search_path, name, (int)length, ".service", ret);
        return r;
}

static int list_drop_ins(struct tree *tree, const struct string_list *search_path,
                         const struct unit *unit, struct string_list *ret) {
        CLEANUP(string_list_clear) struct string_list directories = { 0 };
        int r = 0;

        for (size_t i = 0; r >= 0 && i < unit->names.count; i++) {
                CLEANUP(freep) char *template = NULL, *instance = NULL;

                r = add_name(search_path, unit->names.items[i], &directories);
                if (r >= 0)
                        r = unit_name_split(unit->names.items[i], &template, &instance);
                if (r > 0)
                        r = add_name(search_path, template, &directories);
        }
        if (r >= 0)
                r = add_directories(search_path, "service", (int)strlen("service"), "",
                                    &directories);
        return r < 0 ? r : layers_list(tree, &directories, ret);
}

/* systemd-system.conf(5) */
static int read_default_timeout(struct tree *tree, uint64_t *ret) {
        static const char *const PLACES[] = { "/etc", "/run", "/usr/local/lib", "/usr/lib" };
        CLEANUP(string_list_clear) struct string_list directories = { 0 }, files = { 0 };
        bool found = false;
        int r;

        *ret = DEFAULT_START_TIMEOUT_USEC;
        for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
                CLEANUP(freep) char *file = NULL, *directory = NULL;

                if (asprintf(&file, "%s/systemd/system.conf", PLACES[i]) < 0 ||
                    asprintf(&directory, "%s.d", file) < 0)
                        return -ENOMEM;
                r = found ? 0 : parse_file(tree, file, gather_default, ret);
                if (r == -ENOMEM)
                        return r;
                found = found || r >= 0;
                if (string_list_take(&directories, TAKE_POINTER(directory)) < 0)
                        return -ENOMEM;
        }
        r = layers_list(tree, &directories, &files);
        for (size_t i = 0; r >= 0 && i < files.count; i++)
                if (parse_file(tree, files.items[i], gather_default, ret) == -ENOMEM)
                        r = -ENOMEM;
        return r < 0 ? r : 0;
}

static int split_words(const struct unit *unit, const struct string_list *values,
                       struct string_list *ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r;

        r = unit_name_split(unit->name, &template, &instance);
        for (size_t i = 0; r >= 0 && i < values->count; i++)
                r = unit_words_add(values->items[i], instance, ret);
        return r < 0 ? r : 0;
}

int unit_facts_read(struct tree *tree, const struct string_list *search_path,
                    const struct unit *unit, struct unit_facts *ret) {
        CLEANUP(gathered_clear) struct gathered gathered = { .default_dependencies = true };
        CLEANUP(string_list_clear) struct string_list drop_ins = { 0 };
        uint64_t fallback;
        int r;

        r = read_default_timeout(tree, &fallback);
        if (r < 0)
                return r;
        if (unit->state == UNIT_SYSV)
                fallback = SYSV_START_TIMEOUT_USEC;
        else
                r = gather_file(tree, unit->file, &gathered);
        if (r == -ENOMEM)
                return r;
        r = list_drop_ins(tree, search_path, unit, &drop_ins);
        if (r >= 0)
                r = gather_files(tree, &drop_ins, &gathered);
        if (r < 0 || gathered.failed)
                return r < 0 ? r : -ENOMEM;

        r = split_words(unit, &gathered.environment, &ret->environment);
        if (r >= 0)
                r = split_words(unit, &gathered.exec_start, &ret->arguments);
        ret->arguments_file = TAKE_POINTER(gathered.exec_start_file);
        if (r < 0)
                return r;
        ret->start_timeout_usec = gathered.start_timeout_usec > 0 ? gathered.start_timeout_usec
                                  : gathered.oneshot              ? TIMESPAN_INFINITY
                                                                  : fallback;
        if (gathered.job_timeout_usec > 0 && gathered.job_timeout_usec < ret->start_timeout_usec)
                ret->start_timeout_usec = gathered.job_timeout_usec;
        ret->before_network = gathered.before_network || !gathered.default_dependencies;
        return sockets_find(tree, search_path, unit, gathered.sockets, &ret->socket);
}

void unit_facts_clear(struct unit_facts *facts) {
        free(facts->socket);
        string_list_clear(&facts->environment);
        string_list_clear(&facts->arguments);
        free(facts->arguments_file);
        *facts = (struct unit_facts){ 0 };
}
