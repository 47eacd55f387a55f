#!/bin/sh
DIR=$(mktemp -d)
rm -rf "$DIR/"*
rm -rf "${X:?}/"*
rm -rf "$Y/cache/old"
[ -n "$Z" ] && rm -rf "$Z/"
