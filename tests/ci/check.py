#!/usr/bin/env python3
"""check.py RUNE: what the composite action and the pre-commit hooks would run, run.

In real git repositories, with scripts/run of this checkout, which finds RUNE as its build. The
action: its one step as a runner starts it (bash --noprofile --norc -eo pipefail), inputs through
the environment. The hooks: each `entry` as pre-commit starts language `script`: the program is
below the hook's repository, the staged files that match `files` are its arguments, in the root of
the user's repository; pre-commit itself is not needed."""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ACTION = ROOT / ".github/actions/rune"
SKILL = '---\nname: {}\ndescription: "About it. Use when asked for it."\n---\n\n# Title\n\n{}'
problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


# ---- just enough YAML: maps, lists of maps, plain and quoted scalars --------------------------


def scalar(text):
    text = text.strip()
    if text[:1] == '"':
        return json.loads(text)
    if text[:1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def yaml(text):
    """Nested maps and lists by indentation, as the two files use them."""
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]

    def block(i, indent):
        out = None
        while i < len(lines):
            line = lines[i]
            depth = len(line) - len(line.lstrip())
            if depth < indent:
                break
            if line.lstrip().startswith("- "):
                out = [] if out is None else out
                lines[i] = line.replace("- ", "  ", 1)
                item, i = block(i, depth + 2)
                out.append(item)
                continue
            out = {} if out is None else out
            key, _, rest = line.strip().partition(":")
            if rest.strip():
                out[key], i = scalar(rest), i + 1
            else:
                out[key], i = block(i + 1, depth + 1)
        return out, i

    return block(0, 0)[0]


def spelt(value):
    """Booleans as they are written."""
    if isinstance(value, dict):
        return {k: spelt(v) for k, v in value.items()}
    if isinstance(value, list):
        return [spelt(v) for v in value]
    return str(value).lower() if isinstance(value, bool) else value


def load(path):
    text = path.read_text(encoding="utf-8")
    data = yaml(text)
    try:
        import yaml as real  # PyYAML, where there is one
    except ImportError:
        return data
    check(data == spelt(real.safe_load(text)), f"{path.name}: read otherwise by a YAML parser")
    return data


# ---- surroundings ------------------------------------------------------------------------------


def environment(base, rune):
    """Where scripts/run takes RUNE for an up-to-date build."""
    build = base / "build"
    build.mkdir()
    shutil.copy2(rune, build / "rune")
    (build / ".up-to-date").write_text(f"{ROOT}\n")
    env = {k: v for k, v in os.environ.items() if "SAN_OPTIONS" in k or k in ("PATH", "TMPDIR")}
    env.update(HOME=str(base), LC_ALL="C.UTF-8", RUNE_BUILD_DIR=str(build), GIT_CONFIG_GLOBAL="/dev/null")
    env.update(GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@b")
    return env


def repository(base, env, files):
    base.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=base, env=env, check=True)
    for rel, text in files.items():
        path = base / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    subprocess.run(["git", "add", "-A"], cwd=base, env=env, check=True)
    return base


# ---- the action ----------------------------------------------------------------------------------


def run_action(repo, env, **inputs):
    action = load(ACTION / "action.yml")
    step = action["runs"]["steps"][0]
    values = {name: spec.get("default", "") for name, spec in action["inputs"].items()}
    values.update({k.replace("_", "-"): v for k, v in inputs.items()})

    def expand(text):
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m.group(1)], text)

    env = dict(env, GITHUB_ACTION_PATH=str(ACTION), GITHUB_WORKSPACE=str(repo))
    env.update({k: expand(v) for k, v in step["env"].items()})
    script = repo.parent / "step.sh"
    script.write_text(expand(step["run"]) + "\n")
    argv = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    cwd = repo / expand(step["working-directory"])
    return subprocess.run(argv, cwd=cwd, env=env, capture_output=True, text=True, timeout=120)


