/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "plan/decision.h"

#include "build-config.h"
#include "log-fixture.h"
#include "service-fixture.h"

#define UNIT ETC "/a.service"

static void write_unit(struct service_fixture *machine, const char *text) {
        tree_fixture_write(&machine->files, UNIT, text);
}

/* What is decided on the last service. Valid until the next call. */
static const struct decision *decide_on_last(struct service_fixture *machine) {
        static struct decision decision;
        CLEANUP(late_mounts_clear) struct late_mounts late_mounts = { 0 };
        struct tree *tree = &machine->files.tree;
        size_t count = machine->services.count;

        decision_clear(&decision);
        if (count == 0)
                return NULL;
        assert_int_equal(late_mounts_read(tree, &machine->units, &late_mounts), 0);
        tree_reset_total(tree);
        assert_int_equal(decide(tree, &machine->units, &machine->sockets, &late_mounts,
                                &machine->services.items[count - 1], &decision),
                         0);
        /* Borrowed from @late_mounts. */
        if (decision.late_mount)
                decision.late_mount = strcmp(decision.late_mount, "/srv") == 0 ? "/srv" : "";
        return &decision;
}

/* @config: text of /etc/dadwait.conf */
static const struct decision *decide_on(struct service_fixture *machine, const char *config) {
        service_fixture_read(machine, config);
        return decide_on_last(machine);
}

static int tear_down(void **state) {
        service_fixture_clear(*state);
        (void)decide_on_last(*state); /* frees the last decision */
        return service_fixture_tear_down(state);
}

/* For a service that has one address, and whose unit has this text. */
static const struct decision *decide_with(struct service_fixture *machine, const char *text) {
        write_unit(machine, text);
        return decide_on(machine, "[a.service]\nAddress=2001:db8::1\n");
}

/* @cause: NULL: none */
static void assert_verdict(const struct decision *decision, enum verdict verdict,
                           const char *cause) {
        assert_int_equal(decision->verdict, verdict);
        if (cause)
                assert_string_equal(decision->cause, cause);
        else
                assert_null(decision->cause);
}

static void test_units_that_do_not_start(void **state) {
        struct service_fixture *machine = *state;

        assert_verdict(decide_on(machine, "[a.service]\nTimeoutSec=2\n"), VERDICT_MISSING, NULL);
        assert_verdict(decide_on(machine, "[a.service]\nAddress=::1\n"), VERDICT_MISSING, NULL);
        tree_fixture_link(&machine->files, UNIT, "/dev/null");
        assert_verdict(decide_on(machine, "[a.service]\nAddress=::2\n"), VERDICT_MASKED, UNIT);
}

/* Another generator may make it, with any setting. */
static void test_unseen_unit(void **state) {
        struct service_fixture *machine = *state;
        const struct decision *decision = decide_on(machine, "[a.service]\nAddress=::2\n");

        assert_int_equal(decision->verdict, VERDICT_WAIT);
        assert_int_equal(decision->place, PLACE_OWN_UNIT);
        assert_non_null(strstr(decision->cause, "another generator"));
}

/* What is not its own may be in the way of a file that podman's generator reads. */
static void test_quadlets(void **state) {
        static const char FILE_OF_A[] = "/etc/containers/systemd/a.container";
        struct service_fixture *machine = *state;

        tree_fixture_write(&machine->files, FILE_OF_A,
                           "[Container]\nPublishPort=[2001:db8::1]:80:80\n");
        assert_int_equal(decide_on(machine, "[a.service]\n")->verdict, VERDICT_WAIT);
        assert_int_equal(decide_on(machine, "[a.service]\n")->place, PLACE_IN_UNIT);
        tree_fixture_write(&machine->files, USR "/a.service", "[Service]\n");
        assert_int_equal(decide_on(machine, "[a.service]\n")->place, PLACE_OWN_UNIT);
        tree_fixture_write(&machine->files, UNIT, "[Service]\n");
        assert_verdict(decide_on(machine, "[a.service]\nTimeoutSec=2\n"), VERDICT_NO_ADDRESS, NULL);
}

