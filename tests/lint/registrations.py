#!/usr/bin/env python3
"""registrations.py: the lists agree with the files.

adapters.def names adapters/*.c, each once; rules.def and its families' files are sorted, their
codes, enumerators and slugs are unique; RULE_x in the code are in rules.def, and the other way round; suites.def
names the suites of tests/unit."""
import pathlib
import re
import sys

import ruledefs

ROOT = pathlib.Path(__file__).resolve().parents[2]
problems = []


def uncommented(path):
    text = path.read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def duplicates(values, what, where):
    for v in sorted({v for v in values if values.count(v) > 1}):
        problems.append(f"{where}: {what} '{v}' given twice")


def check_adapters():
    where = "adapters/adapters.def"
    listed = re.findall(r"^ADAPTER\((\w+)\)", uncommented(ROOT / where), flags=re.M)
    duplicates(listed, "adapter", where)
    defined = {}
    for path in sorted((ROOT / "adapters").glob("*.c")):
        for name in re.findall(r"^const struct adapter adapter_(\w+)\b", uncommented(path), flags=re.M):
            defined[name] = path.name
            if path.stem != name:
                problems.append(f"adapters/{path.name}: defines adapter_{name}; a platform is a file of its name")
        if path.stem not in defined:
            problems.append(f"adapters/{path.name}: defines no 'const struct adapter adapter_{path.stem}'")
    for name in listed:
        if name not in defined:
            problems.append(f"{where}: '{name}' has no adapters/{name}.c")
    for name in sorted(set(defined) - set(listed)):
        problems.append(f"{where}: adapters/{name}.c is not listed")
    return len(listed)


FAMILIES = {
    "frontmatter": "1", "mesh": "2", "output": "3", "config": "4",
    "content": "5", "packs": "6", "security": "7", "environment": "9",
}


def check_rules():
    where = "include/rune/rules.def"
    rules = ruledefs.read()
    named = {p.name for p in ruledefs.files()}
    for path in sorted((ruledefs.DIR / "rules").glob("*")):
        if path.name not in named:
            problems.append(f"{where}: {path.name} is not included")
    for what in ("ident", "code", "slug"):
        duplicates([getattr(r, what) for r in rules], what, where)
    for a, b in zip(rules, rules[1:]):
        if b.code < a.code:
            problems.append(f"{b.where}: {b.code} after {a.code}: keep sorted by code")
    for r in rules:
        family = pathlib.Path(r.where.split(":")[0]).stem
        if not re.fullmatch(r"RN\d{4}", r.code):
            problems.append(f"{r.where}: code '{r.code}' is not RN and four digits")
        elif r.code[2] != FAMILIES.get(family):
            problems.append(f"{r.where}: {r.code} is not of the family {family}")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", r.slug):
            problems.append(f"{r.where}: {r.code}: slug '{r.slug}' is not words and hyphens")
        if r.severity not in ("OFF", "NOTE", "WARN", "ERROR", "FATAL"):
            problems.append(f"{r.where}: {r.code}: unknown severity {r.severity}")
        t = r.title
        if t.endswith(".") or t[:1].isupper() and not t.split()[0].isupper() and t.split()[0] not in PROPER:
            problems.append(f"{r.where}: {r.code}: a title is lower case and has no full stop: {t}")
    check_uses({r.ident: r for r in rules})
    return len(rules)


PROPER = {"Claude", "Markdown", "Unicode"}


def check_uses(rules):
    used = {}
    for path in sorted((ROOT / "src").rglob("*.c")) + sorted((ROOT / "adapters").glob("*.c")):
        for name in re.findall(r"\bRULE_([A-Z][A-Z0-9_]*)\b", uncommented(path)):
            used.setdefault(name, path.relative_to(ROOT).as_posix())
    for name in sorted(set(used) - set(rules) - {"_COUNT"}):
        if not name.endswith("_COUNT"):
            problems.append(f"{used[name]}: RULE_{name} is not in rules.def")
    for name in sorted(set(rules) - set(used)):
        problems.append(f"{rules[name].where}: {rules[name].code} {name} is reported nowhere")


def check_suites():
    where = "tests/unit/suites.def"
    listed = re.findall(r"^SUITE\((\w+)\)", uncommented(ROOT / where), flags=re.M)
    duplicates(listed, "suite", where)
    made = set()
    for path in sorted((ROOT / "tests/unit").glob("*.c")):
        made |= set(re.findall(r"^Suite \*(\w+)_suite\(void\)\n\{", uncommented(path), flags=re.M))
    for name in sorted(made ^ set(listed)):
        problems.append(f"{where}: suite '{name}' is " + ("not listed" if name in made else "in no file"))


def main():
    adapters, rules = check_adapters(), check_rules()
    check_suites()
    for p in problems:
        print(p)
    print(f"registrations: {adapters} adapters, {rules} rules, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
