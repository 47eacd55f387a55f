#!/usr/bin/env python3
"""schema.py RUNE: doctor's JSON and SARIF against their schemas, with a real validator.

JSON against tests/schema/doctor.schema.json; SARIF against the schema of OASIS, which the npm
package @microsoft/jest-sarif carries; both by ajv. They are installed outside the repository, in
$RUNE_NPM (default ~/.cache/rune/npm). Without npm, or out of its reach: skipped (exit 77). Each
schema is also shown to refuse what is wrong, so that a validator that checks nothing is noticed."""
import copy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import check

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import npm  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
OURS = HERE.parent / "schema/doctor.schema.json"
PACKAGES = ["ajv@8.17.1", "ajv-draft-04@1.0.0", "ajv-formats@3.0.1", "@microsoft/jest-sarif@1.0.0-beta.0"]
SARIF = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def skip(why):
    print(f"schema: skipped, {why}")
    return 77


def validate(modules, schema, *files):
    done = subprocess.run(
        ["node", HERE / "validate.cjs", schema, *files],
        env=dict(os.environ, NODE_PATH=str(modules)), capture_output=True, text=True, timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def spoilt(data, *path):
    """A copy with the member at `path` replaced by what it cannot be."""
    data = copy.deepcopy(data)
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = {"not": "this"}
    return data


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    rune = os.path.abspath(sys.argv[1])
    modules, why = npm.installed("schema", PACKAGES)
    if not modules:
        return skip(why)
    problems = []
    base = pathlib.Path(tempfile.mkdtemp(prefix="rune-schema-"))
    try:
        work = base / "work"
        check.write(work)
        (base / "empty/skills/ok").mkdir(parents=True)
        (base / "empty/skills/ok/SKILL.md").write_text(check.HEAD.format("ok", ""))
        for form, schema in (("json", OURS), ("sarif", modules / SARIF)):
            outputs = {
                "found": check.doctor(rune, work, "--format", form),
                "clean": check.doctor(rune, base / "empty", "--format", form, "--only", "RN1017"),
                "fatal": check.doctor(rune, work, "nowhere", "--format", form, status=(3,)),
                "usage": check.doctor(rune, work, "--platform", "nonesuch", "--format", form, status=(2,)),
                "planned": check.doctor(rune, work, "--fix", "--dry-run", "--format", form),
            }
            files = []
            for name, text in outputs.items():
                files.append(base / f"{name}.{form}")
                files[-1].write_bytes(text)
            status, said = validate(modules, schema, *files)
            if status:
                problems.append(f"{form}: {said}")
            data = json.loads(outputs["found"])
            path = ("diagnostics", 0, "code") if form == "json" else ("runs", 0, "results", 0, "level")
            bad = base / f"bad.{form}"
            bad.write_text(json.dumps(spoilt(data, *path)))
            if not validate(modules, schema, bad)[0]:
                problems.append(f"{form}: the schema lets pass what is wrong")
    finally:
        shutil.rmtree(base, ignore_errors=True)
    problems += check.problems
    for p in problems:
        print(p)
    print(f"schema: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
