#!/usr/bin/env python3
"""check.py EMBED_GEN CC INCLUDE_DIR: what embed_gen makes of difficult files compiles
without a warning and gives back the same bytes, paths and modes."""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

FILES = {
    "skills/a/SKILL.md": b"---\nname: a\n---\n\n# A \"quoted\" \\ back\n",
    "skills/a/empty.md": b"",
    "skills/a/every-byte": bytes(range(256)) + bytes(reversed(range(256))),
    "skills/a/digits": b"\x01" + b"7\x0189\xff0f\x00" + b"1\x00\x00",
    "skills/a/trigraphs": b"??= ??/ ??' ??( ??) ??! ??< ??> ??-\n???=",
    "skills/a/no-newline": b"no newline at the end",
    "skills/a/crlf.md": b"one\r\ntwo\r\n\rthree",
    "skills/a/long-line": b"x" * 20000,
    "skills/a/caf\u00e9 and blank.md": "d\u00e9j\u00e0 \u2192 \U0001f600\n".encode(),
    'skills/a/quo"te.md': b"q",
    "skills/a-b/SKILL.md": b"sorts by byte: '-' before '/'\n",
    "skills/a/scripts/go.sh": b"#!/bin/sh\n",
    "extensions/p/PACK.md": b"pack\n",
}
LEFT_OUT = [
    "skills/.hidden", "skills/a/.env", "skills/a/SKILL.md~", "skills/a/#SKILL.md#", "skills/a/x.pyc",
    "skills/a/x.swp", "skills/a/x.orig", "skills/a/node_modules/m.js", "skills/a/__pycache__/c.txt", "skills/.git/config",
]  # fmt: skip


def main():
    embed_gen, cc, include = os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="rune-embed-") as tmp:
        os.chdir(tmp)
        for name, data in list(FILES.items()) + [(n, b"droppings") for n in LEFT_OUT]:
            path = pathlib.Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        os.chmod("skills/a/scripts/go.sh", 0o755)
        for out in ("one.c", "two.c"):
            subprocess.run([embed_gen, out, "skills", "extensions"], check=True)
        assert pathlib.Path("one.c").read_bytes() == pathlib.Path("two.c").read_bytes(), "two runs differ"
        subprocess.run([embed_gen, "none.c"], check=True)
        flags = "-std=c11 -Wall -Wextra -Wpedantic -Werror -Wno-overlength-strings".split()
        subprocess.run([cc, *flags, "-I", include, "-c", "-o", "none.o", "none.c"], check=True)
        subprocess.run([cc, *flags, "-I", include, "-o", "dump", HERE / "dump.c", "one.c"], check=True)
        os.mkdir("out")
        listing = subprocess.run(["./dump", "out"], check=True, capture_output=True).stdout.decode()
        seen = {}
        for line in listing.splitlines():
            index, executable, path = line.split(" ", 2)
            seen[path] = pathlib.Path("out", index).read_bytes()
            assert (executable == "1") == path.endswith(".sh"), f"{path}: executable {executable}"
        assert seen == FILES, f"only in one: {set(seen) ^ set(FILES)}; different: " + str(
            [p for p in seen if p in FILES and seen[p] != FILES[p]]
        )
        os.symlink("a", "skills/link")
        refused = subprocess.run([embed_gen, "three.c", "skills"], capture_output=True, text=True)
        assert refused.returncode == 1 and "skills/link" in refused.stderr, "a link is refused by name"
        assert not os.path.exists("three.c"), "nothing is written then"
    print(f"embed: {len(FILES)} files, as they were")


if __name__ == "__main__":
    main()
