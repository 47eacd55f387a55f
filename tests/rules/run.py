#!/usr/bin/env python3
"""run.py RUNE [PATTERN...]: the fixtures of the rules, tests/rules/<CODE>-<slug>/.

    bad/  bad-<what>/      trees in which the rule must fire
    good/ good-<what>/     trees in which it must not

A tree is a root (skills/, extensions/, …), or a skill's or a pack's own directory (with a
SKILL.md or PACK.md, put into a directory of the name that it declares), or a project (with a
rune.config.json). doctor runs on the copy of a tree, with --only CODE. Beside the tree <case>:

    <case>.args    more arguments, one per line; a line that is no option replaces the path
    <case>.setup   a shell script, run in the copy before: what git cannot hold (links, NUL
                   bytes, modes), or `rune build`
    <case>.expect  the findings, in order: path:line:col, and perhaps a blank and some words of
                   the message; path alone for one without position
    <case>.fixed/  the tree after --fix; a second --fix changes nothing

`args` and `setup` without a case hold for every case that has none of its own. A rule that no
tree can make fire has a file `unit` instead, with the name of the unit test that does."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT = 60


def listing(base):
    """Relative path -> what is there, of everything below base."""
    out = {}
    for path in sorted(base.rglob("*")):
        rel = path.relative_to(base).as_posix()
        if rel.startswith(".rune/"):
            continue
        if path.is_symlink():
            out[rel] = "link to " + os.readlink(path)
        elif path.is_file():
            out[rel] = path.read_bytes()
    return out


def declared_name(tree):
    for name in ("SKILL.md", "PACK.md"):
        if (tree / name).is_file():
            m = re.search(rb"^name:\s*[\"']?(?:@[\w-]+/)?([a-z0-9-]+)[\"']?\s*$", (tree / name).read_bytes(), flags=re.M)
            return m.group(1).decode() if m else "demo"
    return None


class Case:
    def __init__(self, rule_dir, name, rune):
        self.dir, self.name, self.rune = rule_dir, name, rune
        self.code = rule_dir.name.split("-")[0]
        self.problems = []

    def beside(self, what):
        """The text of <case>.<what>, or of <what>; None if there is neither."""
        names = [f"{self.name}.{what}"] + ([what] if what in ("args", "setup") else [])
        for name in names:
            if (self.dir / name).is_file():
                return (self.dir / name).read_text(encoding="utf-8")
        return None

    def doctor(self, *more):
        args = [line for line in (self.beside("args") or "").splitlines() if line and not line.startswith("#")]
        paths = [a for a in args if not a.startswith("-")]
        if not paths and not (self.tree / "rune.config.json").exists():
            paths = [self.path]
        argv = [self.rune, "doctor", "--only", self.code, *(a for a in args if a.startswith("-")), *more, *paths]
        done = subprocess.run(argv, cwd=self.tree, env=self.env, capture_output=True, timeout=TIMEOUT)
        err = done.stderr.decode(errors="replace")
        if done.returncode < 0 or "Sanitizer" in err:
            self.problems.append(f"crashed: {' '.join(argv[1:])}: {err}")
        return done, err

    def findings(self):
        done, err = self.doctor("--format", "json")
        try:
            report = json.loads(done.stdout)
        except ValueError:
            self.problems.append(f"no JSON; exit {done.returncode}; {err}{done.stdout.decode(errors='replace')[:500]}")
            return []
        return [d for d in report["diagnostics"] if d["code"] == self.code]

    @staticmethod
    def place(d):
        where = d.get("path", "-")
        return f"{where}:{d['line']}:{d['column']}" if "line" in d else where

    def judge(self, found):
        shown = "".join(f"\n    {self.place(d)} {d['message']}" for d in found) or " nothing"
        if self.name.startswith("good"):
            if found:
                self.problems.append("must not fire, but reports" + shown)
            return
        if not found:
            self.problems.append("must fire, and does not")
        expect = self.beside("expect")
        if expect is None:
            return
        lines = [line for line in expect.splitlines() if line]
        pairs = [line.partition(" ") for line in lines]
        same = len(pairs) == len(found) and all(
            p[0] == self.place(d) and p[2] in d["message"] for p, d in zip(pairs, found)
        )
        if not same:
            self.problems.append("expected" + "".join("\n    " + line for line in lines) + "\n  but reports" + shown)

    def fix(self):
        fixed = self.dir / f"{self.name}.fixed"
        if not fixed.exists():
            return
        done, err = self.doctor("--fix")
        want, got = listing(fixed), listing(self.tree)
        for rel in sorted(set(want) | set(got)):
            if want.get(rel) != got.get(rel):
                self.problems.append(f"--fix: {rel}: expected\n    {want.get(rel)}\n  but it is\n    {got.get(rel)}\n  {err}")
        before = listing(self.work)
        self.doctor("--fix")
        if listing(self.work) != before:
            self.problems.append("--fix: a second run changes something")

    def run(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="rune-rule-"))
        source = self.dir / self.name
        name = declared_name(source)
        self.tree = self.work / "work" / name if name else self.work / "work"
        self.path = "."
        env = {k: v for k, v in os.environ.items() if "SAN_OPTIONS" in k or k == "TMPDIR"}
        path = os.path.dirname(self.rune) + os.pathsep + os.environ["PATH"]
        self.env = dict(env, HOME=str(self.work), LC_ALL="C.UTF-8", TERM="dumb", PATH=path, RUNE=self.rune)
        try:
            shutil.copytree(source, self.tree, symlinks=True)
            setup = self.beside("setup")
            if setup:
                done = subprocess.run(["sh", "-eu", "-c", setup], cwd=self.tree, env=self.env, capture_output=True, timeout=TIMEOUT)
                if done.returncode:
                    self.problems.append(f"setup failed: {done.stderr.decode(errors='replace')}")
            if not self.problems:
                self.judge(self.findings())
                self.fix()
        except subprocess.TimeoutExpired as e:
            self.problems.append(f"no end after {TIMEOUT} s: {e.cmd}")
        finally:
            shutil.rmtree(self.work, ignore_errors=True)
        return self


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    rune = os.path.abspath(sys.argv[1])
    cases = []
    for rule_dir in sorted(p for p in HERE.iterdir() if p.is_dir() and re.match(r"RN\d{4}-", p.name)):
        if sys.argv[2:] and not any(p in rule_dir.name for p in sys.argv[2:]):
            continue
        names = [p.name for p in sorted(rule_dir.iterdir()) if p.is_dir() and not p.name.endswith(".fixed")]
        cases += [Case(rule_dir, name, rune) for name in names]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for case in pool.map(Case.run, cases):
            if case.problems:
                failed += 1
                print(f"FAILED {case.dir.name}/{case.name}")
                for p in case.problems:
                    print("  " + p)
    print(f"rules: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
