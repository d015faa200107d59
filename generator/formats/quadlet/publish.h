/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * A port that podman publishes: "[ADDRESS]:PORT:PORT/PROTOCOL", for
 * IPv4 without brackets (podman-run(1), --publish)
 */

#include "formats/address-list.h"

/* Where it was found. */
struct publish_origin {
        const char *file;
        unsigned line;
        const char *text; /* the setting: "PublishPort=…" */
};

/**
 * publish_add() - add the address of a published port
 * @value:      ports may be left out or be ranges; without an address it is skipped
 *
 * As CreatePortBindings() in podman's pkg/specgenutil: an IPv6 address is in brackets, and both
 * ports follow it. Anything else with an IPv6 address is skipped with a warning, since podman fails
 * there.
 *
 * Return: 0 or -ENOMEM.
 */
int publish_add(const char *value, const struct publish_origin *origin, struct address_list *ret);
