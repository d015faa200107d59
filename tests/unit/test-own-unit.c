/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "own-unit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_own_unit_in_cgroups(void **state) {
        static const char *const CASES[][2] = {
                {"0::/system.slice/apache2.service\n",                                              "apache2.service"},
                { "0::/system.slice/system-getty.slice/getty@tty1.service\n",
                 "getty@tty1.service"                                                                                },
                { "0::/system.slice/redis.service/supervised\n",                                    "redis.service"  },
                { "0::/user.slice/user-0.slice/session-1.scope\n",                                  "session-1.scope"},
                { "0::/user.slice/user-0.slice/user@0.service/app.slice/a.service\n",
                 "user@0.service"                                                                                    },
                { "4:memory:/system.slice/wrong.service\n1:name=systemd:/system.slice/a.service\n",
                 "a.service"                                                                                         },
                { "1:name=systemd:/\n0::/system.slice/a.service\n",                                 "a.service"      },
                { "0::/system.slice/a.service (deleted)\n",                                         NULL             },
                { "0::/\n",                                                                         NULL             },
                { "0::/system.slice\n",                                                             NULL             },
                { "0::/docker/4711\n",                                                              NULL             },
                { "0::/.service\n",                                                                 NULL             },
                { "nonsense\n:\n",                                                                  NULL             },
                { "",                                                                               NULL             },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
                char text[256];
                const char *unit;

                strcpy(text, CASES[i][0]); /* NOLINT: they fit */
                unit = own_unit_in_cgroups(text);
                if (!unit != !CASES[i][1] || (unit && strcmp(unit, CASES[i][1]) != 0))
                        fail_msg("%s: %s", CASES[i][0], unit ? unit : "none");
        }
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(test_own_unit_in_cgroups) };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
