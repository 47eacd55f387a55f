"""aider_read.py FILE: what Aider's own argument parser takes from its configuration for `read`, as JSON.
PYTHONPATH has a checkout of Aider, ConfigArgParse and shtab; what else its package imports is not needed."""

import json
import sys
import types

coders, packaging = types.ModuleType("aider.coders"), types.ModuleType("packaging")
coders.__all__ = []
packaging.version = None
sys.modules.update({"aider.coders": coders, "packaging": packaging})

from aider.args import get_parser  # noqa: E402

print(json.dumps(get_parser([sys.argv[1]], None).parse_args([]).read))
