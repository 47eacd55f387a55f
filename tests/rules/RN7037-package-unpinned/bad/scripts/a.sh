#!/bin/sh
pip install git+https://github.com/acme/tool
uv pip install -U "git+https://github.com/acme/other.git"
