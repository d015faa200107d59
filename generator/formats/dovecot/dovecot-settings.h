/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The settings of Dovecot that say what it binds: listen, protocols, and the listeners of services
 */

#include "formats/address-list.h"

/* A value and where it was set. */
struct dovecot_value {
        char *value;
        char *file; /* NULL: it is the default */
        unsigned line;
        char *text;    /* the line */
        bool is_fixed; /* dovecot_value_set() leaves it as it is */
        char *items;   /* of a list that "ITEM = yes" or "no" has changed: all its items, also those
                          that were taken away */
        unsigned changes; /* how often such a line has changed it */
        char *own;        /* of a list that a group adds to: what it adds to; else NULL */
};

struct dovecot_setting {
        char *key;
        struct dovecot_value value;
};

/* Addresses of a service or a listener. */
struct dovecot_listen {
        struct dovecot_value addresses;
        bool is_whole; /* else they are added to those of the block around it */
};

struct dovecot_listener {
        size_t service; /* index */
        char *name;
        struct dovecot_listen listen;
        struct dovecot_value port;
        bool ssl, ssl_is_set;
        bool is_unlisted; /* it was named by the path of a setting first, so it is none */
};

struct dovecot_service {
        char *name;
        char *protocol; /* "": it is started in any case */
        bool has_program;
        bool protocol_is_set, program_is_set;
        bool is_unlisted;
        struct dovecot_listen listen; /* in 2.4 */
};

struct dovecot_settings {
        struct dovecot_setting *root;
        size_t root_count;
        struct dovecot_service *services;
        size_t service_count;
        struct dovecot_listener *listeners;
        size_t listener_count;
};

/**
 * dovecot_settings_init() - set the defaults
 * @settings:   dovecot_settings_clear() it, also on error
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_settings_init(struct dovecot_settings *settings);

/**
 * dovecot_settings_add_2_4() - add the listener that is no default of 2.3
 *
 * Its submission-login-settings.c describes it, but leaves it out of the list.
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_settings_add_2_4(struct dovecot_settings *settings);

/**
 * dovecot_settings_get() - a setting outside of all blocks
 *
 * Return: the value, or NULL if it is not set.
 */
struct dovecot_value *dovecot_settings_get(const struct dovecot_settings *settings,
                                           const char *key);

/**
 * dovecot_settings_add() - the same, and make it if it is not set
 * @ret:        receives the value; NULL if there are too many settings
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_settings_add(struct dovecot_settings *settings, const char *key,
                         struct dovecot_value **ret);

/**
 * dovecot_settings_add_service() - find a service, or make one
 * @ret:        receives its index
 *
 * Return: 0; -E2BIG if there are too many; -ENOMEM.
 */
int dovecot_settings_add_service(struct dovecot_settings *settings, const char *name, size_t *ret);

/**
 * dovecot_settings_add_listener() - find the inet_listener of a service, or make one
 * @name:       "" makes a new one each time
 * @ret:        receives its index
 *
 * Return: 0; -E2BIG if there are too many; -ENOMEM.
 */
int dovecot_settings_add_listener(struct dovecot_settings *settings, size_t service,
                                  const char *name, size_t *ret);

/**
 * dovecot_settings_fix() - keep what the configuration sets, while groups of settings are applied
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_settings_fix(struct dovecot_settings *settings);

/**
 * dovecot_value_set() - set a value, if it is not fixed
 *
 * All texts are copied. Return: 0 or -ENOMEM.
 */
int dovecot_value_set(struct dovecot_value *value, const char *text, const char *file,
                      unsigned line, const char *shown);

/**
 * dovecot_settings_resolve() - append what Dovecot binds
 *
 * Return: 0 or -ENOMEM.
 */
int dovecot_settings_resolve(const struct dovecot_settings *settings, struct address_list *ret);

/**
 * dovecot_settings_clear() - free all
 */
void dovecot_settings_clear(struct dovecot_settings *settings);
