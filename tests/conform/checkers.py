#!/usr/bin/env python3
"""checkers.py [-v] [DIR...]: what the field's checkers report of the same skills, `rune doctor`
reports too. A DIR holds skills in any layout; without one, the skills that odd.py makes.

    claude plugin validate --strict   of a plugin that has a copy of the skills
    skills-ref validate               the reference validator of the open format
    Cline's strict parser             parseAgentSkillMarkdown
    skills add DIR --list             the skills installer: what it would skip

Each complaint is matched with doctor's findings on the same file that say the same thing. Prints
a table, and a line per complaint that has none; then it ends with 1. -v prints all pairs.

    RUNE_CLIENTS  where install.sh put the clients (default ~/.cache/rune/clients)
    RUNE          a rune binary (default: scripts/run builds one)
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import odd

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CHECKERS = ["claude", "skills-ref", "cline", "skills"]
NEEDED = ["node24", "claude", "skillsref", "cline", "skills"]

# What a complaint is about: a pattern, and doctor's codes that say so. Where doctor says that the
# block cannot be read at all it says nothing about what would be in it.
UNREADABLE = "RN1001 RN1002 RN1003 RN1004 RN1007 RN1008 RN1009 RN1016".split()
NAME = "RN1011 RN1012 RN1018 RN1005".split()
DESCRIPTION = "RN1013 RN1018 RN1005".split()
TOPICS = [
    (r"mapping", ["RN1005", "RN1011"]),  # a list, a text, or nothing
    (r"must start with|not properly closed|No frontmatter|multiple documents", ["RN1010", "RN1011", "RN1032"]),
    (r"YAML|[Pp]arse", []),
    (r"metadata.*(must be an? (object|mapping)|key.value)", ["RN1005", "RN1025"]),
    (r"metadata", ["RN1019", "RN1005"]),
    (r"'?[Nn]ame.*must match|[Dd]irectory.*must match", ["RN2005", "RN1011", "RN1012"]),
    (r'"name" and "description" must be strings \(got (?!string)', NAME),
    (r'"name" and "description" must be strings', DESCRIPTION),
    (r"required.*: name, description", ["RN1011", "RN1005", "RN1032"]),
    (r"required.*name|[Nn]ame'? .*(non-empty|cannot be empty)|'name' (must|cannot)|No name", NAME),
    (r"(?i)description.*(limit|exceeds|characters|longer|truncat|cap)", ["RN1014"]),
    (r"(?i)description", DESCRIPTION),
    (r"(?i)compatibility.*(limit|exceeds)", ["RN1023"]),
    (r"compatibility", ["RN1005", "RN1018", "RN1025"]),
    (r"license", ["RN1005", "RN1018", "RN1025"]),
    (r"allowed-tools", ["RN1024", "RN1005", "RN1025"]),
    (r"[Ss]kill name|[Nn]ame", NAME),
    (r"Missing required file", ["RN5008"]),
    (r"disable-model-invocation|user-invocable|hooks|boolean", ["RN1015", "RN1005", "RN1018"]),
]
UNEXPECTED = re.compile(r"Unexpected (?:frontmatter fields?|fields in frontmatter): ([^.]*)\.")

work = pathlib.Path(tempfile.mkdtemp(prefix="rune-checkers-"))
clients = pathlib.Path(os.environ.get("RUNE_CLIENTS") or os.path.expanduser("~/.cache/rune/clients")).resolve()
node_bin = clients / "node24/node_modules/node/bin"


def run(argv, cwd, **env):
    home = work / "home"
    home.mkdir(exist_ok=True)
    env = dict(env, PATH=f"{node_bin}:/usr/local/bin:/usr/bin:/bin", HOME=str(home), TERM="dumb", LANG="C.UTF-8")
    env.update(CI="1", NO_COLOR="1", DO_NOT_TRACK="1")
    done = subprocess.run(
        list(map(str, argv)), cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=600
    )
    return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def shown(path, base):
    """A path as doctor shows it: below the base."""
    return os.path.relpath(path, base)


def claude(tree):
    """It takes a plugin, whose skills lie flat below skills/."""
    plugin = work / "plugin"
    shutil.rmtree(plugin, ignore_errors=True)
    (plugin / ".claude-plugin").mkdir(parents=True)
    manifest = {"name": "checked", "version": "1.0.0", "description": "Skills.", "author": {"name": "nobody"}}
    (plugin / ".claude-plugin/plugin.json").write_text(json.dumps(manifest))
    place = {}
    for file in sorted(tree.rglob("*.[mM][dD]")):
        if file.name.lower() == "skill.md":
            to = plugin / "skills" / file.parent.relative_to(tree / "skills" if (tree / "skills").is_dir() else tree)
            if len(to.relative_to(plugin / "skills").parts) > 1:
                to = plugin / "skills" / "--".join(to.relative_to(plugin / "skills").parts)
            shutil.copytree(file.parent, to, dirs_exist_ok=True)
            place[str(to / file.name)] = shown(file, tree)
    out, err = run(
        [clients / "claude/node_modules/.bin/claude", "plugin", "validate", "--strict", "--json", plugin],
        work,
        DISABLE_AUTOUPDATER="1",
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC="1",
        ANTHROPIC_API_KEY="sk-ant-none",
        ANTHROPIC_BASE_URL="http://127.0.0.1:9",
    )
    report = json.loads(out[out.index("{") :])
    for part in report["contents"] or []:
        for m in part["errors"] + part["warnings"] + part["notes"]:
            text = m if isinstance(m, str) else f"{m.get('path', '')}: {m.get('message', m)}"
            yield "claude", place.get(part["file"], part["file"]), text


def parsers(tree):
    """skills-ref and Cline"""
    out, err = run([node_bin / "node", HERE / "parsers_each.mjs", clients, tree], work)
    for line in out.splitlines():
        if line.startswith("{"):
            m = json.loads(line)
            yield m["checker"], m["file"], m["message"]


def skills(tree):
    out, err = run([clients / "skills/node_modules/.bin/skills", "add", tree, "--list"], tree, DISABLE_TELEMETRY="1")
    for path, why in re.findall(r"Skipped (/.*?SKILL\.md) — (.*)", out + err):
        yield "skills", shown(path, tree), why


def doctor(tree, rune):
    """file -> findings"""
    out, err = run([rune, "doctor", "--format", "json", "."], tree)
    found = collections.defaultdict(list)
    for d in json.loads(out)["diagnostics"]:
        found[d.get("path", "")].append(d)
    return found


def text_of(d):
    return " ".join([d["message"]] + [n.get("message") or n.get("text") or "" for n in d.get("notes", [])])


def missing(message, found):
    """What of a complaint doctor does not say: a list of texts; and the codes that do."""
    codes = {d["code"] for d in found}
    unreadable = codes & set(UNREADABLE)
    m = UNEXPECTED.search(message)
    if m:
        said, lost = set(), []
        for key in m[1].split(", "):
            have = {d["code"] for d in found if d["code"] in ("RN1006", "RN1026") and f"'{key}'" in text_of(d)}
            said |= have
            if not have and not unreadable:
                lost.append(f"key '{key}'")
        return lost, said | unreadable
    for pattern, accepted in TOPICS:
        if re.search(pattern, message):
            said = codes & set(accepted) or unreadable
            return ([] if said else ["nothing of " + " ".join(accepted)]), said
    return ["no topic of checkers.py matches"], set()


def check(label, tree, rune, verbose):
    found = doctor(tree, rune)
    complaints = [*claude(tree), *parsers(tree), *skills(tree)]
    count = collections.Counter()
    files = collections.defaultdict(set)
    lost_all = []
    for checker, file, message in complaints:
        lost, said = missing(message, found.get(file, []))
        count[checker, "all"] += 1
        count[checker, "lost"] += bool(lost)
        files[checker].add(file)
        line = f"{checker} {file}: {message.splitlines()[0][:160]}"
        if lost:
            lost_all.append(f"{line} | {', '.join(lost)}; doctor has {sorted(d['code'] for d in found.get(file, []))}")
        elif verbose:
            print(f"  {' '.join(sorted(said))} {line}")
    total = sum(len(v) for v in found.values())
    print(f"{label}: doctor has {total} findings in {len(found)} files")
    for checker in CHECKERS:
        n, lost = count[checker, "all"], count[checker, "lost"]
        print(f"  {checker:10} {n:4} complaints in {len(files[checker]):3} files, {n - lost:4} of them doctor's too")
    for line in lost_all:
        print("MISS " + line)
    return len(lost_all)


def main():
    args = sys.argv[1:]
    verbose = "-v" in args
    dirs = [pathlib.Path(a).resolve() for a in args if not a.startswith("-")]
    if len(args) - len(dirs) > verbose:
        print(__doc__)
        return 2
    for line in (HERE / "clients.txt").read_text().splitlines():
        name = line.split()[0] if line and not line.startswith("#") else None
        if name in NEEDED and not (clients / name / "node_modules").is_dir():
            print(f"checkers.py: {line.split()[1]} is not in {clients}: run tests/conform/install.sh", file=sys.stderr)
            return 2
    rune = os.environ.get("RUNE")
    if not rune:
        subprocess.run([ROOT / "scripts/run", "version"], check=True, stdout=subprocess.DEVNULL)
        rune = pathlib.Path(os.environ.get("RUNE_BUILD_DIR", ROOT / ".build/release")) / "rune"
    rune = pathlib.Path(rune).resolve()
    misses = 0
    try:
        if not dirs:
            base = work / "odd"
            odd.write(base)
            misses += check("odd skills", base, rune, verbose)
        for d in dirs:
            misses += check(d.name, d, rune, verbose)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"checkers: {misses} misses")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