def check_action_file():
    action = load(ACTION / "action.yml")
    text = (ACTION / "action.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    check(used == set(action["inputs"]), f"action.yml: inputs used {sorted(used)}")
    check(action["runs"]["using"] == "composite", "action.yml: not a composite action")
    for step in action["runs"]["steps"]:
        check("run" not in step or step.get("shell"), "action.yml: a step with run needs a shell")
        check("${{" not in step.get("run", ""), "action.yml: an expression inside of run can be code")
    for name, spec in action["inputs"].items():
        check(spec.get("description"), f"action.yml: {name} has no description")


def check_action(base, env):
    repo = repository(base / "act ion", env, {
        "skills/a/SKILL.md": SKILL.format("a", "See `rune:ghost`."),
        "skills/b c/SKILL.md": SKILL.format("b", "Done.\n"),
        "skills/d/SKILL.md": "---\nname: [d\n---\n",
    })
    only = "RN1017,RN2001"
    done = run_action(repo, env, paths="skills/a", only=only)
    check(done.returncode == 0, f"action: exit {done.returncode} for a warning: {done.stderr}")
    check("::warning file=skills/a/SKILL.md,line=8,col=" in done.stdout, f"action: {done.stdout}")
    check(run_action(repo, env, paths="skills/a", only=only, strict="true").returncode == 1, "action: strict passes")
    check(run_action(repo, env, paths="skills/a", only=only, max_warnings="0").returncode == 1, "action: max-warnings passes")
    done = run_action(repo, env, strict="maybe")
    check(done.returncode == 2 and done.stdout.startswith("::error"), f"action: strict=maybe: {done}")
    done = run_action(repo, env, paths="skills/b c\n\nskills/a\n", only="RN1017")
    check(done.returncode == 0 and done.stdout.count("::notice ") == 1, f"action: two paths: {done}")
    done = run_action(repo, env, paths="skills/d")
    check(done.returncode == 1 and "::error " in done.stdout, f"action: an error does not fail: {done}")
    done = run_action(repo, env, working_directory="skills", paths="a", only="RN2001", sarif="out.sarif")
    check("file=skills/a/SKILL.md" in done.stdout, "action: annotations from a subdirectory name other files")
    sarif = json.loads((repo / "skills/out.sarif").read_text())
    check(len(sarif["runs"][0]["results"]) == 1, "action: SARIF has other findings")
    for evil in ('"; touch pwned; "', "$(touch pwned)", "`touch pwned`", "x\ntouch pwned"):
        for name in ("paths", "platform", "only", "baseline", "max_warnings"):
            run_action(repo, env, **{name: evil})
    check(not list(repo.rglob("pwned")), "action: an input was run as a command")


# ---- the hooks ---------------------------------------------------------------------------------


def run_hook(hook, repo, env, *arguments):
    """As pre-commit does for language: script."""
    argv = shlex.split(hook["entry"])
    argv[0] = str(ROOT / argv[0])
    argv += arguments
    if hook.get("pass_filenames") != "false":
        staged = subprocess.run(
            ["git", "diff", "--staged", "--name-only", "--no-ext-diff", "-z", "--diff-filter=ACMRTUXB"],
            cwd=repo, env=env, capture_output=True, text=True, check=True,
        ).stdout.split("\0")
        argv += [f for f in staged if f and re.search(hook["files"], f)]
    return subprocess.run(argv, cwd=repo, env=env, capture_output=True, text=True, timeout=120)


def check_hooks(base, env):
    hooks = {h["id"]: h for h in load(ROOT / ".pre-commit-hooks.yaml")}
    for name, hook in hooks.items():
        check(hook["language"] == "script" and (ROOT / hook["entry"].split()[0]).is_file(), f"{name}: no such program")
        check(hook.get("name") and hook.get("description"), f"{name}: says nothing of itself")
        re.compile(hook["files"])
    repo = repository(base / "hooks", env, {
        "skills/a/SKILL.md": SKILL.format("a", "Done."),
        "skills/a/scripts/go.sh": "#!/bin/sh\necho hi",
        ".claude/skills/b/SKILL.md": SKILL.format("b", "Done.\n"),
        "README.md": "not ours",
        "src/main.c": "int main;",
    })
    doctor, fix = hooks["rune-doctor"], hooks["rune-doctor-fix"]
    strict = ("--only=RN1017", "--rule=RN1017=error")
    done = run_hook(doctor, repo, env, *strict)
    check(done.returncode == 1 and done.stdout.count("[RN1017]") == 2, f"hook: {done}")
    check("README.md" not in done.stdout and "main.c" not in done.stdout, "hook: looks at what is not a skill's")
    done = run_hook(fix, repo, env, *strict)
    check(done.returncode == 0 and (repo / "skills/a/SKILL.md").read_text().endswith("Done.\n"), f"hook --fix: {done}")
    check(run_hook(doctor, repo, env, *strict).returncode == 0, "hook: what was mended still fails")
    subprocess.run(["git", "commit", "-qam", "x"], cwd=repo, env=env, check=True)
    (repo / "skills/a/SKILL.md").unlink()
    subprocess.run(["git", "add", "-A"], cwd=repo, env=env, check=True)
    done = run_hook(doctor, repo, env, *strict)
    check(done.returncode == 0, f"hook: a removed file is looked for: {done}")
    (repo / "rune.config.json").write_text('{"library": false, "platform": "cursor"}\n')
    (repo / "skills/c").mkdir()
    (repo / "skills/c/SKILL.md").write_text(SKILL.format("c", "Done.\n"))
    shutil.rmtree(repo / "skills/a")
    build = hooks["rune-build-check"]
    check(run_hook(build, repo, env).returncode == 1, "hook build --check: passes before a build")
    subprocess.run([str(ROOT / "scripts/run"), "build", "-q"], cwd=repo, env=env, check=True, capture_output=True)
    done = run_hook(build, repo, env)
    check(done.returncode == 0, f"hook build --check: fails after a build: {done}")


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    if not shutil.which("git") or not shutil.which("bash"):
        print("ci: skipped, git or bash is not installed")
        return 77
    base = pathlib.Path(tempfile.mkdtemp(prefix="rune-ci-"))
    try:
        env = environment(base, os.path.abspath(sys.argv[1]))
        check_action_file()
        check_action(base, env)
        check_hooks(base, env)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    for p in problems:
        print(p)
    print(f"ci: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
