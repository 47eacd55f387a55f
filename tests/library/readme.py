#!/usr/bin/env python3
"""readme.py RUNE [--write]: the catalogue in README.md is what `rune list` prints of the library.

It stands between two comments; --write puts it there anew."""
import os
import pathlib
import subprocess
import sys
import tempfile

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- catalogue: rune list --format markdown -->\n", "<!-- end of the catalogue -->\n"


def main():
    rune = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as tmp:
        done = subprocess.run([rune, "list", "--format", "markdown"], cwd=tmp, check=True, capture_output=True, text=True)
    text = README.read_text()
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    new = "\n" + done.stdout.strip() + "\n\n"
    if "--write" in sys.argv:
        README.write_text(before + BEGIN + new + END + after)
        return 0
    if old != new:
        print("readme: the catalogue is not that of the library: run tests/library/readme.py RUNE --write")
        return 1
    print(f"readme: the catalogue has {new.count(chr(10) + '| `')} rows, as the library")
    return 0


if __name__ == "__main__":
    sys.exit(main())
