/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "unit-facts.h"

#include "cleanup.h"
#include "early-units.h"
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
        {"RootImage",             VIEW_ROOT_IMAGE           },
        { "RootDirectory",        VIEW_ROOT_DIRECTORY       },
        { "ExtensionImages",      VIEW_EXTENSION_IMAGES     },
        { "ExtensionDirectories", VIEW_EXTENSION_DIRECTORIES},
        { "MountImages",          VIEW_MOUNT_IMAGES         },
        { "BindPaths",            VIEW_BIND_PATHS           },
        { "BindReadOnlyPaths",    VIEW_BIND_PATHS           },
        { "TemporaryFileSystem",  VIEW_TEMPORARY_FILE_SYSTEM},
};

/* What the generator calls its drop-ins, and has called them: a file of an administrator's under
 * the older name still replaces or masks what is generated. */
static const char *const GENERATED_NAMES[] = { "zz-dadwait.conf", "50-dadwait.conf" };

/* What is picked up on the way through the files. */
struct gathered {
        uint64_t start_timeout_usec; /* 0: not set */
        uint64_t job_timeout_usec;   /* JobTimeoutSec=; 0: not set */
        uint64_t job_running_timeout_usec;
        struct unit_setting job_timeout, job_running_timeout;
        bool oneshot;
        bool default_dependencies;
        struct string_list before; /* values of Before= */
        bool private_network;
        bool root_directory_start_only;
        char *network_namespace_path;
        char *joins_namespace;
        struct unit_setting views[VIEWS];
        char *sockets;                  /* value of Sockets= */
        struct string_list environment; /* values of Environment= */
        struct string_list exec_start;  /* values of ExecStart=, without the program */
        const char *file;               /* that is being read */
        bool is_behind;                 /* it is read after the generated drop-in */
        struct unit_hook start_pre_behind, condition_behind;
        char *exec_start_file; /* with the last ExecStart= */
        bool failed;           /* for lack of memory */
};

static void setting_clear(struct unit_setting *setting) {
        free(setting->text);
        free(setting->file);
        *setting = (struct unit_setting){ 0 };
}

static void gathered_clear(struct gathered *gathered) {
        setting_clear(&gathered->job_timeout);
        setting_clear(&gathered->job_running_timeout);
        string_list_clear(&gathered->before);
        free(gathered->network_namespace_path);
        free(gathered->joins_namespace);
        for (size_t i = 0; i < VIEWS; i++)
                setting_clear(&gathered->views[i]);
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

static void set_setting(struct gathered *gathered, struct unit_setting *setting, const char *key,
                        const char *value) {
        setting_clear(setting);
        if (asprintf(&setting->text, "%s=%s", key, value) < 0)
                setting->text = NULL;
        setting->file = strdup(gathered->file);
        gathered->failed |= !setting->text || !setting->file;
}

/* systemd.service(5): 0 and "infinity" both switch the timeout off. */
static bool parse_timeout(const char *value, uint64_t *ret) {
        uint64_t usec;

        if (timespan_parse(value, &usec) < 0)
                return false;
        *ret = usec == 0 ? TIMESPAN_INFINITY : usec;
        return true;
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
                 parse_timeout(value, &gathered->job_timeout_usec))
                set_setting(gathered, &gathered->job_timeout, key, value);
        else if (strcmp(key, "JobRunningTimeoutSec") == 0 &&
                 parse_timeout(value, &gathered->job_running_timeout_usec))
                set_setting(gathered, &gathered->job_running_timeout, key, value);
}

