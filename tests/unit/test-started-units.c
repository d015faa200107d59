/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/started-units.h"

#include "service-fixture.h"
#include "unit.h"

#define WANTS ETC "/multi-user.target.wants"

/* tests/golden/cases/program-started has each way of being started. */

static void write_unit(struct service_fixture *machine, const char *path, const char *text) {
        tree_fixture_write(&machine->files, path, text);
}

static void enable(struct service_fixture *machine, const char *name) {
        CLEANUP(freep) char *path = NULL, *target = NULL;

        assert_true(asprintf(&path, WANTS "/%s", name) > 0);
        assert_true(asprintf(&target, USR "/%s", name) > 0);
        tree_fixture_link(&machine->files, path, target);
}

/* @expected: "a.service b.service " */
static void assert_started(const struct service_fixture *machine, const char *expected) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);

        assert_non_null(stream);
        for (size_t i = 0; i < machine->started.count; i++)
                (void)fprintf(stream, "%s ", machine->started.items[i].unit.name);
        assert_int_equal(fclose(stream), 0);
        assert_string_equal(text, expected);
}

/* Units that pull in each other, and aliases that lead to each other, end the search. */
static void test_loops(void **state) {
        struct service_fixture *machine = *state;

        write_unit(machine, USR "/a.service", "[Unit]\nWants=b.service a.service\n");
        write_unit(machine, USR "/b.service", "[Unit]\nRequires=a.service\nWants=x.service\n");
        tree_fixture_link(&machine->files, USR "/x.service", "y.service");
        tree_fixture_link(&machine->files, USR "/y.service", "x.service");
        enable(machine, "a.service");
        enable(machine, "x.service");
        service_fixture_read(machine, "");
        assert_started(machine, "a.service b.service ");
}

/* What cannot be a name, a template, or a unit of another type is no service. */
static void test_names(void **state) {
        struct service_fixture *machine = *state;

        write_unit(
                machine, USR "/a.service",
                "[Unit]\nWants=b@.service c.mount ../d.service %i.service .service e e.service\n");
        write_unit(machine, USR "/b@.service", "[Service]\n");
        write_unit(machine, USR "/e.service", "[Service]\n");
        enable(machine, "a.service");
        service_fixture_read(machine, "");
        assert_started(machine, "a.service e.service ");
}

/* Only the mask in the stronger directory hides the link in the weaker one. */
static void test_masked_links(void **state) {
        struct service_fixture *machine = *state;
        static const char STATIC[] = USR "/multi-user.target.wants";
        static const char *const NAMES[] = { "a.service", "b.service", "c.service" };

        for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
                CLEANUP(freep) char *unit = NULL, *link = NULL;

                assert_true(asprintf(&unit, USR "/%s", NAMES[i]) > 0);
                assert_true(asprintf(&link, "%s/%s", STATIC, NAMES[i]) > 0);
                write_unit(machine, unit, "[Service]\n");
                tree_fixture_link(&machine->files, link, unit);
        }
        tree_fixture_link(&machine->files, WANTS "/a.service", "/dev/null");
        write_unit(machine, WANTS "/b.service", "");
        enable(machine, "c.service");
        service_fixture_read(machine, "");
        assert_started(machine, "c.service ");
}

/* systemd's own are not read, unless a drop-in changes them; not even by their names elsewhere. */
static void test_units_of_systemd(void **state) {
        struct service_fixture *machine = *state;

        write_unit(machine, USR "/systemd-a.service", "[Unit]\nWants=x.service\n");
        write_unit(machine, USR "/systemd-b.service", "[Service]\n");
        write_unit(machine, ETC "/systemd-b.service.d/x.conf", "[Unit]\nWants=y.service\n");
        write_unit(machine, ETC "/systemd-c.service", "[Service]\n");
        write_unit(machine, USR "/x.service", "[Service]\n");
        write_unit(machine, USR "/y.service", "[Service]\n");
        enable(machine, "systemd-a.service");
        enable(machine, "systemd-b.service");
        enable(machine, "systemd-c.service");
        service_fixture_read(machine, "");
        assert_started(machine, "systemd-b.service systemd-c.service y.service ");
}

/* Its settings are read again with the service: what it says is not shown in a log or plan. */
static void test_private_unit(void **state) {
        struct service_fixture *machine = *state;
        CLEANUP(freep) char *path = tree_fixture_path(&machine->files, USR "/a.service");

        write_unit(machine, USR "/a.service", "[Service]\nExecStart=/bin/a\n");
        write_unit(machine, USR "/b.service", "[Service]\nExecStart=/bin/b\n");
        assert_int_equal(chmod(path, 0600), 0);
        enable(machine, "a.service");
        enable(machine, "b.service");
        service_fixture_read(machine, "");
        assert_false(started_units_find(&machine->started, "a.service")->may_be_kept);
        assert_true(started_units_find(&machine->started, "b.service")->may_be_kept);
        assert_null(started_units_find(&machine->started, "c.service"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name)                                                                                 \
        cmocka_unit_test_setup_teardown(test_##name, service_fixture_set_up,                       \
                                        service_fixture_tear_down)
                TEST(loops),        TEST(names), TEST(masked_links), TEST(units_of_systemd),
                TEST(private_unit),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
