/* SPDX-License-Identifier: LGPL-2.1-or-later */

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

static void test_addresses(void **state) {
        assert_string_equal(found(state, BIND, "bind <[::2]:80>\n"), "::2");
        assert_string_equal(found(state, BIND, "bind [2001:DB8::0:1]:80\n"), "2001:db8::1");
        assert_string_equal(found(state, BIND, "bind [2001:db8::1]\n"), "2001:db8::1");
        assert_string_equal(found(state, BIND, "bind 2001:db8::1@53 2001:db8::2#53\n"),
                            "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, BIND, "bind tcp6@2001:db8::1@80 udp6@[::2]:53\n"),
                            "2001:db8::1 ::2");
        assert_string_equal(
                found(state, BIND, "bind inet6:8891@[2001:db8::1] inet6:8892@2001:db8::2\n"),
                "2001:db8::1 2001:db8::2");
        assert_string_equal(found(state, BIND, "bind tcp://[::2]:80/x ssl://::3\n"), "::2 ::3");
        assert_string_equal(found(state, BIND, "bind udp6:[::2]:161 main=[::3]:80,HTTP x=::4\n"),
                            "::2 ::3 ::4");
        assert_string_equal(found(state, BIND, "bind tcp6/::2 udp/[::3]:80 x=y=::4 /::4 2/::4\n"),
                            "::2 ::3");
        assert_string_equal(found(state, BIND, "bind fe80::1%eth0, [fe80::2%br0.1]:80\n"),
                            "fe80::1%eth0 fe80::2%br0.1");
        assert_string_equal(found(state, BIND, "bind 80 ::2 backlog=5 ssl\n"), "::2");
        assert_string_equal(found(state, "Directive=<VirtualHost\n", "<VirtualHost ::2 ::3>\n"),
                            "::2 ::3");
        assert_string_equal(found(state, BIND, "bind [::2, ::3@53, ::4]\n"), "::2 ::3 ::4");
        assert_string_equal(found(state, BIND, "bind \"::2, ::3\" '::4'\n"), "::2 ::3 ::4");
        assert_string_equal(found(state, BIND, "bind (::2;::3)\n"), "::2 ::3");
}

static const char *found_in_value(void **state, const char *value) {
        CLEANUP(freep) char *content = NULL;

        assert_true(asprintf(&content, "bind %s\n", value) > 0);
        return found(state, BIND, content);
}

static void test_what_is_no_address(void **state) {
        assert_string_equal(found(state, BIND, "bind -::2 !::3\n"), "");
        assert_string_equal(found(state, BIND, "bind 2001:db8::/64 any * localhost 10:30\n"), "");
        assert_string_equal(found(state, BIND, "bind 192.0.2.1 192.0.2.1:80 tcp://192.0.2.1:80\n"),
                            "");
        assert_string_equal(found(state, BIND, "bind :: [::]:80 ::1 ff02::1 ::ffff:192.0.2.1\n"),
                            "");
        assert_string_equal(found(state, BIND, "bind [::2]x []: [ ] @ # @: unix:/run/x\n"), "");
        assert_string_equal(
                found(state, BIND, "bind [2001:db8::]/64 net=[2001:db8::1]/128 +=[::2]\n"), "");
        assert_string_equal(found(state, BIND, "bind ::2%bad\"scope fe80::1%e/th0\n"), "::2%bad");
        assert_string_equal(found(state, BIND, "bind fe80::1%bad$scope ::2\n"), "::2");
}

static void test_ipv4(void **state) {
        static const char *const VALUES[] = {
                "192.0.2.1",         "192.0.2.1:80",      "tcp://192.0.2.1:80/x",
                "ldap://192.0.2.1/", "192.0.2.1@53",      "192.0.2.1#53",
                "http@192.0.2.1:80", "udp:192.0.2.1:161", "inet:8891@192.0.2.1",
                "web=192.0.2.1",     "[192.0.2.1,",       "192.0.2.1]",
                "<192.0.2.1>",       "'192.0.2.1:80'",    "[::]:1 192.0.2.1",
                "::ffff:192.0.2.1",
        };
        static const char *const OTHERS[] = {
                "192.0.2.0/24", "-192.0.2.1",     "!192.0.2.1", "192.0.2",       "1.2.3.4.5",
                "192.0.2.256",  "192.0.2.1%eth0", "0.0.0.0:80", "127.0.0.1",     "x192.0.2.1",
                "a.192.0.2.1",  "192.0.2.1-9",    "10:30",      "192.0.2.1.pem", "255.255.255.255",
        };

        fixture_choose_ipv4(*state);
        for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++)
                assert_string_equal(found_in_value(state, VALUES[i]), "192.0.2.1");
        for (size_t i = 0; i < sizeof(OTHERS) / sizeof(OTHERS[0]); i++)
                assert_string_equal(found_in_value(state, OTHERS[i]), "");
        assert_string_equal(found(state, BIND "Port=last-colon\n", "bind 192.0.2.1:80\n"),
                            "192.0.2.1");
        assert_string_equal(
                found(state, BIND "Repeat=replace\n", "bind 192.0.2.1\nbind 192.0.2.2 ::2\n"),
                "192.0.2.2");
        assert_string_equal(found(state, "Directive=[]\n",
                                  "192.0.2.1:ftp stream tcp\nftp stream tcp\n192.0.2.2 x\n"),
                            "192.0.2.1");
}

