#!/usr/bin/env python3
"""checks.py: the checks of run.sh (which says what they are). Needs RUNE and RUNE_CLIENTS."""
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
CLIENTS = pathlib.Path(os.environ["RUNE_CLIENTS"]).resolve()
RUNE = os.path.abspath(os.environ["RUNE"])
NODE_BIN = CLIENTS / "node24/node_modules/node/bin"
PLATFORMS = ["claude", "claude-plugin", "openclaw", "cursor", "windsurf", "generic"]

# Keys of a skill's header beyond the standard's: of claude-code 2.1.330, openclaw 2026.9.6.
CLAUDE_KEYS = (
    "when_to_use argument-hint arguments disable-model-invocation user-invocable disallowed-tools model effort context "
    "agent hooks paths shell"
).split()
OWN_KEYS = {
    "claude": CLAUDE_KEYS,
    "claude-plugin": CLAUDE_KEYS,
    "openclaw": "homepage user-invocable disable-model-invocation".split(),
}

work = pathlib.Path(tempfile.mkdtemp(prefix="rune-conform-"))
misses = 0


def say(platform, check, loaded, expected, errors=()):
    """One line; a miss if loaded differs from expected or there are errors."""
    global misses
    ok = loaded == expected and not errors
    misses += not ok
    print(f"{'ok  ' if ok else 'MISS'} {platform:14} {check:34} {loaded}/{expected} errors={len(errors)}", flush=True)
    for e in list(errors)[:12]:
        print(f"       {e}")


def client(name, *args, home, cwd, timeout=120, program=None, **env):
    """Run a client in a clean environment and a home of its own."""
    home = work / "home" / home
    home.mkdir(parents=True, exist_ok=True)
    env = dict(
        env,
        PATH=f"{NODE_BIN}:/usr/local/bin:/usr/bin:/bin",
        HOME=str(home),
        TERM="dumb",
        LANG="C.UTF-8",
        CI="1",
        NO_COLOR="1",
        DO_NOT_TRACK="1",
    )
    argv = [str(CLIENTS / name / "node_modules/.bin" / (program or name)), *map(str, args)]
    done = subprocess.run(
        argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout
    )
    return done.returncode, done.stdout, done.stderr


def json_of(text):
    """The JSON value in a client's output, which may have lines before it."""
    at = re.search(r"^[\[{]", text, re.M)
    try:
        return json.loads(text[at.start() :]) if at else None
    except ValueError:
        return None


def library():
    """Names of the skills and packs of the library."""
    skills = [p.parent.name for p in (ROOT / "skills").glob("*/SKILL.md")]
    packs = [p.parent.name for p in (ROOT / "extensions").glob("*/PACK.md")]
    return sorted(skills), sorted(packs)


def build(platform):
    """An empty project, compiled for the platform; the project directory, or None."""
    project = work / platform
    project.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    done = subprocess.run([RUNE, "build", "--platform", platform], cwd=project, capture_output=True, text=True)
    again = subprocess.run([RUNE, "build", "--platform", platform, "--check"], cwd=project, capture_output=True, text=True)
    errors = [line for line in done.stderr.splitlines() if "error" in line] if done.returncode else []
    if again.returncode:
        errors.append(f"--check after the build: exit {again.returncode}")
    say(platform, "rune build", done.returncode, 0, errors)
    return project if done.returncode == 0 else None


def parsers(dirs):
    """platform -> what parsers.mjs found in its tree"""
    argv = [NODE_BIN / "node", HERE / "parsers.mjs", CLIENTS, *dirs]
    home = work / "home/parsers"
    home.mkdir(parents=True)
    done = subprocess.run(
        list(map(str, argv)), capture_output=True, text=True, timeout=300, env={"HOME": str(home), "PATH": str(NODE_BIN)}
    )
    if done.returncode:
        sys.exit("parsers.mjs failed:\n" + done.stderr)
    found = (json.loads(line) for line in done.stdout.splitlines())
    return {pathlib.Path(r["dir"]).name: r for r in found}


# ---- Claude -------------------------------------------------------------------------


def claude(*args, home, cwd, **env):
    env = {
        "DISABLE_AUTOUPDATER": "1",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "ANTHROPIC_API_KEY": "sk-ant-none",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",  # nobody there: no request ever leaves
        **env,
    }
    return client("claude", *args, home=home, cwd=cwd, **env)


def claude_validate(platform, what, path, home):
    _, out, _ = claude("plugin", "validate", "--strict", "--json", path, home=home, cwd=work)
    report = json_of(out) or {"success": False, "manifest": None, "contents": []}
    found = [report["manifest"]] if report["manifest"] else []
    messages = []
    for part in found + (report["contents"] or []):
        messages += [f"{part['file']}: {m.get('message', m)}" for m in part["errors"] + part["warnings"]]
    if not report["success"] and not messages:
        messages = ["validate says no: " + out[:300]]
    say(platform, f"plugin validate --strict {what}", int(report["success"]), 1, messages)


