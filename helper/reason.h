/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reason: why an address is not ready
 */

#include "helper/target.h"

struct reason {
        const char *id;     /* MESSAGE_ID= */
        const char *text;   /* what is logged behind the address */
        const char *detail; /* one clause more, or NULL */
};

/**
 * reason_of() - find out why an address is not ready
 * @target:     an address that is not ready
 * @interface:  the name of the link in question, or ""
 *
 * Return: the reason; its texts are constants.
 */
struct reason reason_of(const struct target *target, const char *interface);