static void test_enable(void **state) {
        struct service_fixture *machine = *state;

        write_unit(machine, "[Service]\n");
        assert_verdict(decide_on(machine, "[a.service]\nAddress=::2\nEnable=no\n"), VERDICT_OFF,
                       NULL);
        assert_verdict(decide_on(machine, "[dadwait]\nEnable=no\n[a.service]\nAddress=::2\n"),
                       VERDICT_OFF, NULL);
        assert_int_equal(
                decide_on(machine, "[dadwait]\nEnable=no\n[a.service]\nAddress=::2\nEnable=yes\n")
                        ->verdict,
                VERDICT_WAIT);
}

static void test_addresses(void **state) {
        struct service_fixture *machine = *state;
        const struct decision *decision;

        write_unit(machine, "[Service]\n");
        assert_verdict(decide_on(machine, "[a.service]\nEnable=yes\n"), VERDICT_NO_ADDRESS, NULL);
        assert_verdict(decide_on(machine, "[a.service]\nAddress=127.0.0.1\nAddress=::\n"),
                       VERDICT_NO_ADDRESS, NULL);
        assert_verdict(decide_on(machine, "[a.service]\nAddress=::2\nIgnoreAddress=::2\n"),
                       VERDICT_IGNORED, "/etc/dadwait.conf:3");

        /* Those of the configuration go before those of the section. */
        tree_fixture_write(&machine->files, "/etc/a", "Listen 2001:db8::1\n");
        decision = decide_on(machine, "[a.service]\nAddress=2001:db8::2\nAddress=2001:db8::1\n"
                                      "Format=directive\nDirective=Listen\nConfig=/etc/a\n");
        assert_int_equal(decision->verdict, VERDICT_WAIT);
        assert_int_equal(decision->addresses.count, 2);
        assert_string_equal(decision->addresses.items[0].file, "/etc/a");
        assert_string_equal(decision->addresses.items[1].text, "Address=2001:db8::2");
}

/* What is found is of the families that are asked for; an Address= is meant, of whichever. */
static void test_families(void **state) {
        static const struct {
                const char *dadwait, *section, *found;
        } CASES[] = {
                { "", "", "2001:db8::1 198.51.100.1" },
                { "Families=ipv4", "", "192.0.2.1 198.51.100.1" },
                { "Families=ipv4 ipv6", "", "192.0.2.1 2001:db8::1 198.51.100.1" },
                { "Families=ipv4", "Families=ipv6", "2001:db8::1 198.51.100.1" },
                { "", "Families=ipv4", "192.0.2.1 198.51.100.1" },
                { "Families=ipv4", "Families=", "2001:db8::1 198.51.100.1" },
                { "Families=ipv4", "Families=ipv4\nFamilies=ipv6", "2001:db8::1 198.51.100.1" },
        };
        struct service_fixture *machine = *state;

        write_unit(machine, "[Service]\n");
        tree_fixture_write(&machine->files, "/etc/a",
                           "Listen [::ffff:192.0.2.1]:80\nListen [2001:db8::1]:80\n");
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                char found[256] = "", address[PATTERN_STRING_SIZE];
                CLEANUP(freep) char *config = NULL;
                const struct decision *decision;

                assert_true(asprintf(&config,
                                     "[dadwait]\n%s\n[a.service]\n%s\nFormat=directive\n"
                                     "Directive=Listen\nConfig=/etc/a\nAddress=198.51.100.1\n",
                                     CASES[i].dadwait, CASES[i].section) > 0);
                decision = decide_on(machine, config);
                for (size_t k = 0; k < decision->addresses.count; k++) {
                        strcat(found, k > 0 ? " " : "");
                        strcat(found,
                               pattern_format(&decision->addresses.items[k].pattern, address));
                }
                assert_string_equal(found, CASES[i].found);
        }
}

/* @count: of Address= settings, in as many lines of a file; of them @distinct are different */
static const struct decision *decide_on_many(struct service_fixture *machine, unsigned count,
                                             unsigned distinct) {
        struct pattern pattern;

        write_unit(machine, "[Service]\n");
        service_fixture_read(machine, "[a.service]\nEnable=yes\n");
        assert_int_equal(pattern_parse("2001:db8::", &pattern), 0);
        for (unsigned i = 0; i < count; i++) {
                pattern.address.s6_addr32[3] = i % distinct;
                assert_int_equal(address_list_add(&machine->services.items[0].settings.addresses,
                                                  &pattern, "/a", i + 1, ""),
                                 0);
        }
        return decide_on_last(machine);
}

