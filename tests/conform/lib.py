"""lib.py: what the checks have in common: clients in a clean environment, a build of the library, the report.
Needs RUNE and RUNE_CLIENTS."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CLIENTS = pathlib.Path(os.environ["RUNE_CLIENTS"]).resolve()
RUNE = os.path.abspath(os.environ["RUNE"])
NODE_BIN = CLIENTS / "node24/node_modules/node/bin"
NAMES = ("SKILL.md",)
VARIABLE = re.compile(r"\$\{CLAUDE_[A-Z_]+\}|\$ARGUMENTS|\{baseDir\}")

work = pathlib.Path(tempfile.mkdtemp(prefix="rune-conform-"))
state = {"misses": 0}
rows = {}  # platform -> what its client did, for the table


def say(platform, check, loaded, expected, errors=()):
    """One line; a miss if loaded differs from expected or there are errors."""
    errors = list(errors)
    ok = loaded == expected and not errors
    state["misses"] += not ok
    rows.setdefault(platform, {}).setdefault("errors", 0)
    rows[platform]["errors"] += len(errors)
    print(f"{'ok  ' if ok else 'MISS'} {platform:14} {check:34} {loaded}/{expected} errors={len(errors)}", flush=True)
    for e in errors[:12]:
        print(f"       {e}")


def note(platform, **facts):
    rows.setdefault(platform, {"errors": 0}).update(facts)


def versions():
    """name of a client -> (package, version)"""
    found = {}
    for line in (HERE / "clients.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, package = line.split()
            found[name] = tuple(package.rsplit("@", 1))
    return found


def path_of():
    """Directories for PATH: node, and the rg that comes with Codex: some clients would fetch one."""
    rg = sorted(CLIENTS.glob("codex/node_modules/@openai/codex-*/vendor/*/codex-path"))
    return ":".join(map(str, [NODE_BIN, *rg[:1], "/usr/local/bin", "/usr/bin", "/bin"]))


def home_of(name):
    home = work / "home" / name
    home.mkdir(parents=True, exist_ok=True)
    return home


def environment(home, **env):
    return dict(
        env,
        PATH=path_of(),
        HOME=str(home_of(home)),
        TERM="dumb",
        LANG="C.UTF-8",
        CI="1",
        NO_COLOR="1",
        DO_NOT_TRACK="1",
    )


def client(name, *args, home, cwd, timeout=180, program=None, **env):
    """Run a client in a clean environment and a home of its own. Its output goes to files: some
    end before all of it is through a pipe."""
    argv = [str(CLIENTS / name / "node_modules/.bin" / (program or name)), *map(str, args)]
    return run(argv, home=home, cwd=cwd, timeout=timeout, **env)


def run(argv, home, cwd, timeout=180, **env):
    env = environment(home, **env)
    at = work / "output" / home
    at.mkdir(parents=True, exist_ok=True)
    n = len(list(at.iterdir()))
    out, err = at / f"{n:03}.out", at / f"{n:03}.err"
    with out.open("w") as o, err.open("w") as e:
        try:
            code = subprocess.run(
                list(map(str, argv)), cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=o, stderr=e, timeout=timeout
            ).returncode
        except subprocess.TimeoutExpired:
            code = -1
            e.write(f"\nno end after {timeout} s\n")
    return code, out.read_text(errors="replace"), err.read_text(errors="replace")


def json_of(text):
    """The JSON value in a client's output, which may have lines before it."""
    at = re.search(r"^[\[{]", text, re.M)
    try:
        return json.JSONDecoder().raw_decode(text[at.start() :])[0] if at else None
    except ValueError:
        return None


def build(platform, name=None):
    """An empty project, compiled for the platform (or several, with commas); its directory, or None."""
    project = work / (name or platform)
    project.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    argv = [RUNE, "build", "--platform", platform]
    done = subprocess.run(argv, cwd=project, capture_output=True, text=True)
    again = subprocess.run([*argv, "--check"], cwd=project, capture_output=True, text=True)
    errors = [line for line in done.stderr.splitlines() if "error" in line] if done.returncode else []
    if again.returncode:
        errors.append(f"--check after the build: exit {again.returncode}")
    say(name or platform, "rune build", done.returncode, 0, errors)
    counts = re.findall(r"(\d+) (?:skills|extensions)", done.stdout)
    note(name or platform, expected=sum(map(int, counts[:2])))
    return project if done.returncode == 0 else None


class Skill:
    """One that was emitted."""

    def __init__(self, path, header, text):
        self.path, self.header = path, header
        self.name = header.get("name") or path.parent.name
        self.description = " ".join(str(header.get("description", "")).split())
        self.body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        yaml = path.parent / "agents/openai.yaml"
        policy = yaml.read_text() if yaml.exists() else ""
        self.hidden = header.get("disable-model-invocation") is True or "allow_implicit_invocation: false" in policy

    def missing(self, text):
        """Lines of the body that are not in a text; what a client fills in may be anything."""
        lines = [line.strip() for line in self.body.splitlines()]
        return [line for line in lines if not all(part in text for part in VARIABLE.split(line))]


def skills_of(project, found):
    """name -> Skill, from what parsers.mjs found there"""
    skills = {}
    for file, header in found["headers"]:
        path = project / file
        if path.name in NAMES:
            s = Skill(path, header, path.read_text())
            skills[s.name] = s
    return skills
