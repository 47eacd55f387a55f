#!/usr/bin/env python3
"""requirements.py: every row of REQUIREMENTS.md in the areas built so far has a test.

A test carries a row's id where a reader sees it: in a C test's comment (P05), in a golden's
`cmd` (as a comment line) or in the name of its directory (p05-...). Rows that bind a later
issue are listed in later.txt with the reason; such a row with a test is a mistake too, so
that the list can only shrink."""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = ROOT.parent / "shared/REQUIREMENTS.md"
AREAS = "parser transform header emitter packs user-files counts output config cli doctor".split()
ID = re.compile(r"(?<![A-Za-z0-9])([A-Z]\d\d)(?![A-Za-z0-9])")


def rows():
    """id -> (area, situation)"""
    found, area = {}, None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            area = line[3:].strip()
        m = re.match(r"\| ([A-Z]\d\d) \| \w+ \| (.*?) \|", line)
        if m and area in AREAS:
            found[m.group(1)] = (area, m.group(2))
    return found


def carried():
    """id -> the first file that carries it"""
    found = {}
    tests = ROOT / "tests"
    texts = sorted(tests.glob("unit/*.c")) + sorted(tests.glob("fuzz/*.c"))
    texts += sorted(tests.glob("golden/**/cmd")) + sorted(tests.glob("install/*.c"))
    texts += sorted(tests.glob("invariants/*"))
    for path in texts:
        if path.is_file():
            for ident in ID.findall(path.read_text(encoding="utf-8", errors="replace")):
                found.setdefault(ident, path.relative_to(ROOT).as_posix())
    for path in sorted(tests.glob("golden/*/*")):
        for ident in ID.findall(path.name.upper()):
            found.setdefault(ident, path.relative_to(ROOT).as_posix())
    return found


def main():
    later = {}
    for line in (HERE / "later.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            ident, _, reason = line.partition("\t")
            later[ident] = reason
    if not TABLE.exists():
        print(f"requirements: skipped, there is no {TABLE}")
        return 77
    table, tests, bad = rows(), carried(), 0
    for ident, (area, situation) in table.items():
        if ident not in tests and ident not in later:
            print(f"{ident} ({area}) has no test: {situation}")
            bad += 1
    for ident, reason in later.items():
        if ident not in table:
            print(f"later.txt: {ident} is no row of these areas")
            bad += 1
        elif ident in tests:
            print(f"later.txt: {ident} has a test in {tests[ident]}: take it off the list")
            bad += 1
        elif not reason:
            print(f"later.txt: {ident} gives no reason")
            bad += 1
    covered = sum(1 for i in table if i in tests)
    print(f"requirements: {len(table)} rows, {covered} with a test, {len(later)} of later issues, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
