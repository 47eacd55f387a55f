#!/usr/bin/env python3
"""run.py [RUNE] [--counts 67,670,3350] [--platform cursor] [--json FILE]

How fast is `rune build`? For each number of skills (copies of the library's under other
names): a first build, a build with nothing to do and a --check, by hyperfine, beside `cp -r`
of the same files; and instructions per skill, by callgrind, which do not depend on the
machine. RUNE is a release binary (default .build/release/rune). Needs hyperfine; callgrind
is left out where there is no valgrind."""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def copies(root, count):
    """A source root of `count` skills and packs."""
    units = sorted(p.parent for p in (ROOT / "skills").glob("*/SKILL.md"))
    units += sorted(p.parent for p in (ROOT / "extensions").glob("*/PACK.md"))
    for i in range(count):
        unit, turn = units[i % len(units)], i // len(units)
        suffix = f"-{turn}" if turn else ""
        target = root / unit.parent.name / (unit.name + suffix)
        shutil.copytree(unit, target)
        for kind in ("agents", "commands", "contexts") if turn else ():
            shutil.rmtree(target / kind, ignore_errors=True)  # their names would be taken
        for name in ("SKILL.md", "PACK.md"):
            path = target / name
            if path.exists() and suffix:
                text = path.read_text(encoding="utf-8")
                text = re.sub(r'^(name: *"?[@\w/-]*?[\w-]+)("?)$', rf"\g<1>{suffix}\2", text, count=1, flags=re.M)
                path.write_text(text, encoding="utf-8")


def hyperfine(commands, cwd, runs):
    """median seconds of each (prepare, command)"""
    out = cwd / "hyperfine.json"
    argv = ["hyperfine", "--shell=none", "--style=none", f"--runs={runs}", "--warmup=1", f"--export-json={out}"]
    for prepare, command in commands:
        argv += ["--prepare", prepare, command]
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit("hyperfine failed:\n" + done.stdout + done.stderr)
    return [r["median"] for r in json.loads(out.read_text())["results"]]


def instructions(rune, cwd, platform):
    """of a first build, and of a program start"""

    def count(*args):
        log = cwd / "callgrind.log"
        subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}", rune, *args],
            cwd=cwd, capture_output=True, check=True,
        )  # fmt: skip
        return int(re.search(r"Collected : (\d+)", log.read_text())[1])

    shutil.rmtree(cwd / "out", ignore_errors=True)
    return count("build", "-j", "1", "--platform", platform, "--output", "out"), count("version")


def one(rune, count, platform):
    with tempfile.TemporaryDirectory(prefix="rune-bench-") as tmp:
        tmp = pathlib.Path(tmp)
        copies(tmp / "src", count)
        (tmp / "rune.config.json").write_text(json.dumps({"platform": platform, "source": "src"}))
        done = subprocess.run([rune, "build", "--output", "out"], cwd=tmp, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"rune build failed with {done.returncode}:\n{done.stderr[-2000:]}")
        files = [p for p in (tmp / "src").rglob("*") if p.is_file()]
        build = f"{rune} build --platform {platform} --output out"
        cp, first, again, check = hyperfine(
            [
                ("rm -rf out", "cp -r src out"),
                ("rm -rf out", build),
                ("true", build),
                ("true", build + " --check"),
            ],
            tmp,
            30 if count < 500 else 10 if count < 2000 else 5,
        )
        row = {
            "skills": count,
            "files": len(files),
            "bytes": sum(p.stat().st_size for p in files),
            "cp": cp,
            "build": first,
            "ratio": first / cp,
            "again": again,
            "check": check,
        }
        if shutil.which("valgrind") and count < 1000:
            row["instructions"], row["start"] = instructions(rune, tmp, platform)
        return row


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("rune", nargs="?", default=str(ROOT / ".build/release/rune"))
    parser.add_argument("--counts", default="67,670,3350")
    parser.add_argument("--platform", default="cursor")
    parser.add_argument("--json")
    args = parser.parse_args()
    rune = str(pathlib.Path(args.rune).resolve())
    if " " in rune:
        sys.exit("run.py: hyperfine cannot take a blank in the path of rune")
    rows = []
    print(f"{'skills':>7} {'files':>6} {'MB':>6} {'cp -r':>9} {'build':>9} {'ratio':>6} {'again':>9} {'check':>9} {'instr/skill':>12}")
    for count in map(int, args.counts.split(",")):
        r = one(rune, count, args.platform)
        rows.append(r)
        per = f"{(r['instructions'] - r['start']) / count / 1e3:9.0f} k" if "instructions" in r else "-"
        print(
            f"{count:7} {r['files']:6} {r['bytes'] / 1e6:6.1f} {r['cp'] * 1e3:6.1f} ms {r['build'] * 1e3:6.1f} ms "
            f"{r['ratio']:6.2f} {r['again'] * 1e3:6.1f} ms {r['check'] * 1e3:6.1f} ms {per:>12}",
            flush=True,
        )
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
