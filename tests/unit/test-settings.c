/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config/settings.h"

#include "common/cleanup.h"
#include "common/defaults.h"
#include "log-fixture.h"

static struct assignment assignment_of(const char *section, const char *key, const char *value) {
        return (struct assignment){ .section = (char *)section,
                                    .key = (char *)key,
                                    .value = (char *)value,
                                    .file = (char *)"/a",
                                    .line = 7 };
}

static void assert_accepted(const char *section, const char *key, const char *value) {
        struct assignment assignment = assignment_of(section, key, value);

        log_fixture_begin();
        assert_true(settings_check(&assignment));
        log_fixture_end("");
}

/* @warning: behind "/a:7: " */
static void assert_refused(const char *section, const char *key, const char *value,
                           const char *warning) {
        struct assignment assignment = assignment_of(section, key, value);
        CLEANUP(freep) char *line = NULL;

        assert_true(asprintf(&line, "/a:7: %s\n", warning) > 0);
        log_fixture_begin();
        assert_false(settings_check(&assignment));
        log_fixture_end(line);
}

static const struct {
        const char *key, *good, *bad, *warning;
} VALUES[] = {
        { "Enable", "yes", "maybe", "Enable= takes yes or no, ignoring: maybe" },
        { "Enable", "0", "2", "Enable= takes yes or no, ignoring: 2" },
        { "Format", "ntp", "xml", "Format= takes a format of dadwait.conf(5), ignoring: xml" },
        { "Format", "nginx", "Apache",
          "Format= takes a format of dadwait.conf(5), ignoring: Apache (did you mean "
          "apache?)" },
        { "TimeoutSec", "5s", "5s # not long",
          "TimeoutSec= takes a time span; a comment needs a line of its own, ignoring: 5s # "
          "not long" },
        { "Config", "/a b", "a", "Config= takes an absolute path, ignoring: a" },
        { "EnvironmentFile", "/a", "-/a",
          "EnvironmentFile= takes an absolute path; without \"-\", since the file need not "
          "exist, ignoring: -/a" },
        { "Config", "/a/b", "/a /b",
          "Config= takes an absolute path; each path needs a line of its own, ignoring: "
          "/a /b" },
        { "Program", "nginx", "/usr/sbin/nginx",
          "Program= takes names of programs; without directories, ignoring: "
          "/usr/sbin/nginx" },
        { "Units", "a.service b.service", "a",
          "Units= takes names of services; with \".service\" at the end, ignoring: a" },
        { "Units", "a.service", "a.service, b.service",
          "Units= takes names of services; with blanks between them, ignoring: a.service, "
          "b.service" },
        { "Address", "2001:db8::/32%eth0", "localhost",
          "Address= takes an address, a prefix or any, with an interface if need be, "
          "ignoring: localhost" },
        { "IgnoreAddress", "any", "::/129",
          "IgnoreAddress= takes an address, a prefix or any, with an interface if need be, "
          "ignoring: ::/129" },
        { "Address", "192.0.2.1%eth0", "192.0.2.0/33",
          "Address= takes an address, a prefix or any, with an interface if need be, "
          "ignoring: 192.0.2.0/33" },
        { "IgnoreAddress", "any-ipv4", "192.0.2",
          "IgnoreAddress= takes an address, a prefix or any, with an interface if need be, "
          "ignoring: 192.0.2" },
        { "Families", "ipv6", "inet", "Families= takes ipv6, ipv4, or ipv6 ipv4, ignoring: inet" },
        { "Families", "ipv4 ipv6", "ipv6,ipv4",
          "Families= takes ipv6, ipv4, or ipv6 ipv4; with blanks between them, ignoring: "
          "ipv6,ipv4" },
        { "Families", "ipv6 ipv4", "IPv6 IPv4",
          "Families= takes ipv6, ipv4, or ipv6 ipv4; in small letters, ignoring: IPv6 "
          "IPv4" },
        { "Families", "ipv6\tipv4", "ipv6 any",
          "Families= takes ipv6, ipv4, or ipv6 ipv4, ignoring: ipv6 any" },
        { "TimeoutSec", "1min 30s", "soon", "TimeoutSec= takes a time span, ignoring: soon" },
        { "OnTimeout", "fail", "stop", "OnTimeout= takes start or fail, ignoring: stop" },
        { "OnTimeout", "start", "Fail",
          "OnTimeout= takes start or fail, ignoring: Fail (did you mean fail?)" },
        { "Hook", "ExecStartPre", "ExecStart",
          "Hook= takes ExecStartPre or ExecCondition, ignoring: ExecStart (did you mean "
          "ExecStartPre?)" },
        { "Hook", "ExecCondition", "execcondition",
          "Hook= takes ExecStartPre or ExecCondition, ignoring: execcondition (did you mean "
          "ExecCondition?)" },
        { "Option", "-a", "a", "Option= takes an option, ignoring: a" },
        { "Option", "a=", "=", "Option= takes an option, ignoring: =" },
        { "IncludeBase", "file", "a", "IncludeBase= takes an absolute path or file, ignoring: a" },
        { "Repeat", "replace", "no", "Repeat= takes add, replace or first, ignoring: no" },
        { "Statements", "lines", "line",
          "Statements= takes lines, semicolons, json or yaml, ignoring: line (did you mean lines?)" },
        { "Directive", "a b", "a, b",
          "Directive= takes keywords; with blanks between them, ignoring: a, b" },
        { "Directive", "#a b", "a # b",
          "Directive= takes keywords; a comment needs a line of its own, ignoring: a # b" },
        { "IncludeSuffix", ".conf", "*.conf",
          "IncludeSuffix= takes ends of file names; without wildcards, ignoring: *.conf" },
        { "Variable", "A", "$A",
          "Variable= takes names of variables; without \"$\", ignoring: $A" },
};

