#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Reload systemd, for dadwait-reload.service. While that runs, dadwait-reload.path watches nothing:
# what changed between the reload and the end of the service is looked for afterwards, by a unit
# that starts when the path unit watches again.
set -eu

stamp=/run/dadwait-reload/stamp

# What the path unit watches; a line of the property is "/etc/apache2/ports.conf (PathChanged)".
changed() {
        systemctl show --property=Paths --value dadwait-reload.path | while read -r line; do
                find -L "${line% (PathChanged)}" -maxdepth 1 -cnewer "$stamp" 2>/dev/null || true
        done
}

if [ "${1-}" = --check ]; then
        if [ -n "$(changed)" ]; then
                systemctl --no-block start dadwait-reload.service
        fi
        exit
fi

# Whoever changes one file often changes more of them. And not more than one reload in this time.
sleep 2
touch "$stamp"
systemctl daemon-reload
systemd-run --quiet --no-block --collect --property=After=dadwait-reload.service \
        --description="Look for changes during the reload" "$0" --check
