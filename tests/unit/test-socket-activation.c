/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/socket-activation.h"

#include "socket-fixture.h"

#define TCP "[Socket]\nListenStream=80\n"

static void enable(struct socket_fixture *fixture, const char *name) {
        CLEANUP(freep) char *link = NULL, *target = NULL;

        assert_true(asprintf(&link, WANTS "/%s", name) > 0);
        assert_true(asprintf(&target, "../%s", name) > 0);
        tree_fixture_link(&fixture->files, link, target);
}

/* The socket unit that passes its sockets to a service with the setting Sockets=@inherited, or
 * NULL. */
static const char *found(struct socket_fixture *fixture, const char *service,
                         const char *inherited) {
        const struct socket_list *sockets = socket_fixture_read(fixture);
        CLEANUP(string_list_clear) struct string_list names = { 0 };
        CLEANUP(unit_clear) struct unit unit = { 0 };
        const struct socket_unit *socket;

        if (inherited)
                assert_int_equal(string_list_add(&names, inherited), 0);
        assert_int_equal(unit_find(&fixture->files.tree, &fixture->units, service, &unit), 0);
        socket = socket_activation_find(sockets, &unit, &names);
        return socket ? socket->unit.name : NULL;
}

static void test_enabled(void **state) {
        socket_fixture_write(*state, USR "/a.socket", TCP);
        assert_null(found(*state, "a.service", NULL));
        enable(*state, "a.socket");
        assert_string_equal(found(*state, "a.service", NULL), "a.socket");
        assert_null(found(*state, "b.service", NULL));
        tree_fixture_link(*state, ETC "/a.socket", "/dev/null");
        assert_null(found(*state, "a.service", NULL));
}

static void test_enabled_by_a_target_that_is_not_started(void **state) {
        socket_fixture_write(*state, USR "/a.socket", TCP);
        tree_fixture_link(*state, ETC "/other.target.wants/a.socket", "../a.socket");
        assert_null(found(*state, "a.service", NULL));
        tree_fixture_link(*state, USR "/multi-user.target.wants/a.socket", "../a.socket");
        assert_non_null(found(*state, "a.service", NULL));
}

/* Each is a drop-in of a socket unit that listens on TCP port 80; the service binds by itself. */
static void test_drop_ins_that_end_it(void **state) {
        static const char *const TEXTS[] = {
                "[Socket]\nListenStream=\n",
                "[Socket]\nListenFIFO=\n",
                "[Socket]\nListenStream=\nListenStream=/run/a\nListenStream=@a\n",
                "[Socket]\nListenStream=\nListenStream=vsock:2:80\nListenNetlink=route 1\n",
                "[Socket]\nAccept=yes\n",
                "[Socket]\nService=other.service\n",
        };
        static const char *const PLACES[] = { USR "/a-b.socket.d/1.conf", ETC "/a-.socket.d/2.conf",
                                              ETC "/socket.d/3.conf", ETC "/c.socket.d/4.conf" };

        socket_fixture_write(*state, USR "/a-b.socket", TCP);
        tree_fixture_link(*state, ETC "/c.socket", USR "/a-b.socket");
        enable(*state, "a-b.socket");
        for (size_t place = 0; place < sizeof(PLACES) / sizeof(PLACES[0]); place++) {
                for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
                        socket_fixture_write(*state, PLACES[place], TEXTS[i]);
                        assert_null(found(*state, "a-b.service", NULL));
                }
                socket_fixture_write(*state, PLACES[place], "[Unit]\n");
                assert_non_null(found(*state, "a-b.service", NULL));
        }
}

/* What systemd ignores ends nothing. */
static void test_drop_ins_that_change_nothing(void **state) {
        static const char *const TEXTS[] = {
                "[Service]\nListenStream=\nAccept=yes\n",
                "[Socket]\nListenStream=/run/a\n",
                "[Socket]\nAccept=perhaps\n",
                "[Socket]\nService=\n",
                "[Socket]\nService=other.target\n",
                "[Socket]\nService=other.service another.service\n",
                "[Socket]\nAccept=yes\nAccept=no\n",
                "[Socket]\nListenStream=\nListenDatagram=53\n",
        };

        socket_fixture_write(*state, USR "/a.socket", TCP);
        enable(*state, "a.socket");
        for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
                socket_fixture_write(*state, ETC "/a.socket.d/x.conf", TEXTS[i]);
                assert_non_null(found(*state, "a.service", NULL));
        }
        socket_fixture_write(*state, USR "/a.socket.d/y.conf", "[Socket]\nAccept=yes\n");
        assert_null(found(*state, "a.service", NULL));
        tree_fixture_link(*state, ETC "/a.socket.d/y.conf", "/dev/null");
        assert_non_null(found(*state, "a.service", NULL));
}

