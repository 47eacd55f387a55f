#!/usr/bin/env python3
"""doctor.py [RUNE] [--counts 67,100,1000,10000] [--same] [--json FILE]

How fast is `rune doctor`? For each number of skills: wall time beside `cat` of the same files, by
hyperfine, on all processors and on one; instructions per skill, by callgrind, which do not depend
on the machine; memory. The skills are those of ../shared/corpus, where it is, else the library's,
copied under other names, with other words in their descriptions: a thousand skills that all say
the same (--same) are the worst case of looking for near duplicates. RUNE is a release binary
(default .build/release/rune). Needs hyperfine; callgrind is left out where there is no valgrind."""
import argparse
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import run

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared/corpus"
MOST_WITH_CALLGRIND = 1000


def units():
    found = sorted(p.parent for p in CORPUS.rglob("SKILL.md")) if CORPUS.is_dir() else []
    return found or sorted(p.parent for p in (ROOT / "skills").glob("*/SKILL.md"))


def copies(root, count, same):
    source = units()
    for i in range(count):
        unit, turn = source[i % len(source)], i // len(source)
        name = unit.name + (f"-{turn}" if turn else "")
        target = root / "skills" / name
        shutil.copytree(unit, target)
        if not turn:
            continue
        path = target / "SKILL.md"
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        text = re.sub(r"^name:.*$", f"name: {name}", text, count=1, flags=re.M)
        if not same:  # each word another one, of the same length
            text = re.sub(r"^(description: *)(.*)$", lambda m: m.group(1) + other_words(m.group(2), i), text, count=1, flags=re.M)
        path.write_text(text, encoding="utf-8", errors="surrogateescape")


def other_words(text, turn):
    shift = {c: chr((ord(c) - 97 + turn) % 26 + 97) for c in "abcdefghijklmnopqrstuvwxyz"}
    return re.sub(r"[a-z]{4,}", lambda m: "".join(shift[c] for c in m.group()), text)


def callgrind(rune, cwd, *args):
    log = cwd / "callgrind.log"
    subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}", rune, *args],
        cwd=cwd, capture_output=True,
    )  # fmt: skip
    return int(re.search(r"Collected : (\d+)", log.read_text())[1])


def one(rune, count, same):
    with tempfile.TemporaryDirectory(prefix="rune-bench-") as tmp:
        tmp = pathlib.Path(tmp)
        copies(tmp, count, same)
        files = [p for p in (tmp / "skills").rglob("*") if p.is_file()]
        doctor = ["doctor", "skills", "--format=json", "--output=/dev/null"]
        done = subprocess.run([rune, *doctor], cwd=tmp, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"rune doctor failed with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of the largest child so far
        command = " ".join([rune, *doctor])
        (tmp / "cat.sh").write_text("find skills -type f -exec cat {} + >/dev/null\n")
        cat, all_, single = run.hyperfine(
            [("true", "sh cat.sh"), ("true", f"sh -c '{command} || true'"), ("true", f"sh -c '{command} -j1 || true'")],
            tmp,
            20 if count < 500 else 10 if count < 5000 else 5,
        )
        row = {
            "skills": count,
            "files": len(files),
            "bytes": sum(p.stat().st_size for p in files),
            "said": done.stdout.strip().split("\n")[-1],
            "cat": cat,
            "doctor": all_,
            "single": single,
            "memory_kb": memory,
        }
        if shutil.which("valgrind") and count <= MOST_WITH_CALLGRIND:
            row["instructions"] = callgrind(rune, tmp, *doctor, "-j1")
            row["start"] = callgrind(rune, tmp, "version")
        return row


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("rune", nargs="?", default=str(ROOT / ".build/release/rune"))
    parser.add_argument("--counts", default="67,100,1000,10000")
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--json")
    args = parser.parse_args()
    rune = str(pathlib.Path(args.rune).resolve())
    if " " in rune:
        sys.exit("doctor.py: hyperfine cannot take a blank in the path of rune")
    rows = []
    print(f"{'skills':>7} {'files':>6} {'MB':>6} {'cat':>10} {'doctor':>10} {'ratio':>6} {'-j1':>10} {'MiB':>6} {'instr/skill':>12} {'instr/byte':>11}")
    for count in map(int, args.counts.split(",")):
        r = one(rune, count, args.same)
        rows.append(r)
        work = r["instructions"] - r["start"] if "instructions" in r else None
        print(
            f"{count:7} {r['files']:6} {r['bytes'] / 1e6:6.1f} {r['cat'] * 1e3:7.1f} ms {r['doctor'] * 1e3:7.1f} ms "
            f"{r['doctor'] / r['cat']:6.2f} {r['single'] * 1e3:7.1f} ms {r['memory_kb'] / 1024:6.1f} "
            + (f"{work / count / 1e3:10.0f} k {work / r['bytes']:11.1f}" if work else f"{'-':>12} {'-':>11}"),
            flush=True,
        )
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
