/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/exec-program.h"

#include "common/cleanup.h"
#include "unit.h"
#include "units/unit-command.h"

#include <stdio.h>
#include <string.h>

static void assign(struct unit_command *command, const char *key, const char *value) {
        const struct unit_assignment assignment = {
                .section = "Service",
                .key = key,
                .value = value,
                .file = "/x",
                .line = 7,
                .unit = "web@a-b.service",
        };

        assert_int_equal(unit_command_parse(&assignment, command), 0);
}

static void append(char *text, size_t size, const char *word) {
        (void)snprintf(text + strlen(text), size - strlen(text), "%s", word);
}

/* The program and arguments of each command, as "NAME[WORD][WORD]|"; valid until the next call. */
static const char *show(const struct unit_command *command) {
        static char all[512];

        all[0] = '\0';
        for (size_t i = 0; i < command->commands.count; i++) {
                CLEANUP(exec_program_clear) struct exec_program program = { 0 };

                assert_int_equal(exec_program_find(&command->commands.items[i],
                                                   &command->environment, &program),
                                 0);
                append(all, sizeof(all), program.name);
                for (size_t k = 0; k < program.arguments.count; k++) {
                        append(all, sizeof(all), "[");
                        append(all, sizeof(all), program.arguments.items[k]);
                        append(all, sizeof(all), "]");
                }
                append(all, sizeof(all), program.is_script ? "script|" : "|");
        }
        return all;
}

static const char *program_of(const char *value) {
        CLEANUP(unit_command_clear) struct unit_command command = { 0 };

        assign(&command, "Environment", "A=1 \"B=2 '3 4'\" C=nginx EMPTY=");
        assign(&command, "ExecStart", value);
        return show(&command);
}

static void test_words(void **state) {
        (void)state;
        assert_string_equal(program_of("/usr/sbin/nginx -c \"/srv/my conf\""),
                            "nginx[-c][/srv/my conf]|");
        assert_string_equal(program_of("\"/usr/sbin/n x\" a"), "n x[a]|");
        assert_string_equal(program_of("nginx"), "nginx|");
        assert_string_equal(program_of("-+/usr/sbin/nginx -g x"), "nginx[-g][x]|");
        assert_string_equal(program_of("!!/usr/sbin/nginx"), "nginx|");
        assert_string_equal(program_of("@/usr/sbin/nginx argv0 -g"), "nginx[-g]|");
        assert_string_equal(program_of("-@/usr/sbin/nginx"), "");
        assert_string_equal(program_of("-"), "");
        assert_string_equal(program_of("/usr/sbin/nginx 'a"), "");
        assert_string_equal(program_of("/opt/%p/%i/%I -c %N.conf %n %E %% %x %m"),
                            "b[-c][web@a-b.conf][web@a-b.service][/etc][%][%x][%m]|");
}

static void test_several(void **state) {
        CLEANUP(unit_command_clear) struct unit_command command = { 0 };

        (void)state;
        assert_string_equal(program_of("/a 1 ; /b \\; ;c \";\""), "a[1]|b[;][;c][;]|");
        assert_string_equal(program_of("; /a ; ; /b ;"), "a|b|");
        assert_string_equal(program_of("/a 1 ; /b '"), "a[1]|");
        assign(&command, "ExecStart", "/a");
        assign(&command, "ExecStart", "/b");
        assert_string_equal(show(&command), "a|b|");
        assert_string_equal(command.commands.items[1].file, "/x");
        assert_int_equal(command.commands.items[1].line, 7);
        assign(&command, "ExecStart", "");
        assign(&command, "ExecStart", "/c");
        assert_string_equal(show(&command), "c|");
}

static void test_variables(void **state) {
        (void)state;
        assert_string_equal(program_of("/a $A $B ${B} x${A}y $NONE ${NONE} $EMPTY"),
                            "a[1][2][3 4][2 '3 4'][x1y][]|");
        assert_string_equal(program_of("/a x$A $$A $$$$ ${A:-3} ${A $A-x ${A}${A}"),
                            "a[x$A][$A][$$][${A:-3}][${A][11]|");
        assert_string_equal(program_of("\"/a\" '$B'"), "a[2][3 4]|");
        assert_string_equal(program_of(":/a $A ${A} $$"), "a[$A][${A}][$$]|");
        assert_string_equal(program_of("/$A"), "$A|");
}

static void test_wrappers(void **state) {
        (void)state;
        assert_string_equal(program_of("/usr/bin/env X=1 -C nginx"), "-C[nginx]|");
        assert_string_equal(program_of("/usr/bin/env -i -u A --chdir=/srv X=1 nginx -c $A"),
                            "nginx[-c][1]|");
        assert_string_equal(program_of("/usr/bin/env"), "env|");
        assert_string_equal(program_of("/bin/sh /srv/start.sh now"), "start.sh[now]|");
        assert_string_equal(program_of("/bin/sh -ec \"exec /usr/sbin/nginx -c '/srv/a b'\" x"),
                            "nginx[-c][/srv/a b]|");
        assert_string_equal(
                program_of("/bin/bash -o pipefail -c 'X=9 exec $$C -c \"$$B\" $$B $$X'"),
                "nginx[-c][2 '3 4'][2]['3][4']|");
        assert_string_equal(program_of("sh -c 'exec env X=5 sh -c \"exec nginx \\\\$$X\"'"),
                            "nginx[5]|");
        assert_string_equal(program_of("sh -c 'nginx -c a\\\\b\"\\\\$$\" >/dev/null 2>&1'"),
                            "nginx[-c][ab$]|");
        assert_string_equal(program_of("sh -c 'nginx 2>/dev/null x'"), "nginx|");
        assert_string_equal(program_of("|/usr/sbin/nginx -c ${A}"), "nginx[-c][1]|");
}

