/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-settings.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "common/timespan.h"
#include "common/whitespace.h"
#include "input/command-line-words.h"
#include "units/default-timeout.h"
#include "units/early-units.h"
#include "units/socket-activation.h"
#include "units/unit-drop-ins.h"
#include "units/unit-file.h"
#include "units/unit-name.h"

#include <string.h>

#define SYSV_START_TIMEOUT_USEC UINT64_C(300000000) /* of what systemd-sysv-generator(8) writes */

/* Lists of the settings because of which a '+' command line may see other files than the machine's:
 * systemd sets them up for every command line of the unit, whatever its prefix. */
enum view {
        VIEW_ROOT_IMAGE, /* wins over RootDirectory= */
        VIEW_ROOT_DIRECTORY,
        VIEW_EXTENSION_IMAGES,
        VIEW_EXTENSION_DIRECTORIES,
        VIEW_MOUNT_IMAGES,
        VIEW_BIND_PATHS, /* and BindReadOnlyPaths=: they are one list */
        VIEW_TEMPORARY_FILE_SYSTEM,
        VIEWS,
};

static const struct {
        const char *key;
        enum view view;
} VIEW_SETTINGS[] = {
        { "RootImage", VIEW_ROOT_IMAGE },
        { "RootDirectory", VIEW_ROOT_DIRECTORY },
        { "ExtensionImages", VIEW_EXTENSION_IMAGES },
        { "ExtensionDirectories", VIEW_EXTENSION_DIRECTORIES },
        { "MountImages", VIEW_MOUNT_IMAGES },
        { "BindPaths", VIEW_BIND_PATHS },
        { "BindReadOnlyPaths", VIEW_BIND_PATHS },
        { "TemporaryFileSystem", VIEW_TEMPORARY_FILE_SYSTEM },
};

/* What is picked up on the way through the files. */
struct gathered {
        uint64_t start_timeout_usec; /* 0: not set */
        uint64_t job_timeout_usec;   /* JobTimeoutSec=; 0: not set */
        uint64_t job_running_timeout_usec;
        struct shown_setting job_timeout, job_running_timeout;
        bool oneshot;
        bool default_dependencies;
        struct string_list before; /* values of Before= */
        bool private_network;
        bool root_directory_start_only;
        char *network_namespace_path;
        char *joins_namespace;
        struct shown_setting views[VIEWS];
        struct shown_setting not_read;  /* the first file that cannot be read */
        char *sockets;                  /* value of Sockets= */
        struct string_list environment; /* values of Environment= */
        struct string_list exec_start;  /* values of ExecStart=, without the program */
        const char *file;               /* that is being read */
        bool is_behind;                 /* it is read after the generated drop-in */
        struct unit_hook start_pre_behind, condition_behind;
        char *exec_start_file; /* with the last ExecStart= */
        bool failed;           /* for lack of memory */
};

static void setting_clear(struct shown_setting *setting) {
        free(setting->text);
        free(setting->file);
        *setting = (struct shown_setting){ 0 };
}

static void gathered_clear(struct gathered *gathered) {
        setting_clear(&gathered->job_timeout);
        setting_clear(&gathered->job_running_timeout);
        string_list_clear(&gathered->before);
        free(gathered->network_namespace_path);
        free(gathered->joins_namespace);
        for (size_t i = 0; i < VIEWS; i++)
                setting_clear(&gathered->views[i]);
        setting_clear(&gathered->not_read);
        free(gathered->sockets);
        string_list_clear(&gathered->environment);
        string_list_clear(&gathered->exec_start);
        free(gathered->start_pre_behind.file);
        free(gathered->condition_behind.file);
        free(gathered->exec_start_file);
}

static void set_text(struct gathered *gathered, char **text, const char *value) {
        free(*text);
        *text = value ? strdup(value) : NULL;
        gathered->failed |= value && !*text;
}

static void set_setting(struct gathered *gathered, struct shown_setting *setting, const char *key,
                        const char *value) {
        setting_clear(setting);
        if (asprintf(&setting->text, "%s=%s", key, value) < 0)
                setting->text = NULL;
        setting->file = strdup(gathered->file);
        gathered->failed |= !setting->text || !setting->file;
}