/* Names and mistakes are unknown: what the values are, "LINE:VALUE". */
static const char *unknown(void **state, const char *definition, const char *content) {
        static char text[sizeof(((struct fixture *)NULL)->unknown)];
        const struct fixture *fixture = *state;
        char *out = text;

        found(state, definition, content);
        for (const char *p = fixture->unknown; *p; p++) {
                if (strncmp(p, "daemon.conf:", strlen("daemon.conf:")) == 0)
                        p += strlen("daemon.conf:");
                *out++ = *p;
        }
        *out = '\0';
        return text;
}

static void test_host_names(void **state) {
        const char *replace = BIND "Repeat=replace\n";

        assert_string_equal(unknown(state, BIND, "bind www.example.org\nbind myhost\n"),
                            "1:www.example.org 2:myhost");
        assert_string_equal(unknown(state, BIND, "bind ::2, web:80 http://a.example:80/x 80 b\n"),
                            "1:web:80 1:http://a.example:80/x");
        assert_string_equal(unknown(state, BIND, "bind 80 web\nbind a=www.example:80,PROXY\n"),
                            "1:web 2:a=www.example:80");
        assert_string_equal(unknown(state, BIND, "bind host.example. web1\n"), "1:host.example.");
        assert_string_equal(unknown(state, BIND, "bind ::2x\nbind 2001:db8::g 2001:db8::1\n"),
                            "1:::2x 2:2001:db8::g");
        assert_string_equal(unknown(state, BIND, "bind ${A} {$B} {$C}:80 {env.D}\nx { bind y }\n"),
                            "1:${A} 1:{$B} 1:{$C}:80 1:{env.D} 2:y");
        assert_string_equal(unknown(state, replace, "bind myhost ${X}\nbind ::2\n"), "");
        assert_string_equal(unknown(state, replace, "bind ::2\nbind myhost\n"), "2:myhost");
        assert_string_equal(unknown(state, BIND "OnlyIf=on\n", "bind myhost\n"), "");
        assert_string_equal(unknown(state, "Option=-a\nExecStart=-a host.example:80\n", ""),
                            "daemon.service:0:host.example:80");
}

static void test_what_is_no_host_name(void **state) {
        static const char *const VALUES[] = {
                "80",
                "*",
                "*:80",
                ":80",
                ":::80",
                "10:30",
                "192.0.2.1",
                "192.0.2.1:80",
                "tcp://192.0.2.1:80",
                "localhost",
                "LOCALHOST:80",
                "ip6-localhost",
                "/run/x.sock",
                "./x.sock",
                "x.sock",
                "@abstract",
                "unix:/run/x",
                "unix:x.sock",
                "unix//run/x",
                "unix://run/x",
                "ldapi:///",
                "ldap:///",
                "ldapi://%2frun%2fslapd.example%2fldapi/",
                "fd://3",
                "-host.example",
                "!host.example",
                "yes",
                "none",
                "any",
                "ALL",
                "off",
                "eth0",
                "eth0.100",
                "enp3s0f0",
                "wlx001122334455",
                "lo",
                "br-lan",
                "docker0",
                "wg0",
                "vmbr0.20",
                "\"\"",
                "2001:db8::/64",
                "user=www-data",
                "http/1.1",
        };

        for (size_t i = 0; i < sizeof(VALUES) / sizeof(VALUES[0]); i++) {
                CLEANUP(freep) char *text = NULL;

                assert_true(asprintf(&text, "bind %s\n", VALUES[i]) > 0);
                assert_string_equal(unknown(state, BIND, text), "");
        }
        assert_string_equal(unknown(state, BIND, "bind ::2 port = 80 ssl crt site.pem\n"), "");
        assert_string_equal(unknown(state, "Directive=list/*\n", "list { listen on; ::2 }\n"), "");
}

static void test_json(void **state) {
        assert_string_equal(unknown(state, BIND, "{\n \"bind\": \"2001:db8::1\" }\n"),
                            "2:\"bind\": \"2001:db8::1\" }");
        assert_string_equal(unknown(state, BIND, "[ {\"bind\": \"::1\"} ]\n"), "");
        assert_string_equal(found(state, BIND, "{\n bind ::2\n}\n"), "::2");
}

