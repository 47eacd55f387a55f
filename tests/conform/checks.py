#!/usr/bin/env python3
"""checks.py: the checks of run.sh (which says what they are). Needs RUNE and RUNE_CLIENTS."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

from clients import CLIENT_OF, Claude
from lib import CLIENTS, HERE, NODE_BIN, build, client, json_of, note, rows, say, skills_of, state, versions, work
from model import Model, strings

# Directory of the platform's tree below the project, for the parsers; the importer's name for what no
# client on npm reads.
TREES = {
    "claude": ".claude",
    "claude-plugin": "dist/claude-plugin",
    "codex": ".agents",
    "copilot": ".github",
    "gemini": ".gemini",
    "qwen": ".qwen",
    "opencode": ".opencode",
    "kilo": ".kilo",
    "droid": ".factory",
    "continue": ".continue",
    "cline": ".cline",
    "openclaw": ".openclaw/rune",
    "qoder": ".qoder",
    "augment": ".augment",
    "cursor": ".cursor",
    "windsurf": ".windsurf",
    "devin": ".devin",
    "antigravity": ".agents",
    "kiro": ".kiro",
    "roo": ".roo",
    "junie": ".junie",
    "agents": ".agents",
}
IMPORTED_AS = {
    "cursor": "cursor",
    "windsurf": "devin",  # the form that it has become
    "devin": "devin",
    "antigravity": "antigravity-ide",
    "kiro": "kiro",
    "roo": "roo",
    "junie": "junie",
    "agents": "agentsskills",
}
PLATFORMS = [*TREES, "aider", "generic"]

# Keys of a skill's header beyond the standard's: of claude-code 2.1.330, openclaw 2026.9.6.
CLAUDE_KEYS = (
    "when_to_use argument-hint arguments disable-model-invocation user-invocable disallowed-tools model effort context "
    "agent hooks paths shell"
).split()
HIDING = ["disable-model-invocation"]
OWN_KEYS = {
    "claude": CLAUDE_KEYS,
    "claude-plugin": CLAUDE_KEYS,
    "openclaw": "homepage user-invocable disable-model-invocation".split(),
    "copilot": HIDING,
    "qwen": [*HIDING, "user-invocable", "priority", "paths"],
    "droid": HIDING,
    "qoder": HIDING,
    "cursor": HIDING,
    "windsurf": HIDING,
}


def parsers(dirs):
    """platform -> what parsers.mjs found in its tree"""
    argv = [NODE_BIN / "node", HERE / "parsers.mjs", CLIENTS, *dirs]
    home = work / "home/parsers"
    home.mkdir(parents=True, exist_ok=True)
    env = {"HOME": str(home), "PATH": str(NODE_BIN)}
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=300, env=env)
    if done.returncode:
        sys.exit("parsers.mjs failed:\n" + done.stderr)
    found = (json.loads(line) for line in done.stdout.splitlines())
    return {pathlib.Path(r["dir"]).name: r for r in found}


# ---- any client ---------------------------------------------------------------------


def check_names(platform, what, have, wanted):
    """What a client lists of what was emitted."""
    if have is None or not wanted:
        return
    lost = [f"not loaded: {n}" for n in sorted(wanted - have)]
    say(platform, f"{what} loaded", len(wanted & have), len(wanted), lost)
    note(platform, **{what: len(wanted & have)})


def check_seen(platform, it, request):
    """The list of skills in the request that the model got."""
    listed = it.listed(request)
    open_ = {n: s for n, s in it.skills.items() if not s.hidden}
    hidden = set(it.skills) - set(open_)
    away, there = [n for n in open_ if n not in listed], sorted(hidden & set(listed))
    shown = len(open_) - len(away)
    say(platform, "shown to the model", shown, len(open_), [f"not shown: {n}" for n in away])
    say(platform, "kept from the model", len(hidden) - len(there), len(hidden), [f"shown: {n}" for n in there])
    seen = 0
    if it.described:
        cut = []
        for n, s in open_.items():
            text = listed.get(n)
            if text and text.startswith(s.description):
                seen += 1
            elif n in listed:
                what = f"of {len(s.description)} characters {len(text)}: …{text[-40:]}" if text else "no description"
                cut.append(f"{n}: {what}")
        say(platform, "with their whole descriptions", seen, len(open_), cut)
    note(platform, described=seen if it.described else None, listed=shown, hidden=len(hidden))


def check_bodies(platform, it, calls):
    """What came back for each call."""
    whole, bad = 0, []
    for c in calls:
        text = c.result()
        lost = c.key.missing(text) if text else ["the tool was not called"]
        whole += not lost
        if lost:
            lines = len([x for x in c.key.body.splitlines() if x.strip()])
            size = len(c.key.body)
            bad.append(f"{c.key.name} ({size} characters): {len(lost)} of {lines} lines lost, as: {lost[0][:90]}")
    say(platform, "bodies whole", whole, len(calls), bad)
    note(platform, whole=whole, tried=len(calls))


def check_hidden(platform, it, refused, read):
    """A hidden skill: the tool refuses it; its file can be read."""
    if refused:
        text = refused.result()
        said = bool(text) and len(refused.key.missing(text)) > 5
        reason = next((x.strip() for x in text.splitlines() if re.search(it.refused, x)), "")[:200]
        what = "refused: " + reason if said else "loaded"
        print(f"       {platform}: the {it.tool} tool on hidden {refused.key.name}: {what}")
        note(platform, refuses=said)
    if read:
        text = read.result()
        lost = read.key.missing(text) if text else ["the tool was not called"]
        lost = [f"{read.key.name}: {x[:90]}" for x in lost[:3]]
        say(platform, "a hidden skill's file is read", int(not lost), 1, lost)


AT_ONCE = 15  # calls of one session
ALWAYS_ON = (
    "AGENTS.md GEMINI.md QWEN.md .clinerules/*.md .continue/rules/*.md .augment/rules/*.md .qwen/rules/*.md "
    ".github/instructions/*.md"
).split()


def check_always_on(platform, it, request):
    """What is to be in every request is in this one."""
    files = [f for p in ALWAYS_ON for f in sorted(it.project.glob(p))]
    text = "\n".join(strings(request["body"]))
    lost = []
    for f in files:
        lines = [x.strip() for x in re.sub(r"\A---\n.*?\n---\n", "", f.read_text(), flags=re.S).splitlines()]
        away = [x for x in lines if x not in text and not x.startswith("<!--")]
        if away:
            lost.append(f"{f.relative_to(it.project)}: {len(away)} of {len(lines)} lines lost, as: {away[0][:90]}")
    if files:
        names = " ".join(str(f.relative_to(it.project)) for f in files)
        say(platform, "always on: " + names, len(files) - len(lost), len(files), lost)


def check_toml(platform, project):
    """TOML that we wrote, read by another than its client."""
    bad = []
    files = [f for f in project.rglob("*.toml") if ".git" not in f.parts]
    for f in files:
        try:
            tomllib.loads(f.read_text())
        except tomllib.TOMLDecodeError as e:
            bad.append(f"{f.relative_to(project)}: {e}")
    if files:
        say(platform, "TOML read", len(files) - len(bad), len(files), bad)


def session(platform, it):
    """One session: the list, the longest bodies, a hidden skill."""
    by_length = sorted(it.skills.values(), key=lambda s: (-len(s.body), s.name))
    most = os.environ.get("BODIES", "5")
    tried = [s for s in by_length if not s.hidden][: len(by_length) if most == "all" else int(most)]
    calls = [it.skill_call(s) for s in tried]
    hidden = next((s for s in by_length if s.hidden), None)
    refused = it.skill_call(hidden) if hidden and it.tool and it.refused else None
    read = it.file_call(hidden) if hidden else None
    with Model(calls[:AT_ONCE] + [c for c in (refused, read) if c]) as m:
        code, out, err = it.talk(m.url)
    it.seen = request = m.main()
    for i in range(AT_ONCE, len(calls), AT_ONCE):  # more would be too long for some, and be compacted
        with Model(calls[i : i + AT_ONCE]) as m:
            it.talk(m.url)
    complaints = it.complaints(out, err)
    say(platform, "session", code, 0, complaints + ([(out + err)[-400:]] if code else []))
    check_seen(platform, it, request)
    check_always_on(platform, it, request)
    check_bodies(platform, it, calls)
    check_hidden(platform, it, refused, read)
    note(platform, tools=sorted(request["tools"]))


def check_client(platform, it, expected):
    version = versions()[it.name]
    note(platform, client=f"{it.program or it.name} {version[1]}")
    say(platform, "skills emitted", len(it.skills), expected)
    check_toml(platform, it.project)
    if it.talk:
        session(platform, it)
    skills, roles, commands = it.loaded()
    if skills is None and it.talk:  # it lists them nowhere: what the model was told of
        note(platform, skills=rows[platform]["listed"] + rows[platform]["hidden"])
    check_names(platform, "skills", skills, set(it.skills))
    check_names(platform, "agents", roles, it.emitted(it.roles))
    check_names(platform, "commands", commands, it.emitted(it.commands))
    say(platform, "no complaints", 0, 0, it.errors)


# ---- Claude -------------------------------------------------------------------------


class Plugin(Claude):
    """The same client with the plugin installed, in an empty project."""

    prefix = "rune:"
    entry, bare = r"^- rune:{n}: ([^\n]+)$", r"^- rune:{n}$"

    def __init__(self, project, skills):
        super().__init__(project, skills)
        self.tree = project / "dist/claude-plugin"
        self.roles, self.commands = ("dist/claude-plugin/agents", ".md"), ("dist/claude-plugin/commands", ".md")

    def skill_call(self, skill):
        call = super().skill_call(skill)
        call.args[self.key] = self.prefix + skill.name
        return call


def claude_validate(platform, it, what, path):
    _, out, _ = it.call("plugin", "validate", "--strict", "--json", path)
    report = json_of(out) or {"success": False, "manifest": None, "contents": []}
    found = [report["manifest"]] if report["manifest"] else []
    messages = []
    for part in found + (report["contents"] or []):
        messages += [f"{part['file']}: {m.get('message', m)}" for m in part["errors"] + part["warnings"]]
    if not report["success"] and not messages:
        messages = ["validate says no: " + out[:300]]
    say(platform, f"plugin validate --strict {what}", int(report["success"]), 1, messages)


def check_claude(project, skills, expected):
    it = Claude(project, skills)
    claude_validate("claude", it, "the project", project)
    for part in ("skills", "agents", "commands"):
        claude_validate("claude", it, part, project / ".claude" / part)
    check_client("claude", it, expected)


def check_claude_plugin(project, skills, expected):
    name = "claude-plugin"
    it = Plugin(project, skills)
    for what in ("marketplace.json", "plugin.json"):
        claude_validate(name, it, what, it.tree / ".claude-plugin" / what)
    for part in ("skills", "agents", "commands"):
        claude_validate(name, it, part, it.tree / part)
    plugin = json.loads((it.tree / ".claude-plugin/plugin.json").read_text())["name"]
    market = json.loads((it.tree / ".claude-plugin/marketplace.json").read_text())["name"]
    rc, out, err = it.call("plugin", "marketplace", "add", it.tree)
    say(name, "plugin marketplace add", rc, 0, [out + err] if rc else [])
    rc, out, err = it.call("plugin", "install", f"{plugin}@{market}")
    say(name, "plugin install", rc, 0, [out + err] if rc else [])
    _, out, _ = it.call("plugin", "details", plugin)
    for kind, wanted in (("Skills", set(skills) | it.emitted(it.commands)), ("Agents", it.emitted(it.roles))):
        m = re.search(rf"^  {kind} \((\d+)\)\s*(.*?)(?=^  \w|^\S|^$)", out, re.M | re.S)
        listed = set(re.split(r"[,\s]+", m[2].strip())) if m else set()
        lost = [f"not listed: {n}" for n in sorted(wanted - listed)]
        say(name, f"plugin details: {kind.lower()}", len(wanted & listed), len(wanted), lost)
    check_client(name, it, expected)


# ---- OpenClaw -----------------------------------------------------------------------


def check_openclaw(project, skills, expected):
    name = "openclaw"
    tree = project / ".openclaw/rune"
    it = CLIENT_OF[name](project, skills)
    rc, out, err = it.run("plugins", "install", "-l", "--force", "--accept-capabilities", tree)
    say(name, "plugins install", rc, 0, [out + err] if rc else [])
    manifest = json.loads((tree / "openclaw.plugin.json").read_text())
    _, out, err = it.run("plugins", "inspect", manifest["id"], "--runtime", "--json")
    report = json_of(out) or {"plugin": {"status": "not installed"}, "diagnostics": [{"message": out + err}]}
    said = [d["message"] for d in report.get("diagnostics", [])]
    say(name, f"plugins inspect: {report['plugin']['status']}", int(report["plugin"]["status"] == "loaded"), 1, said)
    rc, out, err = it.run("plugins", "doctor")
    say(name, "plugins doctor", rc, 0, [out + err] if rc else [])
    _, out, _ = it.run("skills", "list", "--json")
    listed = {s["name"]: s for s in (json_of(out) or {"skills": []})["skills"] if s["source"] == "openclaw-extra"}
    it.errors += [f"{n}: not eligible" for n, s in listed.items() if n in skills and not s["eligible"]]
    visible = {n for n, s in listed.items() if s["modelVisible"]}
    it.errors += [f"{n}: hidden, but visible" for n in visible if n in skills and skills[n].hidden]
    check_names(name, "skills", set(listed), set(skills))
    check_client(name, it, expected)


# ---- the standard, and platforms without a client ------------------------------------


def foreign(error, platform):
    """Is it more than that the platform's own keys are not the standard's?"""
    m = re.search(r"Unexpected (?:frontmatter fields?|fields in frontmatter): ([^.]*)\.", error)
    return not m or not set(m[1].split(", ")) <= set(OWN_KEYS.get(platform, ()))


def check_standard(platform, found, tree, expected):
    """skills-ref, Cline's parser and `skills add --list`."""
    spec = [e for e in found["spec"] if foreign(e, platform)]
    cline = [e for e in found["cline"] if foreign(e, platform)]
    n = len(found["skills"])
    say(platform, "skills-ref validate", n, expected, spec)
    say(platform, "cline's strict parser", n, expected, cline)
    say(platform, "headers read by js-yaml", len(found["headers"]), len(found["headers"]), found["yaml"])
    _, out, err = client("skills", "add", tree, "--list", home="skills", cwd=work, DISABLE_TELEMETRY="1")
    m = re.search(r"Found (\d+) skills?", out)
    say(platform, "skills add --list", int(m[1]) if m else 0, expected, [] if m else [(out + err)[-300:]])
    note(platform, parsed=n - len({e.split(":")[0] for e in spec + cline}))


