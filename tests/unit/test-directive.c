/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which statements, blocks and conditions there are. */

#include "directive-fixture.h"

#define SEMICOLONS BIND "Statements=semicolons\n"

static void test_keywords(void **state) {
        assert_string_equal(found(state, BIND, "bind ::2\n"), "::2");
        assert_string_equal(found(state, BIND, "\t BIND\t::2"), "::2");
        assert_string_equal(found(state, BIND, "bind=::2\n"), "::2");
        assert_string_equal(found(state, BIND, "bind = \"::2\"\n"), "::2");
        assert_string_equal(found(state, BIND, "bind \"a # b\" ::2\n"), "::2");
        assert_string_equal(found(state, BIND, "bind: ::2\r\n"), "::2");
        assert_string_equal(found(state, BIND, "bind :::80\nbind :: 2\n"), "");
        assert_string_equal(found(state, BIND, "binder ::2\nrebind ::3\nbind-x ::4\n"), "");
        assert_string_equal(found(state, BIND, "x bind ::2\n"), "");
        assert_string_equal(found(state, BIND, "bind"), "");
        assert_string_equal(found(state, "Directive=server.bind\nDirective=listen\n",
                                  "server.bind = \"::2\"\nlisten ::3\nserver ::4\nbind ::5\n"),
                            "::2 ::3");
        assert_string_equal(found(state, "Directive=$SERVER[\"socket\"]\n",
                                  "$SERVER[\"socket\"] == \"[2001:db8::1]:81\" {\n}\n"),
                            "2001:db8::1");
}

static void test_comments(void **state) {
        assert_string_equal(found(state, BIND, "#bind ::2\n # bind ::3\nbind ::4 # ::5\n"), "::4");
        assert_string_equal(found(state, BIND, "bind \"# ::2\" ::3#53\n"), "::2 ::3");
        assert_string_equal(found(state, BIND "Comment=;\n", ";bind ::2\nbind ::3 ; ::4\n"), "::3");
        assert_string_equal(found(state, BIND "Comment=#;\n", "#bind ::2\n;bind ::3\nbind ::4\n"),
                            "::4");
        assert_string_equal(found(state, BIND, "# it's {\nbind ::2\n# isn't }\n"), "::2");
}

static void test_comments_of_c(void **state) {
        const char *language = BIND "Statements=semicolons\nComment=//\nComment=/*\n";

        assert_string_equal(found(state, language, "// bind ::2;\nbind ::3; // bind ::4;\n"),
                            "::3");
        assert_string_equal(found(state, language, "/* bind ::2;\n * { bind ::3; */bind ::4;"),
                            "::4");
        assert_string_equal(found(state, language, "bind ::2/* x */::3//y\n/**/::4;"),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, language, "bind \"/* ::2\" ::3; # */\nbind ::4;"),
                            "::2 ::3");
        assert_string_equal(found(state, language, "bind ::2; /* bind ::3;"), "::2");
        assert_string_equal(found(state, language, "bind ::2; /*/ bind ::3; /*/ bind ::4;"),
                            "::2 ::4");
        assert_string_equal(found(state, BIND "Comment=//\n", "bind ::2 /* ::3\nbind ::4 / ::5\n"),
                            "::2 ::3 ::4 ::5");
}

static void test_lines(void **state) {
        assert_string_equal(found(state, BIND, "bind ::2 \\\n ::3\nbind \\\r\n::4\n"),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, BIND,
                                  "password it's\nbind ::2\nmotd 'x\nbind ::3\n"
                                  "motd 'y\n"),
                            "::2 ::3");
        assert_string_equal(found(state, BIND, "x \"\\\"bind ::2\"\nbind ::3\n"), "::3");
        assert_string_equal(found(state, BIND, "x { a } bind ::2\nbind ::3\n"), "::2 ::3");
        assert_string_equal(found(state, BIND, "bind ::2; bind ::3\n"), "::2 ::3");
        assert_string_equal(found(state, BIND, "bind ::2,\n  ::3\n"), "::2");
}

static void test_indented_continuation(void **state) {
        const char *language = BIND "Continuation=indent\n";

        assert_string_equal(found(state, language, "bind = ::2,\n  ::3\n\t::4\n::5\n"),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, language, "bind =\n# x\n  ::3\nx\n bind ::4\n"), "::3");
        assert_string_equal(found(state, language, "bind =\n\n \t\n  ::3\n \n::4\n"), "::3");
}

