import re
ZERO = "​‌‍"
ONE = {"​": "", '⁠': ""}
PATTERN = re.compile("[​-‏⁠-⁤﻿]")
