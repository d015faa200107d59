/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Messages without what came out of files
 */

#include <stdarg.h>
#include <stddef.h>

/**
 * withheld_format() - vsnprintf(3), but each argument becomes "(not shown)"
 * @buffer:     @size bytes, at least one
 *
 * Except for strings that private_files_is_allowed(). Which arguments come from a file is thus no
 * question that a caller could get wrong. A message ends before a conversion that is unknown here.
 */
void withheld_format(char *buffer, size_t size, const char *format, va_list args)
        __attribute__((format(printf, 3, 0)));
