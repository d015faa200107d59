/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "units/socket-activation.h"

static bool is_inherited(const struct socket_unit *socket, const struct string_list *inherited) {
        for (size_t i = 0; i < inherited->count; i++)
                if (string_list_contains(&socket->unit.names, inherited->items[i]))
                        return true;
        return false;
}

static bool activates(const struct socket_unit *socket, const struct unit *service,
                      const struct string_list *inherited) {
        if (socket->accept || !socket->listens_on_ip)
                return false;
        return is_inherited(socket, inherited) ||
               (socket->is_enabled && string_list_contains(&service->names, socket->service));
}

const struct socket_unit *socket_activation_find(const struct socket_list *sockets,
                                                 const struct unit *service,
                                                 const struct string_list *inherited) {
        for (size_t i = 0; i < sockets->count; i++)
                if (activates(&sockets->items[i], service, inherited))
                        return &sockets->items[i];
        return NULL;
}