static void test_too_many_addresses(void **state) {
        log_fixture_begin();
        assert_int_equal(decide_on_many(*state, 10001, 10000)->addresses.count, 10000);
        log_fixture_end("");

        log_fixture_begin();
        assert_int_equal(decide_on_many(*state, 10001, 10001)->addresses.count, 10000);
        log_fixture_end("/a:10001: a.service listens on more than 10000 addresses, not waiting for "
                        "this one and those that follow.\n");
}

/* What is found has a limit of its own, however much of it is the same. */
static void test_too_many_found(void **state) {
        log_fixture_begin();
        assert_int_equal(decide_on_many(*state, 19999, 2)->addresses.count, 2);
        log_fixture_end("");

        log_fixture_begin();
        assert_int_equal(decide_on_many(*state, 20000, 2)->addresses.count, 2);
        log_fixture_end("/a:20000: a.service listens 20000 times up to here, ignoring what "
                        "follows.\n");
}

static void test_before_the_network(void **state) {
        assert_verdict(decide_with(*state, "[Unit]\nDefaultDependencies=no\n"),
                       VERDICT_BEFORE_NETWORK, "DefaultDependencies=no");
        assert_verdict(decide_with(*state, "[Unit]\nBefore=networking.service\n"),
                       VERDICT_BEFORE_NETWORK, "networking.service");
}

static void test_socket_activation(void **state) {
        struct service_fixture *machine = *state;

        tree_fixture_write(&machine->files, ETC "/a.socket", "[Socket]\nListenStream=80\n");
        assert_int_equal(decide_with(machine, "[Service]\n")->verdict, VERDICT_WAIT);
        tree_fixture_link(&machine->files, ETC "/sockets.target.wants/a.socket", "../a.socket");
        assert_verdict(decide_with(machine, "[Service]\n"), VERDICT_SOCKET, "a.socket");
}

static void test_replaced_drop_in(void **state) {
        struct service_fixture *machine = *state;

        tree_fixture_write(&machine->files, UNIT ".d/50-dadwait.conf", "");
        assert_verdict(decide_with(machine, "[Service]\n"), VERDICT_REPLACED,
                       UNIT ".d/50-dadwait.conf");
}

static void test_networks(void **state) {
        assert_verdict(decide_with(*state, "[Service]\nPrivateNetwork=yes\n"), VERDICT_OWN_NETWORK,
                       "PrivateNetwork=yes");
        assert_int_equal(
                decide_with(*state, "[Service]\nNetworkNamespacePath=/run/netns/b\n")->verdict,
                VERDICT_WAIT);
}

/* "Enable=yes" of its own section says that the start need not be in the queue for long. */
static void test_job_timeout(void **state) {
        struct service_fixture *machine = *state;
        const struct decision *decision;

        assert_verdict(decide_with(machine, "[Unit]\nJobTimeoutSec=30\n"), VERDICT_JOB_TIMEOUT,
                       "JobTimeoutSec=30");
        assert_verdict(decide_on(machine, "[dadwait]\nEnable=yes\n[a.service]\nAddress=::2\n"),
                       VERDICT_JOB_TIMEOUT, "JobTimeoutSec=30");
        decision = decide_on(machine, "[a.service]\nAddress=::2\nEnable=yes\n");
        assert_verdict(decision, VERDICT_WAIT,
                       HELPER_IS_STATIC ? NULL : "the helper is not linked statically");
        assert_int_equal(decision->timeout_usec, 20000000);
        assert_int_equal(decision->start_timeout_usec, 30000000);
}

static void assert_timeouts(const struct decision *decision, uint64_t timeout_usec,
                            uint64_t start_timeout_usec) {
        assert_int_equal(decision->verdict, VERDICT_WAIT);
        assert_int_equal(decision->timeout_usec, timeout_usec);
        assert_int_equal(decision->start_timeout_usec, start_timeout_usec);
}