static void test_values(void **state) {
        (void)state;
        for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++) {
                assert_accepted("a.service", VALUES[i].key, VALUES[i].good);
                assert_accepted("a.service", VALUES[i].key, "");
                assert_refused("a.service", VALUES[i].key, VALUES[i].bad, VALUES[i].warning);
        }
}

static void test_sections(void **state) {
        (void)state;
        assert_accepted("dadwait", "Enable", "no");
        assert_accepted("dadwait", "TimeoutSec", "1");
        assert_accepted("dadwait", "OnTimeout", "");
        assert_accepted("dadwait", "Families", "ipv4");
        assert_refused(
                "dadwait", "Hook", "ExecCondition",
                "Not a key for section [dadwait], ignoring: Hook (it is a key of the sections of "
                "services)");
        assert_refused("dadwait", "Directive", "Listen",
                       "Not a key for section [dadwait], ignoring: Directive (it is a key of the "
                       "sections of services)");
        assert_refused("a.service", "Adress", "::1",
                       "Unknown key in section [a.service], ignoring: Adress "
                       "(did you mean Address=?)");
        assert_accepted("sockets", "FreeBind", "yes");
        assert_accepted("sockets", "FreeBind", "");
        assert_refused("sockets", "FreeBind", "1s", "FreeBind= takes yes or no, ignoring: 1s");
        assert_accepted("sockets", "Families", "ipv6 ipv4");
        assert_accepted("sockets", "Families", "");
        assert_refused("sockets", "Families", "yes",
                       "Families= takes ipv6, ipv4, or ipv6 ipv4, ignoring: yes");
        assert_refused("sockets", "Enable", "no",
                       "Not a key for section [sockets], ignoring: Enable (it has FreeBind= and "
                       "Families= only)");
        assert_refused("sockets", "Freebind", "no",
                       "Not a key for section [sockets], ignoring: Freebind (did you mean "
                       "FreeBind=?)");
        assert_refused(
                "a.service", "FreeBind", "yes",
                "Unknown key in section [a.service], ignoring: FreeBind (it is a key of [sockets])");
        assert_refused("a.service", "2001", "db8::1",
                       "Address without a key, ignoring: 2001:db8::1 (did you mean "
                       "Address=2001:db8::1?)");
        assert_refused("a.service", "2001", "x",
                       "Unknown key in section [a.service], ignoring: 2001");
}

static void apply_to(struct settings *settings, const char *key, const char *value,
                     const char *instance) {
        /* A setting may borrow its assignment. */
        static struct assignment assignment;

        assignment = assignment_of("a.service", key, value);
        assert_int_equal(settings_apply(settings, &assignment, instance), 0);
}

