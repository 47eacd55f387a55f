"""clients.py: how each client is asked what it has loaded, and led through a session with our model."""

import hashlib
import html
import json
import re
import subprocess
import threading

from lib import CLIENTS, HERE, NODE_BIN, client, environment, home_of, json_of, run
from model import Call, strings

XML = r"<name>\s*{n}\s*</name>\s*<description>\s*(.*?)\s*</description>"


def stems(directory, suffix=".md"):
    return {p.name[: -len(suffix)] for p in directory.glob("*" + suffix)} if directory.is_dir() else set()


class Client:
    """`entry`: the pattern of a skill in the request's list, its description as group 1. `bare`: that of a
    name without. `tool` and `key`: the tool that loads a skill and its argument; `reader`: the one that
    reads a file, for hidden skills, and for all where there is no such tool."""

    name = program = None
    entry, bare = XML, None
    tool, key = "skill", "skill"
    reader, file_key = "read", "path"
    refused = None  # what the tool says of a hidden skill
    roles = commands = None  # where the agents and commands stand: directory, suffix
    described = True  # does the client show descriptions?
    seen = None  # the session's request
    home = None

    def __init__(self, project, skills):
        self.project, self.skills, self.errors = project, skills, []

    def run(self, *args, **env):
        return client(self.name, *args, home=self.home or self.name, cwd=self.project, program=self.program, **env)

    def emitted(self, what):
        return stems(self.project / what[0], what[1]) if what else set()

    def loaded(self):
        """Names of skills, agents and commands that the client lists: three sets, None where it cannot say."""
        return None, None, None

    def talk(self, url):
        """A session of one message, all tools allowed; returns code, output, errors."""
        raise NotImplementedError

    def skill_call(self, skill):
        if self.tool is None:
            return self.file_call(skill)
        return Call(self.tool, {self.key: skill.name}, key=skill)

    def file_call(self, skill):
        return Call(self.reader, {self.file_key: str(skill.path)}, key=skill)

    def complaints(self, out, err):
        """What of a session's output is a complaint about our files."""
        pattern = r"(?i)(fail|error|invalid|skipp).*(skill|agent|rule|command)"
        return [x for x in (out + err).splitlines() if re.search(pattern, x)]

    def listing(self, request):
        """The part of a request that has the list."""
        return html.unescape("\n".join(strings(request["body"])))

    def listed(self, request):
        """name -> description in the request's list; None for a bare name"""
        text = self.listing(request)
        found = {}
        for n in self.skills:
            m = re.search(self.entry.format(n=re.escape(n)), text, re.S | re.M)
            if m:
                found[n] = " ".join(m[1].split()) if m.lastindex else None
            elif self.bare and re.search(self.bare.format(n=re.escape(n)), text, re.M):
                found[n] = None
        return found


class Claude(Client):
    name = "claude"
    entry, bare = r"^- {n}: ([^\n]+)$", r"^- {n}$"
    tool, key, reader, file_key = "Skill", "skill", "Read", "file_path"
    refused = "disable-model-invocation"
    prefix = ""
    roles, commands = (".claude/agents", ".md"), (".claude/commands", ".md")
    init = None

    def call(self, *args, **env):
        env.setdefault("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")  # nobody there: no request ever leaves
        return self.run(
            *args,
            DISABLE_AUTOUPDATER="1",
            CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC="1",
            ANTHROPIC_API_KEY="sk-ant-none",
            **env,
        )

    def talk(self, url):
        args = ["--model", "claude-sonnet-4-5", "--output-format", "stream-json", "--verbose"]
        args += ["--allowedTools", "Skill", "Read"]
        done = self.call("-p", "ok", *args, ANTHROPIC_BASE_URL=url)
        self.init = json_of(done[1].split("\n")[0]) or {}
        return done[0], "", done[2]

    def listing(self, request):
        """Agents stand above in the same form."""
        return super().listing(request).partition("The following skills are available")[2]

    def loaded(self):
        """Skills that only the model may use are in no list of its own."""
        if self.init is None:
            return None, None, None
        have, agents = set(self.init.get("slash_commands", [])), set(self.init.get("agents", []))
        n = len(self.prefix)
        strip = lambda names: {x[n:] for x in names if x.startswith(self.prefix)}  # noqa: E731
        unlisted = {n for n, s in self.skills.items() if s.header.get("user-invocable") is False}
        return strip(have) | unlisted, strip(agents), strip(have)


