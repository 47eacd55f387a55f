#!/usr/bin/env bash
# doctor.sh: rune doctor with the inputs of the action, which come in the environment, so that
# nothing in them is ever taken for shell. Exits as rune doctor does.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
run=$here/../../../scripts/run
options=()
paths=()

while IFS= read -r path; do
	[ -z "$path" ] || paths+=("$path")
done <<<"${RUNE_PATHS:-}"
[ -z "${RUNE_PLATFORM:-}" ] || options+=("--platform=$RUNE_PLATFORM")
[ -z "${RUNE_MAX_WARNINGS:-}" ] || options+=("--max-warnings=$RUNE_MAX_WARNINGS")
[ -z "${RUNE_ONLY:-}" ] || options+=("--only=$RUNE_ONLY")
[ -z "${RUNE_BASELINE:-}" ] || options+=("--baseline=$RUNE_BASELINE")
case ${RUNE_STRICT:-false} in
true) options+=(--strict) ;;
false | '') ;;
*)
	echo "::error title=rune doctor::strict is true or false, not '$RUNE_STRICT'" | tr -d '\r\n'
	echo
	exit 2
	;;
esac

doctor() {
	"$run" doctor "$@" ${options[@]+"${options[@]}"} -- ${paths[@]+"${paths[@]}"}
}

if [ -n "${RUNE_SARIF:-}" ]; then
	# Whatever is found, the file is there to be uploaded; the run below says how it went.
	doctor --format=sarif "--output=$RUNE_SARIF" >/dev/null || true
fi
doctor --format=github
