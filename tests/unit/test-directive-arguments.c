/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the command line and the environment name, in place of the configuration or beside it. */

#include "directive-fixture.h"

static void test_environment(void **state) {
        fixture_write(*state, "/etc/default/daemon", "ADDR=2001:db8::1\nEMPTY=\n");
        assert_string_equal(
                found(state, BIND "EnvironmentFile=/etc/default/daemon\nEnvironmentFile=/missing\n",
                      ""),
                "");
        assert_string_equal(found(state, BIND "EnvironmentFile=/etc/default/daemon\n",
                                  "bind \"[${ADDR}]:80\" $EMPTY ${UNSET}::2\n"),
                            "2001:db8::1 ::2");
        assert_string_equal(found(state, BIND, "bind \"[${ADDR}]:80\"\n"), "");
}

/* "A"${B}'C' is one word. */
static void test_quoted_parts(void **state) {
        static const char DEFINITION[] =
                BIND "Environment=V=2001:db8::1\nExpandVariables=yes\nPort=last-colon\n";
        static const struct {
                const char *value, *expected;
        } CASES[] = {
                { "\"[\"${V}\"]:80\"", "2001:db8::1" },
                { "'['${V}']:'${V}", "2001:db8::1" },
                { "\"${V}:80\" \"${V}2:80\"", "2001:db8::1 2001:db8::12" },
                { "\"${V}:80\",'${V}2:80'", "2001:db8::1 2001:db8::12" },
                { "${V}\"2:80\" x", "2001:db8::12" },
                { "\"${V}:\"80", "2001:db8::1" },
                { "\"", "" },
                { "'${V}:80", "2001:db8::1" },
        };

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "bind = %s\n", CASES[i].value) > 0);
                assert_string_equal(found(state, DEFINITION, text), CASES[i].expected);
        }
}

#define OPTIONS "Option=-a\nOption=--listen\nOption=-o bind\n"

static void test_options(void **state) {
        assert_string_equal(
                found(state, OPTIONS "ExecStart=-F -a [2001:db8::1]:80 -x ::3 -a::2\n", ""),
                "2001:db8::1 ::2");
        assert_string_equal(found(state,
                                  OPTIONS
                                  "ExecStart=--listen=::2 --listen ::3 -listen ::4 --listenx ::5\n",
                                  ""),
                            "::2 ::3");
        assert_string_equal(
                found(state, OPTIONS "ExecStart=-obind=::2 -o \"Bind ::3\" -o bin=::4\n", ""),
                "::2 ::3");
        assert_string_equal(found(state, OPTIONS "ExecStart=-a name=x,[::2]:80,HTTP -a\n", ""),
                            "::2");
        assert_string_equal(found(state, BIND "ExecStart=-a ::2\n", "bind ::3\n"), "::3");
        assert_string_equal(found(state, OPTIONS BIND "Repeat=replace\nExecStart=-a ::2 -a ::3\n",
                                  "bind ::4\n"),
                            "::3");
        assert_string_equal(found(state, OPTIONS "Unless=wild\nExecStart=-a ::2\n", "wild\n"), "");
}

/* "cfg:server.http_addr=ADDR" of Grafana has no dash. */
static void test_options_without_a_dash(void **state) {
        assert_string_equal(
                found(state, "Option=cfg:addr=\nExecStart=cfg:addr=::2 cfg:addr=[::3]:80\n", ""),
                "::2 ::3");
        assert_string_equal(
                found(state, "Option=cfg:addr=\nExecStart=cfg:addr ::2 cfg:addr= ::3 x:addr=::4\n",
                      ""),
                "");
}

static void test_options_with_several_words(void **state) {
        static const char *const WORDS[] = {
                "-a ::2 192.0.2.1 -::3 --other ::4",
                "-a \"::2 ::3\" -- ::4",
                "-a::2 ::3",
                "-a ::2 ::3",
        };

        for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "Option=-a ...\nExecStart=%s\n", WORDS[i]) > 0);
                assert_string_equal(found(state, text, ""), i == 0 ? "::2" : "::2 ::3");
        }
        assert_string_equal(found(state, "Option=-a\nExecStart=-a ::2 ::3\n", ""), "::2");
}

static void test_variables(void **state) {
        fixture_write(*state, "/etc/default/daemon", "ADDR='::4'\n");
        assert_string_equal(
                found(state, "Variable=URLS ADDR\nEnvironment=URLS=http://[::2]:80,http://[::3]\n",
                      ""),
                "::2 ::3");
        assert_string_equal(found(state,
                                  "Variable=ADDR\nEnvironment=ADDR=::2\nEnvironment=ADDR=::3\n"
                                  "Environment=ADDRESS=::5\n",
                                  ""),
                            "::3");
        assert_string_equal(found(state,
                                  "Variable=ADDR\nEnvironmentFile=/etc/default/daemon\n"
                                  "Environment=ADDR=::2\n",
                                  ""),
                            "::4");
        assert_string_equal(found(state, "Variable=ADDR\nEnvironment=ADDR=\n", ""), "");
        /* NODE_IP_ADDRESS of RabbitMQ has no port, its listeners have one. */
        assert_string_equal(
                found(state,
                      BIND "Variable=ADDR\nPort=last-colon\nEnvironment=ADDR=2001:db8::1:2\n",
                      "bind ::3:80\n"),
                "::3 2001:db8::1:2");
        assert_string_equal(
                found(state, BIND "Variable=ADDR\nEnvironment=ADDR=::2\n", "bind ::3\n"),
                "::3 ::2");
        assert_string_equal(
                found(state, "Variable=ADDR\nUnless=wild\nEnvironment=ADDR=::2\n", "wild\n"), "");
}

