#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Namespaces (mounts, processes, network) and control groups that exist until standard input ends.
# When the process at the other end of the pipe ends, even if it is killed, process 1 of the sandbox
# ends, too, and the kernel removes every process, mount and link of the sandbox. This script stays
# outside and removes the control groups.
#
# Prints the id of a process that nsenter(1) can enter and the control groups to join, then
# "ready" on a line of its own. The sandbox has a tmpfs as /run, for mounts and files.
set -eu

# If resolv.conf is a link into /run the tmpfs hides its target, so the target is written again.
resolv_conf=$(readlink -f /etc/resolv.conf || true)
nameservers=$(cat /etc/resolv.conf 2>/dev/null || true)
export resolv_conf nameservers

# systemd-nspawn uses the unified hierarchy, and name=systemd where version 1 is mounted. Its groups
# are always called payload and supervisor, so each container needs a group around them.
groups=
while IFS=: read -r id controllers path; do
        case $id:$controllers in
        0:) type=cgroup2 options=rw ;;
        *:name=systemd) type=cgroup options=name=systemd ;;
        *) continue ;;
        esac
        mountpoint=$(findmnt --noheadings --first-only --output=TARGET --types=$type --options=$options) || continue
        group=${mountpoint%/}${path%/}/dadwait-test-$$
        mkdir "$group"
        groups="$groups $group"
done </proc/self/cgroup

# --mount makes mounts private: no mount is visible outside.
exec 3<&0
unshare --mount --net --pid --fork --mount-proc sh -c '
        mount -t tmpfs -o mode=755 sandbox /run
        case $resolv_conf in
        /run/*)
                mkdir -p "${resolv_conf%/*}"
                echo "$nameservers" >"$resolv_conf"
                ;;
        esac
        ip link set lo up
        echo ready
        exec cat >/dev/null' <&3 3<&- &
sandbox=$!
echo "$sandbox$groups"
wait $sandbox || true

# A group can be removed when its last process has been reaped, as it has after wait.
for group in $groups; do
        find "$group" -depth -type d -exec rmdir {} \;
done
