#!/usr/bin/env python3
"""run.py RUNE [ID...]: the cases of ../shared/cases/cases.json against a rune binary.

A case compiles one skill (kind "compile") or runs commands in a project (kind "cli") and
looks at what comes out; the file's `meta` says how. Cases listed in expected.txt are not
expected to pass yet: they run, and it is an error when one passes, so that the list can
only shrink. Without the file, everything is skipped (exit 77)."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parents[2] / "shared/cases/cases.json"
TIMEOUT = 120


class Run:
    """What a command did."""

    def __init__(self, argv, exit_status, stdout, stderr):
        self.argv, self.exit, self.stdout, self.stderr = argv, exit_status, stdout, stderr


def write(base, files):
    for name, text in files.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))


def write_config(base, config):
    if config is not None:
        config = dict(config)
        config.setdefault("source", "../src")
        write(base, {"proj/rune.config.json": json.dumps(config, indent=2) + "\n"})


def execute(rune, argv, base, stdin=""):
    env = {k: v for k, v in os.environ.items() if "SAN_OPTIONS" in k or k in ("PATH", "TMPDIR")}
    env.update(HOME=str(base / "home"), LC_ALL="C.UTF-8", TERM="dumb")
    done = subprocess.run(
        [rune, *argv], cwd=base / "proj", env=env, input=stdin.encode(), capture_output=True, timeout=TIMEOUT
    )
    return Run(argv, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def listing(proj):
    return sorted(p.relative_to(proj).as_posix() for p in proj.rglob("*") if p.is_file() or p.is_symlink())


def snapshot(proj):
    return {name: (proj / name).read_bytes() for name in listing(proj)}


def steps(case, rune, base):
    """Carry the case out; the last command, and the tree after the first."""
    if case["kind"] == "compile":
        for name, text in META["fixtures"].items():
            write(base, {f"src/skills/{name}/SKILL.md": text})
        write(base, {"src/skills/lantern/SKILL.md": case["input"]})
        write_config(base, {"platform": case["platform"]})
        return execute(rune, ["build"], base), None
    given = case["input"]
    write(base, given["files"])
    write_config(base, given["config"])
    last = execute(rune, given["argv"], base, given.get("stdin", ""))
    first_tree = snapshot(base / "proj")
    for step in given.get("then", []):
        write(base, step.get("write", {}))
        write_config(base, step.get("config"))
        if "argv" in step:
            last = execute(rune, step["argv"], base, given.get("stdin", ""))
    return last, first_tree


def examined(case, base, run, first_tree):
    """The text that the case looks at; None if there is no such thing."""
    check = case["check"]
    if check == "skill":
        check = META["output_paths"][case["platform"]] % "lantern"
    if check in ("stdout", "stderr"):
        return getattr(run, check)
    if check == "out":
        return run.stdout + run.stderr
    if check == "tree":
        return "\n".join(listing(base / "proj")) + "\n"
    if check == "identical":
        return "" if snapshot(base / "proj") == first_tree else None
    path = base / check if check.startswith("proj/") else base / "proj" / check
    return path.read_bytes().decode(errors="replace") if path.is_file() else None


def problems_of(case, rune):
    """The list of what is not as expected, and the run."""
    base = pathlib.Path(tempfile.mkdtemp(prefix="rune-case-"))
    try:
        for name in ("src", "proj", "home"):
            (base / name).mkdir()
        try:
            run, first_tree = steps(case, rune, base)
        except subprocess.TimeoutExpired:
            return [f"no end after {TIMEOUT} s"], None
        bad = []
        if run.exit < 0 or "Sanitizer" in run.stderr:
            bad.append("crashed")
        if case["exit"] == 0 and run.exit != 0:
            bad.append(f"exit 0 expected, was {run.exit}")
        if case["exit"] not in (0, None) and run.exit == 0:
            bad.append("exit non-zero expected, was 0")
        text = examined(case, base, run, first_tree)
        if text is None:
            what = "the tree changed" if case["check"] == "identical" else f"no {case['check']}"
            return bad + [what + ", there is: " + ", ".join(listing(base / "proj"))], run
        for s in case["expect_contains"]:
            if s not in text:
                bad.append(f"not found in {case['check']}: {s!r}")
        for s in case["expect_not_contains"]:
            if s in text:
                bad.append(f"found in {case['check']}: {s!r}")
        if bad:
            bad.append(f"{case['check']} was:\n" + "\n".join("    | " + line for line in text.splitlines()[:60]))
        return bad, run
    finally:
        shutil.rmtree(base, ignore_errors=True)


def show(case, bad, run):
    print(f"FAILED {case['id']} ({case['name']}), {case['platform'] or 'no platform'}")
    for b in bad:
        print("  " + b)
    if run:
        print(f"  rune {' '.join(run.argv)}: exit {run.exit}")
        for line in run.stderr.splitlines()[:15]:
            print("    stderr: " + line)


def expected_failures():
    reasons = {}
    for line in (HERE / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            ident, _, reason = line.partition("\t")
            reasons[ident] = reason
    return reasons


def main():
    global META
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    if not CASES.exists():
        print(f"cases: skipped, there is no {CASES}")
        return 77
    rune = os.path.abspath(sys.argv[1])
    data = json.loads(CASES.read_text(encoding="utf-8"))
    META = data["meta"]
    excused = expected_failures()
    cases = [c for c in data["cases"] if not sys.argv[2:] or c["id"] in sys.argv[2:]]
    passed = failed = skipped = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for case, (bad, run) in zip(cases, pool.map(lambda c: problems_of(c, rune), cases)):
            reason = excused.get(case["id"])
            if bad and reason and "crashed" not in bad:
                skipped += 1
            elif bad:
                show(case, bad, run)
                failed += 1
            elif reason:
                print(f"FAILED {case['id']} passes now: take it off tests/cases/expected.txt ({reason})")
                failed += 1
            else:
                passed += 1
    for ident in sorted(set(excused) - {c["id"] for c in data["cases"]}):
        print(f"FAILED expected.txt: there is no case {ident}")
        failed += 1
    print(f"cases: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
