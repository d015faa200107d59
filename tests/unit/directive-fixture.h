/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What Format=directive finds, with any definition
 */

#include "format-fixture.h"

#include "config/directive-language.h"
#include "input/command-line-words.h"

#define CONFIG "/etc/daemon/daemon.conf"
#define BIND   "Directive=bind\n"

/**
 * found() - the patterns for a configuration
 * @state:      of cmocka, with a struct fixture
 * @definition: lines "KEY=VALUE" of a section of dadwait.conf, and ExecStart=, Environment= and
 *              EnvironmentFile= of the unit
 * @content:    of the configuration
 *
 * Return: as fixture_read(); valid until the next call.
 */
static inline const char *found(void **state, const char *definition, const char *content) {
        CLEANUP(directive_language_clear) struct directive_language language = { 0 };
        CLEANUP(string_list_clear) struct string_list arguments = { 0 }, variables = { 0 };
        struct fixture *fixture = *state;
        struct source source = {
                .config = fixture_list(&fixture->config, CONFIG, NULL),
                .environment_files = fixture_list(&fixture->environment_files, NULL),
                .environment = &variables,
                .arguments = &arguments,
                .arguments_file = "/usr/lib/systemd/system/daemon.service",
                .directory = "/srv",
                .language = &language,
        };
        CLEANUP(freep) char *lines = strdup(definition);
        char *rest = lines, *line;

        assert_non_null(lines);
        while ((line = strsep(&rest, "\n")) && *line) {
                char *value = strchr(line, '=');
                const char *expected;

                assert_non_null(value);
                *value++ = '\0';
                if (strcmp(line, "ExecStart") == 0) {
                        string_list_clear(&arguments);
                        assert_int_equal(command_line_words_add(value, NULL, &arguments), 0);
                        continue;
                }
                if (strcmp(line, "Environment") == 0) {
                        assert_int_equal(string_list_add(&variables, value), 0);
                        continue;
                }
                if (strcmp(line, "EnvironmentFile") == 0) {
                        source.environment_files =
                                fixture_list(&fixture->environment_files, value, NULL);
                        continue;
                }
                assert_int_equal(directive_language_check(line, value, &expected), 0);
                assert_int_equal(directive_language_apply(&language, line, value), 0);
        }
        fixture_write(fixture, CONFIG, content);
        return fixture_read(fixture, directive_read, &source);
}
