#!/usr/bin/env python3
"""run.py RUNE [PATTERN...]: golden directories, tests/golden/<area>/<case>/.

    cmd        a run per line: the arguments of rune; or `$ ` and a shell command, which
               must succeed (rune is on its PATH). `#` begins a comment line.
    input/     copied to an empty directory, in which everything runs
    expect/    the files that were created or changed, byte for byte, with their executable
               bit, links as links; expect/.deleted lists the ones that are gone
    stdout, stderr          what was printed, all runs together. {dir} stands for the
                            directory, {version} for rune's version
    stdout.has, stderr.has  or: lines that must occur in it
    exit       exit statuses of the runs of rune, the last ones first missing: 0
    stdin      what the runs read; else nothing
    options    words: `manifest` also compares .rune/ (its hashes change with every text),
               `no-tree` compares no files

Files that are not there are not compared, except that no expect/ means: nothing changed.
PATTERN is a part of area/case. ACCEPT=1 rewrites expect/, and exit, stdout and stderr where
they exist; then read the diff as you would read code."""
import concurrent.futures
import difflib
import os
import pathlib
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT = 120
SHOWN = 60  # lines of a difference


def entry(path):
    """(kind, content, executable) of a file or link; comparable."""
    if path.is_symlink():
        return ("link", os.readlink(path).encode(), False)
    return ("file", path.read_bytes(), bool(path.stat().st_mode & stat.S_IXUSR))


def tree(root, skip=()):
    found = {}
    for base, dirs, files in os.walk(root):
        names = files + [d for d in dirs if os.path.islink(os.path.join(base, d))]
        for name in names:
            path = pathlib.Path(base, name)
            rel = path.relative_to(root).as_posix()
            if not rel.startswith(tuple(skip)):
                found[rel] = entry(path)
    return found