static void test_semicolons(void **state) {
        assert_string_equal(found(state, SEMICOLONS, "a; bind\n ::2\n ::3; bind ::4;x ::5;"),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, SEMICOLONS, "server { bind ::2; } server{bind ::3;}"),
                            "::2 ::3");
        assert_string_equal(found(state, SEMICOLONS, "log '\nbind ::2;\n'; bind \"::3\";"), "::3");
        assert_string_equal(found(state, SEMICOLONS, "say 'it\\'; bind ::3; '; bind ::2;"), "::2");
        assert_string_equal(found(state, SEMICOLONS, "say it's; bind ::2; say it's;"), "::2");
        assert_string_equal(found(state, SEMICOLONS, "x 'never closed; bind ::2;"), "::2");
        assert_string_equal(found(state, SEMICOLONS, "x ${a;b{} bind ::2; bind ::3"), "::3");
        assert_string_equal(
                found(state, SEMICOLONS, "@x: 1\nbind ::2;\n @y \"z\"\nbind ::3 @x\n ::4;"),
                "::2 ::3 ::4");
        assert_string_equal(found(state, SEMICOLONS, "#a { bind ::1;\n bind ::2;#}\n}}} bind ::3;"),
                            "::2 ::3");
}

static void test_blocks(void **state) {
        const char *language = "Directive=inner/bind\nDirective=a/b/x\n";

        assert_string_equal(found(state, language,
                                  "bind ::2\n"
                                  "outer {\n bind ::3\n INNER name {\n bind ::4\n }\n bind ::5\n}\n"
                                  "bind ::6\n"),
                            "::4");
        assert_string_equal(
                found(state, language, "a {\n b {\n x ::2\n }\n x ::3\n}\nb {\n x ::4\n}"), "::2");
        assert_string_equal(found(state, language, "inner { bind = ::2 }\n"), "::2");
        assert_string_equal(found(state, language, "inner x\n{\n bind ::2\n}\nbind ::3\n"), "::2");
        assert_string_equal(found(state, language, "inner\n\n{\n bind ::2\n}\n"), "");
        assert_string_equal(found(state, "Directive=bind\n", "bind ::2\n{\n bind ::3\n}\n"),
                            "::2 ::3");
}

static void test_blocks_of_values(void **state) {
        const char *language = "Directive=listen-on/*\n";

        assert_string_equal(found(state, language, "listen-on { ::2; ::3; };\n::4\n"), "::2 ::3");
        assert_string_equal(found(state, language, "listen-on={\"::2\",\n \"::3\"\n}\n{ ::4 }"),
                            "::2 ::3");
}

static void test_blocks_in_parentheses(void **state) {
        const char *language = SEMICOLONS "Parentheses=yes\nDirective=source/udp/ip/*\n"
                                          "Directive=net.listen/*\nDirective=net.listen//*\n";

        assert_string_equal(found(state, language,
                                  "source s {\n udp(port(514) ip(\"::2\")); tcp(ip(::3));\n};\n"
                                  "destination d { udp(ip(::4)); };\nsource{udp\n(ip (::5))}"),
                            "::2 ::5");
        assert_string_equal(found(state, language,
                                  "net.listen('::2', 53, { kind = '::3' })\n"
                                  "net.listen({'::4', \"::5\"}, 853)\nnet.listen ('::6');\n"),
                            "::2 ::4 ::5 ::6");
        assert_string_equal(found(state, language, ")))(((net.listen('::2')"), "::2");
        assert_string_equal(found(state, "Directive=ip/*\n", "ip(::2)\n"), "");
}

static void test_first_words(void **state) {
        const char *language = "Directive=[]\nContinuation=indent\nRepeat=replace\n";

        assert_string_equal(found(state, language,
                                  "[::2]:smtp inet n - y - - smtpd\n  -o x=[::3]\n"
                                  "smtp inet [::4]\n#[::5]:x\n  [::6]:25 inet\n[fe80::1%eth0]:7 x\n"
                                  "[section]\n::8 inet\n"),
                            "::2 fe80::1%eth0");
}

static void test_sections(void **state) {
        const char *language = "Directive=mysqld/bind\n";

        assert_string_equal(
                found(state, language,
                      "bind=::2\n[client]\nbind=::3\n [MySQLd] \nbind=::4\n[x]\nbind=::5\n"),
                "::4");
        assert_string_equal(found(state, "Directive=bind\n", "[::2]\nbind ::3\n"), "::3");
}

