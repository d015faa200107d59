#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Reload systemd, for dadwait-reload.service. While that service runs, dadwait-reload.path does not
# watch. So a transient unit, which starts when the path unit watches again, checks whether anything
# changed between the reload and the end of the service.
set -eu

stamp=/run/dadwait-reload/stamp

# Prints the watched files that have changed. A line of the property Paths is
# "/etc/apache2/ports.conf (PathChanged)".
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

# Several files often change together. This also limits the rate of reloads.
sleep 2
touch "$stamp"
systemctl daemon-reload
systemd-run --quiet --no-block --collect --property=After=dadwait-reload.service \
        --description="Check for changes during the reload" "$0" --check