class Case:
    def __init__(self, path, rune, version):
        self.path, self.rune, self.version = path, rune, version
        self.name = path.relative_to(HERE).as_posix()
        self.options = self.read("options", "").split()
        self.problems = []

    def read(self, name, default=None):
        path = self.path / name
        return path.read_text(encoding="utf-8") if path.exists() else default

    def normal(self, data):
        text = data.decode(errors="replace")
        for name in sorted({str(self.work), os.path.realpath(self.work)}, key=len, reverse=True):
            text = text.replace(name, "{dir}")
        return text.replace(self.version, "{version}")

    def run_all(self):
        env = {k: v for k, v in os.environ.items() if "SAN_OPTIONS" in k or k == "TMPDIR"}
        env.update(
            HOME=str(self.base / "home"),
            LC_ALL="C.UTF-8",
            TERM="dumb",
            PATH=os.path.dirname(self.rune) + os.pathsep + os.environ["PATH"],
            GIT_CONFIG_GLOBAL="/dev/null",
        )
        stdin = self.read("stdin", "").encode()
        out, err, self.exits = b"", b"", []
        for line in self.read("cmd").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            shell = line.startswith("$ ")
            argv = ["sh", "-c", line[2:]] if shell else [self.rune, *shlex.split(line)]
            done = subprocess.run(argv, cwd=self.work, env=env, input=stdin, capture_output=True, timeout=TIMEOUT)
            out, err = out + done.stdout, err + done.stderr
            if shell and done.returncode:
                self.problems.append(f"'{line}' failed with {done.returncode}: {done.stderr.decode(errors='replace')}")
            if not shell:
                self.exits.append(done.returncode)
        self.stdout, self.stderr = self.normal(out), self.normal(err)
        if "Sanitizer" in self.stderr or any(e < 0 for e in self.exits):
            self.problems.append("crashed")

    def changes(self, before):
        skip = () if "manifest" in self.options else (".rune/",)
        after = tree(self.work, skip)
        changed = {k: v for k, v in after.items() if before.get(k) != v}
        deleted = sorted(k for k in before if k not in after and not k.startswith(tuple(skip)))
        if deleted:
            changed[".deleted"] = ("file", "".join(k + "\n" for k in deleted).encode(), False)
        return changed

    def accept(self, changed):
        expect = self.path / "expect"
        shutil.rmtree(expect, ignore_errors=True)
        if "no-tree" in self.options:
            changed = {}
        for rel, (kind, data, executable) in changed.items():
            path = expect / rel
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "link":
                os.symlink(data.decode(), path)
                continue
            path.write_bytes(data)
            path.chmod(0o755 if executable else 0o644)
        for name in ("stdout", "stderr"):
            if (self.path / name).exists():
                (self.path / name).write_text(getattr(self, name), encoding="utf-8")
        exits = " ".join(map(str, self.exits)) + "\n"
        if any(self.exits):
            (self.path / "exit").write_text(exits)
        elif (self.path / "exit").exists():
            (self.path / "exit").unlink()

    def differ(self, what, want, got):
        want = want.decode(errors="backslashreplace").splitlines()
        got = got.decode(errors="backslashreplace").splitlines()
        lines = list(difflib.unified_diff(want, got, "expected " + what, "seen " + what, lineterm=""))
        if not lines:
            lines = ["(they differ only in line endings or in bytes that are not UTF-8)"]
        if len(lines) > SHOWN:
            lines[SHOWN:] = [f"... {len(lines) - SHOWN} more lines"]
        self.problems.append(what + ":\n" + "\n".join("    " + line for line in lines))

    def compare(self, changed):
        if "no-tree" not in self.options:
            self.compare_tree(changed)
        want_exits = [int(w) for w in self.read("exit", "").split()]
        want_exits = [0] * (len(self.exits) - len(want_exits)) + want_exits
        if want_exits != self.exits:
            self.problems.append(f"exit: expected {want_exits}, was {self.exits}; stderr:\n{self.stderr}")
        for name in ("stdout", "stderr"):
            got = getattr(self, name)
            want = self.read(name)
            if want is not None and want != got:
                self.differ(name, want.encode(), got.encode())
            for line in self.read(name + ".has", "").splitlines():
                if line not in got:
                    self.problems.append(f"{name}: has no '{line}', but:\n" + got)

    def compare_tree(self, changed):
        wanted = tree(self.path / "expect") if (self.path / "expect").exists() else {}
        for rel in sorted(set(wanted) | set(changed)):
            want, got = wanted.get(rel), changed.get(rel)
            if want == got:
                continue
            if not want:
                self.problems.append(f"{rel}: not expected to be created or changed")
            elif not got:
                self.problems.append(f"{rel}: expected, but not created or changed")
            elif want[0] != got[0]:
                self.problems.append(f"{rel}: expected a {want[0]}, is a {got[0]}")
            elif want[1] != got[1]:
                self.differ(rel, want[1], got[1])
            else:
                self.problems.append(f"{rel}: executable expected {want[2]}, is {got[2]}")

    def run(self):
        """True if it changed something on disk (ACCEPT)."""
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="rune-golden-"))
        self.work = self.base / "work"
        try:
            if (self.path / "input").exists():
                shutil.copytree(self.path / "input", self.work, symlinks=True)
            else:
                self.work.mkdir()
            (self.base / "home").mkdir()
            before = tree(self.work)
            self.run_all()
            changed = self.changes(before)
            self.compare(changed)
            if os.environ.get("ACCEPT") == "1" and self.problems:
                self.accept(changed)
                self.problems, again = [], self.problems
                self.compare(changed)
                print(f"accepted {self.name}" + ("" if not self.problems else ", but it still fails"))
                self.problems += [p for p in again if p == "crashed" or " failed with " in p]
        except subprocess.TimeoutExpired as e:
            self.problems.append(f"no end after {TIMEOUT} s: {e.cmd}")
        finally:
            shutil.rmtree(self.base, ignore_errors=True)
        return self


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    rune = os.path.abspath(sys.argv[1])
    said = subprocess.run([rune, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"\d+\.\d+\.\d+\S*", said).group()
    cases = []
    for cmd in sorted(HERE.glob("*/*/cmd")):
        case = Case(cmd.parent, rune, version)
        if not sys.argv[2:] or any(p in case.name for p in sys.argv[2:]):
            cases.append(case)
    for path in sorted(HERE.glob("*/*")):
        if path.is_dir() and not (path / "cmd").exists():
            case = Case(path, rune, version)
            case.problems.append("there is no file 'cmd'")
            cases.append(case)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for case in pool.map(lambda c: c if c.problems else c.run(), cases):
            if case.problems:
                failed += 1
                print(f"FAILED {case.name}")
                for p in case.problems:
                    print("  " + p.replace("\n", "\n  "))
    print(f"golden: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
