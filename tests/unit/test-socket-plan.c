/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/socket-plan.h"

#include "output/socket-drop-in.h"
#include "socket-fixture.h"

#define ADDRESS "[Socket]\nListenStream=[2001:db8::1]:80\n"

/* The socket units that may fail: their names and settings, each followed by ';'. */
static const char *planned_by(struct socket_fixture *fixture,
                              const struct assignment_list *config) {
        const struct socket_list *sockets = socket_fixture_read(fixture);
        CLEANUP(socket_plan_clear) struct socket_plan plan = { 0 };
        static char text[1024];

        assert_int_equal(socket_plan_make(config, sockets, &plan), 0);
        assert_false(plan.wanted);
        text[0] = '\0';
        for (size_t i = 0; i < plan.count; i++)
                (void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s %s;",
                               plan.items[i]->unit.name,
                               socket_plan_address(&plan, plan.items[i])->text);
        return text;
}

static const char *planned(struct socket_fixture *fixture) {
        return planned_by(fixture, &(struct assignment_list){ 0 });
}

static const char *planned_of(struct socket_fixture *fixture, const char *text) {
        socket_fixture_write(fixture, USR "/a-b.socket", text);
        return planned(fixture);
}

static void test_addresses(void **state) {
        assert_string_equal(planned_of(*state, ADDRESS),
                            "a-b.socket ListenStream=[2001:db8::1]:80;");
        assert_string_equal(planned_of(*state, "[Socket]\nListenDatagram=[fe80::1]:53%eth0\n"),
                            "a-b.socket ListenDatagram=[fe80::1]:53%eth0;");
        assert_string_equal(planned_of(*state, "[Socket]\nListenStream=80\nListenStream=[::]:80\n"
                                               "ListenStream=192.0.2.1:80\nListenStream=/run/a\n"
                                               "ListenStream=@[2001:db8::1]:80\n"),
                            "");
        /* Without a port systemd refuses it. */
        assert_string_equal(planned_of(*state, "[Socket]\nListenStream=2001:db8::1\n"), "");
        assert_string_equal(planned_of(*state, "[Socket]\nListenStream=[2001:db8::1]\n"), "");
        assert_string_equal(planned_of(*state, "[Socket]\nListenFIFO=[2001:db8::1]:80\n"), "");
        assert_string_equal(planned_of(*state, ADDRESS "ListenDatagram=\n"), "");
        assert_string_equal(planned_of(*state, ADDRESS "ListenStream=[2001:db8::2]:80\n"),
                            "a-b.socket ListenStream=[2001:db8::1]:80;");
}

/* @dadwait, @sockets: Families= of these sections, or NULL */
static const char *planned_for(struct socket_fixture *fixture, const char *dadwait,
                               const char *sockets) {
        struct assignment assignments[] = {
                { .section = (char *)"sockets", .key = (char *)"Families" },
                { .section = (char *)"dadwait", .key = (char *)"Families" },
        };
        struct assignment_list config = { .items = assignments, .count = 2 };

        assignments[0].value = (char *)sockets;
        assignments[1].value = (char *)dadwait;
        if (!dadwait)
                config.count--;
        if (!sockets) {
                config.items++;
                config.count--;
        }
        return planned_by(fixture, &config);
}

static void test_families(void **state) {
        static const char IPV6[] = "a.socket ListenStream=[2001:db8::1]:80;";
        static const char IPV4[] = "a.socket ListenStream=192.0.2.1:80;";

        socket_fixture_write(*state, USR "/a.socket",
                             "[Socket]\nListenStream=192.0.2.1:80\n"
                             "ListenStream=[2001:db8::1]:80\nListenStream=192.0.2.2:80\n");
        assert_string_equal(planned_for(*state, NULL, NULL), IPV6);
        assert_string_equal(planned_for(*state, "ipv4", NULL), IPV4);
        assert_string_equal(planned_for(*state, "ipv6 ipv4", NULL), IPV6);
        assert_string_equal(planned_for(*state, "ipv6 ipv4", "ipv4"), IPV4);
        assert_string_equal(planned_for(*state, "ipv4", ""), IPV6);

        socket_fixture_write(*state, USR "/a.socket", "[Socket]\nListenStream=192.0.2.1:80\n");
        assert_string_equal(planned_for(*state, NULL, NULL), "");
        assert_string_equal(planned_for(*state, "ipv6 ipv4", NULL), IPV4);
        socket_fixture_write(*state, USR "/a.socket",
                             "[Socket]\nListenStream=127.0.0.1:80\nListenStream=0.0.0.0:80\n"
                             "ListenStream=192.0.2.1\nListenStream=80\nListenStream=192.0.2:80\n"
                             "ListenStream=vsock:2:80\n");
        assert_string_equal(planned_for(*state, "ipv6 ipv4", NULL), "");
        socket_fixture_write(*state, USR "/a.socket",
                             "[Socket]\nListenDatagram=[::ffff:192.0.2.1]:80\n");
        assert_string_equal(planned_for(*state, "ipv4", NULL),
                            "a.socket ListenDatagram=[::ffff:192.0.2.1]:80;");
        socket_fixture_write(*state, USR "/a.socket.d/1.conf", "[Socket]\nListenStream=\n");
        assert_string_equal(planned_for(*state, "ipv4", NULL), "");
}

