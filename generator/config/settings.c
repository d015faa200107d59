/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/settings.h"

#include "common/array.h"
#include "common/cleanup.h"
#include "common/defaults.h"
#include "common/memstream.h"
#include "common/text.h"
#include "common/timespan.h"
#include "config/advice.h"
#include "config/families.h"
#include "config/setting-checks.h"
#include "config/setting-warnings.h"
#include "log.h"
#include "units/unit-name.h"

#include <string.h>

const char *hook_name(enum hook hook) {
        return hook == HOOK_EXEC_CONDITION ? "ExecCondition" : "ExecStartPre";
}

static const char FAMILIES_EXPECTED[] = "ipv6, ipv4, or ipv6 ipv4";

typedef int apply_fn(struct settings *settings, const struct assignment *assignment,
                     const char *instance);

/* To find units by them, program-list.h finds them in the list of assignments. */
static int apply_programs(struct settings *settings, const struct assignment *assignment,
                          const char *instance) {
        (void)instance;
        if (assignment->value[0])
                return string_list_add_words(&settings->programs, assignment->value);
        string_list_clear(&settings->programs);
        return 0;
}

/* services_add_local_names() finds them in the list of assignments. */
static int apply_units(struct settings *settings, const struct assignment *assignment,
                       const char *instance) {
        (void)settings;
        (void)assignment;
        (void)instance;
        return 0;
}

static int apply_enable(struct settings *settings, const struct assignment *assignment,
                        const char *instance) {
        (void)instance;
        settings->enable = !assignment->value[0] || text_parse_boolean(assignment->value) > 0;
        settings->last_enable = assignment;
        return 0;
}

static int apply_format(struct settings *settings, const struct assignment *assignment,
                        const char *instance) {
        (void)instance;
        settings->format = format_find(assignment->value);
        settings->last_format = settings->format ? assignment : NULL;
        return 0;
}

static void remember(struct settings *settings, enum setting setting,
                     const struct assignment *assignment) {
        settings->set[setting] = assignment->value[0] ? assignment : NULL;
}

static int apply_timeout(struct settings *settings, const struct assignment *assignment,
                         const char *instance) {
        (void)instance;
        remember(settings, SETTING_TIMEOUT, assignment);
        settings->timeout_usec = DEFAULT_TIMEOUT_USEC;
        if (assignment->value[0])
                (void)timespan_parse(assignment->value, &settings->timeout_usec);
        return 0;
}

static int apply_on_timeout(struct settings *settings, const struct assignment *assignment,
                            const char *instance) {
        (void)instance;
        remember(settings, SETTING_ON_TIMEOUT, assignment);
        settings->fail_on_timeout = strcmp(assignment->value, "fail") == 0;
        return 0;
}

static int apply_families(struct settings *settings, const struct assignment *assignment,
                          const char *instance) {
        (void)instance;
        remember(settings, SETTING_FAMILIES, assignment);
        return families_parse(assignment->value, &settings->families);
}

static int apply_hook(struct settings *settings, const struct assignment *assignment,
                      const char *instance) {
        (void)instance;
        remember(settings, SETTING_HOOK, assignment);
        settings->hook = strcmp(assignment->value, hook_name(HOOK_EXEC_CONDITION)) == 0
                                 ? HOOK_EXEC_CONDITION
                                 : HOOK_EXEC_START_PRE;
        settings->hook_is_set = assignment->value[0];
        return 0;
}

/* %i, %I and %% (systemd.unit(5), "Specifiers"); elsewhere '%' is an ordinary character. */
static char *expand_instance(const char *value, const char *instance) {
        CLEANUP(freep) char *result = NULL, *unescaped = NULL;
        size_t size;
        FILE *stream;

        if (!instance || !strchr(value, '%'))
                return strdup(value);

        unescaped = unit_name_unescape(instance);
        stream = unescaped ? open_memstream(&result, &size) : NULL;
        if (!stream)
                return NULL;
        for (const char *p = value; *p; p++) {
                bool is_specifier = p[0] == '%' && p[1] && strchr("iI%", p[1]);

                if (is_specifier && p[1] != '%')
                        fputs(p[1] == 'i' ? instance : unescaped, stream);
                else
                        fputc(*p, stream);
                p += is_specifier;
        }
        return memstream_close(stream, &result) == 0 ? TAKE_POINTER(result) : NULL;
}