/* What is set for the daemon is not what it listens on. */
static void test_settings_of_the_process(void **state) {
        (void)state;
        assert_string_equal(program_of("/usr/bin/nice -n 5 /usr/sbin/nginx -c x"), "nginx[-c][x]|");
        assert_string_equal(program_of("nice -n5 ionice -c2 -n 0 nginx -c x"), "nginx[-c][x]|");
        assert_string_equal(program_of("nice -5 nginx"), "nginx|");
        assert_string_equal(program_of("taskset -c 0-3 nginx -c x"), "nginx[-c][x]|");
        assert_string_equal(program_of("chrt -f 50 nginx"), "nginx|");
        assert_string_equal(program_of("numactl --membind 0 --interleave=all -- nginx -c x"),
                            "nginx[-c][x]|");
        assert_string_equal(program_of("setpriv --reuid=1 --regid 1 --clear-groups nginx -c x"),
                            "nginx[-c][x]|");
        assert_string_equal(program_of("stdbuf -oL -e 0 nginx"), "nginx|");
        assert_string_equal(program_of("timeout -k 5 1h nginx -c x"), "nginx[-c][x]|");
        assert_string_equal(program_of("setsid -w nohup env A=5 prlimit --nofile=9 nginx"),
                            "nginx|");
        assert_string_equal(program_of("ip vrf exec mgmt nginx -c x"), "nginx[-c][x]|");
        assert_string_equal(program_of("sh -c 'exec nice nginx'"), "nginx|");

        /* Another network namespace has other addresses. */
        assert_string_equal(program_of("ip netns exec blue nginx"),
                            "ip[netns][exec][blue][nginx]|");
        assert_string_equal(program_of("ip vrf exec mgmt"), "ip[vrf][exec][mgmt]|");
        assert_string_equal(program_of("nice -n"), "nice[-n]|");
        assert_string_equal(program_of("taskset 3"), "taskset[3]|");
        assert_string_equal(program_of("timeout"), "timeout|");
}

static void test_scripts(void **state) {
        static const char *const TEXTS[] = { "a; nginx",      "a && nginx", "nginx `a`",
                                             "nginx $$(a)",   "(nginx)",    "nginx $$1",
                                             "a | nginx",     "nginx \"x",  "a\\nnginx",
                                             "nginx $${A:-1}" };

        (void)state;
        for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++) {
                CLEANUP(freep) char *value = NULL;

                assert_true(asprintf(&value, "/bin/sh -c '%s'", TEXTS[i]) > 0);
                assert_non_null(strstr(program_of(value), "script|"));
        }
}

static void test_names(void **state) {
        CLEANUP(unit_command_clear) struct unit_command command = { 0 };
        CLEANUP(string_list_clear) struct string_list names = { 0 };

        (void)state;
        assign(&command, "ExecStart", "/usr/sbin/apachectl start");
        assign(&command, "ExecStart", "-/usr/bin/env /usr/bin/pg_ctlcluster 15-main start");
        assert_int_equal(unit_command_add_programs(&command, &names), 0);
        assert_int_equal(names.count, 5);
        assert_string_equal(names.items[0], "apachectl");
        assert_true(string_list_contains(&names, "apache2"));
        assert_true(string_list_contains(&names, "httpd"));
        assert_true(string_list_contains(&names, "postgres"));
        assert_false(string_list_contains(&names, "env"));
}

static void test_bounds(void **state) {
        CLEANUP(unit_command_clear) struct unit_command command = { 0 };
        CLEANUP(exec_program_clear) struct exec_program program = { 0 };
        CLEANUP(freep) char *value = calloc(1, 100000), *words = calloc(1, 100000);
        char *end;

        (void)state;
        memset(value, 'x', 99999);
        value[0] = 'A';
        value[1] = '=';
        end = stpcpy(words, "/a");
        for (int i = 1; i < 10000; i++)
                end = stpcpy(end, " ${A}");
        assign(&command, "Environment", value);
        assign(&command, "ExecStart", words);
        assert_int_equal(command.commands.count, 1);
        assert_int_equal(
                exec_program_find(&command.commands.items[0], &command.environment, &program), 0);
        assert_true(program.is_cut);
        assert_in_range(program.arguments.count, 10, 100);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_words),     cmocka_unit_test(test_several),
                cmocka_unit_test(test_variables), cmocka_unit_test(test_wrappers),
                cmocka_unit_test(test_scripts),   cmocka_unit_test(test_names),
                cmocka_unit_test(test_bounds),    cmocka_unit_test(test_settings_of_the_process),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
