#!/bin/sh
set -eu
rm -rf "$TARGET/"*