static void gather_boolean(const char *value, bool *ret) {
        int r = text_parse_boolean(value);

        if (r >= 0)
                *ret = r > 0;
}

static void gather_unit(struct gathered *gathered, const char *key, const char *value) {
        if (strcmp(key, "DefaultDependencies") == 0)
                gather_boolean(value, &gathered->default_dependencies);
        else if (strcmp(key, "Before") == 0)
                gathered->failed |= string_list_add(&gathered->before, value) < 0;
        else if (strcmp(key, "JoinsNamespaceOf") == 0 && value[0])
                set_text(gathered, &gathered->joins_namespace, value);
        else if (strcmp(key, "JobTimeoutSec") == 0 &&
                 default_timeout_parse(value, &gathered->job_timeout_usec))
                set_setting(gathered, &gathered->job_timeout, key, value);
        else if (strcmp(key, "JobRunningTimeoutSec") == 0 &&
                 default_timeout_parse(value, &gathered->job_running_timeout_usec))
                set_setting(gathered, &gathered->job_running_timeout, key, value);
}

static void gather_exec_start(struct gathered *gathered, const char *value) {
        /* What comes before the first blank is the program. */
        const char *arguments = value + strcspn(value, SYSTEMD_WHITESPACE);

        set_text(gathered, &gathered->exec_start_file, gathered->file);
        if (!value[0])
                string_list_clear(&gathered->exec_start);
        else
                gathered->failed |= string_list_add(&gathered->exec_start, arguments) < 0;
}

static void gather_hook(struct gathered *gathered, const char *value, struct unit_hook *hook) {
        bool resets = value[0] == '\0';

        if (!gathered->is_behind)
                return;
        if (!hook->file || (resets && !hook->resets))
                set_text(gathered, &hook->file, gathered->file);
        hook->resets |= resets;
}

/* systemd.exec(5): an empty value resets the lists; the machine's own root is no other one. */
static void gather_view(struct gathered *gathered, enum view view, const char *key,
                        const char *value) {
        struct shown_setting *setting = &gathered->views[view];

        if (!value[0] || (view == VIEW_ROOT_DIRECTORY && value[strspn(value, "/")] == '\0'))
                setting_clear(setting);
        else if (view <= VIEW_ROOT_DIRECTORY || !setting->text)
                set_setting(gathered, setting, key, value);
}

static void gather_commands(struct gathered *gathered, const char *key, const char *value) {
        if (strcmp(key, "ExecStart") == 0)
                gather_exec_start(gathered, value);
        else if (strcmp(key, "ExecStartPre") == 0)
                gather_hook(gathered, value, &gathered->start_pre_behind);
        else if (strcmp(key, "ExecCondition") == 0)
                gather_hook(gathered, value, &gathered->condition_behind);
        else if (strcmp(key, "Environment") == 0 && value[0] == '\0')
                string_list_clear(&gathered->environment);
        else if (strcmp(key, "Environment") == 0)
                gathered->failed |= string_list_add(&gathered->environment, value) < 0;
}

static void gather_namespaces(struct gathered *gathered, const char *key, const char *value) {
        if (strcmp(key, "PrivateNetwork") == 0)
                gather_boolean(value, &gathered->private_network);
        else if (strcmp(key, "NetworkNamespacePath") == 0)
                set_text(gathered, &gathered->network_namespace_path, value[0] ? value : NULL);
        else if (strcmp(key, "RootDirectoryStartOnly") == 0)
                gather_boolean(value, &gathered->root_directory_start_only);
        for (size_t i = 0; i < sizeof(VIEW_SETTINGS) / sizeof(VIEW_SETTINGS[0]); i++)
                if (strcmp(key, VIEW_SETTINGS[i].key) == 0)
                        gather_view(gathered, VIEW_SETTINGS[i].view, key, value);
}

/* systemd.service(5): any other value changes nothing. */
static void gather_type(struct gathered *gathered, const char *value) {
        static const char *const TYPES[] = { "dbus",    "exec",   "forking",       "idle",
                                             "oneshot", "notify", "notify-reload", "simple" };

        for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
                if (strcmp(value, TYPES[i]) == 0)
                        gathered->oneshot = strcmp(value, "oneshot") == 0;
}

