/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The specifiers of a unit (systemd.unit(5), "Specifiers")
 */

/**
 * unit_specifiers_expand() - replace the specifiers in a text
 * @unit:       name of the unit; NULL if it is not known
 * @ret:        to be freed by the caller
 *
 * Those of the name and of the system manager's directories and user are known; what depends on
 * the machine, as "%H" and "%m", stays as it is, and so does what is no specifier.
 *
 * Return: 0; -ENOMEM.
 */
int unit_specifiers_expand(const char *text, const char *unit, char **ret);

/**
 * unit_specifiers_find_unknown() - the first specifier in a text that has been expanded
 *
 * A text with "%%" before such a letter looks the same.
 *
 * Return: where it is in @text, two characters, or NULL if there is none.
 */
const char *unit_specifiers_find_unknown(const char *text);
