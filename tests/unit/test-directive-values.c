/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a value is: addresses, host names, interfaces, networks, lists. */

#include "directive-fixture.h"

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
        assert_string_equal(found(state, BIND, "bind A=IPv6:::2,Addr=ipv6:::3,IPv6:::4\n"),
                            "::2 ::3 ::4");
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

static void test_portless(void **state) {
        const char *language =
                "Directive=bind http/ip\nPort=last-colon\nPortlessDirective=http/ip\n";

        assert_string_equal(found(state, language, "bind ::2:80\n[http]\nip = 2001:db8::1:2\n"),
                            "::2 2001:db8::1:2");
}

/* As in the Ice endpoints of Mumble. */
static void test_quotes_in_quotes(void **state) {
        assert_string_equal(found(state, BIND, "bind = \"tcp -h \\\"2001:db8::1\\\" -p 1\"\n"),
                            "2001:db8::1");
        assert_string_equal(unknown(state, BIND, "bind = \"tcp -h \\\"::2\\\" -p 1\"\n"), "");
}

static void test_colon_in_section(void **state) {
        assert_string_equal(found(state, BIND "Repeat=replace\n",
                                  "[one]\nbind ::2\n[one:b]\nbind ::3\n[one:b]\nbind ::4\n"),
                            "::2 ::4");
        assert_string_equal(found(state, "Directive=[]\n", "[2001:db8::1]\n"), "2001:db8::1");
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

static void test_prefixes(void **state) {
        assert_string_equal(
                found(state, BIND, "bind tcp6/[::2] udp6:[::3]:1 name=[::4] `::5` x[y]:[::6]:1\n"),
                "::2 ::3 ::4 ::5 ::6");
        assert_string_equal(found(state, BIND, "bind x[y] x[y]: [::2]x/[::3]\n"), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
static const struct CMUnitTest TESTS[] = {
        TEST(test_ipv4),
        TEST(test_addresses),
        TEST(test_what_is_no_address),
        TEST(test_host_names),
        TEST(test_what_is_no_host_name),
        TEST(test_json),
        TEST(test_port_after_last_colon),
        TEST(test_portless),
        TEST(test_quotes_in_quotes),
        TEST(test_colon_in_section),
        TEST(test_interfaces),
        TEST(test_names_of_no_interface),
        TEST(test_first_value),
        TEST(test_networks),
        TEST(test_all_addresses),
        TEST(test_networks_of_ipv4),
        TEST(test_macros),
        TEST(test_interface_directives),
        TEST(test_prefixes),
};

int main(void) {
        return cmocka_run_group_tests(TESTS, NULL, NULL);
}
