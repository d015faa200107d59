/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Growing arrays that are a pointer and a count and nothing else: the capacity is the power of two
 * at or above the count, so it need not be kept.
 */

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

/**
 * array_make_room() - make room for one more item at the end
 * @array:      the items, NULL if there are none yet
 * @count:      how many there are; may shrink between calls, but not grow by more than the one
 *
 * Return: 0 or -ENOMEM; the items are untouched then.
 */
#define array_make_room(array, count)                                                              \
        ({                                                                                         \
                void *larger_ = array_grown((array), (count), sizeof(*(array)));                   \
                if (larger_)                                                                       \
                        (array) = larger_;                                                         \
                larger_ ? 0 : -ENOMEM;                                                             \
        })

/* For array_make_room(). Return: where the items are now, or NULL. */
static inline void *array_grown(void *items, size_t count, size_t size) {
        if (count != 0 && (count & (count - 1)) != 0)
                return items;
        return reallocarray(items, count == 0 ? 1 : 2 * count, size);
}
