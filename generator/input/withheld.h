/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Messages without text of private files
 */

#include <stdarg.h>
#include <stddef.h>

/**
 * withheld_format() - vsnprintf(3), but each argument becomes "(not shown)"
 * @buffer:     @size bytes, at least one
 *
 * Only strings that private_files_is_allowed() are shown. So no caller has to know which of its
 * arguments are from a file. The message ends before a conversion that this function does not know.
 */
void withheld_format(char *buffer, size_t size, const char *format, va_list args)
        __attribute__((format(printf, 3, 0)));
