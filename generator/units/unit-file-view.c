/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/unit-file-view.h"

#include "common/text.h"

#include <string.h>

static const struct {
        const char *key;
        enum view view;
} SETTINGS[] = {
        { "RootImage", VIEW_ROOT_IMAGE },
        { "RootDirectory", VIEW_ROOT_DIRECTORY },
        { "RootMStack", VIEW_ROOT_MSTACK },
        { "ExtensionImages", VIEW_EXTENSION_IMAGES },
        { "ExtensionDirectories", VIEW_EXTENSION_DIRECTORIES },
        { "MountImages", VIEW_MOUNT_IMAGES },
        { "BindPaths", VIEW_BIND_PATHS },
        { "BindReadOnlyPaths", VIEW_BIND_PATHS },
        { "TemporaryFileSystem", VIEW_TEMPORARY_FILE_SYSTEM },
};

/* Keys that begin in the same way, but change nothing without one of those above. */
static const char *const OPTIONS[] = {
        "RootDirectoryStartOnly", "RootEphemeral",   "RootHash",   "RootHashSignature",
        "RootImageOptions",       "RootImagePolicy", "RootVerity", "ExtensionImagePolicy",
        "MountImagePolicy",
};

/*
 * Whether a key may be such a setting of a later release: systemd 260 has brought RootMStack=. To
 * be wrong about that costs no more than a unit of its own for the wait.
 */
static bool is_of_later_release(const char *key) {
        static const char *const BEGINNINGS[] = { "Root", "Extension", "MountImage" };

        for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(OPTIONS[0]); i++)
                if (text_is(key, OPTIONS[i]))
                        return false;
        for (size_t i = 0; i < sizeof(BEGINNINGS) / sizeof(BEGINNINGS[0]); i++)
                if (strncmp(key, BEGINNINGS[i], strlen(BEGINNINGS[i])) == 0)
                        return true;
        return false;
}

/* systemd.exec(5): an empty value resets a list. RootDirectory=/ is the machine's own root. */
static bool is_reset(enum view view, const char *value) {
        return !value[0] || (view == VIEW_ROOT_DIRECTORY && value[strspn(value, "/")] == '\0');
}

static int parse_view(const struct unit_assignment *assignment, enum view view,
                      struct shown_setting *ret) {
        bool is_list = view > VIEW_ROOT_MSTACK;

        if (is_reset(view, assignment->value))
                shown_setting_clear(ret);
        else if (!is_list || !ret->text)
                return shown_setting_set(ret, assignment->key, assignment->value, assignment->file);
        return 0;
}

int unit_file_view_parse(const struct unit_assignment *assignment, struct unit_file_view *ret) {
        if (strcmp(assignment->section, "Service") != 0)
                return 0;
        if (strcmp(assignment->key, "RootDirectoryStartOnly") == 0)
                unit_assignment_boolean(assignment, &ret->root_directory_start_only);
        for (size_t i = 0; i < sizeof(SETTINGS) / sizeof(SETTINGS[0]); i++)
                if (text_is(assignment->key, SETTINGS[i].key))
                        return parse_view(assignment, SETTINGS[i].view,
                                          &ret->settings[SETTINGS[i].view]);
        if (is_of_later_release(assignment->key))
                return parse_view(assignment, VIEW_UNKNOWN, &ret->settings[VIEW_UNKNOWN]);
        return 0;
}

struct shown_setting *unit_file_view_setting(struct unit_file_view *view) {
        /* With RootDirectoryStartOnly= the root is that of ExecStart= alone (systemd.service(5)).
         */
        size_t first = view->root_directory_start_only ? VIEW_ROOT_DIRECTORY + 1 : 0;

        for (size_t i = first; i < VIEWS; i++)
                if (view->settings[i].text)
                        return &view->settings[i];
        return NULL;
}

void unit_file_view_clear(struct unit_file_view *view) {
        for (size_t i = 0; i < VIEWS; i++)
                shown_setting_clear(&view->settings[i]);
}