def check_import(platform, project, expected):
    """rulesync, which knows the schemas of applications that are not on npm."""
    target = IMPORTED_AS[platform]
    copy = work / f"{platform}-import"
    shutil.copytree(project, copy)
    if platform == "windsurf":
        for part in ("skills", "rules"):
            shutil.copytree(copy / ".windsurf" / part, copy / ".devin" / part)
    wanted = {
        "skills": expected,
        "subagents": len([*copy.glob(".*/agents/*.md"), *copy.glob(".*/agents/*/AGENT.md")]),
        "commands": len([*copy.glob(".*/commands/*.md"), *copy.glob(".agents/workflows/*.md")]),
        "rules": len({p.name for p in [*copy.glob(".*/rules/*.md*"), *copy.glob(".*/steering/*.md")]}),
    }
    if platform == "agents":
        wanted = {"skills": expected}
    features = ",".join(k for k, n in wanted.items() if n)
    rc, out, err = client("rulesync", "import", "--targets", target, "--features", features, home="rulesync", cwd=copy)
    got = {k: int(n) for n, k in re.findall(r"(\d+) (\w+)", (re.search(r"total \((.*?)\)", out) or ["", ""])[1])}
    bad = [x for x in (out + err).splitlines() if re.search(r"Failed|rror|nvalid", x)]
    for what, n in wanted.items():
        if n:
            say(platform, f"rulesync import {target}: {what}", got.get(what, 0), n, bad)
            bad = []
    note(platform, client=f"rulesync {versions()['rulesync'][1]}, parsers", skills=got.get("skills", 0),
         agents=got.get("subagents"), commands=got.get("commands"))  # fmt: skip