static int apply_path(struct string_list *list, const char *value, const char *instance) {
        if (value[0])
                return string_list_take(list, expand_instance(value, instance));
        string_list_clear(list);
        return 0;
}

static int apply_config(struct settings *settings, const struct assignment *assignment,
                        const char *instance) {
        settings->last_source = assignment->value[0] ? assignment : NULL;
        if (array_make_room(settings->config_assignments, settings->config.count) < 0)
                return -ENOMEM;
        settings->config_assignments[settings->config.count] = assignment;
        return apply_path(&settings->config, assignment->value, instance);
}

static int apply_config_option(struct settings *settings, const struct assignment *assignment,
                               const char *instance) {
        return apply_path(&settings->config_options, assignment->value, instance);
}

static int apply_directory_option(struct settings *settings, const struct assignment *assignment,
                                  const char *instance) {
        return apply_path(&settings->directory_options, assignment->value, instance);
}

static int apply_config_search(struct settings *settings, const struct assignment *assignment,
                               const char *instance) {
        (void)instance;
        settings->first_config_counts = strcmp(assignment->value, "first") == 0;
        return 0;
}

static int apply_config_repeat(struct settings *settings, const struct assignment *assignment,
                               const char *instance) {
        (void)instance;
        settings->last_config_option_counts = strcmp(assignment->value, "replace") == 0;
        return 0;
}

static int apply_environment_file(struct settings *settings, const struct assignment *assignment,
                                  const char *instance) {
        return apply_path(&settings->environment_files, assignment->value, instance);
}

static int apply_pattern(struct address_list *list, const struct assignment *assignment) {
        CLEANUP(freep) char *text = NULL;
        struct pattern pattern;

        if (!assignment->value[0]) {
                address_list_clear(list);
                return 0;
        }
        if (!advice_has_host_bits(assignment->value, &pattern))
                (void)pattern_parse(assignment->value, &pattern);
        if (asprintf(&text, "%s=%s", assignment->key, assignment->value) < 0)
                return -ENOMEM;
        return address_list_add(list, &pattern, assignment->file, assignment->line, text);
}

static int apply_address(struct settings *settings, const struct assignment *assignment,
                         const char *instance) {
        (void)instance;
        return apply_pattern(&settings->addresses, assignment);
}

static int apply_ignore_address(struct settings *settings, const struct assignment *assignment,
                                const char *instance) {
        (void)instance;
        return apply_pattern(&settings->ignored, assignment);
}

static const struct key {
        const char *name;
        const char *expected; /* for the warning */
        setting_check_fn *check;
        apply_fn *apply;
        bool in_defaults; /* allowed in [dadwait] too */
} KEYS[] = {
        { "Enable", "yes or no", setting_check_boolean, apply_enable, true },
        { "Format", "a format of dadwait.conf(5)", setting_check_format, apply_format, false },
        { "Config", "an absolute path", setting_check_path, apply_config, false },
        { "Program", "names of programs", setting_check_programs, apply_programs, false },
        { "Units", "names of services", setting_check_units, apply_units, false },
        { "ConfigOption", "an option with or without a pattern, or a number",
          setting_check_config_option, apply_config_option, false },
        { "ConfigRepeat", "add or replace", setting_check_config_repeat, apply_config_repeat,
          false },
        { "ConfigSearch", "all or first", setting_check_config_search, apply_config_search, false },
        { "DirectoryOption", "an option", setting_check_directory_option, apply_directory_option,
          false },
        { "EnvironmentFile", "an absolute path", setting_check_path, apply_environment_file,
          false },
        { "Families", FAMILIES_EXPECTED, setting_check_families, apply_families, true },
        { "Address", "an address, a prefix or any, with an interface if need be",
          setting_check_pattern, apply_address, false },
        { "IgnoreAddress", "an address, a prefix or any, with an interface if need be",
          setting_check_pattern, apply_ignore_address, false },
        { "TimeoutSec", "a time span", setting_check_timespan, apply_timeout, true },
        { "OnTimeout", "start or fail", setting_check_on_timeout, apply_on_timeout, true },
        { "Hook", "ExecStartPre or ExecCondition", setting_check_hook, apply_hook, false },
};

static const struct key *find_key(const char *name) {
        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                if (text_is(KEYS[i].name, name))
                        return &KEYS[i];
        return NULL;
}