static void test_variables_replace(void **state) {
        static const char DEFINITION[] =
                BIND "Option=-a\nVariable=ADDR URL\nRepeat=replace\nExecStart=-a ::4\n";
        CLEANUP(freep) char *text = NULL;

        assert_true(asprintf(&text, "%sEnvironment=ADDR=::2\nEnvironment=URL=::5\n", DEFINITION) >
                    0);
        assert_string_equal(found(state, text, "bind ::3\n"), "::4 ::2 ::5");
        free(TAKE_POINTER(text));
        assert_true(asprintf(&text, "%sEnvironment=ADDR=192.0.2.1\n", DEFINITION) > 0);
        assert_string_equal(found(state, text, "bind ::3\n"), "::4");
        free(TAKE_POINTER(text));
        assert_true(asprintf(&text, "%sEnvironment=ADDR=\n", DEFINITION) > 0);
        assert_string_equal(found(state, text, "bind ::3\n"), "::4");
}

static void test_options_replace(void **state) {
        assert_string_equal(found(state,
                                  BIND "Option=-a\nOption=-o bind\nRepeat=replace\n"
                                       "ExecStart=-a ::4 -o bind=::5\n",
                                  "bind ::3\n"),
                            "::5");
        assert_string_equal(found(state,
                                  BIND "Option=-a\nOption=-o bind\nRepeat=replace\n"
                                       "OptionOrder=statements-first\n"
                                       "ExecStart=-a ::4 -o bind=::5\n",
                                  "bind ::3\n"),
                            "::4");
        assert_string_equal(
                found(state, BIND "Option=-a\nRepeat=replace\nExecStart=-a *\n", "bind ::3\n"), "");
        assert_string_equal(
                found(state, BIND "Option=-a\nRepeat=replace\nExecStart=-b ::4\n", "bind ::3\n"),
                "::3");
}

static void test_flags(void **state) {
        static const struct {
                const char *words, *expected;
        } CASES[] = {
                { "-da ::2", "::2" }, { "-dda::2", "::2" },   { "-a ::2", "::2" },
                { "-dxa ::2", "" },   { "-d -a ::2", "::2" }, { "--da ::2", "" },
                { "-dd ::2", "" },    { "-da", "" },          { "-ad ::2", "" },
        };

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "Option=-a\nFlags=bd\nExecStart=%s\n", CASES[i].words) >
                            0);
                assert_string_equal(found(state, text, ""), CASES[i].expected);
        }
        assert_string_equal(found(state, "Option=-a\nExecStart=-da ::2\n", ""), "");
}

/* getopt_long(3) takes the beginning of an option for it; other parsers do not. */
static void test_beginnings(void **state) {
        static const char LONG[] = "Option=--address\nFlags=d\nExecStart=";
        static const struct {
                const char *words, *expected;
        } CASES[] = {
                { "--addr=::2", "::2" },   { "--a ::2", "::2" }, { "--address=::2", "::2" },
                { "--addresses=::2", "" }, { "--=::2", "" },     { "-- ::2", "" },
                { "-addr=::2", "" },
        };

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "%s%s\n", LONG, CASES[i].words) > 0);
                assert_string_equal(found(state, text, ""), CASES[i].expected);
        }
        assert_string_equal(found(state, "Option=--address\nExecStart=--addr=::2\n", ""), "");
}

static void test_options_in_a_file(void **state) {
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, "Option=-a\nExecStart=-a ::2 @/x user@/y @z\n", ""),
                            "::2");
        assert_string_equal(fixture->unknown, "daemon.service:0:@/x");
        assert_string_equal(found(state, BIND "ExecStart=@/x\n", ""), "");
        assert_string_equal(fixture->unknown, "");
}

#define OPTION_FILE "Option=--a\nOptionFile=@\n"

