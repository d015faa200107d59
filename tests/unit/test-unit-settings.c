/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-settings.h"

#include "common/timespan.h"
#include "tree-fixture.h"
#include "units/early-units.h"

#define ETC "/etc/systemd/system"
#define RUN "/run/systemd/system"
#define USR "/usr/lib/systemd/system"

static const char *const DIRECTORIES[] = { ETC, RUN, "/run/systemd/generator", USR, NULL };

/* A tree of its own for each test, and what was found in it. */
struct fixture {
        struct tree_fixture files;
        struct unit_index units;
        struct unit unit;
        struct unit_settings settings;
};

static int set_up(void **state) {
        static struct fixture fixture;

        fixture = (struct fixture){ 0 };
        tree_fixture_open(&fixture.files);
        *state = &fixture;
        return 0;
}

static void forget(struct fixture *fixture) {
        unit_settings_clear(&fixture->settings);
        unit_clear(&fixture->unit);
        unit_index_clear(&fixture->units);
}

static int tear_down(void **state) {
        struct fixture *fixture = *state;

        forget(fixture);
        tree_fixture_close(&fixture->files);
        return 0;
}

static void look_up(struct fixture *fixture, const char *name) {
        forget(fixture);
        assert_int_equal(unit_index_read(&fixture->files.tree, DIRECTORIES, &fixture->units), 0);
        assert_int_equal(unit_find(&fixture->files.tree, &fixture->units, name, &fixture->unit), 0);
}

static const struct unit_settings *read_settings(struct fixture *fixture, const char *name) {
        look_up(fixture, name);
        assert_int_equal(fixture->unit.state, UNIT_FOUND);
        assert_int_equal(unit_settings_read(&fixture->files.tree, &fixture->units, &fixture->unit,
                                            &fixture->settings),
                         0);
        return &fixture->settings;
}

/* The settings of a unit whose file has this text. */
static const struct unit_settings *settings_of(struct fixture *fixture, const char *text) {
        tree_fixture_write(&fixture->files, ETC "/a.service", text);
        return read_settings(fixture, "a.service");
}

static void test_timeouts(void **state) {
        const struct unit_settings *settings = settings_of(*state, "[Service]\n");

        assert_int_equal(settings->start_timeout_usec, 90000000);
        assert_int_equal(settings->job_timeout_usec, TIMESPAN_INFINITY);
        assert_null(settings->job_timeout_setting.text);

        settings = settings_of(*state, "[Service]\nTimeoutStartSec=4\nTimeoutSec=5\n");
        assert_int_equal(settings->start_timeout_usec, 5000000);
        settings = settings_of(*state, "[Service]\nTimeoutSec=5\nTimeoutStartSec=0\n");
        assert_int_equal(settings->start_timeout_usec, TIMESPAN_INFINITY);

        settings = settings_of(*state, "[Service]\nType=oneshot\n[Unit]\nJobTimeoutSec=9\n");
        assert_int_equal(settings->start_timeout_usec, TIMESPAN_INFINITY);
        assert_int_equal(settings->job_timeout_usec, 9000000);
        assert_string_equal(settings->job_timeout_setting.text, "JobTimeoutSec=9");
        assert_string_equal(settings->job_timeout_setting.file, ETC "/a.service");

        settings = settings_of(*state, "[Service]\nType=oneshot\nType=\nType=nonsense\n");
        assert_int_equal(settings->start_timeout_usec, TIMESPAN_INFINITY);
        settings = settings_of(*state, "[Service]\nType=oneshot\nType=notify-reload\n");
        assert_int_equal(settings->start_timeout_usec, 90000000);

        settings = settings_of(*state, "[Unit]\nJobTimeoutSec=9\nJobRunningTimeoutSec=8s\n");
        assert_int_equal(settings->job_timeout_usec, 8000000);
        assert_string_equal(settings->job_timeout_setting.text, "JobRunningTimeoutSec=8s");

        settings = settings_of(*state, "[Unit]\nJobTimeoutSec=9\nJobTimeoutSec=0\n");
        assert_int_equal(settings->job_timeout_usec, TIMESPAN_INFINITY);
}

