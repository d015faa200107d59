/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The characters between words, each set under the name of the program whose rule it is
 *
 * They are macros, so that they can be joined with other characters for strspn(3).
 */

/* WHITESPACE in systemd's src/basic/string-util.h: in unit files, in lists of words, in time spans,
 * and on the kernel command line. dadwait.conf(5) follows it. */
#define SYSTEMD_WHITESPACE " \t\n\r"

/* isspace(3) in the C locale. httpd, which stays in that locale, uses it (apr_isspace()). */
#define C_WHITESPACE " \t\n\v\f\r"

/* The same in a language where a newline ends the statement. */
#define LINE_WHITESPACE " \t\v\f\r"

/* <blank> of POSIX XCU 2.3 "Token Recognition", and the carriage return: to systemd, which parses
 * the same files, it ends the line (parse_env_file_internal() in src/basic/env-file.c). */
#define SHELL_BLANKS " \t\r"

/* The default of IFS, at which sh splits "$VARIABLE" into words (POSIX XCU 2.6.5 "Field
 * Splitting"). */
#define SHELL_IFS " \t\n"
