#!/bin/sh
cd /home/ann/project || exit
