#!/bin/sh
cd "$HOME/project" || exit
