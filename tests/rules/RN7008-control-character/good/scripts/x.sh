#!/bin/sh
printf "\033[31mred\033[0m\n"
printf "\x1b[0m"
	echo tab
