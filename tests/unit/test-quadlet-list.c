/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/quadlet-list.h"

#include "log-fixture.h"
#include "tree-fixture.h"

#define RUN "/run/containers/systemd"
#define ETC "/etc/containers/systemd"
#define USR "/usr/share/containers/systemd"

struct fixture {
        struct tree_fixture files;
        struct quadlet_list list;
};

static int set_up(void **state) {
        struct fixture *fixture = calloc(1, sizeof(*fixture));

        assert_non_null(fixture);
        tree_fixture_open(&fixture->files);
        *state = fixture;
        return 0;
}

static int tear_down(void **state) {
        struct fixture *fixture = *state;

        quadlet_list_clear(&fixture->list);
        tree_fixture_close(&fixture->files);
        free(fixture);
        return 0;
}

static const struct quadlet *find(struct fixture *fixture, const char *name) {
        const struct quadlet *found;

        quadlet_list_clear(&fixture->list);
        assert_int_equal(quadlet_list_read(&fixture->files.tree, &fixture->list), 0);
        assert_int_equal(quadlet_list_find(&fixture->list, name, &found), 0);
        return found;
}

static void assert_files(const struct quadlet *quadlet, const char *const *files) {
        size_t count = 0;

        assert_non_null(quadlet);
        while (files[count])
                count++;
        assert_int_equal(quadlet->files.count, count);
        for (size_t i = 0; i < count; i++)
                assert_string_equal(quadlet->files.items[i], files[i]);
}

#define FILES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* getServiceName() of podman. */
static void test_names(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, ETC "/a.container", "[Container]\n");
        tree_fixture_write(&fixture->files, ETC "/b.pod", "[Pod]\n");
        tree_fixture_write(&fixture->files, ETC "/c.kube", "[Kube]\n");
        tree_fixture_write(&fixture->files, ETC "/d.volume", "[Volume]\n");
        tree_fixture_write(&fixture->files, ETC "/e.pod", "[Pod]\nServiceName=\"f\"\n");
        tree_fixture_write(&fixture->files, ETC "/g@.pod", "[Pod]\n");
        tree_fixture_write(&fixture->files, ETC "/h@.container",
                           "[Container]\nServiceName=other\n[Kube]\nServiceName=i@\n");
        assert_string_equal(find(fixture, "a.service")->name, "a.container");
        assert_string_equal(find(fixture, "b-pod.service")->name, "b.pod");
        assert_string_equal(find(fixture, "c.service")->name, "c.kube");
        assert_null(find(fixture, "d.service"));
        assert_null(find(fixture, "d-volume.service"));
        assert_null(find(fixture, "e-pod.service"));
        assert_string_equal(find(fixture, "f.service")->name, "e.pod");
        assert_non_null(find(fixture, "g@-pod.service"));
        assert_non_null(find(fixture, "g-pod@x.service"));
        assert_non_null(find(fixture, "other.service"));
        assert_null(find(fixture, "i@.service"));
}

static void test_aliases(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, ETC "/a.container",
                           "[Container]\n[Install]\nAlias=b.service\nAlias=\n"
                           "Alias=c.service d.target /e.service\n");
        assert_null(find(fixture, "b.service"));
        assert_non_null(find(fixture, "c.service"));
        assert_int_equal(find(fixture, "a.service")->aliases.count, 1);
}

static void test_templates(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, ETC "/a@.container",
                           "[Container]\n[Install]\nDefaultInstance=x\n");
        tree_fixture_link(&fixture->files, ETC "/a@1.container", "a@.container");
        assert_string_equal(find(fixture, "a@1.service")->name, "a@1.container");
        assert_string_equal(find(fixture, "a@2.service")->name, "a@.container");
        assert_string_equal(find(fixture, "a@2.service")->default_instance, "x");
        assert_null(find(fixture, "a.service"));
}

/* Of files of one name the first counts: /run, /etc, /usr, and a directory before those in it. */
static void test_priorities(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/a.container", "[Container]\n");
        assert_files(find(fixture, "a.service"), FILES(USR "/a.container"));
        tree_fixture_write(&fixture->files, ETC "/sub/a.container", "[Container]\n");
        assert_files(find(fixture, "a.service"), FILES(ETC "/sub/a.container"));
        tree_fixture_write(&fixture->files, ETC "/a.container", "[Container]\n");
        assert_files(find(fixture, "a.service"), FILES(ETC "/a.container"));
        tree_fixture_write(&fixture->files, ETC "/users/a.container", "[Container]\n");
        tree_fixture_write(&fixture->files, ETC "/users/1000/b.container", "[Container]\n");
        assert_null(find(fixture, "b.service"));
        tree_fixture_link(&fixture->files, RUN "/a.container", "/dev/null");
        assert_null(find(fixture, "a.service"));
        assert_int_equal(fixture->list.count, 0);
}

/* GetUnitDropinPaths() of podman. */
static void test_drop_ins(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, ETC "/a-b@c.container", "[Container]\n");
        tree_fixture_write(&fixture->files, ETC "/container.d/1.conf", "");
        tree_fixture_write(&fixture->files, USR "/a-.container.d/1.conf", "");
        assert_files(find(fixture, "a-b@c.service"),
                     FILES(ETC "/a-b@c.container", USR "/a-.container.d/1.conf"));
        tree_fixture_write(&fixture->files, USR "/a-@.container.d/1.conf", "");
        assert_files(find(fixture, "a-b@c.service"),
                     FILES(ETC "/a-b@c.container", USR "/a-@.container.d/1.conf"));
        tree_fixture_write(&fixture->files, ETC "/a-b@.container.d/1.conf", "");
        tree_fixture_write(&fixture->files, ETC "/a-b@.container.d/0.conf", "");
        tree_fixture_write(&fixture->files, ETC "/a-b@.container.d/none", "");
        assert_files(find(fixture, "a-b@c.service"),
                     FILES(ETC "/a-b@c.container", ETC "/a-b@.container.d/0.conf",
                           ETC "/a-b@.container.d/1.conf"));
        tree_fixture_write(&fixture->files, USR "/sub/a-b@c.container.d/1.conf",
                           "[Container]\nServiceName=d\n");
        assert_files(find(fixture, "d.service"),
                     FILES(ETC "/a-b@c.container", ETC "/a-b@.container.d/0.conf",
                           USR "/sub/a-b@c.container.d/1.conf"));
}

/* Links may lead anywhere, also back. */
static void test_links(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, "/srv/a.container", "[Container]\n");
        tree_fixture_link(&fixture->files, ETC "/b.container", "/srv/a.container");
        tree_fixture_link(&fixture->files, ETC "/loop", ETC);
        tree_fixture_link(&fixture->files, ETC "/srv", "/srv");
        assert_files(find(fixture, "b.service"), FILES(ETC "/b.container"));
        assert_files(find(fixture, "a.service"), FILES(ETC "/srv/a.container"));
        assert_int_equal(fixture->list.count, 2);
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, set_up, tear_down)
                TEST(names),      TEST(aliases),  TEST(templates),
                TEST(priorities), TEST(drop_ins), TEST(links),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
