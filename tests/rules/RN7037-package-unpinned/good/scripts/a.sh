#!/bin/sh
pip install git+https://github.com/acme/tool@3f2a9c1
pip install tool==1.2