def check_headers(platform, found, wanted):
    """wanted: (path pattern, required keys); every matching file has them, and there is one."""
    for pattern, keys in wanted:
        files = [(f, h) for f, h in found["headers"] if re.fullmatch(pattern, f)]
        bad = [f"{f}: no '{k}'" for f, h in files for k in keys if h.get(k) in (None, "")]
        say(platform, pattern.replace("\\", ""), len(files), max(len(files), 1), bad)


HEADERS = {
    "cursor": [(r"\.cursor/rules/.*\.mdc", ["alwaysApply"]), (r"\.cursor/agents/.*\.md", ["name", "description"])],
    "windsurf": [(r"\.windsurf/rules/.*\.md", ["trigger"]), (r"\.windsurf/workflows/.*\.md", ["description"])],
    "devin": [(r"\.devin/rules/.*\.md", ["trigger"]), (r"\.devin/agents/.*/AGENT\.md", ["name", "description"])],
    "antigravity": [(r"\.agents/rules/.*\.md", ["trigger"]), (r"\.agents/agents/.*\.md", ["name", "description"])],
    "kiro": [(r"\.kiro/steering/.*\.md", ["inclusion"])],
    "roo": [(r"\.roo/commands/.*\.md", ["description"])],
    "junie": [(r"\.junie/agents/.*\.md", ["name", "description"]), (r"\.junie/commands/.*\.md", ["description"])],
}


