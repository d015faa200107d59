/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The blocks of dovecot.conf, and which setting is of which
 */

#include "formats/dovecot/dovecot-settings.h"

enum dovecot_section_type {
        DOVECOT_SECTION_ROOT,
        DOVECOT_SECTION_SERVICE,
        DOVECOT_SECTION_LISTENER,
        DOVECOT_SECTION_LISTEN,
        DOVECOT_SECTION_PROTOCOLS,
        DOVECOT_SECTION_ADDRESSES,
        DOVECOT_SECTION_SERVICE_ADDRESSES,
        DOVECOT_SECTION_OTHER,
};

struct dovecot_section {
        enum dovecot_section_type type;
        size_t index; /* of a service or listener */
};

/**
 * dovecot_section_find() - the block of a name in another one
 * @label:      its own name, or ""
 *
 * A service or listener that is not there yet is made.
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_section_find(struct dovecot_settings *settings, struct dovecot_section outer,
                         const char *name, const char *label, struct dovecot_section *ret);

/**
 * dovecot_section_follow() - find the block of "service/imap-login/inet_listener/imap/listen"
 * @key:        changed; receives the last part
 * @section:    where the key is; receives where the setting is
 *
 * For 2.4: config_apply_line_full() in config/config-parser.c.
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_section_follow(struct dovecot_settings *settings, char **key,
                           struct dovecot_section *section);

/**
 * dovecot_section_matters() - whether a value decides what is bound, so that it has to be known
 */
bool dovecot_section_matters(struct dovecot_section section, const char *key);

/**
 * dovecot_key_without() - "inet_listener_port" is "port" within inet_listener
 *
 * Return: @key behind @prefix, or all of it.
 */
const char *dovecot_key_without(const char *key, const char *prefix);