class Model(http.server.BaseHTTPRequestHandler):
    """The other end of ANTHROPIC_BASE_URL: keeps the largest request, answers nothing."""

    largest = b""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "/messages" in self.path and "count_tokens" not in self.path:
            Model.largest = max(Model.largest, body, key=len)
        self.send_response(400)
        self.end_headers()
        self.wfile.write(b'{"type":"error","error":{"type":"invalid_request_error","message":"no model"}}')

    def log_message(self, *args):
        pass


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for v in value.values() if isinstance(value, dict) else value:
            yield from strings(v)


def claude_session(platform, home, cwd, headers, prefix, agents, commands):
    """A session: what its first message says is loaded, and what its request tells the model
    of. headers: name -> header of every skill; prefix: how the client calls them."""
    Model.largest = b""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    _, out, _ = claude(
        "-p", "ok", "--output-format", "stream-json", "--verbose", home=home, cwd=cwd, ANTHROPIC_BASE_URL=address
    )
    server.shutdown()
    init = json_of(out.split("\n")[0]) or {}
    users = {prefix + n for n, h in headers.items() if h.get("user-invocable") is not False}
    for kind, key, wanted in (
        ("skills for users", "slash_commands", users),
        ("agents", "agents", agents),
        ("commands", "slash_commands", commands),
    ):
        have = set(init.get(key, []))
        say(platform, f"session: {kind}", len(wanted & have), len(wanted), [f"not loaded: {n}" for n in sorted(wanted - have)])
    text = "\n".join(strings(json.loads(Model.largest or b"{}")))
    shown = {n: h for n, h in headers.items() if h.get("disable-model-invocation") is not True}
    missing = [f"not shown: {n}" for n in shown if not re.search(rf"^- {re.escape(prefix + n)}(:|$)", text, re.M)]
    say(platform, "session: skills for the model", len(shown) - len(missing), len(shown), missing)
    bare = [f"no description: {n}" for n in shown if not re.search(rf"^- {re.escape(prefix + n)}: \S", text, re.M)]
    say(platform, "session: with description", len(shown) - len(bare), len(shown), bare)


def names(directory):
    return {p.stem for p in directory.glob("*.md")} if directory.is_dir() else set()


def skill_names(directory):
    return {p.parent.name for p in directory.glob("*/SKILL.md")}


def skill_headers(found):
    return {pathlib.Path(f).parent.name: h for f, h in found["headers"] if f.endswith("/SKILL.md")}


def check_claude(project, expected, found):
    tree = project / ".claude"
    claude_validate("claude", "the project", project, "claude")
    for part in ("skills", "agents", "commands"):
        claude_validate("claude", part, tree / part, "claude")
    skills = skill_names(tree / "skills")
    say("claude", "skills emitted", len(skills), expected)
    claude_session("claude", "claude", project, skill_headers(found), "", names(tree / "agents"), names(tree / "commands"))


def check_claude_plugin(project, expected, found):
    name = "claude-plugin"
    tree = project / "dist/claude-plugin"
    for what in ("marketplace.json", "plugin.json"):
        claude_validate(name, what, tree / ".claude-plugin" / what, "plugin")
    for part in ("skills", "agents", "commands"):
        claude_validate(name, part, tree / part, "plugin")
    plugin = json.loads((tree / ".claude-plugin/plugin.json").read_text())["name"]
    market = json.loads((tree / ".claude-plugin/marketplace.json").read_text())["name"]
    rc, out, err = claude("plugin", "marketplace", "add", tree, home="plugin", cwd=work)
    say(name, "plugin marketplace add", rc, 0, [out + err] if rc else [])
    rc, out, err = claude("plugin", "install", f"{plugin}@{market}", home="plugin", cwd=work)
    say(name, "plugin install", rc, 0, [out + err] if rc else [])
    _, out, _ = claude("plugin", "details", plugin, home="plugin", cwd=work)
    skills, agents, commands = skill_names(tree / "skills"), names(tree / "agents"), names(tree / "commands")
    say(name, "skills emitted", len(skills), expected)
    for kind, wanted in (("Skills", skills | commands), ("Agents", agents)):
        m = re.search(rf"^  {kind} \((\d+)\)\s*(.*?)(?=^  \w|^\S|^$)", out, re.M | re.S)
        listed = set(re.split(r"[,\s]+", m[2].strip())) if m else set()
        say(name, f"plugin details: {kind.lower()}", len(wanted & listed), len(wanted), [f"not listed: {n}" for n in sorted(wanted - listed)])
    empty = work / "empty"
    empty.mkdir()
    spaced = [{f"{plugin}:{n}" for n in group} for group in (agents, commands)]
    claude_session(name, "plugin", empty, skill_headers(found), f"{plugin}:", *spaced)


