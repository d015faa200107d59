/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/template.h"

#include "build-config.h"
#include "log-fixture.h"
#include "service-fixture.h"

/* The templates of a configuration, with their instances. Valid until the next call. */
static const struct template_list *find(struct service_fixture *machine, const char *config) {
        static struct template_list templates;

        template_list_clear(&templates);
        if (!config)
                return NULL;
        service_fixture_read(machine, config);
        assert_int_equal(templates_find(&machine->context, &templates), 0);
        for (size_t i = 0; i < templates.count; i++)
                assert_int_equal(template_find_instances(&machine->context, &machine->services,
                                                         &templates.items[i]),
                                 0);
        return &templates;
}

static int tear_down(void **state) {
        (void)find(*state, NULL);
        return service_fixture_tear_down(state);
}

/* @expected: "TEMPLATE: INSTANCE INSTANCE\n" for each */
static void assert_instances(const struct template_list *templates, const char *expected) {
        CLEANUP(freep) char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);

        assert_non_null(stream);
        for (size_t i = 0; i < templates->count; i++) {
                const struct service_list *instances = &templates->items[i].instances;

                fprintf(stream, "%s:", templates->items[i].name);
                for (size_t k = 0; k < instances->count; k++)
                        fprintf(stream, " %s", instances->items[k].instance);
                fputc('\n', stream);
        }
        assert_int_equal(memstream_close(stream, &text), 0);
        assert_string_equal(text, expected);
}

static void write_unit(struct service_fixture *machine, const char *name) {
        CLEANUP(freep) char *path = NULL;

        assert_true(asprintf(&path, USR "/%s", name) > 0);
        tree_fixture_write(&machine->files, path, "[Service]\n");
}

static void write_file(struct service_fixture *machine, const char *path) {
        tree_fixture_write(&machine->files, path, "");
}

static void test_specifiers(void **state) {
        struct service_fixture *machine = *state;
        const struct template_list *templates;

        write_unit(machine, "a@.service");
        write_unit(machine, "b@.service");
        write_unit(machine, "c@.service");
        write_file(machine, "/etc/a-x/conf");
        write_file(machine, "/etc/a-y z/conf");
        write_file(machine, "/etc/a-/conf");
        write_file(machine, "/etc/a-w/other");
        write_file(machine, "/etc/b/15/main/conf");
        write_file(machine, "/etc/b/x-y/conf");
        log_fixture_begin();
        templates = find(machine, "[a@.service]\nFormat=ntp\nConfig=/etc/a-%i/conf\n"
                                  "[b@.service]\nFormat=ntp\nConfig=/etc/b/%I/conf\n"
                                  "[c@.service]\nFormat=ntp\nConfig=/etc/a-x/conf\n");
        log_fixture_end("/etc/a-/conf: No name for an instance of a@.service, ignoring: \n"
                        "/etc/a-y z/conf: No name for an instance of a@.service, ignoring: y z\n");
        assert_instances(templates, "a@.service: x\n"
                                    "b@.service: x\\x2dy 15-main\n"
                                    "c@.service:\n");
        assert_string_equal(templates->items[0].instances.items[0].settings.config.items[0],
                            "/etc/a-x/conf");
        assert_string_equal(templates->items[1].instances.items[1].settings.config.items[0],
                            "/etc/b/15/main/conf");
}

/* Behind the first specifier all is as it is: a wildcard there means itself. */
static void test_wildcards(void **state) {
        struct service_fixture *machine = *state;

        write_unit(machine, "a@.service");
        write_file(machine, "/etc/x/b1");
        write_file(machine, "/etc/y/b*");
        assert_instances(find(machine, "[a@.service]\nFormat=ntp\nConfig=/etc/%i/b*\n"),
                         "a@.service: y\n");
}

/* Without a unit, files that a shipped definition knows are of something else. */
static void test_shipped(void **state) {
        struct service_fixture *machine = *state;

        tree_fixture_write(&machine->files, SERVICE_DIR "/50-x.conf",
                           "[a@.service]\nFormat=ntp\nConfig=/etc/%i/conf\n"
                           "[b@.service]\nFormat=ntp\nConfig=/etc/%i/conf\n"
                           "[c@.service]\nFormat=ntp\nConfig=/etc/%i/conf\n"
                           "[d@.service]\nFormat=ntp\nConfig=/etc/%i/conf\n");
        write_unit(machine, "b@y.service");
        write_unit(machine, "c@.service");
        write_file(machine, "/etc/x/conf");
        assert_instances(find(machine, "[d@.service]\nTimeoutSec=1\n"),
                         "b@.service: x\nc@.service: x\nd@.service: x\n");
}

/* One section for each name; an instance that has its own section is no template's. */
static void test_sections(void **state) {
        struct service_fixture *machine = *state;
        const struct template_list *templates;

        write_unit(machine, "a@.service");
        tree_fixture_link(&machine->files, ETC "/b@.service", USR "/a@.service");
        write_file(machine, "/etc/x");
        write_file(machine, "/etc/y");
        templates = find(machine, "[b@.service]\nFormat=ntp\nConfig=/etc/%i\nTimeoutSec=1\n"
                                  "[a@.service]\nFormat=ntp\nConfig=/etc/%i\nConfig=/etc/%i\n"
                                  "[a@x.service]\nTimeoutSec=2\n"
                                  "[b@.service]\nTimeoutSec=3\n");
        assert_int_equal(templates->count, 1);
        assert_int_equal(templates->items[0].sections.count, 2);
        /* What else /etc has is dadwait.conf, and the unit files' directory. */
        assert_instances(templates, "a@.service: dadwait.conf systemd y\n");
        assert_int_equal(templates->items[0].instances.items[2].settings.timeout_usec, 3000000);
}

/* Two jobs must not write the same drop-in. */
static void test_alias_of_another(void **state) {
        struct service_fixture *machine = *state;

        write_unit(machine, "a@.service");
        write_unit(machine, "b.service");
        tree_fixture_link(&machine->files, ETC "/a@x.service", USR "/b@x.service");
        write_unit(machine, "b@.service");
        write_unit(machine, "b@x.service");
        write_file(machine, "/srv/x");
        write_file(machine, "/srv/y");
        log_fixture_begin();
        assert_instances(find(machine, "[a@.service]\nFormat=ntp\nConfig=/srv/%i\n"),
                         "a@.service: y\n");
        log_fixture_end("a@x.service is an alias of b@x.service, which needs a section of its own; "
                        "ignoring [a@.service] for it.\n");
}

static void test_too_many_instances(void **state) {
        struct service_fixture *machine = *state;
        const struct template_list *templates;

        write_unit(machine, "a@.service");
        for (int i = 0; i <= SERVICES_MAX; i++) {
                char path[32];

                (void)snprintf(path, sizeof(path), "/srv/%04d", i);
                write_file(machine, path);
        }
        log_fixture_begin();
        templates = find(machine, "[a@.service]\nFormat=ntp\nConfig=/srv/%i\n");
        log_fixture_end("/etc/dadwait.conf:3: More than 1000 instances, ignoring those that "
                        "follow.\n");
        assert_int_equal(templates->items[0].instances.count, SERVICES_MAX);
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, service_fixture_set_up, tear_down)
                TEST(specifiers),       TEST(wildcards),          TEST(sections),
                TEST(alias_of_another), TEST(too_many_instances), TEST(shipped),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