static void test_defaults(void **state) {
        CLEANUP(settings_clear) struct settings settings;

        (void)state;
        settings_init(&settings);
        assert_true(settings.enable);
        assert_null(settings.format);
        assert_int_equal(settings.families, ADDRESS_IPV6);
        assert_int_equal(settings.timeout_usec, DEFAULT_TIMEOUT_USEC);
        assert_false(settings.fail_on_timeout);
        assert_int_equal(settings.hook, HOOK_EXEC_START_PRE);
        assert_false(settings.hook_is_set);
        assert_null(settings.last_enable);
        assert_null(settings.last_source);
}

/* The last one counts, and an empty value restores the default. */
static void test_scalars(void **state) {
        CLEANUP(settings_clear) struct settings settings;

        (void)state;
        settings_init(&settings);
        apply_to(&settings, "Enable", "no", NULL);
        assert_false(settings.enable);
        assert_string_equal(settings.last_enable->value, "no");
        apply_to(&settings, "Enable", "", NULL);
        assert_true(settings.enable);

        apply_to(&settings, "Format", "apache", NULL);
        apply_to(&settings, "Format", "ntp", NULL);
        assert_ptr_equal(settings.format, ntp_read);
        apply_to(&settings, "Format", "", NULL);
        assert_null(settings.format);

        apply_to(&settings, "TimeoutSec", "5min", NULL);
        assert_int_equal(settings.timeout_usec, 300000000);
        apply_to(&settings, "TimeoutSec", "", NULL);
        assert_int_equal(settings.timeout_usec, DEFAULT_TIMEOUT_USEC);

        apply_to(&settings, "OnTimeout", "fail", NULL);
        assert_true(settings.fail_on_timeout);
        apply_to(&settings, "OnTimeout", "", NULL);
        assert_false(settings.fail_on_timeout);

        apply_to(&settings, "Hook", "ExecCondition", NULL);
        assert_int_equal(settings.hook, HOOK_EXEC_CONDITION);
        assert_true(settings.hook_is_set);
        apply_to(&settings, "Hook", "ExecStartPre", NULL);
        assert_int_equal(settings.hook, HOOK_EXEC_START_PRE);
        assert_true(settings.hook_is_set);
        apply_to(&settings, "Hook", "", NULL);
        assert_false(settings.hook_is_set);
}

/* Values add, and an empty one clears the list. */
static void test_lists(void **state) {
        CLEANUP(settings_clear) struct settings settings;

        (void)state;
        settings_init(&settings);
        apply_to(&settings, "Config", "/a", NULL);
        apply_to(&settings, "Config", "/b", NULL);
        assert_int_equal(settings.config.count, 2);
        assert_string_equal(settings.config.items[1], "/b");
        assert_string_equal(settings.last_source->value, "/b");
        apply_to(&settings, "Config", "", NULL);
        assert_int_equal(settings.config.count, 0);
        assert_null(settings.last_source);

        apply_to(&settings, "EnvironmentFile", "/a", NULL);
        apply_to(&settings, "EnvironmentFile", "/b", NULL);
        assert_int_equal(settings.environment_files.count, 2);
        apply_to(&settings, "EnvironmentFile", "", NULL);
        assert_int_equal(settings.environment_files.count, 0);

        apply_to(&settings, "Address", "2001:db8::1", NULL);
        apply_to(&settings, "Address", "any%eth0", NULL);
        assert_int_equal(settings.addresses.count, 2);
        assert_string_equal(settings.addresses.items[1].text, "Address=any%eth0");
        assert_string_equal(settings.addresses.items[1].file, "/a");
        assert_int_equal(settings.addresses.items[1].line, 7);
        apply_to(&settings, "IgnoreAddress", "2001:db8::/32", NULL);
        assert_int_equal(settings.ignored.count, 1);
        apply_to(&settings, "Address", "", NULL);
        assert_int_equal(settings.addresses.count, 0);
        assert_int_equal(settings.ignored.count, 1);
        apply_to(&settings, "IgnoreAddress", "", NULL);
        assert_int_equal(settings.ignored.count, 0);

        apply_to(&settings, "Directive", "Listen", NULL);
        assert_int_equal(settings.language.directives.count, 1);
        apply_to(&settings, "Directive", "", NULL);
        assert_int_equal(settings.language.directives.count, 0);
}

static void assert_expanded(const char *value, const char *instance, const char *expected) {
        CLEANUP(settings_clear) struct settings settings;

        settings_init(&settings);
        apply_to(&settings, "Config", value, instance);
        assert_string_equal(settings.config.items[0], expected);
        apply_to(&settings, "EnvironmentFile", value, instance);
        assert_string_equal(settings.environment_files.items[0], expected);
}

