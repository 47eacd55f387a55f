#!/bin/sh
# install.sh [NAME...]: installs the clients of clients.txt (or those named) from npm, at the
# pinned versions, into $RUNE_CLIENTS (default ~/.cache/rune/clients): about 4 GB in all.
# What is there in that version stays as it is.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
clients=${RUNE_CLIENTS:-${XDG_CACHE_HOME:-$HOME/.cache}/rune/clients}
case ${1:-} in -*)
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
	exit 2
	;;
esac

command -v npm >/dev/null 2>&1 || {
	echo "install.sh: npm is needed (any version; node 24 is installed with it)" >&2
	exit 1
}
mkdir -p "$clients"
clients=$(CDPATH='' cd -- "$clients" && pwd -P)
PATH=$clients/node24/node_modules/node/bin:$PATH
export PATH

wanted() {
	name=$1
	shift
	[ $# -eq 0 ] && return 0
	for w; do [ "$w" = "$name" ] && return 0; done
	return 1
}

failed=no
while read -r name package; do
	case $name in '' | '#'*) continue ;; esac
	wanted "$name" "$@" || continue
	dir=$clients/$name
	if [ "$(cat "$dir/installed" 2>/dev/null)" = "$package" ]; then
		continue
	fi
	echo "installing $package in $dir"
	rm -rf "$dir"
	mkdir -p "$dir"
	echo '{"private": true}' >"$dir/package.json"
	if (cd "$dir" && npm install --no-fund --no-audit --save-exact "$package" </dev/null) >"$dir/log" 2>&1; then
		echo "$package" >"$dir/installed"
	else
		cat "$dir/log" >&2
		echo "install.sh: $package: npm failed" >&2
		failed=yes
	fi
done <"$here/clients.txt"
[ $failed = no ]