static void gather_exec_start(struct gathered *gathered, const char *value) {
        /* What comes before the first blank is the program. */
        const char *arguments = value + strcspn(value, " \t");

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
        struct unit_setting *setting = &gathered->views[view];

        if (!value[0] || (view == VIEW_ROOT_DIRECTORY && value[strspn(value, "/.")] == '\0'))
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

static void gather_service(struct gathered *gathered, const char *key, const char *value) {
        if (strcmp(key, "TimeoutStartSec") == 0 || strcmp(key, "TimeoutSec") == 0)
                (void)parse_timeout(value, &gathered->start_timeout_usec);
        else if (strcmp(key, "Type") == 0)
                gathered->oneshot = strcmp(value, "oneshot") == 0;
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

static void gather_default(const char *section, const char *key, const char *value, void *data) {
        if (strcmp(section, "Manager") == 0 && strcmp(key, "DefaultTimeoutStartSec") == 0)
                (void)parse_timeout(value, data);
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

/* Drop-ins of one unit are read in the order of their file names. */
static bool is_behind_generated(const char *path) {
        return strcmp(strrchr(path, '/') + 1, GENERATED_NAMES[0]) > 0;
}

static int gather_drop_ins(struct tree *tree, const struct string_list *files,
                           struct gathered *gathered) {
        for (size_t i = 0; i < files->count; i++) {
                gathered->is_behind = is_behind_generated(files->items[i]);
                if (gather_file(tree, files->items[i], gathered) == -ENOMEM)
                        return -ENOMEM;
        }
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

/* What a file of this unit replaces in the generated drop-in's place: systemd.unit(5) has the order
 * of the directories, in which the generators' one is behind those of /etc and /run. */
static int find_replacement(struct tree *tree, const struct string_list *search_path,
                            const struct unit *unit, struct unit_facts *ret) {
        for (size_t i = 0; i < search_path->count; i++) {
                const char *directory = search_path->items[i];

                if (strncmp(directory, "/etc/", 5) != 0 && strncmp(directory, "/run/", 5) != 0)
                        continue;
                for (size_t k = 0; k < sizeof(GENERATED_NAMES) / sizeof(GENERATED_NAMES[0]); k++) {
                        CLEANUP(freep) char *path = NULL;
                        struct stat st;

                        if (asprintf(&path, "%s/%s.d/%s", directory, unit->name,
                                     GENERATED_NAMES[k]) < 0)
                                return -ENOMEM;
                        if (tree_stat(tree, path, &st) < 0)
                                continue;
                        ret->replaced_by_mask = S_ISCHR(st.st_mode) || st.st_size == 0;
                        ret->replaced_by = TAKE_POINTER(path);
                        return 0;
                }
        }
        return 0;
}

/* The first name in Before= that counts, or that the unit has no default dependencies. */
static int find_before(const struct unit *unit, const struct gathered *gathered,
                       struct unit_facts *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        int r;

        r = split_words(unit, &gathered->before, &names);
        if (r < 0)
                return r;
        for (size_t i = 0; i < names.count && !ret->before; i++)
                if (early_unit(names.items[i]))
                        ret->before = TAKE_POINTER(names.items[i]);
        if (!ret->before && !gathered->default_dependencies) {
                ret->before = strdup("DefaultDependencies=no");
                if (!ret->before)
                        return -ENOMEM;
        }
        ret->before_network = ret->before;
        return 0;
}

static void take_setting(struct unit_setting *from, struct unit_setting *ret) {
        *ret = *from;
        *from = (struct unit_setting){ 0 };
}

/* @fallback: for a unit that says nothing of it */
static void take_timeouts(struct gathered *gathered, uint64_t fallback, struct unit_facts *ret) {
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

static void take_namespaces(struct gathered *gathered, struct unit_facts *ret) {
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
}

static void take_hook(struct unit_hook *from, struct unit_hook *ret) {
        *ret = *from;
        *from = (struct unit_hook){ 0 };
}

/* Return: 0 or -ENOMEM. */
static int take_gathered(const struct unit *unit, struct gathered *gathered, uint64_t fallback,
                         struct unit_facts *ret) {
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

int unit_facts_read(struct tree *tree, const struct string_list *search_path,
                    const struct unit *unit, struct unit_facts *ret) {
        CLEANUP(gathered_clear) struct gathered gathered = { .default_dependencies = true };
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
        r = list_drop_ins(tree, search_path, unit, &ret->drop_ins);
        if (r >= 0)
                r = gather_drop_ins(tree, &ret->drop_ins, &gathered);
        if (r >= 0)
                r = find_replacement(tree, search_path, unit, ret);
        if (r >= 0)
                r = take_gathered(unit, &gathered, fallback, ret);
        return r < 0 ? r : sockets_find(tree, search_path, unit, gathered.sockets, &ret->socket);
}

void unit_facts_clear(struct unit_facts *facts) {
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
        *facts = (struct unit_facts){ 0 };
}
