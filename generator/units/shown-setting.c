/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/shown-setting.h"

#include "common/cleanup.h"
#include "input/private-files.h"

#include <string.h>

int shown_setting_set(struct shown_setting *setting, const char *key, const char *value,
                      const char *file) {
        if (private_files_is_hidden(file))
                value = PRIVATE_FILES_NOT_SHOWN;
        return shown_setting_set_allowed(setting, key, value, file);
}

int shown_setting_set_allowed(struct shown_setting *setting, const char *key, const char *value,
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