def check_generic(found, expected):
    rules = [h for f, h in found["headers"] if re.match(r"\.ai/rules/rune-(?!role-|mode-)", f)]
    n = len([h for h in rules if h.get("name") and h.get("description")])
    say("generic", "rules with name and description", n, expected, found["yaml"])
    note("generic", client="js-yaml", skills=n)


def check_aider(project, expected):
    """Its configuration: `read` names files that are there. AIDER names a checkout: its own parser reads it."""
    argv = [NODE_BIN / "node", HERE / "yaml_of.mjs", CLIENTS, project / ".aider.conf.yml"]
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=60)
    config = json.loads(done.stdout or "{}")
    read = config.get("read", [])
    read = [read] if isinstance(read, str) else read
    lost = [f"no file: {f}" for f in read if not (project / f).is_file()]
    say("aider", ".aider.conf.yml: read", len(read), 1, lost + done.stderr.splitlines())
    size = sum(len((project / f).read_bytes()) for f in read)
    say("aider", f"bytes in every message: {size}", int(0 < size <= 12000), 1)
    text = "\n".join((project / f).read_text() for f in read)
    files = {p.stem for p in (project / ".aider/skills").glob("rune-*.md")}
    files = {n for n in files if not re.match("rune-(index|role-|mode-)", n)}
    lost = [f"not named: {n}" for n in sorted(files) if n not in text]
    say("aider", "skills that CONVENTIONS.md names", len(files) - len(lost), expected, lost)
    version = "js-yaml"
    if os.environ.get("AIDER"):
        version = "its argument parser"
        argv = [sys.executable, HERE / "aider_read.py", ".aider.conf.yml"]
        env = dict(os.environ, PYTHONPATH=os.environ["AIDER"])
        done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, timeout=60, cwd=project, env=env)
        own = json_of(done.stdout) or []
        bad = [f"read: {own}", *done.stderr.splitlines()[-3:]] if own != read else []
        say("aider", "read, its own parser says", len(own), len(read), bad)
    note("aider", client=version, skills=len(files))