static void test_before(void **state) {
        assert_null(settings_of(*state, "[Unit]\nBefore=network-online.target\n")->before);
        assert_string_equal(
                settings_of(*state, "[Unit]\nBefore=a.service networking.service\n")->before,
                "networking.service");
        assert_string_equal(settings_of(*state, "[Unit]\nBefore=ifup@eth0.service\n")->before,
                            "ifup@eth0.service");
        assert_string_equal(settings_of(*state, "[Unit]\nDefaultDependencies=no\n")->before,
                            "DefaultDependencies=no");
        assert_null(settings_of(*state, "[Unit]\nBefore=\"networking.service\"\n")->before);
        assert_null(settings_of(*state, "[Unit]\nBefore=ifup@%i.service\n")->before);
        assert_true(early_unit("NetworkManager.service"));
        assert_true(early_unit("wickedd-dhcp6.service"));
        assert_false(early_unit("systemd-networkd-wait-online.service"));
        assert_false(early_unit("NetworkManager-wait-online.service"));
        assert_false(early_unit("keepalived.service"));
}

static void test_namespaces(void **state) {
        const struct unit_settings *settings =
                settings_of(*state, "[Service]\nPrivateNetwork=yes\n");

        assert_true(settings->private_network);
        settings = settings_of(
                *state, "[Service]\nPrivateNetwork=yes\n[Unit]\nJoinsNamespaceOf=b.service\n");
        assert_false(settings->private_network);
        assert_string_equal(settings->joins_namespace, "b.service");
        settings = settings_of(*state, "[Service]\nPrivateNetwork=yes\n[Unit]\n"
                                       "JoinsNamespaceOf=b.service\nJoinsNamespaceOf=\n");
        assert_string_equal(settings->joins_namespace, "b.service");
        settings = settings_of(
                *state, "[Service]\nPrivateNetwork=yes\nNetworkNamespacePath=/run/netns/a\n");
        assert_false(settings->private_network);
        assert_string_equal(settings->network_namespace_path, "/run/netns/a");
}

static const char *view_of(struct fixture *fixture, const char *text) {
        return settings_of(fixture, text)->file_view.text;
}

static void test_file_view(void **state) {
        assert_null(view_of(*state, "[Service]\nRootDirectory=/\nProtectSystem=strict\n"));
        assert_string_equal(view_of(*state, "[Service]\nRootDirectory=/srv/jail\n"),
                            "RootDirectory=/srv/jail");
        assert_null(view_of(*state, "[Service]\nRootDirectory=/srv\nRootDirectory=\n"));
        assert_null(view_of(*state, "[Service]\nRootDirectory=/srv\nRootDirectory=//\n"));
        /* A directory of that name; and what systemd refuses, so that the one before it holds. */
        assert_non_null(view_of(*state, "[Service]\nRootDirectory=/...\n"));
        assert_non_null(view_of(*state, "[Service]\nRootDirectory=/srv\nRootDirectory=/..\n"));
        assert_non_null(view_of(*state, "[Service]\nRootDirectory=/srv\nRootDirectory=.\n"));
        assert_non_null(view_of(*state, "\xef\xbb\xbf[Service]\nRootDirectory=/srv\n"));
        assert_null(view_of(*state, "[Service]\nRootDirectory=/srv\nRootDirectoryStartOnly=yes\n"));
        assert_string_equal(view_of(*state, "[Service]\nRootDirectory=/srv\nBindPaths=/a:/b\n"
                                            "RootDirectoryStartOnly=yes\n"),
                            "BindPaths=/a:/b");
        assert_null(view_of(*state, "[Service]\nBindPaths=/a:/b\nBindReadOnlyPaths=\n"));
        assert_string_equal(view_of(*state, "[Service]\nTemporaryFileSystem=/usr\n"),
                            "TemporaryFileSystem=/usr");
}

