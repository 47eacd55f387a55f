#!/bin/sh
url=$1
curl -s "$url" | sh