# ---- two trees with the same skills ---------------------------------------------------

# They read .agents/skills beside their own directory.
BOTH = ["copilot", "opencode", "gemini", "qwen", "droid", "kilo", "cline"]


def check_double():
    """The same skills in both places: a client lists each once."""
    for platform in BOTH:
        name = f"{platform}+agents"
        project = build(f"{platform},agents", name)
        if not project:
            continue
        found = parsers([project])[name]
        tree = project / TREES[platform]
        found["headers"] = [(f, h) for f, h in found["headers"] if (project / f).is_relative_to(tree)]
        it = CLIENT_OF[platform](project, skills_of(project, found))
        it.home = name
        with Model() as m:
            it.talk(m.url)
        request = m.main()
        text = it.listing(request)
        times = {n: len(re.findall(it.entry.format(n=re.escape(n)), text, re.S | re.M)) for n in it.skills}
        more = [f"{n}: {k} times" for n, k in times.items() if k > 1]
        say(name, "listed more than once", len(more), 0, more)
        listed = set(it.listed(request))
        lost = [n for n, s in it.skills.items() if not s.hidden and n not in listed]
        say(name, "not listed at all", len(lost), 0, lost)
        del rows[name]


# ---- all ------------------------------------------------------------------------------


def cell(row, key):
    value = row.get(key)
    return "" if value is None else str(value)


