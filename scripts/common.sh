# shellcheck shell=sh disable=SC2154
# Shared by the scripts here; sourced, after $root and $me are set.

say() { printf '%s: %s\n' "$me" "$*" >&2; }

# lock DIR: one at a time in a build directory, until this process ends or unlock.
# Descriptor 9 is the lock where there is flock; else (macOS) a directory with our id.
lock() {
	mkdir -p "$1"
	if command -v flock >/dev/null 2>&1; then
		exec 9>"$1/.lock"
		flock -n 9 || { say "waiting for another build in $1"; flock 9; }
		return
	fi
	lockdir=$1/.lockdir
	until mkdir "$lockdir" 2>/dev/null; do
		holder=$(cat "$lockdir/pid" 2>/dev/null || :)
		if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
			rm -rf "$lockdir" # its holder died
		else
			sleep 1
		fi
	done
	echo $$ >"$lockdir/pid"
}
unlock() {
	if [ -n "${lockdir:-}" ]; then rm -rf "$lockdir"; else exec 9>&-; fi
}

cached() { # cached DIR VARIABLE: its value in the CMake cache
	sed -n "s/^$2:[A-Z]*=//p" "$1/CMakeCache.txt" 2>/dev/null
}

# configure PRESET DIR [-DVAR=VALUE...]: unless it is done already. An interrupted or
# moved build directory is configured afresh.
configure() {
	preset=$1 dir=$2
	shift 2
	stale=no
	if [ -f "$dir/CMakeCache.txt" ]; then
		[ "$(cached "$dir" CMAKE_HOME_DIRECTORY)" = "$root" ] || stale=yes
		[ "$(cached "$dir" CMAKE_CACHEFILE_DIR)" = "$dir" ] || stale=yes
		[ -x "$(cached "$dir" CMAKE_C_COMPILER)" ] || stale=yes
		[ -f "$dir/build.ninja" ] || stale=yes
	fi
	if [ $stale = yes ]; then
		rm -rf "$dir/CMakeCache.txt" "$dir/CMakeFiles" "$dir/build.ninja"
	elif [ -f "$dir/build.ninja" ]; then
		current=yes
		for setting; do
			name=${setting#-D} value=${setting#*=}
			[ "$(cached "$dir" "${name%%=*}")" = "$value" ] || current=no
		done
		[ $current = yes ] && return
	fi
	(cd "$root" && cmake --preset "$preset" -B "$dir" "$@")
}

# quietly LOG COMMAND...: its output only if it fails.
quietly() {
	log=$1
	shift
	if ! "$@" >"$log" 2>&1 </dev/null; then
		cat "$log" >&2
		return 1
	fi
}
