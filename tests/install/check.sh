#!/bin/sh
# check.sh CMAKE GENERATOR BUILD_DIR CC FLAGS: installs into an empty place, moves it, and uses it from
# outside: the program, the C API through pkg-config, the C API through find_package. FLAGS
# are those that the library was instrumented with (sanitizers).
set -eu

cmake=$1 generator=$2 build=$3 cc=$4 flags=${5:-}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0

fail() {
	echo "FAILED $*"
	exit 1
}
ok() {
	passed=$((passed + 1))
	echo "ok $*"
}

# installed under one name, used under another, with a blank: nothing may know the place
"$cmake" --install "$build" --prefix "$tmp/first" >"$tmp/log" 2>&1 || { cat "$tmp/log"; fail install; }
prefix="$tmp/in stalled"
mv "$tmp/first" "$prefix"
for file in bin/rune include/rune/rune.h; do
	[ -f "$prefix/$file" ] || fail "no $file"
done
[ "$(find "$prefix/include" -type f | wc -l)" -eq 1 ] || fail "more than one header is installed"
pc=$(find "$prefix" -name rune.pc)
[ -f "$pc" ] || fail "no rune.pc"
ok "files"

mkdir -p "$tmp/project" "$tmp/root/skills/lamp"
cat >"$tmp/root/skills/lamp/SKILL.md" <<'EOF'
---
name: lamp
description: Keeps the lamp lit. Use when it gets dark.
metadata:
  layer: L2
---

# lamp

## Steps

1. Light it.
EOF

(cd "$tmp/project" && "$prefix/bin/rune" --version) >"$tmp/log" || fail "bin/rune does not run"
# pkg-config cannot carry a blank in a path through sh words: a link without one
ln -s "$prefix" "$tmp/link"
PKG_CONFIG_PATH=$tmp/link${pc#"$prefix"}
PKG_CONFIG_PATH=${PKG_CONFIG_PATH%/rune.pc}${PKG_CONFIG_PATH_BEFORE:+:$PKG_CONFIG_PATH_BEFORE}
export PKG_CONFIG_PATH
version=$(pkg-config --modversion rune)
grep -q "$version" "$tmp/log" || fail "bin/rune says $(cat "$tmp/log"), rune.pc says $version"
ok "bin/rune"

# shellcheck disable=SC2046,SC2086 # words on purpose
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror $flags $(pkg-config --cflags rune) \
	-o "$tmp/outside" "$here/outside.c" $(pkg-config --static --libs rune) || fail "compile with pkg-config"
"$tmp/outside" "$tmp/project" "$tmp/root" cursor .cursor/skills/rune-lamp/SKILL.md || fail "outside"
[ -z "$(ls -A "$tmp/project")" ] || fail "compiling in memory wrote files"
"$tmp/outside" "$tmp/project" "$tmp/root" cursor .cursor/skills/rune-lamp/SKILL.md commit >/dev/null || fail "rune_commit"
[ -f "$tmp/project/.cursor/skills/rune-lamp/SKILL.md" ] || fail "rune_commit writes nothing"
ok "C API through pkg-config"

mkdir "$tmp/user"
cp "$here/outside.c" "$tmp/user/"
cat >"$tmp/user/CMakeLists.txt" <<'EOF'
cmake_minimum_required(VERSION 3.20)
project(user LANGUAGES C)
find_package(rune 0.1 REQUIRED)
add_executable(outside outside.c)
target_link_libraries(outside PRIVATE rune::rune)
EOF
{
	"$cmake" -G "$generator" -S "$tmp/user" -B "$tmp/user/build" "-DCMAKE_PREFIX_PATH=$prefix" \
		"-DCMAKE_C_COMPILER=$cc" "-DCMAKE_C_FLAGS=$flags" &&
		"$cmake" --build "$tmp/user/build"
} >"$tmp/log" 2>&1 || { cat "$tmp/log"; fail "compile with find_package"; }
"$tmp/user/build/outside" "$tmp/project" "$tmp/root" cursor .cursor/skills/rune-lamp/SKILL.md >/dev/null ||
	fail "outside, with find_package"
ok "C API through find_package"

if command -v c++ >/dev/null 2>&1; then
	echo '#include <rune/rune.h>
	int main() { return rune_version() == nullptr; }' >"$tmp/user/cc.cc"
	c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -I"$prefix/include" -fsyntax-only "$tmp/user/cc.cc" ||
		fail "the header is not C++"
	ok "header as C++"
fi
echo "install: $passed passed, 0 failed"