def table():
    """The rows of README.md."""
    print("\n| platform | client | loaded | errors | agents | commands | described / listed / hidden | bodies whole |")
    print("|---|---|---|---|---|---|---|---|")
    for p, r in rows.items():
        loaded = f"{cell(r, 'skills')} / {cell(r, 'expected')}"
        described = "names only" if r.get("described") is None else r["described"]
        shown = f"{described} / {r['listed']} / {r['hidden']}" if "listed" in r else ""
        whole = f"{r['whole']} / {r['tried']}" if "tried" in r else ""
        cells = [f"`{p}`", cell(r, "client"), loaded, r["errors"], cell(r, "agents"), cell(r, "commands"), shown, whole]
        print("| " + " | ".join(map(str, cells)) + " |")


def main():
    args = sys.argv[1:]
    wanted = [a for a in args if a != "double"] or (PLATFORMS if not args else [])
    for p in wanted:
        if p not in PLATFORMS:
            sys.exit(f"run.sh: no check for '{p}'; there are: {' '.join(PLATFORMS)} double")
    print(f"in {work}")
    projects = {p: build(p) for p in wanted}
    projects = {p: d for p, d in projects.items() if d}
    read = parsers(projects.values()) if projects else {}
    for p, project in projects.items():
        found, expected = read[p], rows[p]["expected"]
        if p == "generic":
            check_generic(found, expected)
            continue
        if p == "aider":
            check_aider(project, expected)
            continue
        skills = skills_of(project, found)
        check_standard(p, found, project / TREES[p], expected)
        if p == "claude":
            check_claude(project, skills, expected)
        elif p == "claude-plugin":
            check_claude_plugin(project, skills, expected)
        elif p == "openclaw":
            check_openclaw(project, skills, expected)
        elif p in CLIENT_OF:
            check_client(p, CLIENT_OF[p](project, skills), expected)
        else:
            check_import(p, project, expected)
            check_headers(p, found, HEADERS.get(p, []))
    if "double" in args or not args:
        check_double()
    table()
    if os.environ.get("KEEP"):
        print(f"kept {work}")
    else:
        shutil.rmtree(work, ignore_errors=True)
    print(f"conform: {state['misses']} misses")
    return 1 if state["misses"] else 0


if __name__ == "__main__":
    sys.exit(main())
