# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by other scripts at the top of the tree: install_packages SECTION... of tests/packages.

install_packages() {
        missing=$(packages "$@" | missing_packages)
        # Some packages exist in one release only: the lists of apt say in which.
        if ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1; then
                missing=$(echo "$missing" | known_packages)
        fi
        if [ -z "$missing" ]; then
                return
        fi
        if ! command -v apt-get >/dev/null; then
                echo "There is no apt-get; what these packages of Debian contain is needed:" $missing
                return
        fi
        if [ "$(id -u)" != 0 ]; then
                echo "Not root, so install these first:" $missing >&2
                exit 1
        fi
        quietly apt-get -q update
        missing=$(echo "$missing" | known_packages)
        echo "Installing with apt:" $missing
        DEBIAN_FRONTEND=noninteractive quietly apt-get -q -y -o Dpkg::Use-Pty=0 \
                --no-install-recommends install $missing
}

# Runs a command, and prints its output only if it fails.
quietly() {
        log=$(mktemp)
        if ! "$@" >"$log" 2>&1; then
                cat "$log" >&2
                rm "$log"
                exit 1
        fi
        rm "$log"
}

packages() {
        for section; do
                sed -n "/^\[$section\]/,/^$/s/^\([a-z][a-z0-9.+-]*\).*/\1/p" tests/packages
        done
}

missing_packages() {
        while read -r package; do
                case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
                *' installed') ;;
                *) echo "$package" ;;
                esac
        done
}

known_packages() {
        xargs -r apt-cache show 2>/dev/null | sed -n 's/^Package: //p' | sort -u
}