static void test_service(void **state) {
        socket_fixture_write(*state, USR "/a.socket", TCP "Service=b.service\n");
        socket_fixture_write(*state, USR "/b.service", "[Service]\n");
        tree_fixture_link(*state, ETC "/c.service", USR "/b.service");
        enable(*state, "a.socket");
        assert_string_equal(found(*state, "b.service", NULL), "a.socket");
        socket_fixture_write(*state, ETC "/a.socket.d/x.conf", "[Socket]\nService=c.service\n");
        assert_string_equal(found(*state, "b.service", NULL), "a.socket");
        socket_fixture_write(*state, ETC "/a.socket.d/x.conf", "[Socket]\nService=d.service\n");
        assert_null(found(*state, "b.service", NULL));
        assert_string_equal(found(*state, "d.service", NULL), "a.socket");
}

/* unit_load_related_unit() of systemd: the service has the socket unit's own name, no alias's. */
static void test_aliases(void **state) {
        socket_fixture_write(*state, USR "/a.socket", TCP);
        tree_fixture_link(*state, ETC "/b.socket", USR "/a.socket");
        enable(*state, "b.socket");
        assert_string_equal(found(*state, "a.service", NULL), "a.socket");
        assert_null(found(*state, "b.service", NULL));
        assert_string_equal(found(*state, "c.service", "b.socket"), "a.socket");
}

static void test_sockets_of_the_service(void **state) {
        socket_fixture_write(*state, USR "/a.socket", TCP);
        assert_string_equal(found(*state, "b.service", "a.socket"), "a.socket");
        assert_null(found(*state, "b.service", "c.socket"));
        socket_fixture_write(*state, USR "/a.socket", "[Socket]\nListenStream=/run/a\n");
        assert_null(found(*state, "b.service", "a.socket"));
}

static void test_instances(void **state) {
        socket_fixture_write(*state, USR "/a@.socket", TCP);
        enable(*state, "a@i.socket");
        enable(*state, "a@.socket");
        assert_string_equal(found(*state, "a@i.service", NULL), "a@i.socket");
        assert_null(found(*state, "a@j.service", NULL));
        socket_fixture_write(*state, ETC "/a@.socket.d/x.conf", "[Socket]\nService=b@%i.service\n");
        assert_null(found(*state, "a@i.service", NULL));
        assert_string_equal(found(*state, "b@i.service", NULL), "a@i.socket");
        socket_fixture_write(*state, ETC "/a@i.socket.d/x.conf", "[Socket]\n");
        assert_string_equal(found(*state, "a@i.service", NULL), "a@i.socket");
}

/* A link to the template makes an instance, or is an alias of one. */
static void test_links_to_templates(void **state) {
        socket_fixture_write(*state, USR "/a@.socket", TCP);
        tree_fixture_link(*state, ETC "/a@i.socket", USR "/a@.socket");
        enable(*state, "a@i.socket");
        assert_string_equal(found(*state, "a@i.service", NULL), "a@i.socket");
        assert_null(found(*state, "a@j.service", NULL));
        tree_fixture_link(*state, ETC "/b@j.socket", USR "/a@.socket");
        enable(*state, "b@j.socket");
        assert_string_equal(found(*state, "a@j.service", NULL), "a@j.socket");
        assert_int_equal(socket_fixture_read(*state)->count, 3);
        enable(*state, "a@j.socket");
        assert_string_equal(found(*state, "a@j.service", NULL), "a@j.socket");
        assert_int_equal(socket_fixture_read(*state)->count, 3);
}

#define TEST(function)                                                                             \
        cmocka_unit_test_setup_teardown(function, socket_fixture_set_up, socket_fixture_tear_down)

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST(test_enabled),
                TEST(test_enabled_by_a_target_that_is_not_started),
                TEST(test_drop_ins_that_end_it),
                TEST(test_drop_ins_that_change_nothing),
                TEST(test_service),
                TEST(test_aliases),
                TEST(test_sockets_of_the_service),
                TEST(test_instances),
                TEST(test_links_to_templates),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