/* It may have RootDirectory= for systemd, which reads files of any size. */
static void test_file_that_cannot_be_read(void **state) {
        const char *path = ETC "/a.service.d/x.conf";
        CLEANUP(freep) char *full = tree_fixture_path(*state, path);

        tree_fixture_write(*state, path, "[Service]\n");
        assert_null(view_of(*state, "[Service]\n"));
        assert_int_equal(truncate(full, TREE_FILE_SIZE_MAX + 1), 0);
        assert_string_equal(view_of(*state, "[Service]\n"),
                            ETC "/a.service.d/x.conf cannot be read");
        assert_string_equal(view_of(*state, "[Service]\nRootDirectory=/srv\n"),
                            "RootDirectory=/srv");
}

/* Each of them is enough, and is named by its own key; @again says what a second value becomes. */
static void test_each_file_view(void **state) {
        static const struct {
                const char *key, *again;
        } cases[] = {
                { "RootImage", "/c" },
                { "RootDirectory", "/c" },
                { "RootMStack", "/c" },
                { "ExtensionImages", "/a:/b" },
                { "ExtensionDirectories", "/a:/b" },
                { "MountImages", "/a:/b" },
                { "BindPaths", "/a:/b" },
                { "BindReadOnlyPaths", "/a:/b" },
                { "TemporaryFileSystem", "/a:/b" },
                { "RootOfALaterRelease", "/a:/b" },
                { "ExtensionOfALaterRelease", "/a:/b" },
                { "MountImageOfALaterRelease", "/a:/b" },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                CLEANUP(freep) char *text = NULL, *setting = NULL;

                assert_true(asprintf(&text, "[Service]\n%s=/a:/b\n%s=/c\n", cases[i].key,
                                     cases[i].key) > 0);
                assert_true(asprintf(&setting, "%s=%s", cases[i].key, cases[i].again) > 0);
                assert_string_equal(view_of(*state, text), setting);
        }
}

/* They change nothing by themselves. */
static void test_options_of_file_views(void **state) {
        assert_null(view_of(*state, "[Service]\nRootHash=0a\nRootHashSignature=/a\nRootVerity=/a\n"
                                    "RootImageOptions=ro\nRootImagePolicy=root=verity\n"
                                    "RootEphemeral=yes\nExtensionImagePolicy=*\n"
                                    "MountImagePolicy=*\nRootDirectoryStartOnly=yes\n"
                                    "MountAPIVFS=yes\nMountFlags=shared\nBindLogSockets=yes\n"
                                    "BindNetworkInterface=a\n"));
        assert_null(view_of(*state, "[Service]\nRootMStack=/a\nRootMStack=\n"));
        assert_string_equal(view_of(*state, "[Service]\nRootMStack=/a\n"
                                            "RootDirectoryStartOnly=yes\n"),
                            "RootMStack=/a");
}

static void test_words(void **state) {
        const struct unit_settings *settings = settings_of(
                *state, "[Service]\nExecStart=/bin/a -x\nExecStart=\nExecStart=/bin/b -y z\n"
                        "Environment=A=1\nEnvironment=\nEnvironment=B=2 C=3\n");

        const struct unit_command *command = &settings->command;

        assert_int_equal(command->commands.count, 1);
        assert_string_equal(command->commands.items[0].program, "/bin/b");
        assert_string_equal(command->commands.items[0].file, ETC "/a.service");
        assert_int_equal(command->commands.items[0].line, 4);
        assert_int_equal(command->environment.count, 2);
        assert_string_equal(command->environment.items[0], "B=2");
        assert_string_equal(command->environment.items[1], "C=3");
}

/* systemd.service(5): an empty value does not reset the list. */
static void test_sockets(void **state) {
        const struct string_list *sockets =
                &settings_of(*state, "[Service]\nSockets=a.socket b.socket\nSockets=\n"
                                     "Sockets=c.socket\n[Socket]\nSockets=d.socket\n")
                         ->sockets;

        assert_int_equal(sockets->count, 3);
        assert_string_equal(sockets->items[0], "a.socket");
        assert_string_equal(sockets->items[1], "b.socket");
        assert_string_equal(sockets->items[2], "c.socket");
}

