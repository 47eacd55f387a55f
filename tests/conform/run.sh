#!/bin/sh
# run.sh [PLATFORM...]: installs what clients.txt names and is not there yet, compiles the
# built-in library for each platform (default: all), and lets the real clients, or for want
# of one strict parsers, load the result: offline, without login, each in an empty home, a
# model of ours at the other end. A line per check, and a table; exit 1 if anything is not
# loaded, not shown or cut, or any client complains. `double` as a PLATFORM: the same skills
# in two directories that a client reads.
#
#   RUNE_CLIENTS  where install.sh puts the clients (default ~/.cache/rune/clients)
#   RUNE          a rune binary (default: scripts/run builds one)
#   BODIES=N|all  how many of the longest skills the model loads (default 5)
#   AIDER         directories with the sources of Aider, ConfigArgParse and shtab, with colons
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
export RUNE_CLIENTS
sh "$here/install.sh" || exit 2
if [ -z "${RUNE:-}" ]; then
	"$root/scripts/run" version >/dev/null
	RUNE=${RUNE_BUILD_DIR:-$root/.build/release}/rune
fi
export RUNE
exec python3 -B "$here/checks.py" "$@"