# ---- OpenClaw -----------------------------------------------------------------------


def check_openclaw(project, expected):
    tree = project / ".openclaw/rune"
    skills = skill_names(tree / "skills")
    say("openclaw", "skills emitted", len(skills), expected)
    rc, out, err = client(
        "openclaw", "plugins", "install", "-l", "--force", "--accept-capabilities", tree, home="openclaw", cwd=work
    )
    say("openclaw", "plugins install", rc, 0, [out + err] if rc else [])
    manifest = json.loads((tree / "openclaw.plugin.json").read_text())
    _, out, err = client("openclaw", "plugins", "inspect", manifest["id"], "--runtime", "--json", home="openclaw", cwd=work)
    report = json_of(out) or {"plugin": {"status": "not installed"}, "diagnostics": [{"message": out + err}]}
    say("openclaw", f"plugins inspect: {report['plugin']['status']}", int(report["plugin"]["status"] == "loaded"), 1,
        [d["message"] for d in report.get("diagnostics", [])])  # fmt: skip
    rc, out, err = client("openclaw", "plugins", "doctor", home="openclaw", cwd=work)
    say("openclaw", "plugins doctor", rc, 0, [out + err] if rc else [])
    _, out, _ = client("openclaw", "skills", "list", "--json", home="openclaw", cwd=work)
    listed = {s["name"]: s for s in (json_of(out) or {"skills": []})["skills"] if s["source"] == "openclaw-extra"}
    bad = [f"not listed: {n}" for n in sorted(skills - set(listed))]
    bad += [f"{n}: not eligible" for n, s in listed.items() if n in skills and not s["eligible"]]
    hidden = sum(not s["modelVisible"] for n, s in listed.items() if n in skills)
    say("openclaw", "skills list" + (f" ({hidden} hidden)" if hidden else ""), len(skills & set(listed)), len(skills), bad)


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


def check_headers(platform, found, wanted):
    """wanted: (path pattern, required keys); every matching file has them, and there is one."""
    for pattern, keys in wanted:
        files = [(f, h) for f, h in found["headers"] if re.fullmatch(pattern, f)]
        bad = [f"{f}: no '{k}'" for f, h in files for k in keys if h.get(k) in (None, "")]
        say(platform, pattern.replace("\\", ""), len(files), max(len(files), 1), bad)


def main():
    wanted = sys.argv[1:] or PLATFORMS
    for p in wanted:
        if p not in PLATFORMS:
            sys.exit(f"run.sh: no check for '{p}'; there are: {' '.join(PLATFORMS)}")
    skills, packs = library()
    expected = len(skills) + len(packs)
    print(f"library: {len(skills)} skills, {len(packs)} packs; in {work}")
    projects = {p: build(p) for p in wanted}
    projects = {p: d for p, d in projects.items() if d}
    found = parsers(projects.values()) if projects else {}
    if "claude" in projects:
        check_claude(projects["claude"], expected, found["claude"])
        check_standard("claude", found["claude"], projects["claude"] / ".claude", expected)
    if "claude-plugin" in projects:
        check_claude_plugin(projects["claude-plugin"], expected, found["claude-plugin"])
        check_standard("claude-plugin", found["claude-plugin"], projects["claude-plugin"] / "dist/claude-plugin", expected)
    if "openclaw" in projects:
        check_openclaw(projects["openclaw"], expected)
        check_standard("openclaw", found["openclaw"], projects["openclaw"] / ".openclaw/rune", expected)
    if "cursor" in projects:
        check_standard("cursor", found["cursor"], projects["cursor"], expected)
        check_headers("cursor", found["cursor"], [
            (r"\.cursor/rules/.*\.mdc", ["alwaysApply"]),
            (r"\.cursor/agents/.*\.md", ["name", "description"]),
        ])  # fmt: skip
    if "windsurf" in projects:
        check_standard("windsurf", found["windsurf"], projects["windsurf"], expected)
        check_headers("windsurf", found["windsurf"], [
            (r"\.windsurf/rules/.*\.md", ["trigger"]),
            (r"\.windsurf/workflows/.*\.md", ["description"]),
        ])  # fmt: skip
    if "generic" in projects:
        headers = {f: h for f, h in found["generic"]["headers"] if h.get("name") and h.get("description")}
        wanted = [f".ai/rules/rune-{n}.md" for n in skills] + [f".ai/rules/rune-ext-{n}.md" for n in packs]
        missing = [f for f in wanted if f not in headers]
        say("generic", "rules with name and description", expected - len(missing), expected, missing + found["generic"]["yaml"])
    if os.environ.get("KEEP"):
        print(f"kept {work}")
    else:
        shutil.rmtree(work, ignore_errors=True)
    print(f"conform: {misses} misses")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
