/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/known-script.h"

#include "common/cleanup.h"
#include "unit.h"
#include "units/unit-command.h"

#include <stdio.h>
#include <string.h>

static void assign(struct unit_command *command, const char *key, const char *value) {
        const struct unit_assignment assignment = {
                .section = "Service",
                .key = key,
                .value = value,
                .file = "/x",
                .line = 7,
                .unit = "a.service",
        };

        assert_int_equal(unit_command_parse(&assignment, command), 0);
}

static void set_up(struct settings *settings) {
        static const char *const LANGUAGE[][2] = {
                { "Directive", "SERVICES" }, { "Variable", "LISTEN" }, { "Option", "-l" },
                { "Option", "--listen" },    { "Flags", "d" },
        };

        settings_init(settings);
        for (size_t i = 0; i < sizeof(LANGUAGE) / sizeof(LANGUAGE[0]); i++)
                assert_int_equal(directive_language_apply(&settings->language, LANGUAGE[i][0],
                                                          LANGUAGE[i][1]),
                                 0);
        assert_int_equal(string_list_add(&settings->config, "/etc/default/a"), 0);
        assert_int_equal(string_list_add(&settings->config_options, "-f"), 0);
        assert_int_equal(string_list_add(&settings->config_options, "1"), 0);
}

/* Whether the script of an ExecStart= is known. */
static bool is_known(const char *exec_start, const char *environment, const char *file) {
        CLEANUP(unit_command_clear) struct unit_command unit = { 0 };
        CLEANUP(exec_program_clear) struct exec_program program = { 0 };
        CLEANUP(settings_clear) struct settings settings;
        struct daemon_command command = { .source = &unit };
        int r;

        set_up(&settings);
        assign(&unit, "Environment", environment);
        assign(&unit, "ExecStart", exec_start);
        assert_int_equal(string_list_add(&command.files, file), 0);
        assert_int_equal(exec_program_find(&unit.commands.items[0], &unit.environment, &program),
                         0);
        assert_true(program.is_script);
        command.environment = unit.environment;
        r = known_script_check(&settings, &program, &command);
        string_list_clear(&command.files);
        assert_in_range(r, 0, 1);
        return r;
}

static bool text_is_known(const char *text, const char *environment) {
        CLEANUP(freep) char *exec_start = NULL;

        assert_true(asprintf(&exec_start, "sh -c '%s'", text) > 0);
        return is_known(exec_start, environment, "/etc/default/a");
}

static void test_known(void **state) {
        static const char *const KNOWN[] = {
                "mkdir x; exec a -l \"$LISTEN\"",
                "mkdir x; exec a -l ${LISTEN}",
                "mkdir x; exec a -dl$LISTEN",
                "mkdir x; exec a --listen=$LISTEN $OPTIONS",
                "mkdir x; exec a -l \"$LISTEN $SERVICES\"",
                "mkdir x; exec a ${LISTEN:+-l \"$LISTEN\"}",
                "mkdir x; exec a $$LISTEN",
                "[ -f /srv/a ] || exit; exec a -l $LISTEN",
                "if test -f /srv/a\nthen exec a -l $LISTEN; fi",
                ". /etc/default/a; exec a -l $LISTEN",
                "mkdir x; exec a $LISTEN -b ::1",
                "mkdir x; exec a $LISTEN # \\\\",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(KNOWN) / sizeof(KNOWN[0]); i++)
                if (!text_is_known(KNOWN[i], "OPTIONS=-b"))
                        fail_msg("%s", KNOWN[i]);
}

static void test_unknown(void **state) {
        static const char *const UNKNOWN[] = {
                "mkdir x; exec a -b",
                "mkdir x; exec a ${LISTEN:+x}",
                /* an address beside the variable */
                "mkdir x; exec a -b [2001:db8::1]:80 $LISTEN",
                "mkdir x; exec a $LISTEN,2001:db8::1",
                "mkdir x; exec a -b ${X:-2001:db8::1} $LISTEN",
                "mkdir x; exec a $B $LISTEN",
                "mkdir x; exec a \"${B}\" $LISTEN",
                "B=\"-b 2001:db8::1\"; exec a $LISTEN",
                /* another argument of an option */
                "mkdir x; exec a -l host $LISTEN",
                "mkdir x; exec a -dlhost $LISTEN",
                "mkdir x; exec a --listen=host $LISTEN",
                "mkdir x; exec a -l ${LISTEN:-host}",
                "mkdir x; exec a -l \"$LISTEN host\"",
                "mkdir x; exec a -l \"$OTHER\" $LISTEN",
                "mkdir x; exec a $OPTIONS $LISTEN",
                "OPTIONS=\"-d -l host\"; exec a $OPTIONS $LISTEN",
                "LISTEN=host; exec a -l $LISTEN",
                "[ -d x ] && exec a -l host $LISTEN",
                "mkdir x; exec a $LISTEN -l",
                /* another configuration */
                "mkdir x; exec a -f /srv/a.conf -l $LISTEN",
                /* what may be anything */
                "mkdir x; exec a $(cat y) -l $LISTEN",
                "mkdir x; exec a `cat y` -l $LISTEN",
                ". /srv/y; exec a -l $LISTEN",
                "eval x; exec a -l $LISTEN",
                "mkdir x; exec a -l $1 $LISTEN",
        };

        (void)state;
        for (size_t i = 0; i < sizeof(UNKNOWN) / sizeof(UNKNOWN[0]); i++)
                if (text_is_known(UNKNOWN[i], "OPTIONS=-lhost B=2001:db8::1"))
                        fail_msg("%s", UNKNOWN[i]);
}

static void test_where_it_is_set(void **state) {
        static const char SERVICES[] = "sh -c 'mkdir x; exec a -l $SERVICES'";
        static const char LISTEN[] = "sh -c 'mkdir x; exec a -l $LISTEN'";

        (void)state;
        assert_true(is_known(SERVICES, "X=1", "/srv/y"));
        assert_true(is_known(SERVICES, "SERVICES=host", "/etc/default/a"));
        assert_false(is_known(SERVICES, "SERVICES=host", "/srv/y"));
        assert_true(is_known(LISTEN, "LISTEN=host", "/srv/y"));
}

static void test_words_of_the_shell(void **state) {
        (void)state;
        assert_true(is_known("sh -f -c 'mkdir x; exec a -l $LISTEN'", "X=1", "/x"));
        assert_false(is_known("sh -c 'mkdir x; exec a $LISTEN \"$@\"' sh -l host", "X=1", "/x"));
        assert_false(is_known("|a -l host $LISTEN && b", "X=1", "/x"));
        assert_true(is_known("|a -l $LISTEN && b", "X=1", "/x"));
}

static void test_long_value(void **state) {
        static char environment[(1 << 17) + 3] = "X=";

        (void)state;
        memset(environment + 2, 'x', sizeof(environment) - 3);
        assert_false(text_is_known("mkdir x; exec a $X -l $LISTEN", environment));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_known),           cmocka_unit_test(test_unknown),
                cmocka_unit_test(test_where_it_is_set), cmocka_unit_test(test_words_of_the_shell),
                cmocka_unit_test(test_long_value),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
