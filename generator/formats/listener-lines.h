/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Lines of a configuration that look as if they name an address to listen on, in any language
 *
 * A guess by the names of keywords, for what the rules of a format have not read.
 */

#include "common/string-list.h"
#include "formats/address-list.h"

/**
 * listener_word_is_of_others() - whether a keyword or option is about other hosts, about outgoing
 * connections, or about who may do something: "--peer", "upstream", "allow"
 *
 * In any case of letters; of a longer word the first bytes count.
 */
bool listener_word_is_of_others(const char *word);

/**
 * listener_value_parse() - read an address, or "NAME=" and one
 * @value:      @length bytes, of value_next()
 *
 * Return: whether it is an address that a service may wait for.
 */
bool listener_value_parse(const char *value, size_t length, struct pattern *ret);

/**
 * listener_lines_find() - find the addresses in such lines
 * @path:       of the file
 * @content:    NUL-terminated
 * @needless:   keywords, in lower case, whose addresses need no wait
 * @ret:        receives them in the order of the lines. Lines whose keyword the format knows
 *              (private_files_allow()) are left out: it has read them, or knows that they are none
 *
 * The keyword is the first word of the line or the second one. It has "listen", "bind", "interface"
 * or "addr" in it, and nothing that belongs to other hosts or to outgoing connections. An address
 * alone in its line, as in lists of YAML and JSON, is of the keyword before the list.
 *
 * Return: 0 or -ENOMEM.
 */
int listener_lines_find(const char *path, const char *content, const struct string_list *needless,
                        struct address_list *ret);
