/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The keywords of unbound.conf and nsd.conf, as far as they decide what is bound
 */

#include <stdbool.h>
#include <stddef.h>

/* The sections whose keywords count. */
enum section {
        SECTION_NONE, /* before the first one */
        SECTION_SERVER,
        SECTION_REMOTE_CONTROL,
        SECTION_VERIFY, /* NSD */
        SECTION_OTHER,
};

/* Who binds an address. */
enum listener {
        LISTENER_SERVER,
        LISTENER_CONTROL, /* for unbound-control and nsd-control */
        LISTENER_METRICS, /* NSD */
        LISTENER_VERIFY,  /* NSD: for a verifier of zones */
        LISTENER_COUNT,
};

/* Keywords whose value is "yes" or "no". */
enum flag {
        FLAG_AUTOMATIC,
        FLAG_IP4,
        FLAG_IP6,
        FLAG_IP4_ONLY,
        FLAG_IP6_ONLY,
        FLAG_UDP,
        FLAG_FREEBIND,
        FLAG_TRANSPARENT,
        FLAG_CONTROL,
        FLAG_METRICS,
        FLAG_VERIFY,
        FLAG_COUNT,
};

struct keyword {
        const char *name; /* with its colon */
        enum section section;
        enum { KEYWORD_ADDRESS, KEYWORD_FLAG, KEYWORD_DIRECTORY } type;
        enum listener listener; /* of KEYWORD_ADDRESS */
        enum flag flag;         /* of KEYWORD_FLAG */
};

/**
 * keyword_find() - a keyword that counts
 *
 * Return: it, or NULL.
 */
const struct keyword *keyword_find(enum section section, const char *name);

/**
 * keyword_section() - the section that a keyword begins
 * @ret:        untouched if it begins none
 *
 * Return: whether it begins one.
 */
bool keyword_section(const char *name, enum section *ret);

/**
 * keyword_value_count() - how many values follow a keyword in Unbound
 */
unsigned keyword_value_count(const char *name);