static void gather_service(struct gathered *gathered, const char *key, const char *value) {
        if (strcmp(key, "TimeoutStartSec") == 0 || strcmp(key, "TimeoutSec") == 0)
                (void)default_timeout_parse(value, &gathered->start_timeout_usec);
        else if (strcmp(key, "Type") == 0)
                gather_type(gathered, value);
        else if (strcmp(key, "Sockets") == 0)
                set_text(gathered, &gathered->sockets, value);
        gather_commands(gathered, key, value);
        gather_namespaces(gathered, key, value);
}

static void gather(const char *section, const char *key, const char *value, void *data) {
        if (strcmp(section, "Unit") == 0)
                gather_unit(data, key, value);
        else if (strcmp(section, "Service") == 0)
                gather_service(data, key, value);
}

/* systemd may be able to read what the generator is not: it mounts what is behind an automount. */
static void set_not_read(struct gathered *gathered, const char *path) {
        struct shown_setting *setting = &gathered->not_read;

        if (setting->text)
                return;
        if (asprintf(&setting->text, "%s cannot be read", path) < 0)
                setting->text = NULL;
        setting->file = strdup(path);
        gathered->failed |= !setting->text || !setting->file;
}

static int gather_file(struct tree *tree, const char *path, struct gathered *gathered) {
        int r;

        gathered->file = path;
        r = unit_file_read(tree, path, gather, gathered);
        if (r > 0)
                set_not_read(gathered, path);
        return r;
}

static int gather_drop_ins(struct tree *tree, const struct string_list *files,
                           struct gathered *gathered) {
        for (size_t i = 0; i < files->count; i++) {
                gathered->is_behind = unit_drop_in_is_behind(files->items[i]);
                if (gather_file(tree, files->items[i], gathered) == -ENOMEM)
                        return -ENOMEM;
        }
        return 0;
}

static int split_words(const struct unit *unit, const struct string_list *values,
                       struct string_list *ret) {
        CLEANUP(freep) char *template = NULL, *instance = NULL;
        int r;

        r = unit_name_split(unit->name, &template, &instance);
        for (size_t i = 0; r >= 0 && i < values->count; i++)
                r = command_line_words_add(values->items[i], instance, ret);
        return r < 0 ? r : 0;
}

/* The words of a list of units: quotes mean nothing there, and no name has any. */
static int split_names(const struct unit *unit, const char *list, struct string_list *ret) {
        for (list += strspn(list, SYSTEMD_WHITESPACE); *list;
             list += strspn(list, SYSTEMD_WHITESPACE)) {
                size_t length = strcspn(list, SYSTEMD_WHITESPACE);
                CLEANUP(string_list_clear) struct string_list word = { 0 };

                if (string_list_take(&word, strndup(list, length)) < 0)
                        return -ENOMEM;
                if (!strpbrk(word.items[0], "\"'") && split_words(unit, &word, ret) < 0)
                        return -ENOMEM;
                list += length;
        }
        return 0;
}

/* The first name in Before= that counts, or that the unit has no default dependencies. */
static int find_before(const struct unit *unit, const struct gathered *gathered,
                       struct unit_settings *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };

        for (size_t i = 0; i < gathered->before.count; i++)
                if (split_names(unit, gathered->before.items[i], &names) < 0)
                        return -ENOMEM;
        for (size_t i = 0; i < names.count && !ret->before; i++)
                if (unit_name_is_valid(names.items[i]) && early_unit(names.items[i]))
                        ret->before = TAKE_POINTER(names.items[i]);
        if (!ret->before && !gathered->default_dependencies) {
                ret->before = strdup("DefaultDependencies=no");
                if (!ret->before)
                        return -ENOMEM;
        }
        return 0;
}

static void take_setting(struct shown_setting *from, struct shown_setting *ret) {
        *ret = *from;
        *from = (struct shown_setting){ 0 };
}

