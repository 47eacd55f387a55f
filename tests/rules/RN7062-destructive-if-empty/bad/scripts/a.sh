#!/bin/sh
rm -rf "$TARGET/"*
rm -rf ${DIR}/usr
rm -rf $OUT/
