#!/usr/bin/env python3
"""check.py RUNE [SECONDS [SEED]]: builds that are killed, and builds at the same time.

Killed (E24): again and again a build is ended by SIGKILL at a random moment. Each file must
then be as one of the two versions of the sources makes it, the user's files as they were; the
next build must complete without a complaint and leave exactly the tree of an undisturbed one.

Interrupted: Ctrl-C is answered by what becomes of the files.

At the same time: several builds in one project, of one platform and of several, must all
succeed, and the tree and the manifest must have everything."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKILLS = 60
PLATFORMS = ["cursor", "windsurf", "generic", "claude"]
MINE = "# Mine\n\nNothing of this is rune's.\n"


def write_project(root):
    adapters = {"extends": "cursor", "instructionsPath": "AGENTS.md"}
    # a context in which every list has room: nothing is to be said here
    config = {"platform": "mine", "adapters": {"mine": adapters}, "output": {"context": 2000000}}
    (root / "rune.config.json").write_text(json.dumps(config))
    (root / "AGENTS.md").write_text(MINE)
    (root / ".cursor/skills").mkdir(parents=True)
    (root / ".cursor/skills/notes.txt").write_text(MINE)


def write_sources(base):
    """Two versions: texts, the number of skills, and their companions differ."""
    for version in (0, 1):
        for i in range(version * 7, SKILLS + version * 5):
            path = base / f"src{version}/skills/s{i}"
            path.mkdir(parents=True)
            about = f"Skill {i}, version {version if i % 3 else 0}."
            head = f"---\nname: s{i}\ndescription: {about}\nmetadata:\n  layer: L2\n---\n\n# s{i}\n\n"
            body = f"## Aim\n\n{about}\n\nSee references/r.md.\n" + f"A line {i % 5}.\n" * 200
            (path / "SKILL.md").write_text(head + body)
            if (i + version) % 2:
                (path / "references").mkdir()
                (path / "references/r.md").write_text(f"# r\n\n{about}\n")


def tree(root):
    found = {}
    for base, dirs, files in os.walk(root):
        for name in files:
            path = pathlib.Path(base, name)
            found[path.relative_to(root).as_posix()] = path.read_bytes()
        if not files and not dirs:
            found[pathlib.Path(base).relative_to(root).as_posix() + "/"] = b""
    return found


def die(work, message, *rest):
    print("crash: FAILED:", message, *rest, sep="\n  ")
    print("  left in", work)
    sys.exit(1)


def command(rune, version, *args):
    return [rune, "build", "--source", f"../src{version}", *args]


def run(rune, work, version, *args):
    done = subprocess.run(command(rune, version, *args), cwd=work, capture_output=True, text=True, timeout=120)
    if done.returncode or done.stderr:
        die(work, f"build {' '.join(args)}: exit {done.returncode}", done.stderr)


def check_state(work, references):
    """Every file old or new; what is staged or recorded does not count yet."""
    for rel, data in tree(work).items():
        name = rel.rsplit("/", 1)[-1]
        if rel.startswith(".rune/") or rel.endswith("/") or name.startswith(".rune-"):
            continue
        if all(data != ref.get(rel) for ref in references):
            die(work, f"{rel} is neither old nor new", data[:200])
    for rel in ("AGENTS.md", ".cursor/skills/notes.txt"):
        if MINE.encode() not in (work / rel).read_bytes():
            die(work, f"{rel} lost the user's text")


def killed(rune, base, seconds, rng):
    references = []
    for version in (0, 1):
        work = base / f"reference{version}"
        work.mkdir()
        write_project(work)
        begin = time.monotonic()
        run(rune, work, version)
        took = time.monotonic() - begin
        references.append(tree(work))
    work = base / "killed"
    work.mkdir()
    write_project(work)
    clean = kills = inside = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = tree(work)
        build = subprocess.Popen(command(rune, rng.randrange(2)), cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.random() * took * 1.1)
        build.send_signal(signal.SIGKILL)
        if build.wait() == -signal.SIGKILL:
            kills += 1
            inside += tree(work) != before
        elif build.returncode:
            die(work, f"a build that was not killed: exit {build.returncode}")
        check_state(work, references + [{"AGENTS.md": MINE.encode()}])
        if rng.random() < 0.5:  # else the next one is killed, too
            version = rng.randrange(2)
            run(rune, work, version)
            now = tree(work)
            if now != references[version]:
                differ = [k for k in now.keys() | references[version].keys() if now.get(k) != references[version].get(k)]
                die(work, "the next build is not complete", *differ)
            clean += 1
    print(f"crash: {kills} builds killed, {inside} of them while writing; {clean} completed")
    if not kills or not clean:
        die(work, "nothing was tested")


def catches(process, signal_):
    """Wait until the process has a handler for the signal; False if it ended before, or if that
    cannot be seen here."""
    status = pathlib.Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            caught = [line for line in status.read_text().splitlines() if line.startswith("SigCgt:")]
        except OSError:
            return False
        if caught and int(caught[0].split()[1], 16) >> (signal_ - 1) & 1:
            return True
    return False


def interrupted(rune, base, rng):
    """Ctrl-C says what becomes of the files, ends by the signal, and the next build completes."""
    work = base / "interrupted"
    work.mkdir()
    write_project(work)
    answered = 0
    for signal_ in (signal.SIGINT, signal.SIGTERM) * 4:
        build = subprocess.Popen(command(rune, rng.randrange(2)), cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if not catches(build, signal_):
            build.communicate()  # it was faster
            continue
        time.sleep(rng.random() * 0.02)
        build.send_signal(signal_)
        said = build.communicate(timeout=120)[1].decode()
        if build.returncode == 0:
            continue
        answered += 1
        if build.returncode != -signal_ or "interrupted" not in said:
            die(work, f"{signal_.name}: exit {build.returncode}", said)
    run(rune, work, 0)
    if list(work.rglob(".rune-*")):
        die(work, "something staged was left")
    print(f"crash: {answered} builds interrupted")
    if not answered and sys.platform == "linux":
        die(work, "no interrupt was answered")


def at_once(rune, base, rounds):
    work = base / "at-once"
    work.mkdir()
    write_project(work)
    for i in range(rounds):
        names = PLATFORMS + PLATFORMS[:2] + [",".join(PLATFORMS)]
        builds = [
            subprocess.Popen(command(rune, i % 2, "--platform", n), cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for n in names
        ]
        for name, build in zip(names, builds):
            said = build.communicate(timeout=120)[1]
            if build.returncode or said:
                die(work, f"round {i}, {name}: exit {build.returncode}", said.decode())
        run(rune, work, i % 2, "--check", "--platform", ",".join(PLATFORMS))
        if list(work.rglob(".rune-*")) or (work / ".rune/manifest.next.json").exists():
            die(work, f"round {i}: something staged was left")
        recorded = json.loads((work / ".rune/manifest.json").read_text())["files"]
        seen = {p for entry in recorded.values() for p in entry["platforms"]}
        if seen != set(PLATFORMS) or any(not (work / path).is_file() for path in recorded):
            die(work, f"round {i}: the manifest is not complete")
    print(f"crash: {rounds} times {len(names)} builds at once")


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    rune = os.path.abspath(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    base = pathlib.Path(tempfile.mkdtemp(prefix="rune-crash-"))
    print(f"crash: seed {seed}")
    write_sources(base)
    killed(rune, base, seconds, random.Random(seed))
    interrupted(rune, base, random.Random(seed))
    at_once(rune, base, max(2, int(seconds / 2)))
    shutil.rmtree(base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
