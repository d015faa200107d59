/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The settings of one service, and the keys of dadwait.conf(5) that change them
 */

#include "config/assignments.h"
#include "config/directive-language.h"
#include "formats/format.h"

/* Where the wait is hooked into the unit. */
enum hook {
        HOOK_EXEC_START_PRE,
        HOOK_EXEC_CONDITION, /* runs before every ExecStartPre= */
};

/* Settings that change how a service waits; for the plan. */
enum setting { SETTING_TIMEOUT, SETTING_ON_TIMEOUT, SETTING_HOOK, SETTING_FAMILIES, SETTINGS };

struct settings {
        bool enable;
        format_read_fn *format;      /* NULL: the addresses are those of Address= only */
        struct string_list programs; /* Program=: names or patterns of fnmatch(3) */
        struct string_list config;
        const struct assignment **config_assignments; /* of each of @config; borrowed */
        struct string_list config_options;    /* ConfigOption=: what names the configuration on the
                                                 command line, instead of Config= */
        bool last_config_option_counts;       /* ConfigRepeat=replace: of several, the last; else
                                                 all */
        struct string_list directory_options; /* DirectoryOption=: what names the directory that
                                                 relative paths of the command line start in */
        bool first_config_counts;             /* ConfigSearch=first: of Config=, the first that
                                                 exists; else all that exist */
        struct string_list environment_files;
        struct directive_language language;
        struct address_list addresses; /* Address= */
        struct address_list ignored;   /* IgnoreAddress= */
        uint64_t timeout_usec;
        unsigned families; /* Families=: ADDRESS_IPV6, ADDRESS_IPV4 */
        bool fail_on_timeout;
        enum hook hook;
        bool hook_is_set;                        /* by Hook= */
        const struct assignment *set[SETTINGS];  /* the last one of each; borrowed, or NULL */
        const struct assignment *last_format;    /* the last Format=; borrowed, or NULL */
        const struct assignment *last_enable;    /* the last Enable=; borrowed, or NULL */
        const struct assignment *last_directive; /* the last Directive=; borrowed, or NULL */
        const struct assignment *last_source;    /* the last Config= or Option=, which need Format=;
                                                    borrowed, or NULL */
};

/**
 * hook_name() - Return: the key of the unit file's list of commands
 */
const char *hook_name(enum hook hook);

/**
 * settings_init() - the built-in defaults
 */
void settings_init(struct settings *settings);

/**
 * settings_check() - whether an assignment is well-formed
 * @assignment: its section may be any
 *
 * Logs a warning if it is not. Return: true if settings_apply() can apply it.
 */
bool settings_check(const struct assignment *assignment);

/**
 * settings_apply() - apply one assignment
 * @assignment: has passed settings_check(); outlives @settings
 * @instance:   replaces %i in paths, if the assignment has no word; NULL if the unit is no instance
 *
 * A value is added to a list; an empty one clears it. Of any other key the last assignment counts;
 * an empty one restores the default.
 *
 * Return: 0 or -ENOMEM.
 */
int settings_apply(struct settings *settings, const struct assignment *assignment,
                   const char *instance);

/**
 * settings_check_whole() - log a warning if the settings, all applied, make no definition
 *
 * That is, if a Config= or Option= has no Format=, or Format=directive has no keyword to look for.
 */
void settings_check_whole(const struct settings *settings);

/**
 * settings_clear() - free all
 */
void settings_clear(struct settings *settings);
