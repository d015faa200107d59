/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Statements=yaml: keys and values of YAML and JSON. */

#include "directive-fixture.h"

#define NET "Statements=yaml\nDirective=net/bindIp\n"

static void test_maps(void **state) {
        assert_string_equal(found(state, NET, "net:\n  port: 1\n  bindIp: ::2,::3 # ::4\n"),
                            "::2 ::3");
        assert_string_equal(found(state, NET, "a: 1\nnet : \n bindIp: '::2'\nb: ::3\n"), "::2");
        assert_string_equal(found(state, NET, "net: {port: 1, bindIp: ::2}\n"), "::2");
        assert_string_equal(found(state, NET, "{\"net\":{\"port\":1,\n\t\"bindIp\":\"::2\"}}"),
                            "::2");
        assert_string_equal(found(state, NET, "bindIp: ::2\nbindIp/net: ::3\n"), "");
        assert_string_equal(found(state, NET, "other:\n  bindIp: ::2\nnet:\nbindIp: ::3\n"), "");
        assert_string_equal(found(state, NET, "net:\n  deeper:\n    bindIp: ::2\n  x: 1\n"), "");
        assert_string_equal(found(state, NET, "net:\n  deeper:\n    x: 1\n  bindIp: ::2\n"), "::2");
        assert_string_equal(
                found(state, "Statements=yaml\nDirective=a.b a/b\n", "a.b: ::2\na:\n  b: ::3\n"),
                "::2 ::3");
        assert_string_equal(
                found(state, "Statements=yaml\nDirective=a/*/b\n", "a:\n  x:\n    b: ::2\n"), "");
}

static void test_lists(void **state) {
        assert_string_equal(found(state, NET, "net:\n  bindIp: [::2, '::3',\n    \"[::4]:80\" ]\n"),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, NET, "net:\n  bindIp:\n  - ::2\n  # ::4\n  - ::3\n"),
                            "::2 ::3");
        assert_string_equal(found(state, NET, "net:\n- x: 1\n  bindIp: ::2\n-\n  bindIp: ::3\n"),
                            "::2 ::3");
        assert_string_equal(found(state, NET, "net: [{bindIp: [[::2]]}, {x: 1}]\ny: ::3"), "::2");
        assert_string_equal(found(state, NET, "- net:\n    bindIp: ::2\n- 1: 2\n"), "::2");
        assert_string_equal(found(state, NET, "net:\n  bindIp: []\n"), "");
}

/* A list is one value: its items do not replace each other. */
static void test_repeat(void **state) {
        assert_string_equal(
                found(state, NET "Repeat=replace\n", "net: {bindIp: ::2, bindIp: [::3, ::4]}"),
                "::3 ::4");
        assert_string_equal(found(state, NET "Repeat=replace\n", "net: {bindIp: ::2, bindIp: }"),
                            "");
        assert_string_equal(
                found(state, NET "Repeat=first\n", "net: {bindIp: [::3, ::4], bindIp: ::2}"),
                "::3 ::4");
}

static void test_scalars(void **state) {
        assert_string_equal(found(state, NET, "net:\n  bindIp: ::2,\n    ::3\n  x: ::4\n"),
                            "::2 ::3");
        assert_string_equal(
                found(state, NET, "net:\n  bindIp: >-\n    ::2,\n\n    ::3\n  x: ::4\n"),
                "::2 ::3");
        assert_string_equal(
                found(state, NET, "x: |\n  net:\n    bindIp: ::4\nnet:\n  bindIp: ::2\n"), "::2");
        assert_string_equal(found(state, NET, "x: 'it''s: [ # {'\nnet:\n  bindIp: ::2#x\n"), "::2");
        assert_string_equal(found(state, NET, "\"x\\\": [\": \"a\nb\"\nnet:\n  \"bindIp\": ::2\n"),
                            "::2");
        assert_string_equal(found(state, NET, "net: &net\n  bindIp: &a !!str ::2\n"), "::2");
        assert_string_equal(found(state, NET, "%YAML 1.2\n---\nnet:\n  bindIp: ::2\n...\n"), "::2");
        assert_string_equal(found(state, NET, "\xef\xbb\xbfnet:\n bindIp: \"tcp:\\/\\/[::2]:1\"\n"),
                            "::2");
}

static void test_comments_of_c(void **state) {
        const char *content =
                "/* ::4 */ {\"net\": { // ::5\n# ::6\n\"bindIp\": \"::2\" /* x\n */}}";

        assert_string_equal(found(state, NET "Comment=//\n", content), "::2");
        assert_string_equal(found(state, NET, "net:\n  x: http://a\n  bindIp: ::2\n"), "::2");
}

/* Of what is not understood, the first line with an address is mentioned. */
static void test_mistakes(void **state) {
        static const char *const TEXTS[] = {
                "net:\n  <<: *other\n  x: ::2\n",
                "net:\n  bindIp: *a\n  x: ::2\n",
                "net:\n\tbindIp: ::2\n",
                "net: {bindIp: '::2\n",
                "bindIp = ::2\n",
                "net: x: y\n  bindIp: ::2\n",
                "net: [a: b]\nx: ::2\n",
                "net: [::2]:80\n",
                "? net\n: ::2\n",
                "{\"x\": 1, <?include \"f\"?>, \"y\": \"::2\"}",
                "net:\n    x: 1\n  bindIp: ::2\n",
                "net: {x: 1\ny: ::2\n",
                "net: [x: \"::2\"}}",
                "net: [1 }\ny: ::2",
                "net: {x: ]\ny: ::2",
        };

        const struct fixture *fixture = *state;

        for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
                assert_string_equal(found(state, NET, TEXTS[i]), "");
                assert_non_null(strstr(fixture->unknown, "::2"));
        }
}

static void test_names(void **state) {
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, NET, "x: 1\nnet:\n  bindIp:\n  - ::2\n  - host.a\n"),
                            "::2");
        assert_string_equal(fixture->unknown, "daemon.conf:5:host.a");
        assert_string_equal(found(state, NET, "net:\n  bindIp: !secret the.address\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:2:the.address");
}

/* As of Elasticsearch and Consul. */
static void test_sets_and_templates(void **state) {
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, NET, "net:\n  bindIp: [_local_, _eth0_, _site_]\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:2:_eth0_ daemon.conf:2:_site_");
        assert_string_equal(found(state, NET, "net:\n  bindIp: \"{{ GetPublicIP }}\"\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:2:{{");
}

static void test_parameters(void **state) {
        const char *language = "Directive=input/address\nParentheses=yes\nParameters=yes\n";
        const struct fixture *fixture = *state;

        assert_string_equal(found(state, language,
                                  "input(type=\"a b\" address=\"::2\" name=\"x.example\"\n"
                                  "  address = \"::3\")\naction(address=\"::4\" x=\"y\")\n"),
                            "::2 ::3");
        assert_string_equal(fixture->unknown, "");
}

/* Neither the stack nor the time is used up. */
static void test_depth(void **state) {
        static char text[100001];

        memset(text, '[', sizeof(text) - 1);
        assert_string_equal(found(state, NET, text), "");
        for (size_t i = 0; i + 1 < sizeof(text); i++)
                text[i] = "- "[i % 2];
        assert_string_equal(found(state, NET, text), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
static const struct CMUnitTest TESTS[] = {
        TEST(test_maps),       TEST(test_lists),         TEST(test_repeat),
        TEST(test_scalars),    TEST(test_comments_of_c), TEST(test_mistakes),
        TEST(test_names),      TEST(test_depth),         TEST(test_sets_and_templates),
        TEST(test_parameters),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
