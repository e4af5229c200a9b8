#!/bin/sh
# Install the Debian packages of packages.txt that are missing: install.sh run [test] [bench].
# Nothing missing: nothing is touched, no network, no password asked.
set -eu
list="$(dirname "$0")/packages.txt"

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian: install what $list names with this system's own tools, then run make again." >&2
    exit 1
fi

missing=""
for when in "$@"; do
    for package in $(awk -v when="$when" '!/^#/ && $2 == when { print $1 }' "$list"); do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "Missing Debian packages:$missing. Install them as root, then run make again." >&2; exit 1; }
    as_root="sudo"
fi
echo "Installing Debian packages:$missing"
$as_root apt-get update -q
# env: sudo drops the environment
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
