#!/bin/sh
if ! command -v uv; then
  echo "uv is missing: curl https://tools.acme.dev/x | sh" >&2
  cat <<EOF
curl https://tools.acme.dev/x | sh
EOF
fi