/* At most two thirds of the start timeout, and a second less; 0: it is not what limits the wait. */
static void test_start_timeout(void **state) {
        struct service_fixture *machine = *state;
        const char *config = "[a.service]\nAddress=::2\nTimeoutSec=5min\nEnable=yes\n";

        if (!HELPER_IS_STATIC)
                skip(); /* no wait is part of a unit's start */
        assert_timeouts(decide_with(machine, "[Service]\n"), 30000000, 0);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=45\n"), 30000000, 0);
        /* Shortened ones are rounded down. */
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=44999998us\n"), 29000000,
                        44999998);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=20\n"), 13000000,
                        20000000);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=2500ms\n"), 1500000,
                        2500000);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=2\n"), 1000000, 2000000);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=1\n"), 333000, 1000000);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=3us\n"), 1, 3);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=3\n"), 2000000, 3000000);
        assert_timeouts(decide_on(machine, "[a.service]\nAddress=::2\nTimeoutSec=1\n"), 1000000, 0);
        assert_timeouts(decide_with(machine, "[Service]\nTimeoutStartSec=infinity\n"), 30000000, 0);
        assert_timeouts(decide_on(machine, config), 300000000, 0);

        write_unit(machine, "[Unit]\nJobTimeoutSec=9\n[Service]\nTimeoutStartSec=12\n");
        assert_timeouts(decide_on(machine, config), 6000000, 9000000);
        write_unit(machine, "[Unit]\nJobTimeoutSec=12\n[Service]\nTimeoutStartSec=9\n");
        assert_timeouts(decide_on(machine, config), 6000000, 9000000);
}

/* A command with "+" must not be a program that the unit's files have put in its place. */
static void test_own_unit(void **state) {
        struct service_fixture *machine = *state;
        const struct decision *decision;

        decision = decide_with(machine, "[Service]\nRootDirectory=/srv\nTimeoutStartSec=3\n");
        assert_verdict(decision, VERDICT_WAIT, "RootDirectory=/srv");
        assert_int_equal(decision->place, PLACE_OWN_UNIT);
        /* It is no part of the unit's start, but of its job. */
        assert_timeouts(decision, 30000000, 0);
        write_unit(machine, "[Unit]\nJobTimeoutSec=9\n[Service]\nBindPaths=/b:/c\n");
        assert_timeouts(decide_on(machine, "[a.service]\nAddress=::2\nEnable=yes\n"), 6000000,
                        9000000);

        if (!HELPER_IS_STATIC)
                skip();
        decision = decide_with(machine, "[Service]\n");
        assert_verdict(decision, VERDICT_WAIT, NULL);
        assert_int_equal(decision->place, PLACE_IN_UNIT);
}

static void test_no_place(void **state) {
        struct service_fixture *machine = *state;

        assert_verdict(decide_with(machine, "[Service]\nRootImage=/b\n"
                                            "NetworkNamespacePath=/run/netns/c\n"),
                       VERDICT_NO_PLACE, "RootImage=/b");
        assert_verdict(decide_with(machine, "[Unit]\nJoinsNamespaceOf=b.service\n"
                                            "[Service]\nRootImage=/b\nPrivateNetwork=yes\n"),
                       VERDICT_NO_PLACE, "RootImage=/b");
}

/* "dadwait-for@" and the name are longer than a name may be. */
static void test_no_name(void **state) {
        struct service_fixture *machine = *state;
        CLEANUP(unit_clear) struct unit unit = { 0 };
        CLEANUP(freep) char *name = NULL;

        tree_fixture_write(&machine->files, ETC "/a@.service", "[Service]\nRootImage=/b\n");
        assert_true(asprintf(&name, "a@%0243d.service", 0) > 0);
        service_fixture_read(machine, "[a@.service]\nAddress=::2\n");
        assert_int_equal(unit_find(&machine->files.tree, &machine->units, name, &unit), 0);
        assert_int_equal(service_list_add(&machine->services, &unit, "a@.service"), 0);
        assert_int_equal(service_list_configure(&machine->context, &machine->services), 0);
        assert_verdict(decide_on_last(machine), VERDICT_NO_PLACE, "RootImage=/b");
}

static const struct decision *decide_behind(struct service_fixture *machine, const char *hook,
                                            const char *drop_in) {
        CLEANUP(freep) char *config = NULL;

        assert_true(asprintf(&config, "[a.service]\nAddress=::2\nHook=%s\n", hook) > 0);
        write_unit(machine, "[Service]\n");
        tree_fixture_write(&machine->files, UNIT ".d/zz-z.conf", drop_in);
        return decide_on(machine, config);
}