/* @fallback: for a unit that says nothing of it */
static void take_timeouts(struct gathered *gathered, uint64_t fallback, struct unit_settings *ret) {
        uint64_t job =
                gathered->job_timeout_usec > 0 ? gathered->job_timeout_usec : TIMESPAN_INFINITY;
        uint64_t running = gathered->job_running_timeout_usec > 0
                                   ? gathered->job_running_timeout_usec
                                   : TIMESPAN_INFINITY;

        ret->start_timeout_usec = gathered->start_timeout_usec > 0 ? gathered->start_timeout_usec
                                  : gathered->oneshot              ? TIMESPAN_INFINITY
                                                                   : fallback;
        ret->job_timeout_usec = job <= running ? job : running;
        if (ret->job_timeout_usec < TIMESPAN_INFINITY)
                take_setting(job <= running ? &gathered->job_timeout
                                            : &gathered->job_running_timeout,
                             &ret->job_timeout_setting);
}

static void take_namespaces(struct gathered *gathered, struct unit_settings *ret) {
        if (!gathered->network_namespace_path && gathered->private_network) {
                ret->joins_namespace = TAKE_POINTER(gathered->joins_namespace);
                ret->private_network = !ret->joins_namespace;
        }
        ret->network_namespace_path = TAKE_POINTER(gathered->network_namespace_path);

        for (enum view view = 0; view < VIEWS && !ret->file_view.text; view++) {
                /* systemd.service(5): that one is for ExecStart= alone then. */
                if (gathered->root_directory_start_only && view <= VIEW_ROOT_DIRECTORY)
                        continue;
                take_setting(&gathered->views[view], &ret->file_view);
        }
        if (!ret->file_view.text)
                take_setting(&gathered->not_read, &ret->file_view);
}

static void take_hook(struct unit_hook *from, struct unit_hook *ret) {
        *ret = *from;
        *from = (struct unit_hook){ 0 };
}

/* Return: 0 or -ENOMEM. */
static int take_gathered(const struct unit *unit, struct gathered *gathered, uint64_t fallback,
                         struct unit_settings *ret) {
        int r;

        if (gathered->failed)
                return -ENOMEM;
        r = split_words(unit, &gathered->environment, &ret->environment);
        if (r >= 0)
                r = split_words(unit, &gathered->exec_start, &ret->arguments);
        if (r >= 0)
                r = find_before(unit, gathered, ret);
        ret->arguments_file = TAKE_POINTER(gathered->exec_start_file);
        take_timeouts(gathered, fallback, ret);
        take_namespaces(gathered, ret);
        take_hook(&gathered->start_pre_behind, &ret->start_pre_behind);
        take_hook(&gathered->condition_behind, &ret->condition_behind);
        return r;
}

int unit_settings_read(struct tree *tree, const struct unit_index *units, const struct unit *unit,
                       struct unit_settings *ret) {
        CLEANUP(gathered_clear) struct gathered gathered = { .default_dependencies = true };
        bool is_sysv = unit->state == UNIT_SYSV;
        int r = 0;

        if (!is_sysv && gather_file(tree, unit->file, &gathered) == -ENOMEM)
                return -ENOMEM;
        r = unit_drop_ins_list(tree, units, unit->name, &unit->names, &ret->drop_ins);
        if (r >= 0)
                r = gather_drop_ins(tree, &ret->drop_ins, &gathered);
        if (r >= 0)
                r = unit_drop_ins_find_replacement(tree, units, unit->name, &ret->replaced_by);
        if (r >= 0)
                r = take_gathered(
                        unit, &gathered,
                        is_sysv ? SYSV_START_TIMEOUT_USEC : units->default_start_timeout_usec, ret);
        return r < 0 ? r
                     : socket_activation_find(tree, units, unit, gathered.sockets, &ret->socket);
}

void unit_settings_clear(struct unit_settings *facts) {
        setting_clear(&facts->job_timeout_setting);
        free(facts->before);
        free(facts->network_namespace_path);
        free(facts->joins_namespace);
        setting_clear(&facts->file_view);
        free(facts->socket);
        string_list_clear(&facts->environment);
        string_list_clear(&facts->arguments);
        free(facts->arguments_file);
        string_list_clear(&facts->drop_ins);
        free(facts->replaced_by);
        free(facts->start_pre_behind.file);
        free(facts->condition_behind.file);
        *facts = (struct unit_settings){ 0 };
}
