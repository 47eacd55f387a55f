#!/usr/bin/env python3
"""layers.py: what may include and call what (src/README.md, "Layers").

    base <- diag <- parse <- model <- {rules, pass} <- emit <- cli

An adapter sees only rune/adapter.h. Each C library has one home. What is not ISO C is in
src/base/os_*.c. exit() is for src/cli/main.c, and for running out of memory."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

BELOW = {
    "base": [],
    "diag": ["base"],
    "parse": ["base", "diag"],
    "model": ["base", "diag", "parse"],
    "rules": ["base", "diag", "parse", "model"],
    "pass": ["base", "diag", "parse", "model"],
    "emit": ["base", "diag", "parse", "model", "rules", "pass"],
    "cli": ["base", "diag", "parse", "model", "rules", "pass", "emit"],
    "embed": [],
}

# The layer whose interface a header is, where no src/<layer>/<name>.c tells. The layer of
# a header is the lowest that needs it, which may be below the one that implements it:
# positions (source.h) and adapters are words that every layer speaks.
HEADERS = {
    "base.h": "base",
    "embedded.h": "base",
    "source.h": "base",
    "adapter.h": "base",
    "adapters.def": "base",
    "rules.def": "diag",
    "doc.h": "parse",
    "listing.h": "model",
    "mesh.h": "model",
    "project.h": "model",
    "tools.def": "base",
    "edit.h": "pass",
    "rune.h": "emit",
}

# Library header -> the files that may include it.
HOMES = {
    "yaml.h": r"src/parse/frontmatter\w*\.c",
    "cmark.h": r"src/parse/markdown\w*\.c",
    "cJSON.h": r"src/parse/json\.c",
    "cjson/cJSON.h": r"src/parse/json\.c",
    "sha2.h": r"src/base/(hash|sha256)\w*\.c",
    "sha256.h": r"src/base/(hash|sha256)\w*\.c",
    "pthread.h": r"src/base/(os_\w+|pool)\.c",
}

ISO_C = set(
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal "
    "stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath "
    "threads time uchar wchar wctype".split()
)

# `rune build` is the C API's first user: what it needs and cannot get, the API lacks.
ONLY_THE_API = {"src/cli/cmd_build.c"}

EXITS = re.compile(r"\b(exit|_Exit|_exit|quick_exit)\s*\(")
EXIT_HOMES = {"src/cli/main.c", "src/base/arena.c", "src/base/base.c", "src/embed/embed_gen.c"}
FEATURES = re.compile(r"#\s*define\s+_(POSIX_C|GNU|DARWIN_C|DEFAULT|XOPEN|BSD)_SOURCE\b")

problems = []


def layer_of_source(path):
    parts = path.relative_to(ROOT).parts
    if parts[0] == "adapters":
        return "adapter"
    return parts[1] if len(parts) > 2 else "none"


def header_layers():
    """Header name below rune/ -> layer; a header that cannot be placed is a problem."""
    layers = dict(HEADERS)
    for path in sorted((ROOT / "include/rune").glob("*.*")):
        if path.name in layers:
            continue
        homes = [p.parent.name for p in ROOT.glob(f"src/*/{path.stem}.c")]
        homes = homes or sorted({p.parent.name for p in ROOT.glob(f"src/*/{path.stem}_*.c")})
        if len(homes) == 1:
            layers[path.name] = homes[0]
        else:
            problems.append(
                f"{path.relative_to(ROOT)}: which layer's? no single src/<layer>/{path.stem}.c; "
                "name it in HEADERS of tests/lint/layers.py"
            )
    return layers


def without_comments(text):
    """Comments and string contents blanked, lines kept."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''

    def blank(m):
        s = m.group()
        if s[0] == "/":
            return re.sub(r"[^\n]", " ", s)
        return s if "\n" not in s and s.endswith(('.h"', '.c"', '.def"')) else s[0] + s[-1]

    return re.sub(pattern, blank, text, flags=re.S)


def check_include(path, line, name, system, layer, headers):
    rel = path.relative_to(ROOT).as_posix()

    def bad(why):
        problems.append(f"{rel}:{line}: includes {name}: {why}")

    if name in HOMES:
        if not re.fullmatch(HOMES[name], rel):
            bad(f"only {HOMES[name]} may")
        return
    if system:
        stem = name[:-2]
        if stem in ISO_C and name.endswith(".h"):
            return
        if not re.fullmatch(r"src/base/os_\w+\.[ch]|src/embed/embed_gen\.c", rel):
            bad("not ISO C: it belongs in src/base/os_*.c")
        return
    if layer == "adapter":
        if name not in ("rune/adapter.h", "adapter_common.h") and not (path.parent / name).exists():
            bad("an adapter includes only rune/adapter.h")
        return
    if name.startswith("rune/") or name == "adapters.def":
        target = headers.get(name.removeprefix("rune/"))
    elif (path.parent / name).exists():
        target = layer
    elif (ROOT / "src" / name).exists():
        target = name.split("/")[0]
    else:
        bad("no such header below include/, src/ or beside the file")
        return
    if target is None:
        if not (ROOT / "include" / name).exists():
            bad("no such header")
    elif target != layer and target not in BELOW.get(layer, []):
        bad(f"{layer} is not above {target}")
    elif rel in ONLY_THE_API and target not in ("base", "cli") and name != "rune/rune.h":
        bad("it uses the C API only (rune/rune.h)")


def check(path, layer, headers):
    if layer not in BELOW and layer != "adapter":
        problems.append(f"{path.relative_to(ROOT)}: in no layer's directory")
        return
    text = without_comments(path.read_text(encoding="utf-8"))
    rel = path.relative_to(ROOT).as_posix()
    for number, line in enumerate(text.split("\n"), 1):
        m = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if m:
            check_include(path, number, m.group(2), m.group(1) == "<", layer, headers)
        if EXITS.search(line) and rel not in EXIT_HOMES and not rel.startswith("include/"):
            problems.append(f"{rel}:{number}: only main ends the program: return false upwards")
        if FEATURES.search(line) and not re.fullmatch(
            r"src/base/os_\w+\.[ch]|src/embed/embed_gen\.c", rel
        ):
            problems.append(f"{rel}:{number}: feature macros belong in src/base/os_*.c")


def main():
    headers = header_layers()
    files = 0
    for path in sorted((ROOT / "src").rglob("*.[ch]")) + sorted((ROOT / "adapters").glob("*.[ch]")):
        check(path, layer_of_source(path), headers)
        files += 1
    for path in sorted((ROOT / "include/rune").glob("*.h")):
        if path.name in headers:
            check(path, headers[path.name], headers)
        files += 1
    for p in problems:
        print(p)
    print(f"layers: {files} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