static void test_option_file(void **state) {
        const struct fixture *fixture = *state;

        fixture_write(fixture, "/srv/one", "# --a=::9\n--a=::2\r\n\n--a\n#\n::3\n@two\n --a=::9");
        fixture_write(fixture, "/srv/two", "--x\n--a=[::4]:80\n@one\n");
        fixture_write(fixture, "/srv/argument", "::5");
        assert_string_equal(found(state, OPTION_FILE "ExecStart=@/srv/argument @one\n", ""),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, OPTION_FILE "ExecStart=--a @argument --a=::6\n", ""),
                            "::5 ::6");
        assert_string_equal(fixture->unknown, "");
        assert_string_equal(found(state, OPTION_FILE "ExecStart=--a=::6 @z user@one\n", ""), "::6");
        assert_string_equal(fixture->unknown, "daemon.service:0:@z");
        assert_string_equal(found(state, OPTION_FILE "ExecStart=-- @one\n", ""), "");
        assert_string_equal(found(state, "Option=--a\nExecStart=@one\n", ""), "");
        fixture_write(fixture, "/srv/one", "--x\n--a=host\n");
        assert_string_equal(found(state, OPTION_FILE "ExecStart=@one\n", ""), "");
        assert_string_equal(fixture->unknown, "one:2:host");
        assert_string_equal(found(state, OPTION_FILE "Unless=--x\nExecStart=--a=::2 @one\n", ""),
                            "");
        assert_string_equal(found(state, OPTION_FILE "Unless=--y\nExecStart=--a=::2 @y\n", ""),
                            "::2");
}

static void test_placeholders(void **state) {
        static const char DEFINITION[] = BIND "Environment=V6=::2\nExpandVariables=yes\n";
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, DEFINITION, "bind {$V6} {$X:::3} {$V6:::4}\n"), "::2 ::3");
        assert_string_equal(found(state, DEFINITION, "bind [{$V6}] ::3\n"), "::2 ::3");
        assert_string_equal(found(state, DEFINITION, "bind {env.V6} {env.X} {env.V6:::4} ::3\n"),
                            "::2 ::3");
        assert_string_equal(fixture->unknown, "daemon.conf:1:{env.X} daemon.conf:1:{env.V6:::4}");
        assert_string_equal(found(state, DEFINITION, "bind {$X} {args.0} {$} ::3\n"), "::3");
        assert_string_equal(fixture->unknown, "daemon.conf:1:{$X} daemon.conf:1:{args.0} "
                                              "daemon.conf:1:{$}");
        assert_string_equal(found(state, BIND, "x {\nbind ::2\n}\ny { bind ::3 }\n"), "::2 ::3");
        assert_string_equal(found(state, BIND, "bind {$X:::2\n"), "");
}

/* "$__env{NAME}" of Grafana. */
static void test_variables_with_a_provider(void **state) {
        static const char DEFINITION[] =
                BIND "Environment=V6=::2\nExpandVariables=yes\nPort=last-colon\n";
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, DEFINITION, "bind = $__env{V6}:80 ::3:80\n"), "::2 ::3");
        assert_string_equal(found(state, DEFINITION, "bind = [$__env{V6}]:81\n"), "::2");
        assert_string_equal(found(state, DEFINITION, "bind = $__env{X} $__file{/x}\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:1:$__env{X} daemon.conf:1:$__file{/x}");
        assert_string_equal(found(state, DEFINITION, "bind = $__env{V6\nbind = ::3:80\n"), "::3");
}

static void test_unless_options(void **state) {
        static const char DEFINITION[] = BIND "Unless=-s\nUnless=-p 0\nUnless=--no-x\n"
                                              "Flags=v\n";
        static const struct {
                const char *words, *expected;
        } CASES[] = {
                { "-x", "::2" }, { "-s /run/s", "" }, { "-vs/run/s", "" },
                { "-p 0", "" },  { "-p 1", "::2" },   { "-s", "" },
                { "-v", "::2" }, { "--no-x", "" },    { "-vp", "::2" },
        };

        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "%sExecStart=%s\n", DEFINITION, CASES[i].words) > 0);
                assert_string_equal(found(state, text, "bind ::2\n"), CASES[i].expected);
        }
}

static void test_unless_options_of_a_family(void **state) {
        static const char DEFINITION[] = BIND "IPv6Unless=-4\nIPv4Unless=-6\nFlags=46v\n";
        static const struct {
                const char *words, *expected;
        } CASES[] = {
                { "-x", "::2 192.0.2.1" }, { "-4", "192.0.2.1" },  { "-6 -x", "::2" },
                { "-v6 -x", "::2" },       { "-v4", "192.0.2.1" }, { "-4 -6", "" },
        };
        struct fixture *fixture = *state;

        fixture->families = ADDRESS_FAMILIES;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "%sExecStart=%s\n", DEFINITION, CASES[i].words) > 0);
                assert_string_equal(found(state, text, "bind ::2 192.0.2.1\n"), CASES[i].expected);
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
static const struct CMUnitTest TESTS[] = {
        TEST(test_environment),
        TEST(test_quoted_parts),
        TEST(test_options),
        TEST(test_options_with_several_words),
        TEST(test_variables),
        TEST(test_variables_replace),
        TEST(test_options_replace),
        TEST(test_flags),
        TEST(test_beginnings),
        TEST(test_options_in_a_file),
        TEST(test_option_file),
        TEST(test_placeholders),
        TEST(test_unless_options),
        TEST(test_unless_options_of_a_family),
        TEST(test_options_without_a_dash),
        TEST(test_variables_with_a_provider),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