static void test_settings_that_cure_it(void **state) {
        assert_string_equal(planned_of(*state, ADDRESS "FreeBind=yes\n"), "");
        assert_string_equal(planned_of(*state, ADDRESS "Transparent=1\n"), "");
        assert_string_equal(planned_of(*state, ADDRESS "FreeBind=yes\nFreeBind=perhaps\n"), "");
        assert_string_not_equal(planned_of(*state, ADDRESS "FreeBind=yes\nFreeBind=no\n"), "");
}

/* "NAME.d" would be no name of a directory. */
static void test_longest_name(void **state) {
        CLEANUP(freep) char *path = NULL;

        assert_true(asprintf(&path, USR "/%0247d.socket", 0) > 0);
        socket_fixture_write(*state, path, ADDRESS);
        assert_string_equal(planned(*state), "");
        freep(&path);
        assert_true(asprintf(&path, USR "/%0246d.socket", 0) > 0);
        socket_fixture_write(*state, path, ADDRESS);
        assert_string_not_equal(planned(*state), "");
}

static void test_drop_ins(void **state) {
        static const char *const PLACES[] = { USR "/a-b.socket.d/1.conf", ETC "/a-.socket.d/2.conf",
                                              ETC "/socket.d/3.conf", ETC "/c.socket.d/4.conf" };

        tree_fixture_link(*state, ETC "/c.socket", USR "/a-b.socket");
        for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
                socket_fixture_write(*state, PLACES[i], "[Socket]\nFreeBind=yes\n");
                assert_string_equal(planned_of(*state, ADDRESS), "");
                socket_fixture_write(*state, PLACES[i], "[Socket]\nListenStream=\n");
                assert_string_equal(planned_of(*state, ADDRESS), "");
                socket_fixture_write(*state, PLACES[i], ADDRESS);
                assert_string_equal(planned_of(*state, "[Socket]\nListenStream=80\n"),
                                    "a-b.socket ListenStream=[2001:db8::1]:80;");
                socket_fixture_write(*state, PLACES[i], "");
        }
}

static void test_instances(void **state) {
        socket_fixture_write(*state, USR "/t@.socket", "[Socket]\nListenStream=80\n");
        socket_fixture_write(*state, ETC "/t@i.socket.d/x.conf", ADDRESS);
        assert_string_equal(planned(*state), "");
        tree_fixture_link(*state, WANTS "/t@i.socket", "../t@.socket");
        assert_string_equal(planned(*state), "t@i.socket ListenStream=[2001:db8::1]:80;");
        /* Its drop-in is one of the instance as well. */
        socket_fixture_write(*state, USR "/t@.socket", ADDRESS);
        assert_string_equal(planned(*state), "t@.socket ListenStream=[2001:db8::1]:80;");
}

static void test_wanted(void **state) {
        static const struct {
                const char *section, *value;
                bool wanted;
        } CASES[] = {
                { "sockets", "yes", true },
                { "sockets", "no", false },
                { "dadwait", "yes", false },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                struct assignment assignment = { .section = (char *)CASES[i].section,
                                                 .key = (char[]){ "FreeBind" },
                                                 .value = (char *)CASES[i].value };
                struct assignment_list config = { .items = &assignment, .count = 1 };
                struct socket_plan plan = { 0 };

                assert_int_equal(socket_plan_make(&config, &(struct socket_list){ 0 }, &plan), 0);
                assert_int_equal(plan.wanted, CASES[i].wanted);
        }
}

static void test_text_of_the_drop_in(void **state) {
        CLEANUP(freep) char *text = NULL;

        socket_fixture_write(*state, USR "/a.socket",
                             "[Socket]\nListenStream=[2001:db8::1]:\x1b\n");
        text = socket_drop_in_format(&socket_fixture_read(*state)->items[0].address);
        assert_string_equal(text, "# Automatically generated by dadwait-generator\n"
                                  "# " USR "/a.socket  ListenStream=[2001:db8::1]:?\n"
                                  "[Socket]\nFreeBind=yes\n");
}

#define TEST(function)                                                                             \
        cmocka_unit_test_setup_teardown(function, socket_fixture_set_up, socket_fixture_tear_down)

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST(test_addresses),           TEST(test_settings_that_cure_it),
                TEST(test_longest_name),        TEST(test_drop_ins),
                TEST(test_instances),           TEST(test_wanted),
                TEST(test_text_of_the_drop_in), TEST(test_families),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
