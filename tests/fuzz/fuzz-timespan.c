/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Time spans, fed with anything (libFuzzer): what is read is written so that it is read again. */

#include "common/cleanup.h"
#include "common/timespan.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        CLEANUP(freep) char *text = strndup((const char *)data, size);
        char formatted[TIMESPAN_STRING_SIZE];
        uint64_t usec = 1, again = 2;
        int r;

        if (!text)
                abort();
        r = timespan_parse(text, &usec);
        if (r < 0 && usec == 1 && (r == -EINVAL || r == -ERANGE))
                return 0;
        if (r != 0 || timespan_parse(timespan_format(usec, formatted), &again) < 0 || again != usec)
                abort();
        return 0;
}
