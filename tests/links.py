#!/usr/bin/env python3
"""links.py RUNE [ROOT...]: every relative link of every emitted tree leads to a file.

Builds the built-in library, and each ROOT, for all platforms and follows the Markdown links
in what was written. ROOTs default to the shared corpus, where it is present. A link that leads
nowhere in the source of a ROOT cannot be mended; it is left as the author wrote it, and must
have been reported (RN5003). The library has none."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

CORPUS = pathlib.Path(__file__).resolve().parents[2] / "shared/corpus"

FENCE = re.compile(r"^[ >\t]*(?:[-*+] |\d+[.)] )?\s*(`{3,}|~{3,})")
LINK = re.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
DEFINITION = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*(<[^<>]*>|\S+)", flags=re.M)


def prose(text):
    """Code and comments blanked; frontmatter off."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    lines, fence = [], None
    for line in text.split("\n"):
        m = FENCE.match(line)
        if fence:
            close = line.strip(" >\t")
            if m and close[0] == fence[0] and len(close) >= len(fence) and not close.strip(fence[0]):
                fence = None
            line = ""
        elif m and not (m.group(1)[0] == "`" and "`" in line[m.end() :]):
            fence, line = m.group(1), ""
        elif re.match(r"(?: {4}|\t)", line) and (not lines or not lines[-1].strip()):
            line = ""  # perhaps an indented code block; a link there would be no link
        lines.append(line)
    text = "\n".join(lines)
    text = re.sub(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", "", text, flags=re.S)
    return re.sub(r"<!--.*?-->", "", text, flags=re.S)


def links(path):
    text = prose(path.read_text(encoding="utf-8", errors="replace"))
    for m in list(LINK.finditer(text)) + list(DEFINITION.finditer(text)):
        url = m.group(1).strip("<>")
        target = re.split(r"[?#]", url)[0]
        if target and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", url) and "{" not in url:
            yield url, urllib.parse.unquote(target)


def dead(root):
    """{(file, url)} below root."""
    found, seen = set(), 0
    for base, dirs, files in os.walk(root):
        dirs[:] = [d for d in dirs if d != ".git"]
        for name in files:
            if name.endswith((".md", ".mdc")):
                path = pathlib.Path(base, name)
                for url, target in links(path):
                    seen += 1
                    if not (path.parent / target).exists():
                        found.add((path.relative_to(root).as_posix(), url))
    return found, seen


def build(rune, work, *args):
    done = subprocess.run(
        [rune, "build", "--platform", "all", *args], cwd=work, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"links: rune build {' '.join(args)} failed with {done.returncode}:\n{done.stderr}")
    return done.stderr


def check(rune, root):
    with tempfile.TemporaryDirectory(prefix="rune-links-") as work:
        report = build(rune, work, *(["--source", root] if root else []))
        found, seen = dead(work)
        excused = {url for _, url in dead(root)[0]} if root else set()
        as_written = {}
        for file, url in found:
            # in a part that was split off, one directory further down
            moved = "/references/" in file and url not in excused and url.startswith("../")
            as_written[file, url] = url[3:] if moved else url
        bad = sorted(f"{file}: {url}" for (file, url), was in as_written.items() if was not in excused)
        silent = sorted({was for was in as_written.values() if was in excused and re.split(r"[?#]", was)[0] not in report})
    name = root or "the library"
    for line in bad:
        print(f"{name}: dead link in {line}")
    for url in silent:
        print(f"{name}: '{url}' leads nowhere, and nothing said so")
    print(f"links: {name}: {seen} relative links, {len(found)} left as dead as in the source, {len(bad)} broken by us")
    return not bad and not silent and seen > 0


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    rune = os.path.abspath(sys.argv[1])
    roots = [os.path.abspath(r) for r in sys.argv[2:]]
    if not roots and CORPUS.is_dir():
        roots = [str(d) for d in sorted(CORPUS.iterdir()) if d.is_dir()]
    return 0 if all([check(rune, root) for root in ["", *roots]]) else 1


if __name__ == "__main__":
    sys.exit(main())