/* What a drop-in whose name sorts behind ours does to the lists of commands. */
static void test_hook(void **state) {
        struct service_fixture *machine = *state;
        const char *adds = "[Service]\nExecStartPre=/bin/true\n";
        const char *resets = "[Service]\nExecStartPre=\n";

        if (!HELPER_IS_STATIC)
                skip(); /* no unit has a command of ours */
        assert_int_equal(decide_behind(machine, "", "")->hook, HOOK_EXEC_START_PRE);
        assert_int_equal(decide_behind(machine, "ExecCondition", "")->hook, HOOK_EXEC_CONDITION);
        assert_int_equal(decide_behind(machine, "", adds)->hook, HOOK_EXEC_CONDITION);
        assert_int_equal(decide_behind(machine, "", adds)->verdict, VERDICT_WAIT);
        assert_int_equal(decide_behind(machine, "ExecStartPre", adds)->hook, HOOK_EXEC_START_PRE);
        assert_int_equal(decide_behind(machine, "", resets)->hook, HOOK_EXEC_CONDITION);
        assert_int_equal(decide_behind(machine, "", resets)->verdict, VERDICT_WAIT);
}

static void test_removed_hook(void **state) {
        struct service_fixture *machine = *state;
        const char *condition = "[Service]\nExecCondition=\n";
        const char *file = UNIT ".d/zz-z.conf";

        if (!HELPER_IS_STATIC)
                skip();
        log_fixture_begin();
        assert_verdict(decide_behind(machine, "ExecStartPre", "[Service]\nExecStartPre=\n"),
                       VERDICT_RESET, file);
        assert_verdict(decide_behind(machine, "ExecCondition", condition), VERDICT_RESET, file);
        assert_int_equal(decide_behind(machine, "", condition)->verdict, VERDICT_WAIT);
        assert_verdict(decide_behind(machine, "", "[Service]\nExecStartPre=\nExecCondition=\n"),
                       VERDICT_RESET, file);
        log_fixture_end(UNIT
                        ".d/zz-z.conf: Removes the wait for the addresses of a.service: it empties "
                        "ExecStartPre=.\n" UNIT
                        ".d/zz-z.conf: Removes the wait for the addresses of a.service: it empties "
                        "ExecCondition=.\n" UNIT
                        ".d/zz-z.conf: Removes the wait for the addresses of a.service: it empties "
                        "ExecStartPre=.\n");
}

static void test_late_mount(void **state) {
        struct service_fixture *machine = *state;
        const char *config =
                "[a.service]\nFormat=ntp\nConfig=/etc/ntp.conf\nConfig=/srv/b\nAddress=::2\n";

        tree_fixture_write(&machine->files, "/etc/fstab", "UUID=4 /srv ext4 noatime 0 2\n");
        write_unit(machine, "[Service]\n");
        assert_null(decide_on(machine, "[a.service]\nAddress=::2\n")->late_mount);
        assert_string_equal(decide_on(machine, config)->late_mount, "/srv");
        assert_false(decide_on(machine, config)->is_awaited);
        tree_fixture_write(&machine->files, USR "/dadwait-after-mounts.service", "[Service]\n");
        tree_fixture_link(&machine->files, ETC "/sysinit.target.wants/dadwait-after-mounts.service",
                          USR "/dadwait-after-mounts.service");
        assert_true(decide_on(machine, config)->is_awaited);
}

int main(void) {
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_##name, service_fixture_set_up, tear_down)
                TEST(units_that_do_not_start),
                TEST(unseen_unit),
                TEST(quadlets),
                TEST(enable),
                TEST(addresses),
                TEST(families),
                TEST(too_many_addresses),
                TEST(too_many_found),
                TEST(before_the_network),
                TEST(socket_activation),
                TEST(replaced_drop_in),
                TEST(networks),
                TEST(job_timeout),
                TEST(start_timeout),
                TEST(own_unit),
                TEST(no_place),
                TEST(no_name),
                TEST(hook),
                TEST(removed_hook),
                TEST(late_mount),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
