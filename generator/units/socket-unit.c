/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/socket-unit.h"

#include "common/cleanup.h"
#include "common/pattern.h"
#include "input/private-files.h"
#include "units/unit-name-list.h"
#include "units/unit-name.h"
#include "units/unit-reader.h"

#include <string.h>

/* "[ADDRESS]:PORT", or of IPv4 "ADDRESS:PORT" (systemd.socket(5)). Return: whether @value is that.
 */
static bool parse_address(const char *value, struct pattern *ret) {
        bool has_bracket = value[0] == '[';
        char address[PATTERN_STRING_SIZE];
        const char *end;
        size_t length;

        value += has_bracket;
        end = value + strcspn(value, has_bracket ? "]" : ":");
        if (!*end || end[has_bracket] != ':')
                return false;
        length = (size_t)(end - value);
        if (length >= sizeof(address))
                return false;
        memcpy(address, value, length);
        address[length] = '\0';
        return pattern_parse_address(address, ret) == 0;
}

static bool is_ip(const char *key, const char *value) {
        if (strcmp(key, "ListenStream") != 0 && strcmp(key, "ListenDatagram") != 0 &&
            strcmp(key, "ListenSequentialPacket") != 0)
                return false;
        return !strchr("/@", value[0]) && strncmp(value, "vsock:", strlen("vsock:")) != 0;
}

static int parse_listen(const struct unit_assignment *assignment, struct socket_unit *ret) {
        char address[PATTERN_STRING_SIZE];
        const char *value = assignment->value;
        struct shown_setting *setting;
        struct pattern pattern;

        /* An empty value removes all that the unit listens on, whichever key it is of. */
        if (!value[0]) {
                shown_setting_clear(&ret->address);
                shown_setting_clear(&ret->ipv4_address);
                ret->listens_on_ip = false;
                return 0;
        }
        if (!is_ip(assignment->key, value))
                return 0;
        ret->listens_on_ip = true;
        if (!parse_address(value, &pattern) || pattern_needs_no_waiting(&pattern))
                return 0;
        setting = pattern_is_ipv4(&pattern) ? &ret->ipv4_address : &ret->address;
        if (setting->text)
                return 0;
        if (private_files_is_hidden(assignment->file))
                value = pattern_format(&pattern, address);
        return shown_setting_set_allowed(setting, assignment->key, value, assignment->file);
}

/* systemd ignores a value that is not the name of a service. */
static int parse_service(const struct unit_assignment *assignment, struct socket_unit *ret) {
        CLEANUP(string_list_clear) struct string_list names = { 0 };

        if (unit_name_list_add(assignment->value, assignment->instance, &names) < 0)
                return -ENOMEM;
        if (names.count != 1 || !unit_name_is_service(names.items[0]))
                return 0;
        free(ret->service);
        ret->service = TAKE_POINTER(names.items[0]);
        return 0;
}

static int parse(const struct unit_assignment *assignment, void *data) {
        struct socket_unit *socket = data;

        if (strcmp(assignment->section, "Socket") != 0)
                return 0;
        if (strncmp(assignment->key, "Listen", strlen("Listen")) == 0)
                return parse_listen(assignment, socket);
        if (strcmp(assignment->key, "Service") == 0)
                return parse_service(assignment, socket);
        if (strcmp(assignment->key, "Accept") == 0)
                unit_assignment_boolean(assignment, &socket->accept);
        else if (strcmp(assignment->key, "FreeBind") == 0)
                unit_assignment_boolean(assignment, &socket->free_bind);
        else if (strcmp(assignment->key, "Transparent") == 0)
                unit_assignment_boolean(assignment, &socket->transparent);
        return 0;
}

static int set_default_service(struct socket_unit *socket) {
        const char *name = socket->unit.name;

        if (socket->service)
                return 0;
        if (asprintf(&socket->service, "%.*s.service", (int)(strrchr(name, '.') - name), name) < 0)
                socket->service = NULL;
        return socket->service ? 0 : -ENOMEM;
}

int socket_unit_read(struct tree *tree, const struct unit_index *units, const char *name,
                     struct socket_unit *ret) {
        CLEANUP(unit_files_clear) struct unit_files files = { 0 };
        int r;

        r = unit_find(tree, units, name, &ret->unit);
        if (r < 0 || ret->unit.state != UNIT_FOUND)
                return r;
        r = unit_read(tree, units, &ret->unit, parse, ret, &files);
        if (r >= 0)
                r = set_default_service(ret);
        return r < 0 ? r : 1;
}

void socket_unit_clear(struct socket_unit *socket) {
        unit_clear(&socket->unit);
        free(socket->service);
        shown_setting_clear(&socket->address);
        shown_setting_clear(&socket->ipv4_address);
}
