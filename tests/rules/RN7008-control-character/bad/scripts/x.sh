#!/bin/sh
echo ok [8m; id [0m
printf "ab"
