/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Several files, and files that others include. */

#include "directive-fixture.h"

static void test_includes(void **state) {
        const char *language = BIND "Include=include\nInclude=!inc\nInclude=dir/use\n";

        fixture_write(*state, "/etc/daemon/sub/a.conf", "bind ::a\ninclude b.conf\n");
        fixture_write(*state, "/etc/daemon/sub/b.conf", "bind ::b\n");
        fixture_write(*state, "/etc/daemon/b.conf", "bind ::bb\n");
        fixture_write(*state, "/etc/daemon/sub/.hidden.conf", "bind ::c\n");
        fixture_write(*state, "/etc/daemon/sub/x.txt", "bind ::d\n");
        fixture_write(*state, "/srv/base/b.conf", "bind ::e\n");

        assert_string_equal(found(state, language, "bind ::2\ninclude sub/a.conf\nbind ::3\n"),
                            "::2 ::a ::bb ::3");
        assert_string_equal(
                found(state, BIND "Include=include\nIncludeBase=file\n", "include sub/a.conf\n"),
                "::a ::b");
        assert_string_equal(
                found(state, BIND "Include=include\nIncludeBase=/srv/base\n", "include b.conf\n"),
                "::e");
        assert_string_equal(found(state, language, "!INC = \"/etc/daemon/sub/*.conf\"\n"),
                            "::a ::bb ::b");
        fixture_write(*state, "/etc/daemon/sub/deeper/e.conf", "bind ::e\n");
        assert_string_equal(found(state, language, "include sub\n"), "::a ::bb ::b ::d");
        assert_string_equal(found(state, language, "include /etc/daemon/sub/,*.conf\n"),
                            "::a ::bb ::b ::d");
        assert_string_equal(
                found(state, BIND "Include=include\nIncludeSuffix=.txt\n", "include sub/\n"),
                "::d");
        fixture_write(*state, "/etc/daemon/sub/y.inc", "bind ::9\n");
        assert_string_equal(
                found(state, BIND "Include=include\nIncludeSuffix=.txt .inc\n", "include sub\n"),
                "::d ::9");
        assert_string_equal(found(state,
                                  BIND "Include=include use\nIncludeSuffix=include=.txt USE=.inc\n",
                                  "include sub\nbind ::2\nuse sub\n"),
                            "::d ::2 ::9");
        assert_string_equal(found(state,
                                  BIND "Include=include use\nIncludeSuffix=use=.inc .txt\n"
                                       "IncludeOrder=last\n",
                                  "include sub\nbind ::2\nuse sub\n"),
                            "::2 ::d ::9");
        fixture_write(*state, "/etc/daemon/sub/deeper/e.txt", "bind ::f\n");
        assert_string_equal(found(state,
                                  BIND "Include=include\nIncludeSuffix=.txt\n"
                                       "IncludeSubdirectories=yes\n",
                                  "include sub\n"),
                            "::f ::d");
        assert_string_equal(found(state, language,
                                  "include missing\ninclude\ninclude \"\"\n"
                                  "bind ::2\n"),
                            "::2");
        assert_string_equal(found(state, language, "use b.conf\ndir {\n use b.conf\n}\n"), "::bb");
}

static void test_includes_last(void **state) {
        const char *language = BIND "Include=include\nIncludeOrder=last\nRepeat=replace\n";

        fixture_write(*state, "/etc/daemon/d/a.conf", "bind ::a\n");
        fixture_write(*state, "/etc/daemon/d/b.conf", "bind ::b\ninclude daemon.conf\n");
        assert_string_equal(found(state, language, "include d/a.conf\nbind ::2\n"), "::a");
        assert_string_equal(found(state, language, "include d\nbind ::2\n"), "::2"); /* endless */
        assert_string_equal(found(state, language, "include d/a.conf\nblock {\n"), "::a");
}

static void test_includes_within_blocks(void **state) {
        const char *language = "Directive=server/listen\nInclude=include\nStatements=semicolons\n";

        fixture_write(*state, "/etc/daemon/part", "listen ::2;");
        assert_string_equal(
                found(state, language, "include part; http { server { include part; } }"), "::2");
        assert_string_equal(found(state, language, "include part; server { }"), "");
}

static void test_endless_inclusion_ends(void **state) {
        static char content[3200 * sizeof("include *.conf")] = "bind ::2\n";
        char *end = content + strlen(content);

        for (int i = 0; i < 3000; i++)
                end = stpcpy(end, "include *.conf\n");
        assert_string_equal(found(state, BIND "Include=include\n", content), "::2");
}

/* Many daemons refuse that, others ignore it and read on. */
static void test_inclusion_of_itself(void **state) {
        assert_string_equal(
                found(state, BIND "Include=include\n", "bind ::2\ninclude daemon.conf\nbind ::3\n"),
                "::2 ::3");
}

static void test_several_files(void **state) {
        CLEANUP(directive_language_clear) struct directive_language language = { 0 };
        struct fixture *fixture = *state;
        const struct source source = {
                .config =
                        fixture_list(&fixture->config, "/a.conf", "/missing", "/etc/b.conf", NULL),
                .environment_files = fixture_list(&fixture->environment_files, NULL),
                .language = &language,
        };

        assert_int_equal(directive_language_apply(&language, "Directive", "block/bind"), 0);
        assert_int_equal(directive_language_apply(&language, "Include", "include"), 0);
        fixture_write(fixture, "/a.conf", "include x\nblock {\nbind ::2\n");
        fixture_write(fixture, "/etc/b.conf", "bind ::3\ninclude x\n");
        fixture_write(fixture, "/etc/x", "block { bind ::4 }");
        assert_string_equal(fixture_read(fixture, directive_read, &source), "::2 ::4");
}

static void test_hidden_files(void **state) {
        fixture_write(*state, "/etc/daemon/d/.a", "bind ::2\n");
        assert_string_equal(found(state, BIND "Include=include\n", "include d\n"), "");
        assert_string_equal(
                found(state, BIND "Include=include\nIncludeHidden=yes\n", "include d\n"), "::2");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
static const struct CMUnitTest TESTS[] = {
        TEST(test_includes),
        TEST(test_includes_last),
        TEST(test_includes_within_blocks),
        TEST(test_endless_inclusion_ends),
        TEST(test_inclusion_of_itself),
        TEST(test_several_files),
        TEST(test_hidden_files),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
