/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/systemd-units.h"

#include "common/cleanup.h"

#include <string.h>

/* Those of systemd.special(7) that pull in units of systemd only. graphical.target and
 * default.target are left out: display-manager.service is any package's. */
static const char *const TARGETS[] = {
        "basic.target",
        "cryptsetup-pre.target",
        "cryptsetup.target",
        "first-boot-complete.target",
        "getty-pre.target",
        "getty.target",
        "integritysetup-pre.target",
        "integritysetup.target",
        "local-fs-pre.target",
        "local-fs.target",
        "machines.target",
        "multi-user.target",
        "network-online.target",
        "network-pre.target",
        "network.target",
        "nss-lookup.target",
        "nss-user-lookup.target",
        "paths.target",
        "remote-cryptsetup.target",
        "remote-fs-pre.target",
        "remote-fs.target",
        "remote-veritysetup.target",
        "rpcbind.target",
        "slices.target",
        "sockets.target",
        "swap.target",
        "sysinit.target",
        "time-set.target",
        "time-sync.target",
        "timers.target",
        "umount.target",
        "veritysetup-pre.target",
        "veritysetup.target",
};

static bool is_name_of_systemd(const char *name) {
        if (strncmp(name, "systemd-", strlen("systemd-")) == 0)
                return true;
        for (size_t i = 0; i < sizeof(TARGETS) / sizeof(TARGETS[0]); i++)
                if (strcmp(name, TARGETS[i]) == 0)
                        return true;
        return false;
}

static int has_drop_ins(const struct unit_index *units, const char *name) {
        CLEANUP(freep) char *directory = NULL;

        if (asprintf(&directory, "%s.d", name) < 0)
                return -ENOMEM;
        for (size_t i = 0; i < units->directories.count; i++)
                if (unit_index_has(units, i, directory))
                        return 1;
        return 0;
}

int systemd_unit(const struct unit_index *units, const char *name) {
        const struct unit_entry *entry;
        const char *directory;
        int r;

        if (!is_name_of_systemd(name))
                return 0;
        entry = unit_index_find(units, name);
        if (!entry || entry->may_be_link)
                return 0;
        directory = units->directories.items[entry->directory];
        if (strcmp(directory, "/usr/lib/systemd/system") != 0 &&
            strcmp(directory, "/lib/systemd/system") != 0)
                return 0;
        r = has_drop_ins(units, name);
        return r < 0 ? r : r == 0;
}
