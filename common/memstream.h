/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <errno.h>
#include <stdio.h>

/**
 * memstream_close() - end a stream of open_memstream(3)
 * @stream:     closed in any case
 * @text:       what was given to open_memstream(); to be freed by the caller
 *
 * glibc cuts the text to its size at the end, with realloc(3). Where that fails fclose(3) does not,
 * and leaves NULL (_IO_mem_finish()).
 *
 * Return: 0 or -ENOMEM, also if anything before it failed.
 */
static inline int memstream_close(FILE *stream, char *const *text) {
        return fclose(stream) != 0 || !*text ? -ENOMEM : 0;
}