void settings_init(struct settings *settings) {
        *settings = (struct settings){
                .enable = true,
                .families = FAMILIES_DEFAULT,
                .timeout_usec = DEFAULT_TIMEOUT_USEC,
        };
}

/* The section [sockets] has two keys. */
static bool check_of_sockets(const struct assignment *assignment) {
        bool is_families = strcmp(assignment->key, "Families") == 0;
        setting_check_fn *check = is_families ? setting_check_families : setting_check_boolean;

        if (!is_families && strcmp(assignment->key, "FreeBind") != 0) {
                setting_warn_wrong_section(assignment);
                return false;
        }
        if (assignment->value[0] && check(assignment->value) < 0) {
                setting_warn_value(assignment, is_families ? FAMILIES_EXPECTED : "yes or no");
                return false;
        }
        return true;
}

static void warn_unknown_key(const struct assignment *assignment) {
        enum { NAMES_MAX = 64 };
        const char *names[NAMES_MAX];
        const char *other;
        size_t count = 0;

        for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
                names[count++] = KEYS[i].name;
        for (size_t i = 0; count < NAMES_MAX && (other = directive_language_key(i)); i++)
                names[count++] = other;
        setting_warn_unknown_key(assignment, names, count);
}

bool settings_check(const struct assignment *assignment) {
        const struct key *key = find_key(assignment->key);
        const char *expected = NULL;
        int r;

        if (strcmp(assignment->section, "sockets") == 0)
                return check_of_sockets(assignment);
        if (key)
                expected = key->expected;
        r = key ? 0 : directive_language_check(assignment->key, assignment->value, &expected);
        if (r == -ENOENT) {
                warn_unknown_key(assignment);
                return false;
        }
        if (!(key && key->in_defaults) && strcmp(assignment->section, "dadwait") == 0) {
                setting_warn_wrong_section(assignment);
                return false;
        }
        if (key && assignment->value[0])
                r = key->check(assignment->value);
        if (r < 0) {
                setting_warn_value(assignment, expected);
                return false;
        }
        if (key && key->check == setting_check_pattern)
                setting_warn_address(assignment);
        return true;
}

int settings_apply(struct settings *settings, const struct assignment *assignment,
                   const char *instance) {
        const struct key *key = find_key(assignment->key);

        if (strcmp(assignment->key, "Option") == 0 && assignment->value[0])
                settings->last_source = assignment;
        if (strcmp(assignment->key, "Directive") == 0)
                settings->last_directive = assignment->value[0] ? assignment : NULL;
        if (!key)
                return directive_language_apply(&settings->language, assignment->key,
                                                assignment->value);
        return key->apply(settings, assignment, assignment->word ? assignment->word : instance);
}

/* Whether nothing names a file in which Directive= could be looked for, nor anything else where the
 * addresses are. A shipped definition may be of a service that has no file. */
static bool has_no_source(const struct settings *settings) {
        return settings->last_directive && !assignment_is_shipped(settings->last_directive) &&
               settings->config.count == 0 && settings->config_options.count == 0 &&
               settings->directory_options.count == 0 && settings->environment_files.count == 0 &&
               settings->language.options.count == 0 && settings->language.variables.count == 0;
}

void settings_check_whole(const struct settings *settings) {
        const struct assignment *source = settings->last_source;
        const struct directive_language *language = &settings->language;
        const char *missing = NULL;

        if (has_no_source(settings)) {
                source = settings->last_directive;
                missing = "Config=";
        } else if (!source) {
                return;
        } else if (!settings->format) {
                missing = "Format=";
        } else if (settings->format != directive_read && settings->last_directive &&
                   !assignment_is_shipped(settings->last_directive)) {
                source = settings->last_directive;
                missing = "Format=directive";
        } else if (settings->format == directive_read && language->directives.count == 0 &&
                   language->interface_directives.count == 0 && language->options.count == 0) {
                missing = "Directive=";
        }
        if (missing)
                log_warning(source->file, source->line, "%s= without %s, ignoring: %s", source->key,
                            missing, source->value);
}

void settings_clear(struct settings *settings) {
        string_list_clear(&settings->programs);
        string_list_clear(&settings->config);
        free(settings->config_assignments);
        string_list_clear(&settings->config_options);
        string_list_clear(&settings->directory_options);
        string_list_clear(&settings->environment_files);
        directive_language_clear(&settings->language);
        address_list_clear(&settings->addresses);
        address_list_clear(&settings->ignored);
}
