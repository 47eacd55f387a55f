#!/usr/bin/env python3
"""check.py RUNE: doctor's findings in every form hold the same, and each form is well-formed.

A project with awkward names and texts is checked once per form. JSON: positions are where the
text is. SARIF: positions in UTF-16 code units; its fixes, applied by them, give what --fix
gives; paths are relative to the repository from any directory. GitHub: escapes undo. JUnit: an
XML parser reads it. Validation by schemas is in schema.py, as it needs npm."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET

problems = []

HEAD = '---\nname: {}\ndescription: "About it. Use when asked for it."\n{}---\n\n# Title\n\n'
AWKWARD = "refs, 100% a&b <c> 'd' \u00fc:x.md"

FILES = {
    "skills/a/SKILL.md": HEAD.format("a", "") + "\U0001f600\U0001f680 then `rune:nonesuch` \u00fcber all\n",
    f"skills/a/references/{AWKWARD}": "# R\n\n\U0001f600 the last line",
    "skills/b/SKILL.md": HEAD.format("b", "lycense: \"<&>%, :\"\n") + "See `rune:a\u202eb` and rune:gone.\n",
    "skills/b/references/bom.md": "\ufeff\U0001f600 no end",
    "skills/c/SKILL.md": "\ufeff" + HEAD.format("c", "metadata:\n  layer: L9\n") + "text\n",
    "skills/d/SKILL.md": "---\nname: [d\n---\n",
}


def problem(text):
    problems.append(text)


def doctor(rune, cwd, *args, status=(0, 1)):
    env = {k: v for k, v in os.environ.items() if "SAN_OPTIONS" in k or k in ("PATH", "TMPDIR")}
    env.update(LC_ALL="C.UTF-8", TERM="dumb", HOME=str(cwd))
    done = subprocess.run([rune, "doctor", *args], cwd=cwd, env=env, capture_output=True, timeout=120)
    if done.returncode not in status or b"Sanitizer" in done.stderr:
        problem(f"doctor {' '.join(args)}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def write(base):
    for rel, text in FILES.items():
        path = base / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (base / ".git").mkdir()


def lines_of(base, rel):
    return (base / rel).read_bytes().split(b"\n")


def check_json(base, report):
    found = report["diagnostics"]
    for key in ("errors", "warnings", "notes"):
        if report["summary"][key] > len(found):
            problem(f"JSON: {key} is {report['summary'][key]} of {len(found)} findings")
    keys = [(d.get("path", ""), d.get("line", 0), d.get("column", 0)) for d in found]
    if keys != sorted(keys):
        problem("JSON: findings are not sorted by place")
    for d in found:
        if "line" not in d:
            continue
        lines = lines_of(base, d["path"])
        for line, column in ((d["line"], d["column"]), (d["endLine"], d["endColumn"])):
            if line > len(lines) or column > len(lines[line - 1]) + 2:
                problem(f"JSON: {d['code']} at {d['path']}:{line}:{column} is beyond the text")
    hit = [d for d in found if d["code"] == "RN2001" and "nonesuch" in d["message"]]
    if not hit:
        problem("JSON: RN2001 about 'nonesuch' is missing: the checks below would show little")
    for d in hit:
        text = lines_of(base, d["path"])[d["line"] - 1][d["column"] - 1 : d["endColumn"] - 1]
        if b"nonesuch" not in text:
            problem(f"JSON: {d['message']} points at {text}")
    if len({d["fingerprint"] for d in found}) != len(found):
        problem("JSON: two findings have the same fingerprint")


def utf16_offset(text, line, column):
    """Index in `text`, a str, of a position in UTF-16 code units; a BOM has no column."""
    rows = text.split("\n")
    row = rows[line - 1]
    skip = 1 if line == 1 and row.startswith("\ufeff") else 0
    units = 1
    i = skip
    while units < column and i < len(row):
        units += 2 if ord(row[i]) > 0xFFFF else 1
        i += 1
    if units != column:
        raise ValueError(f"{line}:{column} is inside a character or beyond the line")
    return sum(len(r) + 1 for r in rows[: line - 1]) + i


def region(text, r):
    return utf16_offset(text, r["startLine"], r["startColumn"]), utf16_offset(text, r["endLine"], r["endColumn"])


def path_of(location):
    if location.get("uriBaseId") != "%SRCROOT%":
        problem(f"SARIF: {location} is not below %SRCROOT%")
    return urllib.parse.unquote(location["uri"])


def check_sarif(base, sarif, report):
    run = sarif["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    if run["columnKind"] != "utf16CodeUnits" or not run["invocations"][0]["executionSuccessful"]:
        problem("SARIF: columnKind or executionSuccessful is not as expected")
    if [r["ruleId"] for r in run["results"]] != [d["code"] for d in report["diagnostics"]]:
        problem("SARIF: has other findings than JSON")
    if sorted({d["code"] for d in report["diagnostics"]}) != [r["id"] for r in rules]:
        problem("SARIF: its rules are not those that occur")
    for result, d in zip(run["results"], report["diagnostics"]):
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            problem(f"SARIF: ruleIndex {result['ruleIndex']} is not {result['ruleId']}")
        if result["partialFingerprints"]["runeFingerprint/v1"] != d["fingerprint"]:
            problem("SARIF: another fingerprint than JSON's")
        for location in result.get("locations", []):
            place = location["physicalLocation"]
            path = path_of(place["artifactLocation"])
            if path != d["path"]:
                problem(f"SARIF: {path} instead of {d['path']}")
            if "region" in place:
                text = (base / path).read_bytes().decode()
                try:
                    at, end = region(text, place["region"])
                    seen = text[at:end].encode()
                except ValueError as e:
                    problem(f"SARIF: {path}: {e}")
                    continue
                raw = (base / path).read_bytes()
                rows = raw.split(b"\n")
                start = sum(len(r) + 1 for r in rows[: d["line"] - 1]) + d["column"] - 1
                if raw[start : start + len(seen)] != seen:
                    problem(f"SARIF: {result['ruleId']} is at {seen!r}, in JSON at {raw[start:start + len(seen)]!r}")


def apply_sarif(base, sarif):
    """path -> text after all fixes, by the positions in SARIF."""
    edits = {}
    for result in sarif["runs"][0]["results"]:
        for change in (c for f in result.get("fixes", []) for c in f["artifactChanges"]):
            path = path_of(change["artifactLocation"])
            text = (base / path).read_bytes().decode()
            for r in change["replacements"]:
                edits.setdefault(path, set()).add((*region(text, r["deletedRegion"]), r["insertedContent"]["text"]))
    out = {}
    for path, changes in edits.items():
        text = (base / path).read_bytes().decode()
        for at, end, with_ in sorted(changes, reverse=True):
            text = text[:at] + with_ + text[end:]
        out[path] = text.encode()
    return out


def check_github(text, report):
    lines = text.decode().split("\n")
    if lines.pop() != "":
        problem("GitHub: the last line has no end")
    if len(lines) != len(report["diagnostics"]):
        problem(f"GitHub: {len(lines)} lines for {len(report['diagnostics'])} findings")

    def undo(s, property_):
        for code, char in (("%0D", "\r"), ("%0A", "\n")) + ((("%3A", ":"), ("%2C", ",")) if property_ else ()):
            s = s.replace(code, char)
        return s.replace("%25", "%")

    names = {"note": "notice", "warning": "warning", "error": "error", "fatal": "error"}
    for line, d in zip(lines, report["diagnostics"]):
        m = re.fullmatch(r"::(\w+) ((?:\w+=[^,:]*,?)*)::(.*)", line)
        if not m:
            problem(f"GitHub: not a command: {line}")
            continue
        properties = dict(p.split("=", 1) for p in m.group(2).split(","))
        properties = {k: undo(v, True) for k, v in properties.items()}
        message = undo(m.group(3), False).split("\n")[0]
        if m.group(1) != names[d["severity"]] or properties.get("file") != d.get("path"):
            problem(f"GitHub: {line}")
        if int(properties.get("line", 0)) != d.get("line", 0) or properties["title"].split()[0] != d["code"]:
            problem(f"GitHub: {line}")
        if "\u202e" in line or "\x01" in line:
            problem(f"GitHub: raw control characters: {line!r}")
        if "<U+" not in message and message != d["message"]:
            problem(f"GitHub: {message!r} instead of {d['message']!r}")


def check_junit(text, report):
    root = ET.fromstring(text)
    cases = list(root.iter("testcase"))
    if len(cases) != len(report["diagnostics"]) or int(root.get("tests")) != len(cases):
        problem(f"JUnit: {len(cases)} cases for {len(report['diagnostics'])} findings")
    failing = sum(d["severity"] != "note" for d in report["diagnostics"])
    if len(list(root.iter("failure"))) != failing or int(root.get("failures")) != failing:
        problem("JUnit: the number of failures is wrong")
    for case, d in zip(cases, report["diagnostics"]):
        if case.get("classname") != d["path"] or d["code"] not in case.get("name"):
            problem(f"JUnit: {case.attrib} for {d['path']}")
    for suite in root.iter("testsuite"):
        if int(suite.get("tests")) != len(suite):
            problem(f"JUnit: {suite.get('name')} counts {suite.get('tests')} of {len(suite)} cases")


def check_clean(rune, base):
    clean = base / "clean"
    path = clean / "skills/ok/SKILL.md"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD.format("ok", ""))
    if json.loads(doctor(rune, clean, "--format", "json", "--only", "RN1017"))["diagnostics"]:
        problem("a clean skill has findings")
    if json.loads(doctor(rune, clean, "--format", "sarif", "--only", "RN1017"))["runs"][0]["results"]:
        problem("SARIF of a clean skill has results")
    if doctor(rune, clean, "--format", "github", "--only", "RN1017"):
        problem("GitHub commands for a clean skill")
    suite = ET.fromstring(doctor(rune, clean, "--format", "junit", "--only", "RN1017"))
    if suite.get("failures") != "0" or len(list(suite.iter("testcase"))) != 1:
        problem("JUnit of a clean skill is not one test that passed")


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    rune = os.path.abspath(sys.argv[1])
    base = pathlib.Path(tempfile.mkdtemp(prefix="rune-formats-"))
    try:
        work = base / "work"
        write(work)
        report = json.loads(doctor(rune, work, "--format", "json"))
        check_json(work, report)
        sarif = json.loads(doctor(rune, work, "--format", "sarif"))
        check_sarif(work, sarif, report)
        check_github(doctor(rune, work, "--format", "github"), report)
        check_junit(doctor(rune, work, "--format", "junit"), report)
        below = json.loads(doctor(rune, work / "skills", ".", "--format", "sarif", "--only", "RN1017"))
        for result in below["runs"][0]["results"]:
            path = path_of(result["locations"][0]["physicalLocation"]["artifactLocation"])
            if not (work / path).is_file():
                problem(f"SARIF from a subdirectory: {path} is not relative to the repository")
        if not below["runs"][0]["results"]:
            problem("RN1017 is missing from a subdirectory")
        only = json.loads(doctor(rune, work, "--format", "sarif", "--only", "RN1017"))
        wanted = apply_sarif(work, only)
        doctor(rune, work, "--fix", "--only", "RN1017")
        for path, text in wanted.items():
            if (work / path).read_bytes() != text:
                problem(f"{path}: SARIF's fixes give {text!r}, --fix {(work / path).read_bytes()!r}")
        if len(wanted) < 2:
            problem("SARIF has too few fixes to show anything")
        check_clean(rune, base)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    for p in problems:
        print(p)
    print(f"formats: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