class Codex(Client):
    name = "codex"
    entry = r"^- {n}: ([^\n]*) \(file: "
    tool = None
    roles = (".codex/agents", ".toml")

    def config(self, url):
        at = home_of(self.home or self.name) / ".codex"
        at.mkdir(exist_ok=True)
        (at / "config.toml").write_text(
            'model = "gpt-6-sol"\nmodel_provider = "mock"\n'
            f'[model_providers.mock]\nname = "mock"\nbase_url = "{url}/v1"\nwire_api = "responses"\n'
            f'[projects."{self.project}"]\ntrust_level = "trusted"\n'
        )

    def rpc(self, *methods):
        """What the app server answers: method -> result for the project."""
        argv = [CLIENTS / "codex/node_modules/.bin/codex", "app-server"]
        p = subprocess.Popen(
            list(map(str, argv)), cwd=self.project, env=environment(self.home or self.name), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        timer = threading.Timer(60, p.kill)
        timer.start()
        answers = {}

        def ask(number, method, params):
            p.stdin.write(json.dumps({"id": number, "method": method, "params": params}) + "\n")
            p.stdin.flush()
            for line in p.stdout:
                m = json.loads(line)
                if m.get("id") == number:
                    return m.get("result") or {}
            return {}

        info = {"clientInfo": {"name": "conform", "version": "1"}, "capabilities": {"experimentalApi": True}}
        ask(1, "initialize", info)
        p.stdin.write('{"method": "initialized"}\n')
        for n, method in enumerate(methods, 2):
            answers[method] = ask(n, method, {"cwds": [str(self.project)], "forceReload": True}).get("data") or [{}]
        timer.cancel()
        p.stdin.close()
        p.kill()
        p.wait()
        return answers

    def loaded(self):
        self.config("http://127.0.0.1:9")
        found = self.rpc("skills/list", "hooks/list")
        listed = found["skills/list"][0]
        self.errors += [json.dumps(e) for e in listed.get("errors", []) + found["hooks/list"][0].get("errors", [])]
        _, out, _ = self.run("debug", "prompt-input", "ok")
        text = "\n".join(strings(json_of(out) or []))
        roles = {n for n in self.emitted(self.roles) if re.search(rf"\b{re.escape(n)}: ", text)}
        return {s["name"] for s in listed.get("skills", []) if s["scope"] == "repo"}, roles, None

    def talk(self, url):
        self.config(url)
        return self.run("exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "ok")

    def file_call(self, skill):
        rel = skill.path.relative_to(self.project)
        script = f'const r = await tools.exec_command({{cmd: "cat {rel}"}}); text(r.output);'
        return Call("exec", custom=script, key=skill)

    def complaints(self, out, err):
        return [x for x in err.splitlines() if re.match(r"\S*Z? *(WARN|ERROR|warning|error)\b.*(skill|agent|role)", x)]


class Gemini(Client):
    name = "gemini"
    tool, key, reader, file_key = "activate_skill", "name", "read_file", "file_path"
    roles, commands = (".gemini/agents", ".md"), (".gemini/commands", ".toml")
    trusted = {"GEMINI_CLI_TRUST_WORKSPACE": "true"}

    def loaded(self):
        _, out, err = self.run("skills", "list", **self.trusted)
        lines = [x for x in (out + err).splitlines() if not x.startswith("  Description")]
        self.errors += [x for x in lines if re.search(r"(?i)loading error|invalid|failed", x)]
        roles = None
        if self.seen:
            text = "\n".join(strings(self.seen["body"]))
            roles = {n for n in self.emitted(self.roles) if re.search(rf"<name>{re.escape(n)}</name>", text)}
        return set(re.findall(r"^(\S+) \[Enabled\]$", out, re.M)), roles, None

    def talk(self, url):
        at = home_of(self.home or self.name) / ".gemini"
        at.mkdir(exist_ok=True)
        auth = {"security": {"auth": {"selectedType": "gemini-api-key"}}, "privacy": {"usageStatisticsEnabled": False}}
        (at / "settings.json").write_text(json.dumps(auth))
        # agents of a project have to be acknowledged once
        files = [self.project / self.roles[0] / (n + ".md") for n in self.emitted(self.roles)]
        known = {f.stem: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
        (at / "acknowledgments").mkdir(exist_ok=True)
        (at / "acknowledgments/agents.json").write_text(json.dumps({str(self.project): known}))
        return self.run(
            "-m", "gemini-3-pro-preview", "--approval-mode", "yolo", "-p", "ok",
            GOOGLE_GEMINI_BASE_URL=url, GEMINI_API_KEY="x", **self.trusted,
        )  # fmt: skip


class Qwen(Client):
    name = "qwen"
    reader, file_key = "read_file", "file_path"
    refused = "disable-model-invocation|not found"
    roles, commands = (".qwen/agents", ".md"), (".qwen/commands", ".md")

    def talk(self, url):
        done = self.run(
            "--auth-type", "openai", "--approval-mode", "yolo", "-d", "ok",
            OPENAI_API_KEY="x", OPENAI_BASE_URL=url + "/v1", OPENAI_MODEL="mock", QWEN_CODE_SUPPRESS_YOLO_WARNING="1",
        )  # fmt: skip
        logs = (home_of(self.home or self.name) / ".qwen/debug").glob("*.txt")
        text = "\n".join(p.read_text(errors="replace") for p in logs)
        pattern = r"(?:Failed to parse|Invalid|Skipping) (?:skill|subagent|agent|rule|command)[^\n]{0,200}"
        self.errors += sorted(set(re.findall(pattern, text)))
        return done

    def loaded(self):
        if not self.seen:
            return None, None, None
        text = "\n".join(strings(self.seen["body"]))
        roles = {n for n in self.emitted(self.roles) if re.search(rf"\*\*{re.escape(n)}\*\*", text)}
        return None, roles, None


class Copilot(Client):
    name = "copilot"
    bare = r"^Additional skills available[^\n]*[ ,]{n}(?:,|$)"
    reader, file_key = "view", "path"
    refused = "disable|not found|cannot"
    roles = (".github/agents", ".agent.md")

    def loaded(self):
        _, out, err = self.run("skill", "list", "--json")
        self.errors += [x.strip() for x in err.splitlines() if "•" in x or "rror" in x]
        skills = {s["name"] for s in json_of(out) or [] if s["source"] == "project"}
        roles = None
        if self.seen:
            text = json.dumps(self.seen["tools"].get("task", {}))
            roles = {n for n in self.emitted(self.roles) if n in text}
        return skills, roles, None

    def talk(self, url):
        return self.run(
            "-p", "ok", COPILOT_OFFLINE="true", COPILOT_PROVIDER_BASE_URL=url + "/v1", COPILOT_MODEL="gpt-5.4",
            COPILOT_ALLOW_ALL="true",
        )  # fmt: skip


class OpenCode(Client):
    name = "opencode"
    key = "name"
    reader, file_key = "read", "filePath"
    roles, commands = (".opencode/agents", ".md"), (".opencode/commands", ".md")
    variable = "OPENCODE_CONFIG_CONTENT"

    def loaded(self):
        _, out, err = self.run("debug", "skill")
        here = str(self.project)
        skills = {s["name"] for s in json_of(out) or [] if s.get("location", "").startswith(here)}
        _, out, err = self.run("debug", "config")
        config = json_of(out) or {}
        if not config or "invalid" in err.lower():
            self.errors.append((out + err)[-300:])
        return skills, set(config.get("agent") or {}), set(config.get("command") or {})

    def talk(self, url):
        models = {"mock": {"name": "mock", "limit": {"context": 200000, "output": 8000}}}
        provider = {"npm": "@ai-sdk/openai-compatible", "name": "mock", "models": models}
        provider["options"] = {"baseURL": url + "/v1", "apiKey": "x"}
        config = {"provider": {"mock": provider}, "model": "mock/mock", "permission": {"*": "allow"}}
        return self.run("run", "-m", "mock/mock", "ok", **{self.variable: json.dumps(config)})


class Kilo(OpenCode):
    name = "kilo"
    roles, commands = (".kilo/agents", ".md"), (".kilo/commands", ".md")
    variable = "KILO_CONFIG_CONTENT"


class Droid(Client):
    name = "droid"
    entry, bare = r"^{n}: ([^\n]+)$", r"^{n}$|[ ,:]{n}(?:,|$)"
    tool, key, reader, file_key = "Skill", "skill", "Read", "file_path"
    refused = "disable-model-invocation|not found|cannot|not available"
    roles, commands = (".factory/droids", ".md"), (".factory/commands", ".md")

    def loaded(self):
        if not self.seen:
            return None, None, None
        text = "\n".join(strings(self.seen["body"]))
        return None, {n for n in self.emitted(self.roles) if re.search(rf"^- {re.escape(n)}: ", text, re.M)}, None

    def talk(self, url):
        at = home_of(self.home or self.name) / ".factory"
        at.mkdir(exist_ok=True)
        model = {"model": "mock", "displayName": "mock", "baseUrl": url + "/v1", "apiKey": "x", "maxOutputTokens": 4096}
        model["provider"] = "generic-chat-completion-api"
        (at / "settings.json").write_text(json.dumps({"customModels": [model]}))
        return self.run("exec", "-m", "custom:mock-0", "--skip-permissions-unsafe", "ok", FACTORY_API_KEY="fk-x")


class Continue(Client):
    name, program = "continue", "cn"
    entry = r"name: {n}\ndescription: ([^\n]+)"
    tool, key, reader, file_key = "Skills", "skill_name", "Read", "filepath"

    def talk(self, url):
        config = home_of(self.home or self.name) / "config.yaml"
        config.write_text(
            "name: m\nversion: 1.0.0\nschema: v1\nmodels:\n  - {name: mock, provider: openai, model: gpt-4o, "
            f'apiBase: "{url}/v1", apiKey: x, roles: [chat]}}\n'
        )
        return self.run("--config", config, "--auto", "-p", "ok", CONTINUE_TELEMETRY_ENABLED="0")


class Cline(Client):
    name = "cline"
    entry = r"(?:, |: ){n}(?=,|\.|\n|$)"
    tool, key = "skills", "skill"
    described = False
    commands = (".clinerules/workflows", ".md")

    def loaded(self):
        argv = [NODE_BIN / "node", HERE / "cline_loads.mjs", CLIENTS, self.project]
        _, out, err = run(argv, home="cline-core", cwd=self.project)
        found = json_of(out) or {"skills": [], "workflows": [], "errors": [err[-300:]]}
        self.errors += found["errors"]
        return set(found["skills"]), None, {n.removesuffix(".md") for n in found["workflows"]}

    def talk(self, url):
        self.run("auth", "-p", "openai", "-k", "x", "-m", "mock", "-b", url + "/v1")
        return self.run("-P", "openai", "-k", "x", "-m", "mock", "--compaction", "off", "-t", "120", "say ok")

    def complaints(self, out, err):
        return []


class OpenClaw(Client):
    name = "openclaw"
    tool = None

    def talk(self, url):
        at = home_of(self.home or self.name) / ".openclaw/openclaw.json"
        config = json.loads(at.read_text()) if at.exists() else {}
        model = {"id": "mock", "name": "mock", "reasoning": False, "input": ["text"]}
        model.update(contextWindow=200000, maxTokens=8192)
        model["cost"] = dict.fromkeys(("input", "output", "cacheRead", "cacheWrite"), 0)
        provider = {"baseUrl": url + "/v1", "apiKey": "x", "api": "openai-completions", "models": [model]}
        config.setdefault("models", {})["providers"] = {"mock": provider}
        config.setdefault("agents", {}).setdefault("defaults", {})["model"] = {"primary": "mock/mock"}
        at.write_text(json.dumps(config))
        return self.run("agent", "--local", "--agent", "main", "--message", "ok")


class Qoder(Client):
    name, program = "qoder", "qodercli"
    roles = (".qoder/agents", ".md")
    commands = (".qoder/commands", ".md")
    talk = None  # needs a login

    def loaded(self):
        _, out, err = self.run("skills", "list")
        skills = set(re.findall(r"^(\S+) \[Enabled\]$", out, re.M))
        self.errors += [f"a model of its own: {m}" for m in re.findall(r"^  Model:.*", out, re.M)]
        self.errors += [x for x in err.splitlines() if re.search(r"(?i)fail|invalid", x)]
        _, out, _ = self.run("agents", "list")
        return skills, set(re.findall(r"^  (\S+) · ", out.split("Built-in:")[0], re.M)), None


class Augment(Client):
    name, program = "auggie", "auggie"
    entry = r'"name": "{n}", "displayName": null, "description": "(.*?)", "location": '
    tool, reader, file_key = None, "view", "path"
    commands = (".augment/commands", ".md")

    def talk(self, url):
        session = {"accessToken": "x", "tenantURL": url + "/", "scopes": ["email"]}
        return self.run("--print", "--augment-session-json", json.dumps(session), "ok")

    def listing(self, request):
        """The service makes the list of what it is sent."""
        return json.dumps(request["body"].get("skills"), ensure_ascii=False).replace('\\"', '"')

    def file_call(self, skill):
        return Call("view", {"path": str(skill.path.relative_to(self.project)), "type": "file"}, key=skill)

    def loaded(self):
        _, out, err = self.run("command", "list", COLUMNS="200")
        found = set(re.findall(r"^  (\S+) \[args\.\.\.\]", out + err, re.M))
        self.errors += [x for x in (out + err).splitlines() if re.search(r"(?i)failed|invalid", x)]
        return found & set(self.skills), None, found - set(self.skills)


CLIENT_OF = {
    "claude": Claude,
    "codex": Codex,
    "copilot": Copilot,
    "gemini": Gemini,
    "qwen": Qwen,
    "opencode": OpenCode,
    "kilo": Kilo,
    "droid": Droid,
    "continue": Continue,
    "cline": Cline,
    "openclaw": OpenClaw,
    "qoder": Qoder,
    "augment": Augment,
}
