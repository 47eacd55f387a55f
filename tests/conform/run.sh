#!/bin/sh
# run.sh [PLATFORM...]: compiles the library for each platform (default: all that have a
# check) and lets the real clients, or for want of one strict parsers, load the result:
# offline, without login, each in an empty home. A line per check; exit 1 if anything is
# not loaded or any client complains.
#
#   RUNE_CLIENTS  where install.sh put the clients (default ~/.cache/rune/clients)
#   RUNE          a rune binary (default: scripts/run builds one)
#   KEEP=1        keep the trees and the clients' output, and say where
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../.." && pwd -P)
case ${1:-} in -*)
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
	exit 2
	;;
esac

RUNE_CLIENTS=${RUNE_CLIENTS:-${XDG_CACHE_HOME:-$HOME/.cache}/rune/clients}
while read -r name package; do
	case $name in '' | '#'*) continue ;; esac
	if ! [ -d "$RUNE_CLIENTS/$name/node_modules" ]; then
		echo "run.sh: $package is not in $RUNE_CLIENTS: run tests/conform/install.sh" >&2
		exit 2
	fi
done <"$here/clients.txt"
if [ -z "${RUNE:-}" ]; then
	"$root/scripts/run" version >/dev/null
	RUNE=${RUNE_BUILD_DIR:-$root/.build/release}/rune
fi
export RUNE RUNE_CLIENTS
exec python3 -B "$here/checks.py" "$@"
