/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/service.h"

#include "build-config.h"
#include "log-fixture.h"
#include "service-fixture.h"

static const struct service *service_of(const struct service_fixture *machine, const char *name) {
        const struct service *service = service_list_find(&machine->services, name);

        assert_non_null(service);
        return service;
}

static void assert_services(const struct service_fixture *machine, const char *const *names) {
        size_t count = 0;

        while (names[count])
                count++;
        assert_int_equal(machine->services.count, count);
        for (size_t i = 0; i < count; i++)
                assert_string_equal(machine->services.items[i].unit.name, names[i]);
}

/* In the order in which they are first named; [dadwait], [sockets] and templates are none. */
static void test_sections(void **state) {
        struct service_fixture *machine = *state;

        tree_fixture_write(&machine->files, ETC "/b.service", "[Service]\n");
        tree_fixture_link(&machine->files, ETC "/c.service", "/dev/null");
        tree_fixture_write(&machine->files, ETC "/d@.service", "[Service]\n");
        service_fixture_read(machine, "[b.service]\nAddress=::2\n"
                                      "[dadwait]\nTimeoutSec=1\n"
                                      "[d@.service]\nAddress=::3\n"
                                      "[sockets]\nFreeBind=yes\n"
                                      "[a.service]\nAddress=::4\n"
                                      "[c.service]\nAddress=::5\n"
                                      "[b.service]\nAddress=::6\n");
        assert_services(machine,
                        (const char *const[]){ "b.service", "a.service", "c.service", NULL });
        assert_int_equal(service_of(machine, "b.service")->unit.state, UNIT_FOUND);
        assert_int_equal(service_of(machine, "a.service")->unit.state, UNIT_MISSING);
        assert_int_equal(service_of(machine, "c.service")->unit.state, UNIT_MASKED);
        assert_int_equal(service_of(machine, "b.service")->settings.addresses.count, 2);
        assert_null(service_of(machine, "b.service")->instance);
        assert_null(service_list_find(&machine->services, "d@.service"));
}

/* One unit, whatever it is called; of both sections the setting read last wins. */
static void test_aliases(void **state) {
        struct service_fixture *machine = *state;
        const struct service *service;

        tree_fixture_write(&machine->files, USR "/a.service", "[Service]\n");
        tree_fixture_link(&machine->files, ETC "/b.service", USR "/a.service");
        service_fixture_read(machine, "[b.service]\nTimeoutSec=1\nAddress=::2\n"
                                      "[a.service]\nTimeoutSec=2\nAddress=::3\n"
                                      "[b.service]\nTimeoutSec=3\n");
        assert_services(machine, (const char *const[]){ "a.service", NULL });
        service = service_of(machine, "a.service");
        assert_int_equal(service->sections.count, 2);
        assert_true(string_list_contains(&service->unit.names, "a.service"));
        assert_true(string_list_contains(&service->unit.names, "b.service"));
        assert_int_equal(service->unit.names.count, 2);
        assert_int_equal(service->settings.timeout_usec, 3000000);
        assert_int_equal(service->settings.addresses.count, 2);
}

/* An alias of a unit that has no file is known only where a section has its name. */
static void test_alias_of_init_script(void **state) {
        struct service_fixture *machine = *state;
        CLEANUP(freep) char *script = tree_fixture_path(&machine->files, "/etc/init.d/a");
        const struct service *service;

        tree_fixture_write(&machine->files, "/etc/init.d/a", "#!/bin/sh\n");
        assert_int_equal(chmod(script, 0755), 0);
        tree_fixture_link(&machine->files, ETC "/b.service", "a.service");
        service_fixture_read(machine, "[a.service]\nAddress=::2\n[b.service]\nAddress=::3\n");
        service = service_of(machine, "a.service");
        assert_int_equal(service->unit.state, UNIT_SYSV);
        assert_int_equal(service->settings.addresses.count, 2);
        assert_int_equal(service->unit.names.count, 2);
        assert_string_equal(service->unit.names.items[1], "b.service");
}