/* systemd-sysv-generator(8) writes TimeoutSec=5min. */
static void test_init_script(void **state) {
        struct fixture *fixture = *state;
        CLEANUP(freep) char *script = tree_fixture_path(&fixture->files, "/etc/init.d/a");

        tree_fixture_write(&fixture->files, "/etc/init.d/a", "#!/bin/sh\n");
        assert_int_equal(chmod(script, 0755), 0);
        look_up(fixture, "a.service");
        assert_int_equal(fixture->unit.state, UNIT_SYSV);
        assert_int_equal(unit_settings_read(&fixture->files.tree, &fixture->units, &fixture->unit,
                                            &fixture->settings),
                         0);
        assert_int_equal(fixture->settings.start_timeout_usec, 300000000);
}

static void assert_drop_ins(const struct unit_settings *settings, const char *const *paths) {
        size_t count = 0;

        while (paths[count])
                count++;
        assert_int_equal(settings->drop_ins.count, count);
        for (size_t i = 0; i < count; i++)
                assert_string_equal(settings->drop_ins.items[i], paths[i]);
}

static void test_order_of_drop_ins(void **state) {
        const char *const paths[] = { ETC "/foo-.service.d/a.conf", ETC "/service.d/b.conf",
                                      ETC "/other.service.d/c.conf", NULL };
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/foo-bar.service", "[Service]\n");
        tree_fixture_link(&fixture->files, ETC "/other.service", USR "/foo-bar.service");
        /* The stronger directory of the search path goes before the longer name. */
        tree_fixture_write(&fixture->files, USR "/foo-bar.service.d/a.conf",
                           "[Service]\nTimeoutStartSec=1\n");
        tree_fixture_write(&fixture->files, ETC "/foo-.service.d/a.conf",
                           "[Service]\nTimeoutStartSec=2\n");
        tree_fixture_write(&fixture->files, ETC "/service.d/b.conf",
                           "[Service]\nTimeoutStartSec=3\n");
        tree_fixture_write(&fixture->files, ETC "/service.d/c.conf", "");
        tree_fixture_link(&fixture->files, ETC "/service.d/d.conf", "/dev/null");
        tree_fixture_write(&fixture->files, ETC "/service.d/.e.conf", "");
        tree_fixture_write(&fixture->files, ETC "/other.service.d/c.conf",
                           "[Service]\nTimeoutStartSec=5\n");
        assert_drop_ins(read_settings(fixture, "foo-bar.service"), paths);
        assert_int_equal(fixture->settings.start_timeout_usec, 5000000);
        assert_int_equal(fixture->unit.names.count, 2);
}

static void test_drop_ins_of_instance(void **state) {
        const char *const paths[] = { ETC "/a-.service.d/1.conf", ETC "/a-@i-j.service.d/2.conf",
                                      ETC "/a-b@.service.d/3.conf", NULL };
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/a-b@.service", "[Service]\n");
        for (size_t i = 0; paths[i]; i++)
                tree_fixture_write(&fixture->files, paths[i], "[Service]\n");
        tree_fixture_write(&fixture->files, ETC "/a-b@i-.service.d/4.conf", "[Service]\n");
        assert_drop_ins(read_settings(fixture, "a-b@i-j.service"), paths);
}

static void test_names(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/b@i.service", "[Service]\n");
        tree_fixture_link(&fixture->files, ETC "/a@i.service", USR "/b@.service");
        tree_fixture_write(&fixture->files, USR "/b@.service", "[Service]\n");
        (void)read_settings(fixture, "b@i.service");
        assert_int_equal(fixture->unit.names.count, 2);
        assert_string_equal(fixture->unit.names.items[1], "a@i.service");
        /* What the alias leads to is masked. */
        tree_fixture_write(&fixture->files, USR "/b@.service", "");
        (void)read_settings(fixture, "b@i.service");
        assert_int_equal(fixture->unit.names.count, 1);
        tree_fixture_link(&fixture->files, ETC "/b@.service", "/dev/null");
        (void)read_settings(fixture, "b@i.service");
        assert_int_equal(fixture->unit.names.count, 1);
}

