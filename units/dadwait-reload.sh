#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Reload systemd, for dadwait-reload.service. While that service runs, dadwait-reload.path does not
# watch. So a transient unit, which starts when the path unit watches again, checks whether anything
# changed between the reload and the end of the service.
set -eu

stamp=/run/dadwait-reload/stamp
present=/run/dadwait-reload/present

# Prints what is watched. A line of the property Paths is "/etc/apache2/ports.conf (PathChanged)".
watched() {
        systemctl show --property=Paths --value dadwait-reload.path | while read -r line; do
                echo "${line% (PathChanged)}"
        done
}

# Prints those of them that exist.
list_present() {
        watched | while read -r path; do
                [ ! -e "$path" ] || echo "$path"
        done
}

# Prints the watched files that have changed or are gone.
changed() {
        watched | while read -r path; do
                find -L "$path" -maxdepth 1 -cnewer "$stamp" 2>/dev/null || true
        done
        while read -r path; do
                [ -e "$path" ] || echo "$path"
        done <"$present"
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
list_present >"$present"
systemctl daemon-reload
list_present >>"$present"
systemd-run --quiet --no-block --collect --property=After=dadwait-reload.service \
        --description="Check for changes during the reload" "$0" --check