/* Behind [dadwait] comes the template's section, then the instance's, wherever they are. */
static void test_levels(void **state) {
        struct service_fixture *machine = *state;
        const struct service *service;

        tree_fixture_write(&machine->files, USR "/a@.service", "[Service]\n");
        service_fixture_read(machine, "[a@i.service]\nTimeoutSec=1\n"
                                      "[a@.service]\nTimeoutSec=2\nOnTimeout=fail\nHook=\n"
                                      "Format=ntp\nConfig=/etc/%i\n"
                                      "[dadwait]\nTimeoutSec=3\nOnTimeout=start\nEnable=no\n"
                                      "[a@j.service]\nEnable=yes\n");
        service = service_of(machine, "a@i.service");
        assert_string_equal(service->instance, "i");
        assert_int_equal(service->settings.timeout_usec, 1000000);
        assert_true(service->settings.fail_on_timeout);
        assert_false(service->settings.enable);
        assert_string_equal(service->settings.last_enable->section, "dadwait");
        assert_string_equal(service->settings.config.items[0], "/etc/i");

        service = service_of(machine, "a@j.service");
        assert_int_equal(service->settings.timeout_usec, 2000000);
        assert_true(service->settings.enable);
        assert_string_equal(service->settings.config.items[0], "/etc/j");
}

/* Shipped definitions and [dadwait] alone are no sign that the machine has the service. */
static void test_local(void **state) {
        struct service_fixture *machine = *state;

        tree_fixture_write(&machine->files, USR "/a.service", "[Service]\n");
        tree_fixture_write(&machine->files, SERVICE_DIR "/50-x.conf",
                           "[missing.service]\nAddress=::2\n"
                           "[a.service]\nAddress=::2\n[b.service]\nAddress=::2\n");
        service_fixture_read(machine, "[dadwait]\nEnable=yes\n[b.service]\nTimeoutSec=1\n");
        assert_services(machine, (const char *const[]){ "a.service", "b.service", NULL });
        assert_null(service_of(machine, "a.service")->local);
        assert_non_null(service_of(machine, "b.service")->local);
}

/* The warning is about the whole, once all settings are known. */
static void test_whole(void **state) {
        struct service_fixture *machine = *state;

        log_fixture_begin();
        service_fixture_read(machine, "[a.service]\nConfig=/b\n"
                                      "[c.service]\nConfig=/d\nFormat=ntp\n");
        log_fixture_end("/etc/dadwait.conf:2: Config= without Format=, ignoring: /b\n");
}

/* The text of a configuration with so many services; to be freed by the caller. */
static char *write_services(int count, const char *more) {
        char *text;
        size_t size;
        FILE *stream = open_memstream(&text, &size);

        assert_non_null(stream);
        for (int i = 0; i < count; i++)
                fprintf(stream, "[a%d.service]\nEnable=yes\n", i);
        fputs(more, stream);
        assert_int_equal(memstream_close(stream, &text), 0);
        return text;
}

static void test_too_many(void **state) {
        struct service_fixture *machine = *state;
        CLEANUP(freep) char *many = write_services(SERVICES_MAX, "[a0.service]\nTimeoutSec=1\n");
        CLEANUP(freep) char *too_many = write_services(SERVICES_MAX + 1, "");

        log_fixture_begin();
        service_fixture_read(machine, many);
        log_fixture_end("");
        assert_int_equal(machine->services.items[0].settings.timeout_usec, 1000000);

        log_fixture_begin();
        service_fixture_read(machine, too_many);
        log_fixture_end("/etc/dadwait.conf:2002: More than 1000 services, ignoring those that "
                        "follow.\n");
        assert_int_equal(machine->services.count, SERVICES_MAX);
        assert_string_equal(machine->services.items[SERVICES_MAX - 1].unit.name, "a999.service");
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name)                                                                                 \
        cmocka_unit_test_setup_teardown(test_##name, service_fixture_set_up,                       \
                                        service_fixture_tear_down)
                TEST(sections), TEST(aliases), TEST(alias_of_init_script),
                TEST(levels),   TEST(local),   TEST(whole),
                TEST(too_many),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
