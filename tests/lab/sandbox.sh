#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Namespaces (mounts, processes, network) and a control group that live until standard input
# ends. Whoever holds the other end may be killed in any way: the pipe closes with it, process 1
# of the sandbox ends, and the kernel takes every process, mount and link of the sandbox along.
# Only the control groups have to be removed by hand, by this script, which stays outside.
#
# Prints the id of a process that nsenter(1) can enter and the control groups to join, then
# "ready" on a line of its own. /run in the sandbox is a tmpfs of its own: a place to mount and to
# write that leaves no trace.
set -eu

# The file behind a link into /run would be hidden with it, and names not resolved any more.
resolv_conf=$(readlink -f /etc/resolv.conf || true)
nameservers=$(cat /etc/resolv.conf 2>/dev/null || true)
export resolv_conf nameservers

# systemd-nspawn uses the unified hierarchy, and systemd's own where version 1 is mounted too. It
# calls its groups payload and supervisor, so two containers need two groups around them.
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

# --mount makes mounts private: nothing shows outside.
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

# Groups can be removed once their last process has been reaped, which wait has seen to.
for group in $groups; do
        find "$group" -depth -type d -exec rmdir {} \;
done
