#!/usr/bin/env python3
"""tokens.py RUNE: the estimate of tokens that `rune budget` prints against a real tokenizer.

o200k_base by js-tiktoken, over the main files that a build of the library for one platform makes.
The header include/rune/tokens.h states the error; here it is held to. Without npm: skipped (77)."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import npm  # noqa: E402

MEAN_MAX, FILE_MAX = 0.04, 0.13

COUNT = """
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
const require = createRequire(join(process.argv[1], 'x.js'));
const encoding = require('js-tiktoken').getEncoding('o200k_base');
const texts = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map((t) => encoding.encode(t, 'all').length)));
"""


def main():
    rune = os.path.abspath(sys.argv[1])
    modules, why = npm.installed("library", manifest=HERE, limit=900)
    if not modules:
        print(f"tokens: skipped, {why}")
        return 77
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([rune, "build", "--platform", "cursor"], cwd=tmp, check=True, capture_output=True)
        files = sorted(pathlib.Path(tmp).glob(".cursor/skills/*/SKILL.md"))
        texts = {f.parent.name: f.read_text() for f in files}
        done = subprocess.run([rune, "budget", "--platform", "cursor", "--json"], cwd=tmp, check=True, capture_output=True, text=True)
    estimates = {c["name"]: c["tokens"] for c in json.loads(done.stdout)[0]["costly"]}
    counted = subprocess.run(
        ["node", "--input-type=module", "-e", COUNT, str(modules)], input=json.dumps([texts[n] for n in estimates]), capture_output=True, text=True
    )
    if counted.returncode or not estimates:
        print(counted.stderr or "tokens: nothing to compare")
        return 1
    errors = {n: (e - r) / r for (n, e), r in zip(estimates.items(), json.loads(counted.stdout))}
    mean = sum(map(abs, errors.values())) / len(errors)
    worst = max(errors, key=lambda n: abs(errors[n]))
    print(f"tokens: {len(errors)} files, off by {mean:.1%} on average, {errors[worst]:+.1%} at worst ({worst})")
    return 1 if mean > MEAN_MAX or abs(errors[worst]) > FILE_MAX else 0


if __name__ == "__main__":
    sys.exit(main())
