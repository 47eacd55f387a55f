#!/usr/bin/env python3
"""rules.py: every rule of rules.def has fixtures, both ways, and help.

tests/rules/<CODE>-<slug>/ holds at least a bad and a good tree (tests/rules/run.py says of what
form), or a file `unit` that names the unit test instead; nothing else is there. A rule that has
a fix has a fixed tree. Help: why (two sentences or more), a bad and a good example, a source."""
import pathlib
import re
import sys

import ruledefs

ROOT = ruledefs.ROOT
FIXTURES = ROOT / "tests/rules"
problems = []


def check_help(r):
    for what in ("why", "bad", "good", "source"):
        if not getattr(r, what).strip():
            problems.append(f"{r.where}: {r.code} has no '{what}'")
    for what in ("bad", "good"):
        if not getattr(r, what).endswith("\n"):
            problems.append(f"{r.where}: {r.code}: the {what} example does not end its last line")
    if not re.search(r"[.?!)]$", r.why):
        problems.append(f"{r.where}: {r.code}: 'why' is sentences")
    if r.bad == r.good:
        problems.append(f"{r.where}: {r.code}: the examples are the same")


def check_case_files(path):
    cases = [p.name for p in path.iterdir() if p.is_dir() and not p.name.endswith(".fixed")]
    for name in cases:
        if not re.fullmatch(r"(bad|good)(-[a-z0-9-]+)?", name):
            problems.append(f"tests/rules/{path.name}/{name}: neither bad nor good")
    for p in path.iterdir():
        stem, _, what = p.name.partition(".")
        known = p.name in ("args", "setup", "unit") or what in ("args", "setup", "expect", "fixed") and stem in cases
        if p.name not in cases and not known:
            problems.append(f"tests/rules/{path.name}/{p.name}: belongs to no case")
    return cases


def check_fixtures(r, tests):
    path = FIXTURES / f"{r.code}-{r.slug}"
    if not path.is_dir():
        problems.append(f"{r.where}: {r.code} has no tests/rules/{path.name}/")
        return
    cases = check_case_files(path)
    if (path / "unit").is_file():
        name = (path / "unit").read_text().split()[0]
        if name not in tests:
            problems.append(f"tests/rules/{path.name}/unit: there is no test {name}")
        return
    for kind in ("bad", "good"):
        if not any(c.split("-")[0] == kind for c in cases):
            problems.append(f"tests/rules/{path.name}: there is no {kind} tree")
    for c in cases:
        if not any(p.is_file() or p.is_symlink() for p in (path / c).rglob("*")):
            problems.append(f"tests/rules/{path.name}/{c}: is empty")


def check_fixed(rules):
    """A function that gives a finding a fix names its rule: that rule has a fixed tree."""
    for path in sorted((ROOT / "src").glob("*/*.c")):
        text = ruledefs.uncommented(path.read_text(encoding="utf-8"))
        for body in re.findall(r"^\{\n.*?^\}", text, flags=re.M | re.S):
            if "diag_edit(" not in body:
                continue
            idents = set(re.findall(r"\bRULE_([A-Z][A-Z0-9_]*)\b", body))
            for r in rules:
                if r.ident in idents and not list((FIXTURES / f"{r.code}-{r.slug}").glob("*.fixed")):
                    problems.append(f"{path.relative_to(ROOT)}: {r.code} has a fix, but no fixed tree")


def main():
    rules = ruledefs.read()
    tests = set()
    for path in (ROOT / "tests/unit").glob("*.c"):
        tests |= set(re.findall(r"^START_TEST\((\w+)\)", path.read_text(encoding="utf-8"), flags=re.M))
    for r in rules:
        check_help(r)
        check_fixtures(r, tests)
    known = {f"{r.code}-{r.slug}" for r in rules}
    for path in sorted(FIXTURES.iterdir()):
        if path.is_dir() and path.name not in known and path.name != "__pycache__":
            problems.append(f"tests/rules/{path.name}: there is no such rule")
    check_fixed(rules)
    for p in problems:
        print(p)
    print(f"rules: {len(rules)} rules, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