static void test_repeat(void **state) {
        const char *language = "Directive=bind\nDirective=in/address\nDirective=sec/x\n"
                               "Repeat=replace\n";

        assert_string_equal(found(state, language, "bind ::2 ::3\nbind ::4\n"), "::4");
        assert_string_equal(found(state, language, "bind ::2\nbind *\n"), "");
        assert_string_equal(
                found(state, language,
                      "in a {\n address ::2\n address ::3\n}\nin b {\n address ::4\n}\n"),
                "::3 ::4");
        assert_string_equal(found(state, language, "[sec]\nx=::2\n[y]\n[sec]\nx=::3\nbind ::4\n"),
                            "::3 ::4");
        assert_string_equal(found(state, BIND, "bind ::2\nbind ::3\n"), "::2 ::3");
}

#define FIRST BIND "Repeat=first\nInclude=include\n"

static void test_first_one_counts(void **state) {
        const struct fixture *fixture = *state;

        fixture_write(fixture, "/etc/daemon/more", "bind ::3\n");
        assert_string_equal(found(state, FIRST, "bind ::2, ::4\nbind ::3\n"), "::2 ::4");
        assert_string_equal(found(state, FIRST, "include more\nbind ::2\n"), "::3");
        assert_string_equal(found(state, FIRST, "bind *\nbind ::2\n"), "");
        assert_string_equal(found(state, FIRST, "bind host\nbind ::2\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:1:host");
        assert_string_equal(found(state, "Directive=a/listen\nRepeat=first\n",
                                  "[a]\nlisten ::2\n[b]\nlisten ::3\n[a]\nlisten ::4\n"),
                            "::2");
        assert_string_equal(found(state, FIRST "Repeat=add\n", "bind ::2\nbind ::3\n"), "::2 ::3");
}

static void test_freebind(void **state) {
        const char *language = BIND "FreebindOption=transparent\nFreebindOption=tproxy\n";

        assert_string_equal(found(state, language,
                                  "bind ::2 Transparent\nbind ::3 tproxy x\n"
                                  "bind ::4 transparently\n"),
                            "::4");
}

static void test_conditions(void **state) {
        const char *unless = BIND "Unless=ip-freebind yes\nUnless=wild\n";
        const char *only_if = BIND "OnlyIf=strict on\nOnlyIf=strict true\n";

        assert_string_equal(found(state, unless, "bind ::2\nip-freebind: no\n"), "::2");
        assert_string_equal(found(state, unless, "bind ::2\nip-freebind: yes\n"), "");
        assert_string_equal(found(state, unless, "ip-freebind: yes\nip-freebind: no\nbind ::2\n"),
                            "::2");
        assert_string_equal(found(state, unless, "wild\nbind ::2\n"), "");
        assert_string_equal(found(state, only_if, "bind ::2\n"), "");
        assert_string_equal(found(state, only_if, "bind ::2\nStrict On\n"), "::2");
        assert_string_equal(found(state, only_if, "bind ::2\nstrict true\n"), "::2");
        assert_string_equal(found(state, only_if, "strict on\nbind ::2\nstrict off\n"), "");
}

static void test_conditions_of_a_family(void **state) {
        const char *only_if = BIND "IPv4OnlyIf=four yes\nIPv6OnlyIf=six yes\nIPv6OnlyIf=six 1\n";
        const char *unless = BIND "IPv4Unless=no4\nIPv6Unless=no6 yes\n";
        struct fixture *fixture = *state;

        fixture->families = ADDRESS_FAMILIES;
        assert_string_equal(found(state, only_if, "bind ::2 192.0.2.1\nbind a.example\n"), "");
        assert_string_equal(fixture->unknown, "");
        assert_string_equal(found(state, only_if, "bind ::2 192.0.2.1\nfour yes\n"), "192.0.2.1");
        assert_string_equal(found(state, only_if, "bind ::2 192.0.2.1\nsix 1\n"), "::2");
        assert_string_equal(found(state, only_if, "six yes\nfour yes\nbind ::2 192.0.2.1\n"),
                            "::2 192.0.2.1");
        assert_string_equal(found(state, unless, "bind ::2 192.0.2.1\nno6 yes\n"), "192.0.2.1");
        assert_string_equal(found(state, unless, "no4\nbind ::2 192.0.2.1\nno6 yes\nno6 no\n"),
                            "::2");
        fixture->families = ADDRESS_IPV6;
        assert_string_equal(found(state, only_if, "bind ::2 a.example\nfour yes\n"), "");
        assert_string_equal(fixture->unknown, "");
}

/* "listeners.tcp.NAME = ADDR" of RabbitMQ, with any name. */
static void test_keywords_with_any_end(void **state) {
        static const char DEFINITION[] = "Directive=tcp.* s/web.*\n";

        assert_string_equal(found(state, DEFINITION, "tcp.1 = ::4\nTCP.v6=::2\ntcp.x ::3\n"),
                            "::4 ::2 ::3");
        assert_string_equal(found(state, DEFINITION, "tcp = ::2\ntcp. = ::3\nxtcp.1 = ::4\n"), "");
        assert_string_equal(found(state, DEFINITION, "web.1 = ::2\n[s]\nweb.1 = ::3\n"), "::3");
        assert_string_equal(found(state, DEFINITION, "tcp.1 = host\n"), "");
        assert_string_equal(((const struct fixture *)*state)->unknown, "daemon.conf:1:host");
}

static void test_keywords_of_several_words(void **state) {
        static const char DEFINITION[] = "Directive=listen+on in/really+bind+to\n";

        assert_string_equal(found(state, DEFINITION, "Listen\t on ::2\nlisten ::3\n"), "::2");
        assert_string_equal(found(state, DEFINITION, "listenon ::2\nlisten only ::3\nlisten"), "");
        assert_string_equal(found(state, DEFINITION, "[in]\nreally bind  to = ::2\n"), "::2");
        assert_string_equal(found(state, DEFINITION, "really bind to ::2\n"), "");
        assert_string_equal(found(state, BIND "OnlyIf=if+this yes\n", "bind ::2\nif this = yes\n"),
                            "::2");
        assert_string_equal(found(state, BIND "OnlyIf=if+this yes\n", "bind ::2\nif this = no\n"),
                            "");
}

static void test_lists_without_keyword(void **state) {
        static const char DEFINITION[] = "Directive=[]\n";

        assert_string_equal(found(state, DEFINITION, " 2001:db8::1,21\n"), "2001:db8::1");
        assert_string_equal(found(state, DEFINITION, "x,::2\n::2\n::2 ,21\n#::2,21\n"), "");
}

static void test_outside_of_blocks(void **state) {
        assert_string_equal(found(state, "Directive=/bind\n", "bind ::2\n[x]\nbind ::3\n"), "::2");
        assert_string_equal(found(state, "Directive=/bind\n", "x {\nbind ::3\n}\nbind ::2\n"),
                            "::2");
}

static void test_keys(void **state) {
        const char *expected;

        (void)state;
        assert_int_equal(directive_language_check("Directives", "x", &expected), -ENOENT);
        assert_int_equal(directive_language_check("Statements", "x", &expected), -EINVAL);
        assert_string_equal(expected, "lines, semicolons, json or yaml");
        assert_int_equal(directive_language_check("Statements", "lines", &expected), 0);
        assert_int_equal(directive_language_check("Repeat", "", &expected), 0);
        assert_int_equal(directive_language_check("Repeat", "first", &expected), 0);
        assert_int_equal(directive_language_check("IncludeBase", "etc", &expected), -EINVAL);
        assert_int_equal(directive_language_check("Option", "listen", &expected), -EINVAL);
}

/* As in unit files: an empty assignment clears a list, or restores the default. */
static void test_empty_assignments(void **state) {
        assert_string_equal(
                found(state, BIND "Directive=\nDirective=listen\n", "bind ::2\nlisten ::3\n"),
                "::3");
        assert_string_equal(found(state, BIND "Repeat=replace\nRepeat=\n", "bind ::2\nbind ::3\n"),
                            "::2 ::3");
        assert_string_equal(
                found(state, BIND "Include=i\nIncludeBase=/x\nIncludeBase=\n", "i part\n"), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
static const struct CMUnitTest TESTS[] = {
        TEST(test_keywords),
        TEST(test_comments),
        TEST(test_comments_of_c),
        TEST(test_lines),
        TEST(test_indented_continuation),
        TEST(test_semicolons),
        TEST(test_blocks),
        TEST(test_blocks_of_values),
        TEST(test_blocks_in_parentheses),
        TEST(test_first_words),
        TEST(test_sections),
        TEST(test_repeat),
        TEST(test_first_one_counts),
        TEST(test_freebind),
        TEST(test_conditions),
        TEST(test_conditions_of_a_family),
        TEST(test_keywords_of_several_words),
        TEST(test_keywords_with_any_end),
        TEST(test_lists_without_keyword),
        TEST(test_outside_of_blocks),
        TEST(test_keys),
        TEST(test_empty_assignments),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
