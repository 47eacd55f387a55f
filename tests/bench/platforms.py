#!/usr/bin/env python3
"""platforms.py [RUNE]: what all platforms cost beside one, over the built-in library.

A first build and one with nothing to do, by hyperfine in one run, and instructions by callgrind,
which do not depend on the machine. RUNE is a release binary (default .build/release/rune)."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from run import hyperfine

ROOT = pathlib.Path(__file__).resolve().parents[2]


def instructions(rune, cwd, platform):
    log = cwd / "callgrind.log"
    argv = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}"]
    subprocess.run([*argv, rune, "build", "-j", "1", "--platform", platform], cwd=cwd / platform, capture_output=True, check=True)
    return int(re.search(r"Collected : (\d+)", log.read_text())[1])


def main():
    rune = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build/release/rune").resolve())
    with tempfile.TemporaryDirectory(prefix="rune-bench-") as tmp:
        tmp = pathlib.Path(tmp)
        commands = []
        for platform in ("cursor", "all"):
            (tmp / platform).mkdir()
            build = f"sh -c 'cd {platform} && exec {rune} build --platform {platform}'"
            commands += [(f"sh -c 'rm -rf {platform} && mkdir {platform}'", build), ("true", build)]
        times = hyperfine(commands, tmp, 10)
        for i, what in enumerate(("first build", "nothing to do")):
            one, all_ = times[i], times[i + 2]
            print(f"{what:14} {one * 1e3:8.1f} ms for one, {all_ * 1e3:8.1f} ms for all: {all_ / one:.1f} times")
        if shutil.which("valgrind"):
            one, all_ = (instructions(rune, tmp, p) for p in ("cursor", "all"))
            print(f"instructions   {one / 1e9:8.2f} G for one, {all_ / 1e9:8.2f} G for all: {all_ / one:.1f} times (nothing to do)")


if __name__ == "__main__":
    main()