static void test_names_of_instances(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/b@.service", "[Service]\n");
        tree_fixture_link(&fixture->files, ETC "/a@.service", USR "/b@.service");
        (void)read_settings(fixture, "a@i.service");
        assert_string_equal(fixture->unit.name, "b@i.service");
        assert_int_equal(fixture->unit.names.count, 2);
        /* An instance with a file of its own is a unit of its own, under either name. */
        tree_fixture_write(&fixture->files, USR "/a@i.service", "[Service]\n");
        (void)read_settings(fixture, "b@i.service");
        assert_int_equal(fixture->unit.names.count, 1);
        tree_fixture_write(&fixture->files, USR "/b@j.service", "[Service]\n");
        tree_fixture_link(&fixture->files, ETC "/a@j.service", USR "/b@.service");
        (void)read_settings(fixture, "a@j.service");
        assert_string_equal(fixture->unit.name, "a@j.service");
        assert_string_equal(fixture->unit.file, USR "/b@.service");
}

static void test_loop(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/a@.service", "[Service]\n");
        tree_fixture_link(&fixture->files, ETC "/a@i.service", USR "/b@.service");
        tree_fixture_link(&fixture->files, ETC "/b@.service", USR "/c@.service");
        (void)read_settings(fixture, "a@i.service");
        assert_string_equal(fixture->unit.file, USR "/a@.service");
        tree_fixture_link(&fixture->files, ETC "/c@.service", USR "/b@.service");
        look_up(fixture, "a@i.service");
        assert_int_equal(fixture->unit.state, UNIT_MISSING);
        assert_null(fixture->unit.file);
}

static void test_replacement(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, USR "/a.service.d/zz-dadwait.conf", "[Service]\n");
        assert_null(settings_of(fixture, "[Service]\n")->replaced_by);
        tree_fixture_link(&fixture->files, RUN "/a.service.d/50-dadwait.conf", "../mask");
        tree_fixture_write(&fixture->files, RUN "/mask", "");
        assert_string_equal(settings_of(fixture, "[Service]\n")->replaced_by,
                            RUN "/a.service.d/50-dadwait.conf");
        /* A mask, in a tree that has no /dev. */
        tree_fixture_link(&fixture->files, RUN "/a.service.d/zz-dadwait.conf", "/dev/null");
        assert_string_equal(settings_of(fixture, "[Service]\n")->replaced_by,
                            RUN "/a.service.d/zz-dadwait.conf");
        tree_fixture_write(&fixture->files, ETC "/a.service.d/zz-dadwait.conf", "[Service]\n");
        assert_string_equal(settings_of(fixture, "[Service]\n")->replaced_by,
                            ETC "/a.service.d/zz-dadwait.conf");
}

static void test_behind(void **state) {
        struct fixture *fixture = *state;

        tree_fixture_write(&fixture->files, ETC "/a.service.d/override.conf",
                           "[Service]\nExecStartPre=\n");
        assert_null(settings_of(fixture, "[Service]\nExecStartPre=\n")->start_pre_behind.file);
        tree_fixture_write(&fixture->files, USR "/a.service.d/zz-dadwait.conf",
                           "[Service]\nExecStartPre=\n");
        assert_null(settings_of(fixture, "[Service]\n")->start_pre_behind.file);
        tree_fixture_write(&fixture->files, ETC "/a.service.d/zz-e.conf",
                           "[Service]\nExecStartPre=/bin/true\n");
        assert_string_equal(settings_of(fixture, "[Service]\n")->start_pre_behind.file,
                            ETC "/a.service.d/zz-e.conf");
        assert_false(fixture->settings.start_pre_behind.resets);
        assert_null(fixture->settings.condition_behind.file);
        tree_fixture_write(&fixture->files, ETC "/a.service.d/zz-f.conf",
                           "[Service]\nExecStartPre=\nExecCondition=\n");
        assert_string_equal(settings_of(fixture, "[Service]\n")->start_pre_behind.file,
                            ETC "/a.service.d/zz-f.conf");
        assert_true(fixture->settings.start_pre_behind.resets);
        assert_true(fixture->settings.condition_behind.resets);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_timeouts, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_before, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_namespaces, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_file_view, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_file_that_cannot_be_read, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_each_file_view, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_options_of_file_views, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_sockets, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_init_script, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_order_of_drop_ins, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_drop_ins_of_instance, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_names_of_instances, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_loop, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_replacement, set_up, tear_down),
                cmocka_unit_test_setup_teardown(test_behind, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