static void test_specifiers(void **state) {
        (void)state;
        assert_expanded("/a-%i/b", "x-y", "/a-x-y/b");
        assert_expanded("/a/%I", "x-y\\x2dz", "/a/x/y-z");
        assert_expanded("/%%i%i%i", "x", "/%ixx");
        assert_expanded("/%n%", "x", "/%n%");
        assert_expanded("/%i%%", NULL, "/%i%%");
}

/* @expected: the warning; "" if the settings are complete */
/* "fe80::1%i" is an address on the interface "i", also in the section of a template. */
static void test_specifiers_of_addresses(void **state) {
        struct assignment assignment = assignment_of("a@.service", "Address", "fe80::1%i");

        (void)state;
        log_fixture_begin();
        assert_true(settings_check(&assignment));
        log_fixture_end("/a:7: Taken as the interface \"i\", not as the instance name, for which "
                        "each instance needs a section of its own: Address=fe80::1%i\n");
        assert_accepted("a@b.service", "Address", "fe80::1%i");
        assert_accepted("a@.service", "Address", "fe80::1%in");
}

static void assert_checked(const char *const (*assignments)[2], const char *expected) {
        CLEANUP(settings_clear) struct settings settings;
        struct assignment kept[8];

        settings_init(&settings);
        for (size_t i = 0; assignments[i][0]; i++) {
                kept[i] = assignment_of("a.service", assignments[i][0], assignments[i][1]);
                assert_int_equal(settings_apply(&settings, &kept[i], NULL), 0);
        }
        log_fixture_begin();
        settings_check_whole(&settings);
        log_fixture_end(expected);
}

static void test_incomplete_definitions(void **state) {
        (void)state;
        assert_checked((const char *const[][2]){ { "Address", "::2" }, { NULL } }, "");
        assert_checked((const char *const[][2]){ { "Config", "/b" }, { NULL } },
                       "/a:7: Config= without Format=, ignoring: /b\n");
        assert_checked((const char *const[][2]){ { "Config", "/b" }, { "Config", "" }, { NULL } },
                       "");
        assert_checked((const char *const[][2]){ { "Option", "-l" }, { NULL } },
                       "/a:7: Option= without Format=, ignoring: -l\n");
        assert_checked(
                (const char *const[][2]){ { "Format", "apache" }, { "Config", "/b" }, { NULL } },
                "");
        assert_checked((const char *const[][2]){ { "Format", "apache" },
                                                 { "Config", "/b" },
                                                 { "Directive", "Listen" },
                                                 { NULL } },
                       "/a:7: Directive= without Format=directive, ignoring: Listen\n");
        assert_checked(
                (const char *const[][2]){ { "Format", "directive" }, { "Config", "/b" }, { NULL } },
                "/a:7: Config= without Directive=, ignoring: /b\n");
        assert_checked((const char *const[][2]){ { "Format", "directive" },
                                                 { "Config", "/b" },
                                                 { "Directive", "Listen" },
                                                 { NULL } },
                       "");
        assert_checked((const char *const[][2]){ { "Format", "directive" },
                                                 { "Config", "/b" },
                                                 { "InterfaceDirective", "Listen" },
                                                 { NULL } },
                       "");
        assert_checked((const char *const[][2]){ { "Format", "directive" },
                                                 { "Directive", "Listen" },
                                                 { NULL } },
                       "/a:7: Directive= without Config=, ignoring: Listen\n");
        assert_checked((const char *const[][2]){ { "Format", "directive" },
                                                 { "Directive", "Listen" },
                                                 { "ConfigOption", "-c" },
                                                 { NULL } },
                       "");
        /* All addresses are arguments of the command line. */
        assert_checked(
                (const char *const[][2]){ { "Format", "directive" }, { "Option", "-l" }, { NULL } },
                "");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_values),
                cmocka_unit_test(test_sections),
                cmocka_unit_test(test_defaults),
                cmocka_unit_test(test_scalars),
                cmocka_unit_test(test_lists),
                cmocka_unit_test(test_specifiers),
                cmocka_unit_test(test_specifiers_of_addresses),
                cmocka_unit_test(test_incomplete_definitions),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