static void test_port_after_last_colon(void **state) {
        const char *language = BIND "Port=last-colon\n";

        assert_string_equal(found(state, language, "bind 2001:db8::1:80\n"), "2001:db8::1");
        assert_string_equal(found(state, language, "bind :::80,:80,*:80\n"), "");
        assert_string_equal(found(state, language, "bind [2001:db8::1:80]:80\n"), "2001:db8::1:80");
        assert_string_equal(found(state, language, "bind ipv6@2001:db8::1:80-90,::2:80\n"),
                            "2001:db8::1 ::2");
        assert_string_equal(found(state, BIND, "bind 2001:db8::1:80\n"), "2001:db8::1:80");
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

static void test_interfaces(void **state) {
        static const char DEFINITION[] = BIND "Interfaces=yes\n";

        assert_string_equal(found(state, DEFINITION, "bind: eth0.5 port = 80\n"), "any%eth0.5");
        assert_string_equal(found(state, DEFINITION, "bind ::2 eth0\n"), "::2");
        assert_string_equal(found(state, DEFINITION, "bind lo\nbind 192.0.2.1\nbind 80\n"), "");
        assert_string_equal(found(state, DEFINITION, "bind longer-than-any-interface\n"), "");
        assert_string_equal(found(state, BIND, "bind eth0\n"), "");
}

/* host-values.c has the words that are no names of interfaces. */
static void test_names_of_no_interface(void **state) {
        static const char DEFINITION[] = BIND "Interfaces=yes\n";
        struct fixture *fixture = *state;

        assert_string_equal(found(state, DEFINITION, "bind localhost\nbind any\nbind socket\n"),
                            "");
        assert_string_equal(found(state, DEFINITION, "bind mx.example.x\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:1:mx.example.x");
        assert_string_equal(found(state, DEFINITION, "bind eth0.lan\n"), "any%eth0.lan");
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

static void test_first_value(void **state) {
        struct fixture *fixture = *state;

        assert_string_equal(found(state, BIND "Values=first\n", "bind ::2 ::3 mx.example.org\n"),
                            "::2");
        assert_string_equal(fixture->unknown, "");
        assert_string_equal(found(state, BIND "Values=first\n", "bind mx.example.org ::3\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:1:mx.example.org");
        assert_string_equal(found(state, BIND "Values=first\nInterfaces=yes\n", "bind eth0 ::3\n"),
                            "any%eth0");
}

static void test_networks(void **state) {
        static const char DEFINITION[] = BIND "Networks=yes\n";
        struct fixture *fixture = *state;

        assert_string_equal(found(state, DEFINITION, "bind = 2001:db8::1/64 eth0, ::3\n"),
                            "2001:db8::1 any%eth0 ::3");
        assert_string_equal(found(state, DEFINITION, "bind 2001:db8::/64 2001:db8::9/128\n"),
                            "2001:db8::/64 2001:db8::9");
        assert_string_equal(
                found(state, DEFINITION, "bind lo ::1/128 localhost \"eth1;speed=9\"\n"),
                "any%eth1");
        assert_string_equal(found(state, DEFINITION, "bind 2001:db8::1/129 ::2/x /64 ::3/\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:1:2001:db8::1/129 daemon.conf:1:::2/x "
                                              "daemon.conf:1:/64 daemon.conf:1:::3/");
        assert_string_equal(found(state, DEFINITION, "bind eth* mx.example.org ::2\n"), "::2");
        assert_string_equal(fixture->unknown, "daemon.conf:1:eth* daemon.conf:1:mx.example.org");
        assert_string_equal(found(state, BIND, "bind 2001:db8::1/64 eth0\n"), "");
}

/* An IPv4 address that is assigned is ready. */
static void test_all_addresses(void **state) {
        static const char DEFINITION[] = BIND "AllAddresses=*\n";
        struct fixture *fixture = *state;

        assert_string_equal(found(state, DEFINITION, "bind *\n"), "any");
        assert_string_equal(found(state, DEFINITION, "bind ** *:80 ::2\n"), "::2");
        assert_string_equal(found(state, BIND "AllAddresses=*\nNetworks=yes\n", "bind lo *\n"),
                            "any");
        assert_string_equal(found(state, BIND, "bind *\n"), "");
        fixture->families = ADDRESS_IPV4;
        assert_string_equal(found(state, DEFINITION, "bind *\n"), "");
}

static void test_networks_of_ipv4(void **state) {
        static const char DEFINITION[] = BIND "Networks=yes\n";
        struct fixture *fixture = *state;

        fixture->families = ADDRESS_IPV4;
        assert_string_equal(found(state, DEFINITION, "bind 192.0.2.1/24 192.0.2.0/24 192.0.2.2\n"),
                            "192.0.2.1 192.0.2.2");
        assert_string_equal(
                found(state, DEFINITION, "bind 192.0.2.1/255.255.255.0 192.0.2.0/255.255.255.0\n"),
                "192.0.2.1");
}

static void test_macros(void **state) {
        static const char DEFINITION[] = BIND "Macros=yes\n";
        struct fixture *fixture = *state;

        assert_string_equal(found(state, DEFINITION, "v6 = \"::2\"\nw=$v6\nbind $w\n"), "::2");
        assert_string_equal(found(state, DEFINITION, "v6 = ::2\nv6 = ::3\nbind $v6\n"), "::3");
        assert_string_equal(found(state, DEFINITION, "bind $v6\nv6 = ::2\n"), "");
        assert_string_equal(fixture->unknown, "daemon.conf:1:$v6");
        assert_string_equal(found(state, DEFINITION, "a=::2\nbind $a $b $\n"), "::2");
        assert_string_equal(fixture->unknown, "daemon.conf:2:$b daemon.conf:2:$");
        assert_string_equal(found(state, DEFINITION, "t {\nv6 = ::2\n}\nv6\nbind $v6\n"), "");
        assert_string_equal(found(state, DEFINITION, "v6 =\nbind $v6 ::3\n"), "::3");
        assert_string_equal(found(state, BIND, "v6 = ::2\nbind $v6\n"), "");
}

static void test_interface_directives(void **state) {
        const char *language = BIND "InterfaceDirective=dev in/device\n";

        assert_string_equal(found(state, language, "dev eth0 x\nbind ::2\n"), "any%eth0 ::2");
        assert_string_equal(found(state, language, "dev lo\ndev\ndev longer-than-any-interface\n"),
                            "");
        assert_string_equal(found(state, language, "in {\ndevice = \"eth0.1\"\n}\ndevice eth1\n"),
                            "any%eth0.1");
        assert_string_equal(found(state, language, "bind eth0\n"), "");
        assert_string_equal(found(state, BIND "InterfaceDirective=dev\nRepeat=replace\n",
                                  "bind ::2\ndev eth0\ndev eth1\nbind ::3\n"),
                            "any%eth1 ::3");
}

static void test_outside_of_blocks(void **state) {
        assert_string_equal(found(state, "Directive=/bind\n", "bind ::2\n[x]\nbind ::3\n"), "::2");
        assert_string_equal(found(state, "Directive=/bind\n", "x {\nbind ::3\n}\nbind ::2\n"),
                            "::2");
}

static void test_hidden_files(void **state) {
        fixture_write(*state, "/etc/daemon/d/.a", "bind ::2\n");
        assert_string_equal(found(state, BIND "Include=include\n", "include d\n"), "");
        assert_string_equal(
                found(state, BIND "Include=include\nIncludeHidden=yes\n", "include d\n"), "::2");
}

static void test_prefixes(void **state) {
        assert_string_equal(
                found(state, BIND, "bind tcp6/[::2] udp6:[::3]:1 name=[::4] `::5` x[y]:[::6]:1\n"),
                "::2 ::3 ::4 ::5 ::6");
        assert_string_equal(found(state, BIND, "bind x[y] x[y]: [::2]x/[::3]\n"), "");
}

static void test_keys(void **state) {
        const char *expected;

        (void)state;
        assert_int_equal(directive_language_check("Directives", "x", &expected), -ENOENT);
        assert_int_equal(directive_language_check("Statements", "x", &expected), -EINVAL);
        assert_string_equal(expected, "lines or semicolons");
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
        TEST(test_ipv4),
        TEST(test_keywords),
        TEST(test_addresses),
        TEST(test_what_is_no_address),
        TEST(test_host_names),
        TEST(test_what_is_no_host_name),
        TEST(test_json),
        TEST(test_port_after_last_colon),
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
        TEST(test_includes),
        TEST(test_includes_last),
        TEST(test_includes_within_blocks),
        TEST(test_endless_inclusion_ends),
        TEST(test_inclusion_of_itself),
        TEST(test_several_files),
        TEST(test_interfaces),
        TEST(test_names_of_no_interface),
        TEST(test_keywords_of_several_words),
        TEST(test_keywords_with_any_end),
        TEST(test_lists_without_keyword),
        TEST(test_first_value),
        TEST(test_networks),
        TEST(test_all_addresses),
        TEST(test_networks_of_ipv4),
        TEST(test_macros),
        TEST(test_interface_directives),
        TEST(test_outside_of_blocks),
        TEST(test_hidden_files),
        TEST(test_prefixes),
        TEST(test_keys),
        TEST(test_empty_assignments),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
