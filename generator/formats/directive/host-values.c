/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "formats/directive/host-values.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"

/* RFC 1035, section 3.1; POSIX allows '_' too, in practice. */
enum { HOST_NAME_MAX_LENGTH = 253 };

static const char *const WORDS[] = {
        /* what an address may be instead, or behind */
        "address",
        "all",
        "any",
        "auto",
        "default",
        "disable",
        "disabled",
        "enable",
        "enabled",
        "false",
        "http",
        "https",
        "inet",
        "inet4",
        "inet6",
        "ip4-loopback",
        "ip6-localhost",
        "ip6-loopback",
        "ipv4",
        "ipv6",
        "local",
        "localhost",
        "localhost.localdomain",
        "localhost4",
        "localhost6",
        "loopback",
        "never",
        "no",
        "none",
        "off",
        "on",
        "port",
        "proxy",
        "quic",
        "socket",
        "ssl",
        "stdin",
        "systemd",
        "tcp",
        "tcp4",
        "tcp6",
        "tls",
        "true",
        "udp",
        "udp4",
        "udp6",
        "unix",
        "yes",
};

/* Names of interfaces, with a number or '-' and more, or nothing behind. */
static const char *const INTERFACES[] = {
        "bat",     "bond", "br",    "can",  "cni",  "docker",    "dummy", "eth",  "gre",
        "gretap",  "ham",  "ib",    "ifb",  "ip6",  "lan",       "lo",    "lxc",  "lxd",
        "macvlan", "nic",  "ovs",   "ppp",  "sit",  "tailscale", "tap",   "team", "tun",
        "usb",     "veth", "virbr", "vlan", "vmbr", "vnet",      "vrf",   "vti",  "vxlan",
        "wan",     "wg",   "wlan",  "wwan", "xfrm", "zt",
};

/* File names, as of certificates and sockets, are no hosts either. */
static const char *const SUFFIXES[] = {
        ".cert", ".conf", ".crt", ".key", ".pem", ".sock", ".socket"
};

static bool is_one_of(const char *text, size_t length, const char *const *list, size_t count) {
        for (size_t i = 0; i < count; i++)
                if (strlen(list[i]) == length && strncasecmp(text, list[i], length) == 0)
                        return true;
        return false;
}

#define IS_ONE_OF(text, length, list)                                                              \
        is_one_of(text, length, list, sizeof(list) / sizeof((list)[0]))

/* systemd.net-naming-scheme(7): "enp3s0", "wlo1", "eno1np0". */
static bool is_predictable_name(const char *text, size_t length) {
        static const char *const TYPES[] = { "en", "ib", "sl", "wl", "ww" };

        return length > 3 && IS_ONE_OF(text, 2, TYPES) && strchr("bcopsvxad", text[2]) &&
               isxdigit((unsigned char)text[3]);
}

static bool is_word(const char *value, size_t length) {
        return IS_ONE_OF(value, length, WORDS);
}

static bool is_interface(const char *text, size_t length) {
        if (is_predictable_name(text, length))
                return true;
        for (size_t i = 0; i < sizeof(INTERFACES) / sizeof(INTERFACES[0]); i++) {
                size_t prefix = strlen(INTERFACES[i]);

                if (length >= prefix && strncmp(text, INTERFACES[i], prefix) == 0 &&
                    (length == prefix || !isalpha((unsigned char)text[prefix])))
                        return true;
        }
        return false;
}

static bool has_suffix(const char *text, size_t length) {
        for (size_t i = 0; i < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); i++) {
                size_t suffix = strlen(SUFFIXES[i]);

                if (length > suffix &&
                    strncasecmp(text + length - suffix, SUFFIXES[i], suffix) == 0)
                        return true;
        }
        return false;
}

/* "SCHEME://HOST/PATH". Return: whether it is one; a socket has no host then. */
static bool strip_scheme(const char **value, size_t *length) {
        static const char *const OF_SOCKETS[] = { "fd",       "file",  "ldapi", "unix",
                                                  "unixgram", "unixs", "vsock" };
        const char *scheme = memmem(*value, *length, "://", 3);
        const char *end = *value + *length, *path;

        if (!scheme)
                return false;
        if (IS_ONE_OF(*value, (size_t)(scheme - *value), OF_SOCKETS))
                end = scheme + 3;
        *value = scheme + 3;
        *length = (size_t)(end - *value);
        path = memchr(*value, '/', *length);
        if (path)
                *length = (size_t)(path - *value);
        return true;
}

/* "HOST:PORT". Return: whether it is one; "unix:x" has no host then. */
static bool strip_port(const char *value, size_t *length) {
        const char *colon = memchr(value, ':', *length);
        size_t digits;

        if (!colon)
                return false;
        digits = (size_t)(value + *length - colon - 1);
        *length = strspn(colon + 1, DIGITS) < digits ? 0 : (size_t)(colon - value);
        return true;
}

/* Only of letters, digits, '-', '_' and '.'; with a letter in the last label, as of no IPv4 address
 * and no "eth0.100". */
static bool is_name(const char *text, size_t length) {
        const char *dot = memrchr(text, '.', length);
        const char *label = dot ? dot + 1 : text;

        if (length == 0 || length > HOST_NAME_MAX_LENGTH || !isalnum((unsigned char)text[0]))
                return false;
        if (strspn(text, LETTERS DIGITS "-_.") < length)
                return false;
        if (dot == text + length - 1) /* "host.example." */
                return true;
        for (; label < text + length; label++)
                if (isalpha((unsigned char)*label))
                        return true;
        return false;
}

bool value_is_host(const char *value, size_t length, bool is_first) {
        bool is_certain = strip_scheme(&value, &length);
        const char *name = memchr(value, '=', length);

        if (name) { /* "NAME=HOST:PORT"; but "user=nobody" */
                length -= (size_t)(name + 1 - value);
                value = name + 1;
                is_first = false;
        }
        is_certain |= strip_port(value, &length);
        if (!is_name(value, length) || is_word(value, length) || has_suffix(value, length))
                return false;
        if (memchr(value, '.', length))
                return true;
        return is_certain || (is_first && !is_interface(value, length));
}

bool value_may_be_interface(const char *value, size_t length) {
        if (is_word(value, length))
                return false;
        return is_interface(value, length) || !value_is_host(value, length, false);
}
