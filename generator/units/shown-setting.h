/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * One setting of a unit, kept to be shown to the user
 */

/* Both are NULL if there is no such setting. */
struct shown_setting {
        char *text; /* "KEY=VALUE" */
        char *file;
};

/**
 * shown_setting_set() - replace it
 * @value:      as it is in the file; of a private file it is withheld (private-files.h)
 *
 * Return: 0 or -ENOMEM.
 */
int shown_setting_set(struct shown_setting *setting, const char *key, const char *value,
                      const char *file);

/**
 * shown_setting_set_allowed() - replace it
 * @value:      may be shown, whichever file it is from: an address
 *
 * Return: 0 or -ENOMEM.
 */
int shown_setting_set_allowed(struct shown_setting *setting, const char *key, const char *value,
                              const char *file);

/**
 * shown_setting_clear() - free all
 */
void shown_setting_clear(struct shown_setting *setting);
