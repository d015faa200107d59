/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/shown-setting.h"

#include "common/cleanup.h"

#include <string.h>

int shown_setting_set(struct shown_setting *setting, const char *key, const char *value,
                      const char *file) {
        shown_setting_clear(setting);
        if (asprintf(&setting->text, "%s=%s", key, value) < 0)
                setting->text = NULL;
        setting->file = strdup(file);
        return setting->text && setting->file ? 0 : -ENOMEM;
}

void shown_setting_clear(struct shown_setting *setting) {
        free(setting->text);
        free(setting->file);
        *setting = (struct shown_setting){ 0 };
}
